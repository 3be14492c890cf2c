#!/usr/bin/env python3
"""Makes crates/dateline-view/src/countries.tsv: a country's code and its outline as an SVG path in half degrees.

    npm pack world-atlas@2 && tar xzf world-atlas-2.*.tgz && python3 web/basemap.py package/countries-110m.json

world-atlas is Natural Earth 1:110m (public domain) as TopoJSON (ISC).
"""
import csv
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHORT = {"W. Sahara": "ESH", "Dem. Rep. Congo": "COD", "Dominican Rep.": "DOM", "Falkland Is.": "FLK", "Central African Rep.": "CAF",
         "Eq. Guinea": "GNQ", "Solomon Is.": "SLB", "Bosnia and Herz.": "BIH", "S. Sudan": "SSD", "N. Cyprus": "CYP", "Somaliland": "SOM"}

names = dict(SHORT)
with open(ROOT / "knowledge/tables/countries.tsv") as table:
    for row in csv.DictReader(table, delimiter="\t"):
        names.update((name, row["iso3"]) for name in row["names"].split("|"))

atlas = json.load(open(sys.argv[1]))
scale, shift = atlas["transform"]["scale"], atlas["transform"]["translate"]


def arc(number):
    x = y = 0
    points = []
    for dx, dy in atlas["arcs"][number if number >= 0 else ~number]:
        x, y = x + dx, y + dy
        points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
    return points if number >= 0 else points[::-1]


def ring(numbers):
    points = []
    for number in numbers:
        points += arc(number)[1 if points else 0:]
    steps = [(round(lon * 2, 1), round(-lat * 2, 1)) for lon, lat in points]
    kept = [p for i, p in enumerate(steps) if i == 0 or p != steps[i - 1]]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "Z"


paths = {}
for shape in atlas["objects"]["countries"]["geometries"]:
    code = names.get(shape["properties"]["name"])
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    if code:
        paths[code] = paths.get(code, "") + "".join(ring(r) for polygon in polygons for r in polygon)
with open(ROOT / "crates/dateline-view/src/countries.tsv", "w") as out:
    out.writelines(f"{code}\t{path}\n" for code, path in sorted(paths.items()))
