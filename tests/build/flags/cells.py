#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""Cells of build/hardening.json, for the test beside it.

cells.py red WITH WITHOUT MITIGATION...  is each yes in its library first, and
                                         NO then, and nothing else NO?
cells.py whole JSON MITIGATION...        are these of the whole image all NO?
cells.py note IMAGE                      the text of its note
"""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "../../../support/report"))


def image(path):
    with open(path, encoding="utf-8") as f:
        (one,) = json.load(f)["images"].values()
    return one


def red(before, after, *mits):
    before, after, wrong = image(before), image(after), []
    for m in mits:
        lib = "without_" + m.replace("-", "_")
        was, now = (x["libraries"][lib][m] for x in (before, after))
        if was["verdict"] != "yes":
            wrong.append("%s is %s with its flags: %s" % (
                m, was["verdict"], was["failing"][:3]))
        elif now["verdict"] != "no":
            wrong.append("%s is %s without its flags" % (m, now["verdict"]))
        else:
            print("%s: %s" % (m, now["failing"][0]))
    wrong += ["%s/%s is NO as well: %s" % (lib, m, c["failing"][0])
              for lib, row in after["libraries"].items()
              for m, c in row.items() if c["verdict"] == "no" and
              lib != "without_" + m.replace("-", "_")]
    print("\n".join(wrong))
    return bool(wrong)


def whole(path, *mits):
    cells, wrong = image(path)["image"], []
    for m in mits:
        if m not in cells or cells[m]["verdict"] != "no":
            wrong.append("image/%s is not there and not NO" % m)
        else:
            print("image/%s: %s" % (m, "; ".join(cells[m]["failing"])))
    print("\n".join(wrong))
    return bool(wrong)


def note(path):
    import elf
    import note as reader
    for owner, kind, text in elf.Elf.load(path).notes(reader.SECTION):
        if (owner, kind) == (reader.OWNER, reader.TEXT):
            print(text.decode("utf-8"))


sys.exit({"red": red, "whole": whole, "note": note}[sys.argv[1]](*sys.argv[2:]))
