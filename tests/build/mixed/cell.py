#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""cell.py JSON LIBRARY: `mitigation=verdict` words of one library's row, in
the one image that the file speaks of."""
import json
import sys

with open(sys.argv[1], encoding="utf-8") as f:
    (image,) = json.load(f)["images"].values()
print(" ".join("%s=%s" % (m, c["verdict"])
               for m, c in sorted(image["libraries"][sys.argv[2]].items())))
