"""Wire style in treebank sentences: names become names of other regions, with titles before them and in lists.

Treebanks of the web hold few noun phrases such as "Iraqi Foreign Minister Samira al-Jaber and army chief Omar Haddad", which wire
reports are full of. Where a sentence names a person, the name gives way to such a phrase, whose tree is known; the rest of the
sentence keeps its own. Parts come from wire.tsv.
"""
import copy
import os
import random

HERE = os.path.dirname(os.path.abspath(__file__))
PLAIN = {"flat", "nmod:desc"}
SLOTS = {"nsubj", "nsubj:pass", "obj", "obl", "nmod", "obl:agent", "iobj", "conj", "nmod:poss"}
LISTED = {"obj", "obl", "nmod", "obl:agent"}
FEATS = {"PROPN": "Number=Sing", "NOUN": "Number=Sing", "ADJ": "Degree=Pos", "PUNCT": "_", "CCONJ": "_", "DET": "Definite=Def|PronType=Art"}


class Parts:
    """The parts of names and titles, by kind and region."""

    def __init__(self, path=HERE + "/wire.tsv"):
        rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf8") if line.strip() and line[0] != "#"]
        self.given = {r[1]: r[2].split() for r in rows if r[0] == "given"}
        self.family = {r[1]: r[2].split() for r in rows if r[0] == "family"}
        self.people = [w for r in rows if r[0] == "people" for w in r[2].split()]
        self.before = [w for r in rows if r[0] == "before" for w in r[2].split()]
        self.titles = [[tuple(w.rsplit("/", 1)) for w in r[2].split()] for r in rows if r[0] == "title"]


class Phrase:
    """Words of a noun phrase with heads within it (0 = the phrase's own head hangs on what is outside)."""

    def __init__(self):
        self.words, self.glued, self.upos, self.head, self.rel, self.ner = [], [], [], [], [], []

    def add(self, word, upos, head, rel, ner="O", glued=False):
        self.words.append(word), self.glued.append(glued), self.upos.append(upos)
        self.head.append(head), self.rel.append(rel), self.ner.append(ner)
        return len(self.words)

    def name(self, word, first, glued=False):
        """A part of a name; hyphens are words of their own, as in the treebanks."""
        for k, piece in enumerate(word.split("-")):
            if k:
                self.add("-", "PUNCT", self.at, "punct", "I-PERSON", True)
            if first and k == 0:
                self.at = self.add(piece, "PROPN", 0, "*", "B-PERSON", glued)
            else:
                self.add(piece, "PROPN", self.at, "flat", "I-PERSON", k > 0)


def title(phrase, parts, rng, begins):
    """Words of a title, left to hang on the name that comes next; returns their head's number."""
    words = rng.choice(parts.titles)
    small = words[-1][1] == "NOUN"
    hang = []
    if small and rng.random() < 0.2:
        hang.append((phrase.add(rng.choice(parts.before), "ADJ", 0, "amod"), "amod"))
    if words[0][0] != "Mr." and rng.random() < 0.5:
        hang.append((phrase.add(rng.choice(parts.people), "ADJ", 0, "amod", "B-NORP"), "amod"))
    for k, (word, upos) in enumerate(words[:-1]):
        n = phrase.add(word, upos, 0, "")
        # "human rights lawyer": the adjective says more about its noun, not about the title.
        inner = upos == "ADJ" and k + 2 < len(words) and words[k + 1][1] == "NOUN"
        hang.append((n, "inner" if inner else "amod" if upos == "ADJ" else "compound"))
    head = phrase.add(*words[-1], 0, "nmod:desc")
    for n, rel in hang:
        phrase.head[n - 1], phrase.rel[n - 1] = (n + 1, "amod") if rel == "inner" else (head, rel)
    if begins and small:
        phrase.words[0] = phrase.words[0][:1].upper() + phrase.words[0][1:]
    return head


def person(phrase, parts, rng, begins):
    """A name, mostly with a title; returns its head's number."""
    region = rng.choice(list(parts.given))
    desc = title(phrase, parts, rng, begins) if rng.random() < 0.75 else None
    given, family = rng.choice(parts.given[region]), rng.choice(parts.family[region])
    if rng.random() < 0.2:
        phrase.name(family, True)
    else:
        phrase.name(given, True)
        head = phrase.at
        phrase.name(family, False)
        phrase.at = head
    if desc:
        phrase.head[desc - 1] = phrase.at
    return phrase.at


def phrase_of(parts, rng, begins, listed):
    """A phrase of one to four persons."""
    out = Phrase()
    first = person(out, parts, rng, begins)
    count = rng.choice([2, 2, 3, 4]) if listed else 1
    for k in range(1, count):
        join = out.add("and", "CCONJ", 0, "cc") if k == count - 1 else out.add(",", "PUNCT", 0, "punct", "O", True)
        head = person(out, parts, rng, False)
        out.head[join - 1] = head
        out.head[head - 1], out.rel[head - 1] = first, "conj"
    return out, first


def sites(s):
    """(start, end, head) of the names of persons in a sentence that a phrase can stand for."""
    if not s.upos or not s.ner:
        return
    children = [[j for j in range(len(s.words)) if s.head[j] == i + 1] for i in range(len(s.words))]
    for i, tag in enumerate(s.ner):
        if tag != "B-PERSON" or s.upos[i] != "PROPN" or s.rel[i] not in SLOTS or children[i] and s.rel[i] == "nmod:poss":
            continue
        core, rest = {i}, [i]
        while rest:
            for j in children[rest.pop()]:
                if s.rel[j] in PLAIN or s.rel[j] == "punct" and s.words[j] == "-" or j not in children[i]:
                    core.add(j), rest.append(j)
        start, end = min(core), max(core) + 1
        others = [j for j in children[i] if j not in core]
        if end - start == len(core) and all(s.rel[j] in ("case", "cc", "punct") for j in others):
            yield start, end, i


def splice(s, start, end, head, phrase, first):
    """A copy of a sentence with the words start..end, headed by `head`, replaced by a phrase headed by its word `first`."""
    out = copy.copy(s)
    n, shift = len(phrase.words), len(phrase.words) - (end - start)

    def moved(h):  # 1-based heads of the words that stay
        return h if h <= start else h + shift if h > end else start + first
    into = lambda h: start + h if h else moved(s.head[head])
    cut = lambda old, new: old[:start] + new + old[end:]
    out.words, out.glued = cut(s.words, phrase.words), cut(s.glued, [s.glued[start]] + phrase.glued[1:])
    out.upos, out.ner = cut(s.upos, phrase.upos), cut(s.ner, phrase.ner)
    out.feats = cut(s.feats, [FEATS[u] for u in phrase.upos])
    out.lemma = cut(s.lemma, [w if u == "PROPN" else w.lower() if u != "ADJ" else w for w, u in zip(phrase.words, phrase.upos)])
    out.head = [moved(h) for h in s.head[:start]] + [into(h) for h in phrase.head] + [moved(h) for h in s.head[end:]]
    out.rel = cut(s.rel, [s.rel[head] if r == "*" and k + 1 == first else r for k, r in enumerate(phrase.rel)])
    return out


def rewrite(sentences, share, rng):
    """The sentences, a share of those with a person's name in wire style; those whose events are known stay as they are."""
    parts = Parts()
    for s in sentences:
        if s.events is None and rng.random() < share:
            for start, end, head in sorted(sites(s), reverse=True)[:1]:
                listed = s.rel[head] in LISTED and rng.random() < 0.5
                s = splice(s, start, end, head, *phrase_of(parts, rng, start == 0, listed))
        yield s


def main():
    """Prints some rewritten sentences."""
    import data
    import standoff
    sentences = [s for _, s in data.conllu("../../shared/data/ud/en_ewt-ud-train.conllu.xz")]
    standoff.ewt_names(sentences)
    rng = random.Random(5)
    able = [s for s in sentences if next(sites(s), None)]
    print(len(able), "sentences with a name that gives way")
    for s in rewrite(rng.sample(able, 12), 1.0, rng):
        assert s.head.count(0) == 1 and all(0 <= h <= len(s.words) for h in s.head)
        for i, (w, u, h, r, t) in enumerate(zip(s.words, s.upos, s.head, s.rel, s.ner), 1):
            print(i, w, u, h, r, t, sep="\t")
        print()


if __name__ == "__main__":
    main()
