#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""verdicts.py JSON IMAGE MITIGATION: `library=verdict` words of that column."""
import json
import sys

with open(sys.argv[1], encoding="utf-8") as f:
    result = json.load(f)["images"][sys.argv[2]]
if sys.argv[3] in result["image"] and sys.argv[3] in (
        "cpu", "wx", "null", "aslr"):
    print("image=" + result["image"][sys.argv[3]]["verdict"])
else:
    print(" ".join("%s=%s" % (lib, cells[sys.argv[3]]["verdict"])
                   for lib, cells in sorted(result["libraries"].items())))
