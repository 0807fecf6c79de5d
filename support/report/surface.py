#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""surface.py [--objects DIR] [--json FILE] IMAGE...

What an attacker inside an image has to work with, by library: names that other
libraries can call (from the objects in DIR, as the image does not keep them
apart), calls and jumps through pointers, functions whose address is taken,
functions that speak to the machine below (ports, devices in memory, control
registers, hypercalls and system calls), and code fragments that end in a
return or a jump (ROPgadget's count), in all and a KiB of text.

Fewer is better: compare.py tells what has changed between two builds.
"""
import argparse
import bisect
import json
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import disasm		# noqa: E402
import elf		# noqa: E402
import size		# noqa: E402
from image import Image	# noqa: E402

# What a function's code says it does, by its instructions (AT&T text).
DOES = {
    "ports": re.compile(r"(rep\w* )?(in|out)s?[bwl]? "),
    "control": re.compile(r"mov\w* .*%[cd]r\d|wrmsr|rdmsr|lidt|lgdt|ltr|lldt|"
                          r"xsetbv|wrpkru|invlpg|lmsw|clts|swapgs|wr[fg]sbase"),
    "calls out": re.compile(r"vmcall|vmmcall|syscall|sysenter|int \$"),
}
DEVICE = "uk_vm_map_device"	# maps memory that is a device
THUNK = re.compile(r"__x86_indirect_thunk_")
FIGURES = ("exported", "indirect", "taken", "ports", "devices", "control",
           "calls out")


class Rows:
    """{library: {figure: [names]}}"""

    def __init__(self):
        self.rows = {}

    def add(self, lib, what, name):
        row = self.rows.setdefault(lib or size.UNKNOWN, {
            k: [] for k in FIGURES})
        row[what].append(name)


def exported(objects, image, rows):
    """Names that its object leaves visible, of what is in the image."""
    for lib in sorted(image.ranges):
        path = os.path.join(objects, lib + ".o")
        if not os.path.isfile(path):
            continue
        for s in elf.Elf.load(path).symbols():
            if s.bind and s.section and s.name and s.type in (
                    0, elf.FUNC, elf.OBJECT) and s.name in image.symbols:
                rows.add(lib, "exported", s.name)


def through_pointers(image, rows):
    thunks = {a for n, a in image.symbols.items() if THUNK.match(n)}
    for fn in image.functions:
        for i in disasm.of(fn):
            table = i.is_jump and i.mem and i.mem.index
            if (i.indirect and not table) or i.target in thunks:
                rows.add(fn.library, "indirect", fn.name)


def machine(image, rows):
    device = image.symbols.get(DEVICE)
    for fn in image.functions:
        texts = [i.text.strip() for i in disasm.of(fn)]
        for what, pattern in DOES.items():
            if any(pattern.match(t) for t in texts):
                rows.add(fn.library, what, fn.name)
        if device and any(i.target == device for i in disasm.of(fn)):
            rows.add(fn.library, "devices", fn.name)


def gadgets(path, image):
    """{library: number}. Every place counts, as each may be reached."""
    try:
        out = subprocess.run(
            ["ROPgadget", "--binary", path, "--all"], check=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    except FileNotFoundError:
        raise elf.Bad("ROPgadget is not here: apt-get install "
                      "python3-ropgadget") from None
    except subprocess.CalledProcessError as why:
        raise elf.Bad("ROPgadget fails on %s: status %d" % (
            path, why.returncode)) from why
    fns = [fn.addr for fn in image.functions]
    counts, total = {}, 0
    for m in re.finditer(rb"^0x([0-9a-f]+) : ", out, re.M):
        addr = int(m.group(1), 16)
        if not image.read(addr, 1):	# it reads on beyond what is loaded
            continue
        i = bisect.bisect_right(fns, addr) - 1
        lib = next((lib for lib, (start, end) in image.ranges.items()
                    if start <= addr < end), None)
        if lib is None and not image.ranges and i >= 0:
            lib = image.functions[i].library
        lib = lib or size.UNKNOWN
        counts[lib] = counts.get(lib, 0) + 1
        total += 1
    return counts, total


def figures(path, objects):
    image, rows = Image(path + ".dbg"), Rows()
    if objects:
        exported(objects, image, rows)
    through_pointers(image, rows)
    for fn in image.taken():
        rows.add(fn.library, "taken", fn.name)
    machine(image, rows)
    found, total = gadgets(path + ".dbg", image)
    sizes, libs = size.libraries(image), {}
    for lib in sorted(set(rows.rows) | set(found) | set(image.ranges)):
        row = rows.rows.get(lib, {k: [] for k in FIGURES})
        text = sizes.get(lib, {}).get("text", 0)
        count = found.get(lib, 0)
        libs[lib] = {
            "text": text, "gadgets": count,
            "gadgets a KiB": round(count * 1024 / text, 1) if text else 0,
            "counts": {k: len(v) for k, v in row.items()},
            "names": {k: sorted(set(v)) for k, v in row.items()}}
    text = sum(len(s.data) for s in image.segments
               if s.kind == "PT_LOAD" and s.x)
    return {"libraries": libs, "image": {
        "text": text, "gadgets": total,
        "gadgets a KiB": round(total * 1024 / text, 1) if text else 0,
        "counts": {k: sum(r["counts"][k] for r in libs.values())
                   for k in FIGURES}}}


def text(name, found):
    first = max(len(x) for x in found["libraries"]) + 1
    line = "%-*s" + "%10s" * (len(FIGURES) + 2)
    out = ["Surface of %s" % name, "",
           line % (first, "library", *FIGURES, "gadgets", "a KiB")]
    rows = sorted(found["libraries"].items(),
                  key=lambda x: -x[1]["gadgets"])
    for lib, r in rows + [("in all", found["image"])]:
        out.append(line % (first, lib, *(r["counts"][k] or "-"
                                         for k in FIGURES),
                           r["gadgets"], r["gadgets a KiB"]))
    out += ["", "exported: names that other libraries can use; indirect: calls "
            "and jumps through", "pointers; taken: functions whose address is "
            "taken; then functions that use ports,", "map devices, change "
            "control registers, call the machine below.", ""]
    for what in FIGURES[3:]:
        for lib, r in sorted(found["libraries"].items()):
            if r["names"][what]:
                out.append("%-10s%-*s%s" % (what, first, lib, " ".join(
                    r["names"][what])))
    return "\n".join(out)


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n\n")[1])
    ap.add_argument("image", nargs="+")
    for option in ("objects", "json"):
        ap.add_argument("--" + option)
    args = ap.parse_args()
    results = {}
    try:
        for path in args.image:
            name = os.path.basename(path)
            results[name] = figures(path, args.objects)
            print(text(name, results[name]))
    except (elf.Bad, OSError) as bad:
        print("surface-report: %s" % bad, file=sys.stderr)
        return 2
    if args.json:
        with open(args.json, "w", encoding="utf-8") as f:
            json.dump({"images": results}, f, indent=1, sort_keys=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
