#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""sums.py JSON IMAGE: is the size of the file the file's, and does what `size`
says of the .dbg twin agree with the sum of the libraries?"""
import json
import os
import subprocess
import sys

with open(sys.argv[1], encoding="utf-8") as f:
    found = json.load(f)["images"][os.path.basename(sys.argv[2])]
image, wrong = found["image"], []
if image["file"] != os.path.getsize(sys.argv[2]):
    wrong.append("file: %d" % image["file"])
sections = {}
for line in subprocess.run(["size", "-A", sys.argv[2] + ".dbg"], check=True,
                           stdout=subprocess.PIPE).stdout.decode().split("\n"):
    words = line.split()
    if len(words) == 3 and words[0].startswith("."):
        sections[words[0]] = int(words[1])
for kind in ("text", "rodata", "data"):
    libs = sum(row[kind] for row in found["libraries"].values())
    section = sections.get("." + kind, 0)
    # What is of no library (entry code, alignment) is little.
    if not section - 4096 <= libs <= section or libs > image[kind]:
        wrong.append("%s: %d by library, %d in its section, %d in all" % (
            kind, libs, section, image[kind]))
print("\n".join(wrong))
sys.exit(bool(wrong))
