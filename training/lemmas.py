#!/usr/bin/env python3
"""Writes the forms whose lemma the treebanks tell, for crates/dateline-annotate/data/lemmas.tsv.

    lemmas.py --shared ../../shared --out ../crates/dateline-annotate/data/lemmas.tsv

From EWT and the open genres of GUM (see MODEL_CARD.md): the most frequent lemma of every form of verbs, nouns, adjectives and
adverbs. "=" stands for the form itself.
"""
import argparse
import collections

import data


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", default="../../shared")
    ap.add_argument("--out", default="../crates/dateline-annotate/data/lemmas.tsv")
    a = ap.parse_args()
    d = a.shared + "/data/ud/"
    sentences = [s for _, s in data.conllu(d + "en_ewt-ud-train.conllu.xz")]
    sentences += [s for _, s in data.conllu(d + "en_gum-ud-train.conllu.xz", lambda doc: doc.split("_")[1] in data.OPEN_GUM)]
    count = collections.defaultdict(collections.Counter)
    for s in sentences:
        for w, u, l in zip(s.words, s.upos, s.lemma):
            if u in ("VERB", "NOUN", "ADJ", "ADV", "AUX") and w.isalpha() and not (w.isupper() and len(w) > 1):
                count[w.lower(), u][l] += 1
    with open(a.out, "w", encoding="utf8") as f:
        f.write("# form	part of speech	lemma; from UD English EWT and the open part of GUM (CC BY-SA 4.0), written by training/lemmas.py\n")
        for (w, u), lemmas in sorted(count.items()):
            lemma = lemmas.most_common(1)[0][0]
            f.write(f"{w}\t{u}\t{'=' if lemma == w else lemma}\n")
    print(len(count))


if __name__ == "__main__":
    main()
