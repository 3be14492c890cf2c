#!/usr/bin/env python3
"""How far a second, blind reading of reports of ../corpus agrees with the first.

    agreement.py SECOND_READING.txt

The second reading has the corpus' format, with a line `# FILE NUMBER` before each report that says which one it is. Printed, by the
definitions of the gold scorer: F1 of (sentence, type) and of (sentence, type, actors' countries, recipients' countries), and over the
events so paired how often mode, status, background and source are the same.
"""
import argparse
import collections
import os

import corpus

HERE = os.path.dirname(os.path.abspath(__file__))


def f1(pairs):
    """F1 of two readings' items, (first, second) a sentence."""
    hit = sum(sum((collections.Counter(a) & collections.Counter(b)).values()) for a, b in pairs)
    return 2 * hit / max(1, sum(len(a) + len(b) for a, b in pairs))


def countries(parties):
    return frozenset(country for _, country, *_ in parties if country)


def triple(e):
    return e["type"], countries(e["actors"]), countries(e["recipients"])


def paired(first, second):
    """Events of a sentence with the same type, those with the same trigger word first."""
    left = list(second)
    for e in first:
        same = [x for x in left if x["type"] == e["type"]]
        if same:
            best = max(same, key=lambda x: (x["trigger"] in e["trigger"] or e["trigger"] in x["trigger"], triple(x) == triple(e)))
            left.remove(best)
            yield e, best


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("second")
    a = ap.parse_args()
    names = [line[1:].split() for line in open(a.second, encoding="utf8") if line.startswith("#")]
    lines = [line for line in open(a.second, encoding="utf8") if not line.startswith("#")]
    sentences = []
    files = {}
    for (stem, number), again in zip(names, corpus.read_lines(lines), strict=True):
        first = files.setdefault(stem, corpus.read(f"{HERE}/../corpus/{stem}.txt"))[int(number)]
        assert [s["text"] for s in first["sentences"]] == [s["text"] for s in again["sentences"]], (stem, number)
        sentences += [(x["events"], y["events"]) for x, y in zip(first["sentences"], again["sentences"])]
    print(f"{len(names)} reports, {len(sentences)} sentences, {sum(len(x) for x, _ in sentences)} and {sum(len(y) for _, y in sentences)} events")
    print(f"event  {f1([([e['type'] for e in x], [e['type'] for e in y]) for x, y in sentences]):.3f}")
    print(f"triple {f1([(list(map(triple, x)), list(map(triple, y))) for x, y in sentences]):.3f}")
    pairs = [p for x, y in sentences for p in paired(x, y)]
    for key in ("mode", "status", "historical"):
        print(f"{key:10} {sum(x[key] == y[key] for x, y in pairs) / max(1, len(pairs)):.3f} of {len(pairs)}")
    print(f"{'source':10} {sum(bool(x['source']) == bool(y['source']) for x, y in pairs) / max(1, len(pairs)):.3f} (cited or not)")


if __name__ == "__main__":
    main()
