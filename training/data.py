"""Readers of the training and development sets, all turned into windows of labelled words.

A window is a run of consecutive sentences of one text, at most MAX_PIECES word pieces long: what the encoder sees at run
time (see ../model/FORMAT.md). Labels that a set does not carry are IGNORE and cost nothing. Sets whose names are of coarser
kinds than ours keep theirs: NAMES says which of our labels each of theirs allows.
"""
import collections
import csv
import glob
import json
import lzma
import os
import random
import re
import tomllib
from dataclasses import dataclass, field

import corpus
import standoff
from corpus import STATUS, TYPES

IGNORE = -100
MAX_PIECES = 192
ROLES = ["none", "actor", "recipient", "third_party", "place", "date", "source"]
KINDS = ["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "MISC"]
NER = ["O"] + [f"{p}-{k}" for k in KINDS for p in "BI"]
# What a set's coarser name labels allow. PLACE is any of the three; UNMARKED is a word outside the names of a set that leaves
# peoples and named events unmarked; ELSE is CrossNER's rest, which holds peoples.
COARSE = {"PLACE": ("GPE", "LOC", "FAC"), "ELSE": ("MISC", "NORP")}
NAMES = {label: [label] for label in NER}
NAMES |= {f"{p}-{k}": [f"{p}-{x}" for x in kinds] for k, kinds in COARSE.items() for p in "BI"}
NAMES["UNMARKED"] = ["O"] + [f"{p}-{k}" for k in ("NORP", "EVENT", "MISC") for p in "BI"]
# Genres of GUM whose texts are open (CC BY, CC BY-SA or public domain) by the treebank's licence file.
OPEN_GUM = {"news", "interview", "bio", "voyage", "speech", "textbook", "vlog", "conversation", "court", "academic"}
PRONOUNS = set("he she it they him her them his hers its their theirs who whom which that this these those we us our i me my".split())
# Words that a multi-word trigger may contain without carrying the event.
LIGHT = set("a an the of for in on to with out up off down by into from at over it its his her their and".split())


@dataclass
class Sentence:
    """Words of one sentence; label lists are parallel to `words`, IGNORE or None where the set has no label."""
    words: list
    glued: list
    upos: list = None
    feats: list = None
    lemma: list = None
    head: list = None          # 1-based within the sentence, 0 = root
    rel: list = None
    ner: list = None
    events: list = None        # [(trigger word indices, type, mode, status, historical, {word: role})]
    new_paragraph: bool = False
    new_text: bool = False     # whether another text begins here
    partial: bool = False      # whether only the given triggers are known, not what else happens in the sentence
    split: bool = True         # whether the sentence boundary is worth learning


def shape(word):
    """Shape class of a word, as FORMAT.md defines it."""
    letters = [c for c in word if c.isalpha()]
    digits = any(c.isdigit() for c in word)
    if not letters:
        return 5 if digits else 0
    if digits:
        return 7
    if all(not c.isupper() for c in letters):
        return 1
    if len(letters) == 1:
        return 6
    if letters[0].isupper() and not any(c.isupper() for c in letters[1:]):
        return 2
    if all(c.isupper() for c in letters):
        return 3
    return 4


def lemma_script(form, lemma):
    """The edit script that turns a form into its lemma."""
    best = None
    for flag, base in (("k", form), ("l", form.lower()), ("c", form[:1] + form[1:].lower())):
        k = 0
        while k < min(len(base), len(lemma)) and base[k] == lemma[k]:
            k += 1
        if k == 0:
            continue
        cost = (len(base) - k) + (len(lemma) - k)
        if best is None or cost < best[0]:
            best = (cost, f"{flag}{len(base) - k}|{lemma[k:]}")
    return best[1] if best and best[0] <= 6 else "=" + lemma


def conllu(path, keep=lambda document: True):
    """Sentences of a CoNLL-U file, grouped by document."""
    opener = lzma.open if path.endswith(".xz") else open
    document, rows, paragraph, out, fresh, sentence = "", [], False, [], True, ""
    for line in opener(path, "rt", encoding="utf8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            document, paragraph, fresh = line.split("=")[-1].strip(), True, True
        elif line.startswith("# newpar"):
            paragraph = True
        elif line.startswith("# sent_id"):
            sentence = line.split("=")[-1].strip()
        elif line.startswith("#"):
            continue
        elif line:
            c = line.split("\t")
            if c[0].isdigit():
                rows.append(c)
            elif "-" in c[0]:
                rows.append(("range", c[0], "SpaceAfter=No" in c[9], c[1]))
        elif rows:
            if keep(document):
                out.append((document, sentence_of(rows, paragraph, fresh)))
                out[-1][1].id = sentence
            rows, paragraph, fresh = [], False, False
    return out


def sentence_of(rows, new_paragraph, new_text):
    words, glued, glue_next, skip_to, range_glue = [], [], False, 0, False
    cols = collections.defaultdict(list)
    for c in rows:
        if c[0] == "range":
            a, b = map(int, c[1].split("-"))
            skip_to, range_glue, inside = b, c[2], a
            continue
        i = int(c[0])
        words.append(c[1])
        glued.append(glue_next)
        if i < skip_to:
            glue_next = True
        elif i == skip_to:
            glue_next = range_glue
        else:
            glue_next = "SpaceAfter=No" in c[9]
        cols["lemma"].append(c[2]), cols["upos"].append(c[3]), cols["feats"].append(c[5])
        cols["head"].append(int(c[6])), cols["rel"].append(c[7]), cols["misc"].append(c[9]), cols["id"].append(i)
    s = Sentence(words, glued, cols["upos"], cols["feats"], cols["lemma"], cols["head"], cols["rel"],
                 new_paragraph=new_paragraph, new_text=new_text)
    s.misc = cols["misc"]
    return s


def gum_entities(sentences):
    """Fills `ner` from GUM's Entity annotation: the proper-noun core of each mention whose head is a proper noun."""
    kind = {"person": "PERSON", "organization": "ORG", "place": "PLACE", "event": "EVENT", "animal": "MISC", "object": "MISC",
            "plant": "MISC", "abstract": "ELSE", "substance": "MISC"}
    open_at = collections.defaultdict(list)
    for s in sentences:
        mentions = []
        for i, misc in enumerate(s.misc):
            m = re.search(r"(?:^|\|)Entity=([^|]*)", misc)
            if not m:
                continue
            for opening, body, closing in re.findall(r"(\()?([^()]+)(\))?", m.group(1)):
                group = body.split("-")[0]
                if opening:
                    fields = body.split("-")
                    if closing:
                        mentions.append((i, i, fields))
                    else:
                        open_at[group].append((s, i, fields))
                elif closing and open_at[group]:
                    s0, a, fields = open_at[group].pop()
                    if s0 is s:
                        mentions.append((a, i, fields))
        labels = ["UNMARKED"] * len(s.words)
        for a, b, fields in sorted(mentions, key=lambda m: m[1] - m[0], reverse=True):
            heads = [i for i in range(a, b + 1) if not a <= s.head[i] - 1 <= b]
            if len(heads) != 1 or s.upos[heads[0]] != "PROPN":
                continue
            name = lambda i: s.upos[i] == "PROPN" or (s.upos[i] in ("ADJ", "NUM", "NOUN") and s.words[i][:1].isupper())
            lo = hi = heads[0]
            while lo - 1 >= a and (name(lo - 1) or s.words[lo - 1] == "-"):
                lo -= 1
            while hi + 1 <= b:
                if name(hi + 1) or s.words[hi + 1] == "-":
                    hi += 1
                elif hi + 2 <= b and s.words[hi + 1].lower() in ("of", "and", "the") and name(hi + 2) and s.words[hi + 1] != "and":
                    hi += 2
                elif hi + 3 <= b and s.words[hi + 1].lower() == "of" and s.words[hi + 2].lower() == "the" and name(hi + 3):
                    hi += 3
                else:
                    break
            k = kind.get(fields[1], None)
            if k is None:
                continue
            if k == "PERSON":
                while lo < hi and s.words[lo].lower().rstrip(".") in TITLES:
                    lo += 1
            for i in range(lo, hi + 1):
                labels[i] = ("B-" if i == lo else "I-") + k
        for i, l in enumerate(labels):  # a larger mention may have cut a smaller one
            if l.startswith("I-") and (i == 0 or labels[i - 1][2:] != l[2:]):
                labels[i] = "B-" + l[2:]
        s.ner = labels
    return sentences


TITLES = set("mr mrs ms dr president minister senator sen rep gen general king queen prince princess sir prof professor lord "
             "judge pope chancellor secretary governor mayor director chairman captain colonel".split())


def bio_file(path, mapping, tag_column=1):
    """Sentences of a two-column BIO file."""
    out, words, tags = [], [], []
    for line in open(path, encoding="utf8"):
        c = line.split()
        if len(c) <= tag_column and not words:
            continue
        if len(c) > tag_column:
            words.append(c[0])
            tag = c[tag_column]
            kind = mapping.get(tag[2:].lower()) if tag != "O" else None
            tags.append(f"{tag[0]}-{kind}" if kind else "UNMARKED")
        elif words:
            out.append(ner_sentence(words, tags))
            words, tags = [], []
    if words:
        out.append(ner_sentence(words, tags))
    return out


def ner_sentence(words, tags):
    glued = [i > 0 and (w in {",", ".", ")", "'s", ":", ";", "!", "?", "n't"} or words[i - 1] in {"(", "$"}) for i, w in enumerate(words)]
    for i, t in enumerate(tags):
        if t.startswith("I-") and (i == 0 or tags[i - 1][2:] != t[2:]):
            tags[i] = "B-" + t[2:]
    return Sentence(words, glued, ner=tags, new_paragraph=True, new_text=True, split=False)


TOKEN = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+|(?:[A-Za-z]\.){2,}|\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Lt|Col|Sgt|Maj|"
                   r"Capt|Gov|St|Jr|Sr|Jan|Feb|Aug|Sept|Oct|Nov|Dec|No|vs|Inc|Corp|Co|Ltd)\.|\d+(?:[.,:]\d+)+|[^\W\d_]+(?=n['’]t\b)|n['’]t\b|"
                   r"['’](?:s|S|re|ve|ll|d|m)\b|[^\W_]+|\.\.\.|--|_+|\S")


def tokens(text):
    """(start, end) of the words of a text, near enough to UD English; the product's own tokenizer decides at run time."""
    return [m.span() for m in TOKEN.finditer(text)]


def re3d(folder):
    """Sentences with entities of the open re3d folders."""
    kind = {"Person": "PERSON", "Organisation": "ORG", "Location": "PLACE"}
    lines = lambda p: [json.loads(l) for l in open(p, encoding="utf8", errors="replace") if l.strip()]
    by_doc = collections.defaultdict(list)
    for e in lines(folder + "/entities.json"):
        if e["type"] in kind:
            by_doc[e["documentId"]].append((e["begin"], e["end"], kind[e["type"]]))
    for d in lines(folder + "/documents.json"):
        text, labels = d["text"], {}
        spans = tokens(text)
        for a, b, k in sorted(by_doc[d["_id"]], key=lambda x: x[1] - x[0]):
            inside = [i for i, (x, y) in enumerate(spans) if x < b and y > a]
            while inside and text[spans[inside[0]][0]:spans[inside[0]][1]].lower() in ({"the", "a", "an"} | TITLES):
                inside = inside[1:]
            named = [i for i in inside if text[spans[i][0]].isupper()]
            if not inside or len(named) < (len(inside) + 1) / 2 or inside[0] not in named or any(i in labels for i in inside):
                continue
            for i in inside:
                labels[i] = ("B-" if i == inside[0] else "I-") + k
        start = 0
        for i, (a, b) in enumerate(spans):
            last = i + 1 == len(spans)
            if last or (text[a:b] in ".!?" and text[spans[i + 1][0]].isupper()):
                part = range(start, i + 1)
                yield Sentence([text[slice(*spans[j])] for j in part], [j > start and spans[j - 1][1] == spans[j][0] for j in part],
                               ner=[labels.get(j, "UNMARKED") for j in part], new_paragraph=True, new_text=start == 0, split=False)
                start = i + 1


PARTIES = [("third_party", "third_parties"), ("recipient", "recipients"), ("actor", "actors")]


def labelled(text, new_paragraph, split, events):
    """A sentence with its events, each (trigger, type, mode, status, historical, [(role, words or None)]); a word with several roles
    in one event keeps the last. Where words are not in the sentence (a record has the antecedent's for a pronoun) its pronouns cost
    nothing; words None are told elsewhere."""
    spans = tokens(text)
    sent = Sentence([text[a:b] for a, b in spans], [i > 0 and spans[i - 1][1] == a for i, (a, b) in enumerate(spans)],
                    new_paragraph=new_paragraph, split=split)
    code(sent, text, spans, events)
    return sent


def plain(sent):
    """The text of a sentence and the spans of its words."""
    text, spans = "", []
    for word, glued in zip(sent.words, sent.glued):
        text += "" if glued or not text else " "
        spans.append((len(text), len(text) + len(word)))
        text += word
    return text, spans


def code(sent, text, spans, events):
    """Gives a sentence its events."""
    sent.events, used = [], set()
    for trigger_words, kind, mode, status, historical, parts in events:
        trigger = find(text, spans, trigger_words, used, None)
        if not trigger:
            continue
        used.add(trigger[0])
        core = [i for i in trigger if sent.words[i].lower() not in LIGHT] or trigger
        roles = {}
        for role, words in parts:
            found = find(text, spans, words, set(), core[0]) if words else []
            roles.update({i: ROLES.index(role) for i in found})
            if not found and words is not None and role in dict(PARTIES):
                roles.update({i: IGNORE for i, w in enumerate(sent.words) if w.lower() in PRONOUNS and i not in roles})
        sent.events.append((core, kind, mode, status, historical, roles))


def gold(folder):
    """(report id, sentences with events) of the gold records."""
    names = standoff.report_names()
    for path in sorted(glob.glob(folder + "/*.json")):
        d = json.load(open(path, encoding="utf8"))
        raw = d["text"].encode()
        by_sentence = collections.defaultdict(list)
        for e in d["gold"]["events"]:
            by_sentence[e["sentence"]].append(e)
        sentences, end = [], None
        for key in sorted(d["sentences"], key=int):
            s = d["sentences"][key]
            text = raw[s["start"]:s["end"]].decode()
            gap = raw[end:s["start"]].decode(errors="replace") if end is not None else "\n"
            sent = labelled(text, "\n" in gap, key != "0", [
                (e["trigger"], e["type"], e["mode"], e["status"], bool(e["historical"]),
                 [(name, (e.get(name) or {}).get("text")) for name in ("source", "date", "place")]
                 + [(name, a["text"] or "") for name, many in PARTIES for a in e[many]]) for e in by_sentence[int(key)]])
            sent.new_text = not sentences
            if d["id"] in names:
                standoff.mark_report(sent, text, tokens(text), names[d["id"]])
            sentences.append(sent)
            end = s["end"]
        yield d["id"], sentences


def synthetic(path, held_out=False):
    """Sentences with events of our own annotated reports (../corpus): those to train on, or those held out."""
    names, stem = standoff.report_names(), os.path.basename(path)[:-len(".txt")]
    for number, report in enumerate(corpus.read(path)):
        if corpus.is_held_out(number) != held_out:
            continue
        for n, given in enumerate(report["sentences"]):
            sent = labelled(given["text"], given["new"], n != 0, [
                (e["trigger"], e["type"], e["mode"], e["status"], e["historical"],
                 [("source", e["source"])] + [(name, (e[name] or [None])[0]) for name in ("date", "place")]
                 + [(name, None if earlier else words) for name, many in PARTIES for words, _, _, earlier in e[many]])
                for e in given["events"]])
            sent.new_text = n == 0
            if f"{stem} {number}" in names:
                standoff.mark_report(sent, given["text"], tokens(given["text"]), names[f"{stem} {number}"])
            yield sent


def treebank_events(documents, name):
    """Gives sentences of a treebank, [(document, Sentence)], the events that we coded in its texts."""
    coded, number = standoff.events(name), collections.Counter()
    for document, sent in documents:
        if document in coded:
            code(sent, *plain(sent), coded[document].get(number[document], []))
        number[document] += 1


def ecb(archive):
    """Sentences with events of the texts of ECB+ that we coded."""
    coded, last = standoff.events("ecb"), None
    for name, number, words in standoff.ecb_texts(archive, coded):
        sent = ner_sentence(words, ["O"] * len(words))
        sent.ner, sent.new_text, sent.new_paragraph, last = None, name != last, name != last, name
        spaced, at = [], 0
        for w in words:
            spaced.append((at, at + len(w)))
            at += len(w) + 1
        code(sent, " ".join(words), spaced, coded[name].get(number, []))
        yield sent


def frames(folder):
    """The codebook's examples. They tell of one event each, so other words than the trigger and function words cost nothing, nor
    do status and parts."""
    for path in sorted(glob.glob(folder + "/*.toml")):
        book = tomllib.load(open(path, "rb"))
        for frame in book.get("frame", []):
            expect, kind = frame["expect"], frame.get("type", book["type"])
            if expect.get("trigger"):
                sent = labelled(frame["example"], True, False, [(expect["trigger"], kind, frame.get("mode"), None, None, [])])
                if sent.events:
                    sent.partial = sent.new_text = True
                    yield sent



def find(text, spans, needle, used, near):
    """Word indices of an occurrence of `needle`: the one nearest to word `near`, or the first not yet used."""
    hits, at = [], text.find(needle)
    while at >= 0:
        inside = [i for i, (a, b) in enumerate(spans) if a < at + len(needle) and b > at]
        if inside and inside[0] not in used:
            hits.append(inside)
        at = text.find(needle, at + 1)
    if not hits:
        return []
    return hits[0] if near is None else min(hits, key=lambda h: abs(h[0] - near))


@dataclass
class Window:
    """Consecutive sentences as the model reads them."""
    pieces: list
    shapes: list
    first: list                # position of each word's first piece
    sentence: list             # sentence number of each word
    sentences: list = field(default_factory=list)
    words: list = field(default_factory=list)


class Pieces:
    """Word pieces of words, cached."""

    def __init__(self, tokenizer):
        tokenizer.no_padding(), tokenizer.no_truncation()
        self.tokenizer, self.cache = tokenizer, {}

    def __call__(self, word):
        if word not in self.cache:
            self.cache[word] = self.tokenizer.encode(word, add_special_tokens=False).ids or [100]
        return self.cache[word]


def windows(sentences, pieces, limit=MAX_PIECES, jitter=None):
    """Packs consecutive sentences of a text into windows; `jitter` draws a smaller limit for some, for variety."""
    out, current, size = [], [], 2
    bound = limit
    for s in sentences:
        n = sum(len(pieces(w)) for w in s.words)
        if n + 2 > limit:
            continue
        if current and (s.new_text or size + n > bound):
            out.append(window(current, pieces))
            current, size = [], 2
            bound = limit if jitter is None else jitter.choice([limit, limit, 96, 48, 24])
        current.append(s)
        size += n
    if current:
        out.append(window(current, pieces))
    return out


def window(sentences, pieces):
    w = Window([101], [25], [], [], sentences)
    for k, s in enumerate(sentences):
        for i, word in enumerate(s.words):
            ids = pieces(word)
            spacing = 2 if not w.words or s.new_paragraph and i == 0 else (0 if s.glued[i] else 1)
            w.first.append(len(w.pieces))
            w.sentence.append(k)
            w.words.append(word)
            w.pieces += ids
            w.shapes += [shape(word) * 3 + spacing] + [24] * (len(ids) - 1)
    w.pieces.append(102)
    w.shapes.append(25)
    return w
