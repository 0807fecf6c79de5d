#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""forbidden.py [--facts FILE] [-q] IMAGE.dbg: bytes of instructions that change
what protects, at any offset of any executable segment, aligned or not, meant
or not, outside the functions that own them (hardening/bytes/owners.list, and
what libraries state: LIBX_HARDEN_EXCEPT_BYTES, in the build's facts).

Exit status 1, and a line for each, if there are any.
"""
import argparse
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import elf		# noqa: E402

OWNERS = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__)))), "hardening", "bytes", "owners.list")


def operand(digit, mods=4):
    """Second byte with this in its middle; 3 mods: only those in memory. For
    control registers the CPU does not look at the mod."""
    return b"[%s]" % b"".join(
        b"\\x%02x-\\x%02x" % (mod << 6 | digit << 3, mod << 6 | digit << 3 | 7)
        for mod in range(mods))


KINDS = {
    "wrpkru": rb"\x0f\x01\xef",
    "wrmsr": rb"\x0f\x30",
    "cr0": rb"\x0f\x22" + operand(0),
    "cr3": rb"\x0f\x22" + operand(3),
    "cr4": rb"\x0f\x22" + operand(4),
    "xsetbv": rb"\x0f\x01\xd1",
    "xrstor": rb"\x0f\xae" + operand(5, 3),
    "xrstors": rb"\x0f\xc7" + operand(3, 3),
}


def owners(path=OWNERS):
    """{(kind, function)}"""
    with open(path, encoding="utf-8") as f:
        lines = [line.split("#")[0].split() for line in f]
    return {(words[0], words[1]) for words in lines if len(words) > 2}


def functions(file):
    return sorted((s.value, s.value + s.size, s.name) for s in file.symbols()
                  if s.type == elf.FUNC and s.size)


def found(file):
    """(kind, address, bytes, function or None, offset) of each"""
    known = functions(file)
    for s in file.segments:
        if s.kind != "PT_LOAD" or not s.x:
            continue
        for kind, pattern in KINDS.items():
            # Overlapping ones as well.
            for m in re.finditer(b"(?=(%s))" % pattern, s.data, re.S):
                at, code = s.addr + m.start(), m.group(1)
                inside = [(a, n) for a, b, n in known
                          if a <= at and at + len(code) <= b]
                start, name = max(inside) if inside else (s.addr, None)
                yield kind, at, code, name, at - start


def strays(file, excepted=()):
    """A text for each that nobody owns. Compilers make copies of a function
    under its name and more."""
    allowed = owners()
    out = []
    for kind, at, code, name, offset in found(file):
        base = (name or "").split(".")[0]
        if (kind, base) not in allowed and base not in excepted:
            out.append("%s: bytes %s at %s+%#x (%#x)" % (
                kind, code.hex(" "), name + "()" if name else "no function",
                offset, at))
    return out


def stated(path):
    """Functions of applications and libraries that may, from the facts."""
    out = set()
    with open(path, encoding="utf-8") as f:
        for line in f:
            words = line.split()
            if words[:1] == ["except"] and words[2:3] == ["bytes"]:
                out |= set(" ".join(words[3:]).partition(":")[0].split())
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    ap.add_argument("image")
    ap.add_argument("--facts")
    ap.add_argument("-q", action="store_true")
    args = ap.parse_args()
    bad = strays(elf.Elf.load(args.image),
                 stated(args.facts) if args.facts else ())
    for line in bad if not args.q else ():
        print("forbidden instruction bytes in text: " + line, file=sys.stderr)
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
