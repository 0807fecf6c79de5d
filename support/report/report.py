#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""report.py [--json FILE] [--html FILE] [--svg FILE] [--check PROFILE]
             [--note FILE] IMAGE...

Proves the hardening claims of finished images from their code: a matrix of
library and mitigation, as text, JSON, and a page with a picture. What is
claimed comes from the image's own note (--note: from a text file instead);
what is true from its .dbg twin, after checking that both files load the same
bytes. The proofs are in evidence.py, the rule of each mitigation in
hardening/<mitigation>/rule.yaml. No build folder is needed; where it is there,
its list of objects is looked at, too.

With --check: exit status 1 on the first claim of that profile that is not
proved, naming it; 0 if all are. 2: the report itself could not be made.
"""
import argparse
import hashlib
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import elf		# noqa: E402
import matrix		# noqa: E402
import note		# noqa: E402
import page		# noqa: E402
import picture		# noqa: E402
import prove		# noqa: E402
import rules		# noqa: E402
import stacks		# noqa: E402
from image import Image, same_code	# noqa: E402


def die(text):
    print("hardening-report: " + text, file=sys.stderr)
    sys.exit(2)


def load(path):
    """The image's twin, known to speak for the image."""
    twin = path + ".dbg"
    for p in (path, twin):
        if not os.path.isfile(p):
            die("%s is not there: build the image first (make)" % p)
    try:
        image = Image(twin)
        if not image.has_dwarf:
            die("%s has no debug information: set CONFIG_DEBUG_SYMBOLS=y" %
                twin)
        if not same_code(elf.Elf.load(path), image):
            die("%s and its .dbg twin do not load the same bytes: the report "
                "would speak of another image; build again" % path)
        image.made_of = [
            (lib, o) for lib, o in stacks.listed(os.path.join(
                os.path.dirname(path), "objects"))
            if not image.ranges or lib in image.ranges]
    except elf.Bad as bad:
        die("%s or its .dbg twin: %s" % (path, bad))
    return image


def says(path, other):
    """What the image claims."""
    if other:
        with open(other, encoding="utf-8") as f:
            return note.Note(f.read())
    said = note.of(elf.Elf.load(path))
    if said is None:
        die("%s has no Redoubt note: nothing says what it claims" % path)
    return said


def identity(path):
    with open(path, "rb") as f:
        data = f.read()
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def result(path, other, known):
    """All that is known of one image."""
    image, said = load(path), says(path, other)
    known = {m: r for m, r in known.items()
             if r["cpu"] in (None, image.elf.cpu)}
    out = prove.image(image, said, known)
    out["about"].update(identity(path))
    return out


def unproved(result):
    """Is any claim of any profile not proved?"""
    cells = [c for row in result["libraries"].values() for c in row.values()]
    return bool(result["strays"]) or any(
        c["verdict"] == "no" for c in cells + list(result["image"].values()))


def write(path, text):
    with open(path + ".new", "w", encoding="utf-8") as f:
        f.write(text)
    os.replace(path + ".new", path)


def refused(result, profile):
    """Verdicts that a profile does not take. What the compiler cannot do is a
    gap in any but strict, and there as well where the image says so."""
    taken = profile != "strict" or "HARDENING_GAPS" in result["taint"]
    return ("no", "?", "-", "+") if taken else ("no", "?", "-", "+", "gap")


def check(result, profile, members):
    """The first claim of the profile that is missing or not proved: one that
    a function can be named for, if there is any."""
    bad = refused(result, profile)
    if result["strays"]:
        return matrix.untold(result["strays"])
    broken = [("library " + lib, mit, cells[mit])
              for lib, cells in sorted(result["libraries"].items())
              for mit in members
              if mit in cells and cells[mit]["verdict"] in bad]
    broken += [("the image", mit, result["image"][mit]) for mit in members
               if result["image"].get(mit, {}).get("verdict", "yes")
               not in ("yes", "n/a", "gap")]
    if not broken:
        return None
    who, mit, cell = min(broken, key=lambda b: (
        b[2]["verdict"] != "no", not b[2]["failing"]))
    return "%s %s%s" % (who, (
        "claims %s, which is not proved" if cell["claimed"] else
        "does not claim %s") % mit, "".join(
            ": " + f for f in cell["failing"][:1]))


def checked(results, profile, members):
    status = 0
    for name, result in results.items():
        broken = check(result, profile, members)
        print("hardening-check: %s: %s" % (name, broken or (
            "every claim of profile %s is proved" % profile)))
        status |= bool(broken)
    return status


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    ap.add_argument("image", nargs="+")
    for option in ("json", "html", "svg", "note", "check"):
        ap.add_argument("--" + option)
    args = ap.parse_args()

    known, profiles, results = rules.load(), rules.profiles(), {}
    if args.check and args.check not in profiles:
        die("no profile '%s': %s" % (args.check, " ".join(sorted(profiles))))
    for path in args.image:
        results[os.path.basename(path)] = result(path, args.note, known)
    if args.json:
        write(args.json, json.dumps({"images": results}, indent=1,
                                    sort_keys=True) + "\n")
    if args.html:
        write(args.html, page.html(results, known))
    if args.svg:
        write(args.svg, picture.svg(*next(iter(results.items())), known))
    if args.check:
        return checked(results, args.check, profiles[args.check])
    print("\n\n".join(matrix.text(name, result, known)
                      for name, result in results.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
