#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""stripped.py [--json FILE] IMAGE

What a finished image says of itself (its note: claimed), what its bytes show
(seen), and where one contradicts the other. With its .dbg twin beside it, the
whole hardening report. Needs no tree but support/report and hardening/*, and
the first part nothing but Python.

The image may come from anybody: nothing in it is believed before it is
checked, and it gets CPU_SECONDS and MEMORY at most.

Exit status: 0; 1, a claim is contradicted, or not proved; 2, it cannot be read.
"""
import argparse
import hashlib
import json
import os
import re
import resource
import signal
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import elf		# noqa: E402
import forbidden	# noqa: E402
import note		# noqa: E402

CPU_SECONDS, MEMORY = 120, 3 << 30
PVH = 18		# type of the Xen note that names a 32-bit entry
CANARY = re.compile(rb"\x64[\x48\x4c][\x03\x2b\x33\x39\x3b\x8b].\x25\x28\0\0\0",
                    re.S)
ENDBR = b"\xf3\x0f\x1e\xfa"


def die(text):
    print("inspect: " + text, file=sys.stderr)
    sys.exit(2)


def limit():
    """An image that is made to be hard to read stops us, not the machine."""
    def stop(*_):
        die("not read within %d seconds: no image of ours is so large" %
            CPU_SECONDS)
    signal.signal(signal.SIGXCPU, stop)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)	# | head
    for what, most in ((resource.RLIMIT_CPU, CPU_SECONDS),
                       (resource.RLIMIT_AS, MEMORY)):
        hard = resource.getrlimit(what)[1]
        if hard == resource.RLIM_INFINITY or most <= hard:
            resource.setrlimit(what, (most, hard))


class Seen:
    """Findings: (mark, text). ok, NO (contradicts a claim), or `-`."""

    def __init__(self):
        self.lines = []

    def say(self, mark, text):
        self.lines.append((mark, text))

    def judge(self, good, claimed, text, otherwise):
        self.say("ok" if good else "NO" if claimed else "-",
                 text if good else otherwise)


def rights(segments, said, seen):
    loads = [s for s in segments if s.kind == "PT_LOAD" and s.size]
    both = [s for s in segments if s.w and s.x]
    claimed = "wx" in said.image
    seen.judge(not both, claimed,
               "none of its %d segments is writable and executable" %
               len(loads),
               "writable and executable: %s" % ", ".join(
                   "%s at %#x" % (s.kind, s.addr) for s in both))
    pages = {}
    shared = False
    for s in loads:
        for page in {s.addr >> 12, (s.addr + s.size - 1) >> 12}:
            shared |= pages.setdefault(page, (s.w, s.x)) != (s.w, s.x)
    seen.judge(not shared, claimed, "segments with different rights share no "
               "page", "segments with different rights share a page")
    marks = [s for s in segments if s.kind == "PT_GNU_STACK"]
    seen.judge(marks and not marks[0].x, claimed, "the stack's mark is not "
               "executable", "the stack's mark is missing or executable")
    for s in loads:
        seen.say("-", "segment %#x, %d bytes: %s" % (s.addr, s.size, "".join(
            c if on else "-" for c, on in zip("rwx", (s.r, s.w, s.x)))))


def place(file, said, seen):
    relr = sum(s.size for s in file.sections if s.type == elf.RELR)
    seen.judge(file.movable, "aslr" in said.image,
               "position-independent%s" % (
                   ", %d bytes of packed relocations" % relr if relr else ""),
               "fixed at one address")
    if any(s.kind == "PT_INTERP" for s in file.segments):
        seen.say("NO", "asks for an interpreter")
    if any(o == "Xen" and k == PVH for o, k, _ in file.notes(".note") +
           file.notes(".note.Xen")):
        seen.say("-", "boots by PVH (platform kvm)")
    names = sum(1 for _ in file.symbols())
    seen.say("-" if names else "ok", "%d symbols are in it" % names if names
             else "stripped: no symbols are in it")


def code(file, said, seen):
    text = [s.data for s in file.segments if s.kind == "PT_LOAD" and s.x]
    canaries = sum(len(CANARY.findall(t)) for t in text)
    claimed = any("ssp" in c for c in said.by_lib.values())
    seen.judge(canaries, claimed, "the stack canary is read at %d places" %
               canaries, "the stack canary is read nowhere")
    seen.say("-", "endbr64: %d" % sum(t.count(ENDBR) for t in text))
    kinds = [kind for kind, *_ in forbidden.found(file)]
    seen.say("-", "bytes that change protection, at any place in code: " +
             ", ".join("%s %d" % (k, kinds.count(k)) for k in forbidden.KINDS))


def claimed_lines(said):
    out = [(k, v) for k, v in said.keys.items()
           if k not in ("image", "layout")]
    out += [("layout", said.layout()),
            ("the image", " ".join(said.image) or "nothing")]
    groups = {}
    for lib, mits in said.by_lib.items():
        groups.setdefault(" ".join(sorted(mits)) or "nothing", []).append(lib)
    for mits, libs in sorted(groups.items()):
        out.append(("libraries", "%s: %s" % (mits, " ".join(sorted(libs)))))
    out += [("exempt", "%s/%s: %s" % (lib, m, why))
            for (lib, m), why in sorted(said.exempt.items())]
    out += [("except", "%s/%s: %s: %s" % (lib, m, " ".join(names), why))
            for (lib, m), (names, why) in sorted(said.excepted.items())]
    out += [("port", " ".join(p)) for p in said.ports]
    out += [("port", u + " was fetched without a hash")
            for u in said.unchecked]
    return out + [("built by", c) for c in said.config]


def show(path, data, said, seen):
    print("%s: %d bytes, sha256 %s" % (path, len(data),
                                       hashlib.sha256(data).hexdigest()))
    print("\nClaimed by its note; nothing of this is checked here:")
    for key, value in claimed_lines(said):
        print(("  %-10s %s" % (key, value)).rstrip())
    print("\nSeen in its bytes (NO: contradicts a claim):")
    for mark, text in seen.lines:
        print("  %-3s %s" % (mark, text))


def report(path):
    """The matrix, from the .dbg twin: (status, result or None)."""
    if not os.path.isfile(path + ".dbg"):
        print("\nWhat each library got cannot be seen in a stripped file: put "
              "its .dbg twin beside it.")
        return 0, None
    try:
        import matrix
        import report as full
        import rules
    except ImportError as missing:
        print("\nIts .dbg twin is there, but Python's %s is not: apt-get "
              "install python3-pyelftools python3-capstone python3-yaml" %
              missing.name)
        return 0, None
    known = rules.load()
    result = full.result(path, None, known)
    print("\nProved from its .dbg twin, which loads the same bytes:\n")
    print(matrix.text(os.path.basename(path), result, known))
    return int(full.unproved(result)), result


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    ap.add_argument("image")
    ap.add_argument("--json")
    args = ap.parse_args()
    limit()
    try:
        file = elf.Elf.load(args.image)
        said = note.of(file)
        if said is None:
            die("%s has no Redoubt note" % args.image)
        seen = Seen()
        rights(file.segments, said, seen)
        place(file, said, seen)
        code(file, said, seen)
    except (elf.Bad, OSError, MemoryError) as bad:
        die("%s: %s" % (note.printable(args.image), bad))
    show(args.image, file.data, said, seen)
    sys.stdout.flush()
    status, result = report(args.image)
    if args.json:
        with open(args.json, "w", encoding="utf-8") as f:
            json.dump({"claimed": claimed_lines(said), "seen": seen.lines,
                       "report": result}, f, indent=1)
    return status or int(any(m == "NO" for m, _ in seen.lines))


if __name__ == "__main__":
    sys.exit(main())
