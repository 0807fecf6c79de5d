#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""stacks.py LIST: objects that an image is made of, "LIBRARY FILE" a line, and
that would have its stack executable. The linker is told that no stack is, and
so says nothing of them; their code would fault when it runs. Exit status 1 if
there is one.
"""
import os
import sys

import elf

MARK = ".note.GNU-stack"
EXECUTABLE = 4		# a section's flag
BITCODE = b"BC\xc0\xde"	# of a compiler: there is no code yet


def listed(path):
    """[(library, object)] that are there."""
    if not os.path.isfile(path):
        return []
    with open(path, encoding="utf-8") as f:
        return [line.split() for line in f if line.strip() and
                os.path.isfile(line.split()[1])]


def wrong(path):
    """What is wrong with the mark of an object, or None."""
    with open(path, "rb") as f:
        data = f.read(elf.MAX_FILE)
    if data.startswith(BITCODE):
        return None
    try:
        marks = [s for s in elf.Elf(data).sections if s.name == MARK]
    except elf.Bad as bad:
        return "cannot be read: %s" % bad
    if any(s.flags & EXECUTABLE for s in marks):
        return "asks for an executable stack (a nested function whose " \
            "address is taken?)"
    return None if marks else "does not say that its stack need not be " \
        "executable (assembly without a section %s?)" % MARK


def faults(objects):
    for lib, path in objects:
        why = wrong(path)
        if why:
            yield "%s of %s %s" % (os.path.basename(path), lib, why)


def check(image, rule):
    """the stack's mark is there and not executable, and each object that the
    image is made of has it, too. Where its build folder is gone, nothing is
    said of objects."""
    marks = [s for s in image.segments if s.kind == "PT_GNU_STACK"]
    if not marks or marks[0].x or not marks[0].w:
        return "the image's mark of the stack is missing, or executable"
    return next(faults(image.made_of), None)


def said(image, rule):
    return "no stack is executable in any of %d objects" % \
        len(image.made_of) if image.made_of else ""


CHECKS = {"stacks": check}


def main():
    bad = list(faults(listed(sys.argv[1])))
    for line in bad:
        print(line, file=sys.stderr)
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
