#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""cell.py JSON LIBRARY: `mitigation=verdict` words of one library's row, in
the one image that the file speaks of.
cell.py --exact COMPILER JSON LIBRARY=PROFILE... DEFAULT: each library of the
image claims what its profile holds and nothing else, what it claims is seen
and what it does not is not. In a library with two signs (LIBRARY==PROFILE) each
mitigation has something to do: n/a will not do."""
import glob
import json
import re
import sys


def row(path, library):
    with open(path, encoding="utf-8") as f:
        (image,) = json.load(f)["images"].values()
    return image["libraries"][library]


def members(profile):
    with open("hardening/profiles/%s.list" % profile, encoding="utf-8") as f:
        return {w for w in f.read().split("\n") if w and w[0] != "#"}


def gaps(compiler):
    """Mitigations that this compiler cannot do."""
    return {p.split("/")[1] for p in glob.glob("hardening/*/flags.mk")
            if re.search(r"_NOTE_%s := " % compiler,
                         open(p, encoding="utf-8").read())}


def expected(mitigation, held, lacks):
    """Verdicts that are right, first that of code which needs it."""
    if mitigation not in held:
        # Careful code may do by itself what nobody asked for.
        return ["-", "gap", "+"] if mitigation in lacks else ["-", "+"]
    return ["gap"] if mitigation in lacks else ["yes", "n/a", "exempt"]


def wrong_cells(library, cells, profile, lacks, full):
    held = members(profile)
    for mitigation, c in sorted(cells.items()):
        want = expected(mitigation, held, lacks)
        if full:        # the code needs all of them
            want = want[:1] if mitigation in held else ["-", "gap"]
        if c["verdict"] not in want or \
                c["claimed"] != (c["verdict"] in ("yes", "n/a")):
            yield "%s/%s: %s (seen in %d of %d), but it is at %s" % (
                library, mitigation, c["verdict"], c["shown"],
                c["functions"], profile)


def exact(compiler, path, words):
    own = dict(re.split("==?", w) for w in words[:-1])
    full = {w.split("=")[0] for w in words[:-1] if "==" in w}
    lacks, wrong, told = gaps(compiler), [], []
    with open(path, encoding="utf-8") as f:
        (image,) = json.load(f)["images"].values()
    for library, cells in image["libraries"].items():
        if library.startswith("libharden_"):
            continue            # has its own mitigation on as well
        profile = own.pop(library, words[-1])
        wrong += wrong_cells(library, cells, profile, lacks, library in full)
        if library in full:
            told.append("%s at %s: %s" % (library, profile, " ".join(
                "%s=%s" % (m, c["verdict"]) for m, c in sorted(cells.items()))))
    wrong += ["%s is not in the image" % library for library in own]
    print("\n".join(wrong + told))
    return bool(wrong)


if __name__ == "__main__":
    if sys.argv[1] == "--exact":
        sys.exit(exact(sys.argv[2], sys.argv[3], sys.argv[4:]))
    print(" ".join("%s=%s" % (m, c["verdict"])
                   for m, c in sorted(row(*sys.argv[1:3]).items())))
