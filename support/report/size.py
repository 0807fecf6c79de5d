# SPDX-License-Identifier: BSD-3-Clause
"""size.py [--json FILE] [--svg FILE] [--check] IMAGE...

How large each library is in an image: text, rodata, data and bss, from the
ranges that the linker script marks in the .dbg twin; its largest symbols; and
what is over the budgets that the image's note states. With --check only the
last, and exit status 1 if there is any.

After link-time optimisation there are no ranges: then from the sizes of
symbols, as far as the sources of functions tell whose they are.
"""
import argparse
import bisect
import json
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import bars		# noqa: E402
import elf		# noqa: E402
import note		# noqa: E402

KINDS = bars.KINDS
LARGEST = 5
UNKNOWN = "(no library)"
_RANGE = re.compile(r"uk_(\w+)_(%s)_start$" % "|".join(KINDS))


class Linked:
    """A .dbg twin as far as sizes need it: without debug information."""

    def __init__(self, path):
        self.elf = elf.Elf.load(path)
        self.segments, self.functions = self.elf.segments, []
        self.symbols = {s.name: s.value for s in self.elf.symbols()
                        if s.section}


def ranges(image):
    """[(start, end, library, kind)], sorted"""
    out = []
    for name, start in image.symbols.items():
        m = _RANGE.match(name)
        if m and m.group(1) != "image":
            end = image.symbols.get(name[:-len("start")] + "end", start)
            if end > start:
                out.append((start, end, m.group(1), m.group(2)))
    return sorted(out)


def kind_of(image, addr):
    for s in image.segments:
        if s.kind == "PT_LOAD" and s.addr <= addr < s.addr + s.size:
            return "text" if s.x else "rodata" if not s.w else \
                "data" if addr < s.addr + s.filesz else "bss"
    return None


def owners(image, known):
    """(name, address, size, library, kind) of each sized symbol."""
    starts = [r[0] for r in known]
    by_fn = {fn.addr: fn.library for fn in image.functions}
    seen = set()
    for s in image.elf.symbols():
        if s.type not in (elf.FUNC, elf.OBJECT) or not s.size or \
                not s.section or s.value in seen:
            continue
        seen.add(s.value)
        i = bisect.bisect_right(starts, s.value) - 1
        if i >= 0 and s.value < known[i][1]:
            yield s.name, s.value, s.size, known[i][2], known[i][3]
        else:
            kind = kind_of(image, s.value)
            if kind:
                yield (s.name, s.value, s.size,
                       by_fn.get(s.value) or UNKNOWN, kind)


def libraries(image):
    """{library: {kind: bytes, "symbols": [[name, bytes, kind], ...]}}"""
    known, out = ranges(image), {}
    if not known and isinstance(image, Linked):
        return out

    def row(lib):
        return out.setdefault(lib, dict.fromkeys(KINDS, 0) | {"symbols": []})
    for start, end, lib, kind in known:
        row(lib)[kind] += end - start
    for name, _, size, lib, kind in owners(image, known):
        row(lib)["symbols"].append([name, size, kind])
        if not known:
            row(lib)[kind] += size
    for name in [n for n, r in out.items() if not bars.total(r)
                 and n == UNKNOWN]:
        del out[name]		# its bytes are those beside the libraries
    for lib in out.values():
        lib["symbols"].sort(key=lambda s: (-s[1], s[0]))
        del lib["symbols"][LARGEST:]
    return out


def whole(image):
    """Bytes of the image in memory, by rights: with what lies between
    libraries."""
    out = dict.fromkeys(KINDS, 0)
    for s in image.segments:
        if s.kind == "PT_LOAD":
            out["text" if s.x else "data" if s.w else "rodata"] += s.filesz
            out["bss"] += s.size - s.filesz
    return out


def figures(path):
    """All of one image, for people and programs. The build checks it before
    it has its name."""
    dbg = path.removesuffix(".new") + ".dbg"
    twin = Linked(dbg)
    if not ranges(twin):
        from image import Image		# needs Debian's modules
        twin = Image(dbg)
    libs, image = libraries(twin), whole(twin)
    image["file"] = os.path.getsize(path)
    return {"image": image, "libraries": libs}


def over(found, budgets):
    """What is over its budget, as lines; largest symbols named."""
    out = []
    for (lib, kind), most in sorted(budgets.items()):
        row = found["image"] if lib == "image" else \
            found["libraries"].get(lib)
        if row is None or row.get(kind, 0) <= most:
            continue
        names = [s for x in ([row] if lib != "image" else
                             found["libraries"].values())
                 for s in x["symbols"]
                 if s[2] == kind or kind == "file" and s[2] != "bss"]
        names.sort(key=lambda s: -s[1])
        out.append("%s of %s is %d bytes, %d over its budget of %d%s" % (
            kind, lib, row[kind], row[kind] - most, most, "; its largest: " +
            ", ".join("%s %d" % (s[0], s[1]) for s in names[:LARGEST])
            if names else ""))
    return out


def text(name, found, late):
    libs = sorted(found["libraries"].items(), key=lambda x: -bars.total(x[1]))
    first = max([len(x) for x, _ in libs] + [8]) + 1
    line = "%-*s" + "%9s" * (len(KINDS) + 1)
    out = ["Sizes of %s, in bytes" % name, "",
           line % (first, "library", *KINDS, "total")]
    for lib, row in libs:
        out.append(line % (first, lib, *(row[k] for k in KINDS), bars.total(row)))
    image = found["image"]
    left = {k: image[k] - sum(r[k] for _, r in libs) for k in KINDS}
    out.append(line % (first, "(others)", *left.values(), bars.total(left)))
    out.append(line % (first, "in all", *(image[k] for k in KINDS),
                       bars.total(image)))
    out += ["", "The file has %d bytes. Largest symbols:" % image["file"]]
    for lib, row in libs:
        out.append("  %-*s%s" % (first, lib, ", ".join(
            "%s %d" % (s[0], s[1]) for s in row["symbols"][:3])))
    return "\n".join(out + ["OVER    " + x for x in late])


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n\n")[1])
    ap.add_argument("image", nargs="+")
    for option in ("json", "svg"):
        ap.add_argument("--" + option)
    ap.add_argument("--check", action="store_true")
    args = ap.parse_args()
    results, broken = {}, False
    try:
        for path in args.image:
            name, found = os.path.basename(path).removesuffix(
                ".new"), figures(path)
            said = note.of(elf.Elf.load(path))
            late = over(found, said.budgets if said else {})
            for line in late if args.check else ():
                print("error: %s: %s" % (name, line), file=sys.stderr)
            if not args.check:
                print(text(name, found, late))
            results[name], broken = found, broken or bool(late)
    except (elf.Bad, OSError) as bad:
        print("size-report: %s" % bad, file=sys.stderr)
        return 2
    if args.json:
        with open(args.json, "w", encoding="utf-8") as f:
            json.dump({"images": results}, f, indent=1, sort_keys=True)
    if args.svg:
        with open(args.svg, "w", encoding="utf-8") as f:
            f.write(bars.svg(*next(iter(results.items()))))
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
