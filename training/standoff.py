"""Our own annotation of open texts that the repository does not hold, and of names in the reports: ../corpus/standoff.

    names-ewt.tsv      names in the training part of UD English EWT, by sentence id
    names-reports.txt  names of the gold training records and of our own reports, by report
    events-*.txt       events of texts of EWT, GUM and ECB+, by text and sentence number

The formats stand in ../corpus/README.md.
"""
import collections
import glob
import html
import os
import re
import tarfile

from corpus import STATUS, TYPES

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = HERE + "/../corpus/standoff/"
KINDS = {"P": "PERSON", "O": "ORG", "G": "GPE", "L": "LOC", "F": "FAC", "N": "NORP", "E": "EVENT", "M": "MISC"}


def mark(labels, where, kind):
    """Writes one name over words that have none yet; says whether it did."""
    if any(labels[i] != "O" for i in where):
        return False
    for i in where:
        labels[i] = ("B-" if i == where[0] else "I-") + kind
    return True


def runs(words, wanted):
    """Positions of each occurrence of a run of words."""
    n = len(wanted)
    return [list(range(i, i + n)) for i in range(len(words) - n + 1) if words[i:i + n] == wanted]


def ewt_names(sentences):
    """Gives the sentences of EWT, [Sentence with `id`], their names. A sentence that is not listed holds no word that the treebank
    calls a proper noun, and so no name."""
    path = FOLDER + "names-ewt.tsv"
    if not os.path.exists(path):
        return
    items = dict(line.rstrip("\n").split("\t", 1) for line in open(path, encoding="utf8") if not line.startswith("#"))
    for s in sentences:
        s.ner = ["O"] * len(s.words)
        names = [x.rsplit("=", 1) for x in items.get(s.id, "").split("\t") if x]
        for words, kind in sorted(names, key=lambda x: -len(x[0].split())):
            for where in runs(s.words, words.split()):
                mark(s.ner, where, KINDS[kind])


def report_names():
    """{report: [(name, kind)]}, longest first."""
    out, current = {}, None
    path = FOLDER + "names-reports.txt"
    for line in open(path, encoding="utf8") if os.path.exists(path) else ():
        line = line.strip()
        if line.startswith("#"):
            current = out.setdefault(line[1:].strip(), [])
        elif line:
            kind, _, names = line.partition(":")
            current += [(n.strip(), KINDS[kind]) for n in names.split(";") if n.strip()]
    for names in out.values():
        names.sort(key=lambda n: -len(n[0]))
    return out


def mark_report(sentence, text, spans, names):
    """Gives a sentence of a report its names: every occurrence of the report's names, longest first."""
    sentence.ner = ["O"] * len(sentence.words)
    for name, kind in names:
        for m in re.finditer(r"(?<!\w)" + re.escape(name) + r"(?!\w)", text):
            where = [i for i, (a, b) in enumerate(spans) if a < m.end() and b > m.start()]
            if where:
                mark(sentence.ner, where, kind)


def events(name):
    """{text: {sentence number: [event]}} of one file; an event as `corpus.event` gives it, as far as `data.code` needs it."""
    out, current = {}, None
    path = FOLDER + f"events-{name}.txt"
    for line in open(path, encoding="utf8") if os.path.exists(path) else ():
        line = line.rstrip("\n")
        if line.startswith("@ "):
            current = out.setdefault(line[2:].split()[0], collections.defaultdict(list))
        elif line and not line.startswith("#"):
            number, rest = line.split(" ", 1)
            current[int(number)].append(event(rest))
    return out


def event(line):
    """(trigger, type, mode, status, historical, [(role, words or None)]) of a line."""
    parts = line.split(" | ")
    head = parts[0].split()
    kind, _, mode = head[0].partition(".")
    assert kind in TYPES and head[1] in STATUS, line
    roles = {"a": "actor", "r": "recipient", "t": "third_party", "p": "place", "d": "date", "s": "source"}
    found = []
    for part in parts[2:]:
        key, _, value = part.partition(": ")
        if key not in roles:
            continue
        values = value.split(";") if key in "art" else [value]
        for v in values:
            words = re.sub(r" \?$", "", v.strip().rpartition(" = ")[0] if key in "artp" else v.strip())
            found.append((roles[key], None if words.startswith("^") else words))
    return parts[1], kind, mode or None, head[1], "hist" in head, found


def ecb_texts(archive, wanted):
    """(text name, sentence number, words) of the wanted texts of ECB+, address lines left out."""
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            name = os.path.basename(member.name)[:-len(".xml")]
            if member.name.endswith(".xml") and name in wanted:
                raw = tar.extractfile(member).read().decode("utf8", "replace")
                by_sentence = collections.OrderedDict()
                for number, word in re.findall(r'<token t_id="\d+" sentence="(\d+)"[^>]*>([^<]*)', raw):
                    by_sentence.setdefault(int(number), []).append(html.unescape(word))
                for number, words in by_sentence.items():
                    if words[0] != "http":
                        yield name, number, words
