#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""page.py HTML SVG JSON: are both well-formed, is everything in them their
own, and do all cells of picture and tables say what the JSON says?"""
import json
import re
import sys
import xml.etree.ElementTree as ET

html, svg, result = sys.argv[1:]
with open(result, encoding="utf-8") as f:
    ((name, image),) = json.load(f)["images"].items()
want = {(lib, m): c["verdict"] for lib, row in image["libraries"].items()
        for m, c in row.items()}
whole = {("image", m): c["verdict"] for m, c in image["image"].items()}
wrong = []


def cells(tree, tag):
    out = {}
    for e in tree.iter():
        if e.tag.endswith("}" + tag) and "data-verdict" in e.attrib:
            key = e.get("data-library"), e.get("data-mitigation")
            if key in out:
                wrong.append("twice: %s/%s" % key)
            out[key] = e.get("data-verdict")
            shown = " ".join("".join(e.itertext()).split())
            if tag == "g" and e.get("data-word") not in shown:
                wrong.append("%s/%s does not show its word" % key)
    return out


def same(what, got, need, may):
    for key in need:
        if got.get(key) != need[key]:
            wrong.append("%s: %s/%s is %s, want %s" % (
                (what,) + key + (got.get(key), need[key])))
    for key in set(got) - set(need):
        if may.get(key) != got[key]:
            wrong.append("%s: %s/%s is in no JSON" % ((what,) + key))


for path in (html, svg):
    with open(path, encoding="utf-8") as f:
        text = f.read()
    tree = ET.fromstring(text)
    same(path + " picture", cells(tree, "g"), want, whole)
    ids = {e.get("id") for e in tree.iter()}
    for e in tree.iter():
        if e.tag.endswith("}script"):
            wrong.append(path + " has a script")
        for key in ("href", "src"):
            at = e.get(key)
            if at and (at[0] != "#" or at[1:] not in ids):
                wrong.append("%s leads to %s" % (path, at))
    if re.search(r"url\(|@import", text):
        wrong.append(path + " fetches something")
    if path == html:
        same("tables", cells(tree, "tr"), {**want, **whole}, {})
        for lib, row in image["libraries"].items():
            for c in row.values():
                if c["failing"] and c["failing"][0] not in "".join(
                        tree.itertext()):
                    wrong.append("not told: " + c["failing"][0])
seen = set(want.values())
if not {"yes", "no", "n/a", "exempt", "gap", "-", "+"} <= seen:
    wrong.append("this image shows only " + " ".join(sorted(seen)))
print("\n".join(wrong[:20]))
sys.exit(bool(wrong))
