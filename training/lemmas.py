#!/usr/bin/env python3
"""Writes the forms whose lemma is known: those of the treebanks, and the inflections of a lexicon.

    lemmas.py --shared ../../shared --out ../crates/dateline-annotate/data [--lexicon infl_lu.csv.gz]

lemmas.tsv: from EWT and the open genres of GUM (see MODEL_CARD.md): the most frequent lemma of every form of verbs, nouns, adjectives and
adverbs. "=" stands for the form itself.
inflections.tsv: verb forms and irregular plurals that have one lemma only, by the NIH SPECIALIST Lexicon as the PyPI package
lemminflect tabulates it (`lemminflect/resources/infl_lu.csv.gz`; MIT, the lexicon is free to use with attribution).
"""
import argparse
import collections
import csv
import gzip

import data


def inflections(path):
    """(form, part of speech) -> lemmas of verb forms and irregular plurals."""
    lemmas = collections.defaultdict(set)
    for row in csv.reader(gzip.open(path, "rt", encoding="utf8")):
        lemma, pos, forms = row[0], row[1], row[2:]
        if pos not in ("verb", "noun") or not lemma.isalpha() or not lemma.islower() or len(lemma) < 3:
            continue
        for form in {f for several in forms for f in several.split("/")}:
            if form.isalpha() and form != lemma and not (pos == "noun" and form == lemma + "s"):
                lemmas[form, pos.upper()].add(lemma)
    return lemmas


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", default="../../shared")
    ap.add_argument("--out", default="../crates/dateline-annotate/data")
    ap.add_argument("--lexicon")
    a = ap.parse_args()
    d = a.shared + "/data/ud/"
    sentences = [s for _, s in data.conllu(d + "en_ewt-ud-train.conllu.xz")]
    sentences += [s for _, s in data.conllu(d + "en_gum-ud-train.conllu.xz", lambda doc: doc.split("_")[1] in data.OPEN_GUM)]
    count = collections.defaultdict(collections.Counter)
    for s in sentences:
        for w, u, l in zip(s.words, s.upos, s.lemma):
            if u in ("VERB", "NOUN", "ADJ", "ADV", "AUX") and w.isalpha() and not (w.isupper() and len(w) > 1):
                count[w.lower(), u][l] += 1
    lexicon = inflections(a.lexicon) if a.lexicon else {}
    # What a treebank has once or twice may be a slip ("freed": "fre").
    for key in [k for k, c in count.items() if c.total() <= 2 and k in lexicon and not lexicon[k] & set(c)]:
        del count[key]
    with open(a.out + "/lemmas.tsv", "w", encoding="utf8") as f:
        f.write("# form	part of speech	lemma; from UD English EWT and the open part of GUM (CC BY-SA 4.0), written by training/lemmas.py\n")
        for (w, u), lemmas in sorted(count.items()):
            lemma = lemmas.most_common(1)[0][0]
            f.write(f"{w}\t{u}\t{'=' if lemma == w else lemma}\n")
    print(len(count))
    if a.lexicon:
        found = {k: min(v) for k, v in lexicon.items() if len(v) == 1 and k not in count}
        with open(a.out + "/inflections.tsv", "w", encoding="utf8") as f:
            f.write("# form	part of speech	lemma; from the NIH SPECIALIST Lexicon by way of lemminflect (MIT), written by training/lemmas.py\n")
            f.writelines(f"{w}\t{u}\t{lemma}\n" for (w, u), lemma in sorted(found.items()))
        print(len(found))


if __name__ == "__main__":
    main()
