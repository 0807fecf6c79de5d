#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""report.py --build DIR --image FILE --config FILE [--json FILE]
             [--check PROFILE]

Proves the hardening claims of an image from its code: a matrix of library and
mitigation, as text and JSON. What is claimed comes from the configuration
(auto.conf) and <build>/claims; what is true from the image's .dbg twin, after
checking that both files load the same bytes. The proofs are in evidence.py,
the rule of each mitigation in hardening/<mitigation>/rule.yaml.

With --check: exit status 1 on the first claim of that profile that is not
proved, naming it; 0 if all are. 2: the report itself could not be made.
"""
import argparse
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import claims		# noqa: E402
import matrix		# noqa: E402
import prove		# noqa: E402
from image import Image, same_code	# noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))


def die(text):
    print("hardening-report: " + text, file=sys.stderr)
    sys.exit(2)


def load(path):
    twin = path + ".dbg"
    for p in (path, twin):
        if not os.path.isfile(p):
            die("%s is not there: build the image first (make)" % p)
    image = Image(twin)
    # <name>_<platform>-<cpu>
    image.platform = os.path.basename(path).rpartition("-")[0].rpartition(
        "_")[2]
    if not image.has_dwarf:
        die("%s has no debug information: set CONFIG_DEBUG_SYMBOLS=y" % twin)
    if not image.ranges:
        image.assign_by_source(compiled(os.path.dirname(path)))
    if not same_code(Image(path), image):
        die("%s and its .dbg twin do not load the same bytes: the report "
            "would speak of another image; build again" % path)
    return image


def compiled(build):
    """(source, library) of each object of the build."""
    path = os.path.join(build, "compile_commands.json")
    if not os.path.isfile(path):
        return []
    with open(path, encoding="utf-8") as f:
        return [(c["file"], os.path.basename(os.path.dirname(c["output"])))
                for c in json.load(f)]


def write_json(path, build, name, result):
    """One entry an image; those of the build's other images are kept."""
    old, images = {}, os.path.join(build, "images")
    if os.path.isfile(path):
        try:
            with open(path, encoding="utf-8") as f:
                old = json.load(f)["images"]
        except (ValueError, KeyError):
            old = {}
    if os.path.isfile(images):
        with open(images, encoding="utf-8") as f:
            names = {os.path.basename(line.strip()) for line in f}
        old = {k: v for k, v in old.items() if k in names}
    old[name] = result
    with open(path + ".new", "w", encoding="utf-8") as f:
        json.dump({"images": old}, f, indent=1, sort_keys=True)
        f.write("\n")
    os.replace(path + ".new", path)


def check(result, profile, members):
    """The first claim of the profile that is missing or not proved."""
    if result["strays"]:
        return matrix.untold(result["strays"])
    for lib, cells in sorted(result["libraries"].items()):
        for mit in members:
            cell = cells.get(mit)
            if cell and cell["verdict"] in ("no", "-", "+"):
                what = "does not claim %s" if cell["verdict"] in "-+" else \
                    "claims %s, which is not proved"
                return "library %s %s%s" % (lib, what % mit, reason(cell))
    for mit in members:
        cell = result["image"].get(mit)
        if cell and cell["verdict"] not in ("yes", "n/a"):
            what = "claims %s, which is not proved" if cell["claimed"] else \
                "does not claim %s"
            return "the image " + what % mit + reason(cell)
    return None


def reason(cell):
    failing = cell.get("failing") or []
    return ": " + failing[0] if failing else ""


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    for name in ("build", "image", "config"):
        ap.add_argument("--" + name, required=True)
    ap.add_argument("--json")
    ap.add_argument("--check", metavar="PROFILE")
    ap.add_argument("--root", default=ROOT)
    args = ap.parse_args()

    rules = claims.rules(args.root)
    said = claims.Claims(args.config, os.path.join(args.build, "claims"),
                         rules)
    profiles = claims.profiles(args.root)
    if args.check and args.check not in profiles:
        die("no profile '%s': %s" % (args.check, " ".join(sorted(profiles))))
    result = prove.image(load(args.image), said, rules)
    name = os.path.basename(args.image)
    result["profile"] = said.profile
    if args.json:
        write_json(args.json, args.build, name, result)
    if not args.check:
        print(matrix.text(name, result, rules))
        return 0
    broken = check(result, args.check, profiles[args.check])
    if broken:
        print("hardening-check: %s: %s" % (name, broken))
        return 1
    print("hardening-check: %s: every claim of profile %s is proved" %
          (name, args.check))
    return 0


if __name__ == "__main__":
    sys.exit(main())
