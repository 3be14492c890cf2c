#!/usr/bin/env python3
"""Reader and checker of the annotated reports of ../corpus (format: ../corpus/README.md).

    corpus.py [--shared ../../shared] [FILE...]     checks files, all of ../corpus by default, and counts what they hold
    corpus.py --gold FOLDER [--whole] [FILE...]     writes the held-out reports (or all) as gold records, for `dateline eval gold --folder`
"""
import argparse
import collections
import csv
import datetime
import glob
import json
import os
import re
import sys

TYPES = ("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
         "COERCE ASSAULT").split()
STATUS = ["actual", "future", "hypothetical", "negated"]
SECTORS = set("COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC -".split())
HERE = os.path.dirname(os.path.abspath(__file__))


def read(path, complain=lambda line, message: None):
    """Reports of a file."""
    with open(path, encoding="utf8") as lines:
        return read_lines(lines, complain)


def read_lines(lines, complain=lambda line, message: None):
    """Reports of a file's lines: {"date", "sentences": [{"text", "new", "events": [...]}]}; an event has type, mode, status, historical,
    trigger, actors, recipients, third_parties (lists of (text, country, sector, earlier)), place, date, source."""
    reports = []
    for number, line in enumerate(lines, 1):
        line = line.rstrip("\n")
        if not line.strip():
            continue
        if line[0] == "@":
            date = line[1:].split()[0] if line[1:].split() else ""
            try:
                datetime.date.fromisoformat(date)
            except ValueError:
                complain(number, f"no date: {date!r}")
            reports.append({"date": date, "sentences": []})
        elif not reports:
            complain(number, "a report opens with a line '@ DATE'")
        elif line[:2] in ("> ", "+ "):
            reports[-1]["sentences"].append({"text": line[2:].strip(), "new": line[0] == ">", "events": []})
        elif not reports[-1]["sentences"]:
            complain(number, "an event before any sentence")
        else:
            before = " ".join(s["text"] for s in reports[-1]["sentences"][:-1])
            e = event(line, reports[-1]["sentences"][-1]["text"], before, lambda m: complain(number, m))
            if e:
                reports[-1]["sentences"][-1]["events"].append(e)
    return reports


def event(line, text, before, complain):
    """The event of one line; None when it cannot be used."""
    parts = [p.strip() for p in line.split(" | ")]
    head = parts[0].split()
    kind, _, mode = head[0].partition(".")
    if kind not in TYPES or len(head) < 2 or head[1] not in STATUS or head[2:] not in ([], ["hist"]):
        return complain(f"not 'TYPE[.mode] status [hist]': {parts[0]!r}")
    if len(parts) < 2 or parts[1] not in text:
        return complain(f"trigger {parts[1:2]} is not in the sentence")
    e = {"type": kind, "mode": mode or None, "status": head[1], "historical": "hist" in head, "trigger": parts[1], "actors": [],
         "recipients": [], "third_parties": [], "place": None, "date": None, "source": None}
    for part in parts[2:]:
        m = re.match(r"([artpdskih]): *(.*)$", part)
        if not m:
            complain(f"unknown field {part!r}")
            continue
        key, value = m.groups()
        if key in "art":
            name = {"a": "actors", "r": "recipients", "t": "third_parties"}[key]
            for x in value.split(";"):
                m = re.match(r"(\^?)(.+?) = ([A-Z]{3}|-) ([A-Z]{3}|-)$", x.strip())
                if not m or m[4] not in SECTORS:
                    complain(f"{x.strip()!r} is not 'words = COUNTRY SECTOR'")
                elif m[2] not in (before if m[1] else text):
                    complain(f"{m[2]!r} is not in {'an earlier' if m[1] else 'the'} sentence")
                else:
                    e[name].append((m[2], m[3].replace("-", "") or None, m[4].replace("-", "") or None, bool(m[1])))
        elif key in "pd":
            words, _, coded = value.partition(" = ")
            if words != "-" and words not in text:
                complain(f"{words!r} is not in the sentence")
            else:
                e["place" if key == "p" else "date"] = (words if words != "-" else None, coded)
        elif key == "s":
            words = re.sub(r" \?$", "", value).lstrip("^")
            if words in text:
                e["source"] = words
            elif words not in before:
                complain(f"source {words!r} is not in the report")
        elif not value.isdigit():
            complain(f"no number: {part!r}")
    return e


HELD_OUT = 8  # one in so many reports of a file is for measuring


def is_held_out(number):
    """Whether training leaves the report with this number in its file alone."""
    return number % HELD_OUT == HELD_OUT - 1


def as_gold(report, name):
    """A report as a gold record (../../shared/gold/GUIDE.md); places and dates as far as the corpus tells them."""
    text, sentences, events = "", {}, []
    party = lambda p: {"text": p[0], "country": p[1], "sector": p[2]}
    for number, s in enumerate(report["sentences"]):
        text += "" if not text else "\n\n" if s["new"] else " "
        start = len(text.encode())
        text += s["text"]
        sentences[str(number)] = {"start": start, "end": len(text.encode())}
        for e in s["events"]:
            place, date, (day, _, last) = e["place"], e["date"], (e["date"] or (None, ""))[1].partition("..")
            events.append({
                "id": f"e{len(events) + 1}", "sentence": number, "trigger": e["trigger"], "type": e["type"], "mode": e["mode"],
                "actors": [party(p) for p in e["actors"]], "recipients": [party(p) for p in e["recipients"]],
                "third_parties": [party(p) for p in e["third_parties"]],
                "place": place and {"text": place[0], "country": place[1].replace("-", "") or None},
                "date": date and {"text": date[0], "start": day or None, "end": last or day or None}, "status": e["status"],
                "historical": e["historical"], "source": e["source"] and {"text": e["source"], "anonymous": False},
                "killed": None, "injured": None, "held": None, "same_as": None})
    gold = {"events": events, "figures": [], "positions": [], "assessments": [], "talks": None}
    return {"id": name, "published": report["date"], "title": report["sentences"][0]["text"], "text": text, "sentences": sentences, "gold": gold}


def write_gold(files, folder, whole):
    """Writes the held-out reports of files, or all their reports, as gold records."""
    os.makedirs(folder, exist_ok=True)
    count = 0
    for path in files:
        stem = os.path.basename(path)[:-len(".txt")]
        for number, report in enumerate(read(path)):
            if whole or is_held_out(number) and stem != "quiet":
                name, count = f"{stem}-{number}", count + 1
                with open(f"{folder}/{name}.json", "w", encoding="utf8") as out:
                    json.dump(as_gold(report, name), out, ensure_ascii=False)
    print(f"{count} reports in {folder}")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", default=HERE + "/../../shared")
    ap.add_argument("files", nargs="*", default=sorted(glob.glob(HERE + "/../corpus/*.txt")))
    ap.add_argument("--gold", metavar="FOLDER", help="write the held-out reports as gold records")
    ap.add_argument("--whole", action="store_true", help="with --gold, write every report: of files that no training has seen")
    a = ap.parse_args()
    if a.gold:
        return write_gold(a.files, a.gold, a.whole)
    modes = collections.defaultdict(set)
    table = a.shared + "/ontology/plover.tsv"
    if os.path.exists(table):
        for row in csv.DictReader(open(table, encoding="utf8"), delimiter="\t"):
            modes[row["event"]].add(row["name"] if row["kind"] == "mode" else None)
    bad, kinds, status = 0, collections.Counter(), collections.Counter()
    reports = sentences = silent = 0
    for path in a.files:
        def complain(line, message):
            nonlocal bad
            bad += 1
            print(f"{path}:{line}: {message}")
        for r in read(path, complain):
            reports += 1
            for s in r["sentences"]:
                sentences += 1
                silent += not s["events"]
                for e in s["events"]:
                    kinds[e["type"]] += 1
                    status[e["status"]] += 1
                    if modes and e["mode"] and e["mode"] not in modes[e["type"]]:
                        complain("?", f"{e['type']} has no mode {e['mode']!r}")
    print(f"{reports} reports, {sentences} sentences, {silent} without an event, {sum(kinds.values())} events, {bad} complaints")
    print(dict(kinds.most_common()), dict(status))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
