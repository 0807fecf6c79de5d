#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""garbage.py SUPPORT/REPORT IMAGE: cut, change and make up files from a good
image and its .dbg twin; each must be read or refused with elf.Bad, nothing
else, and quickly. The seed is fixed: what fails once fails always.
garbage.py ... rights: the image with all its segments rwx, to standard output.
"""
import os
import random
import struct
import sys
import tempfile
import time

sys.path.insert(0, sys.argv[1])
import elf		# noqa: E402
import note		# noqa: E402
import stripped		# noqa: E402
from image import Image	# noqa: E402

with open(sys.argv[2], "rb") as f:
    GOOD = f.read()
PHOFF, = struct.unpack_from("<Q", GOOD, 32)
PHNUM, = struct.unpack_from("<H", GOOD, 56)
SHOFF, = struct.unpack_from("<Q", GOOD, 40)
read = refused = 0


def look(data):
    """As inspect does it."""
    global read, refused
    start = time.monotonic()
    try:
        file = elf.Elf(data)
        said = note.of(file)
        if said:
            seen = stripped.Seen()
            stripped.rights(file.segments, said, seen)
            stripped.place(file, said, seen)
            stripped.code(file, said, seen)
            stripped.claimed_lines(said)
        read += 1
    except elf.Bad:
        refused += 1
    took = time.monotonic() - start
    if took > 5:
        raise SystemExit("took %.1f s" % took)


def put(data, at, form, value):
    out = bytearray(data)
    struct.pack_into(form, out, at, value)
    return bytes(out)


def main():
    rnd = random.Random(1)
    if sys.argv[3:] == ["rights"]:
        out = GOOD
        for n in range(PHNUM):
            out = put(out, PHOFF + 56 * n + 4, "<I", 7)
        sys.stdout.buffer.write(out)
        return
    for n in list(range(0, 700)) + list(range(700, len(GOOD), 997)):
        look(GOOD[:n])
    # Every field of every header, with values that hurt.
    fields = list(range(16, 64, 2)) + [PHOFF + n for n in range(
        0, 56 * PHNUM, 4)] + [n for n in range(SHOFF, len(GOOD) - 4, 4)]
    for at in fields:
        for value in (0, 0xffffffff, 0x7fffffff, rnd.getrandbits(32)):
            look(put(GOOD, at, "<I", value))
    for _ in range(300):
        look(b"\x7fELF\x02\x01" + rnd.randbytes(rnd.randrange(400)))
        out = bytearray(GOOD)
        for _ in range(rnd.randrange(1, 40)):
            out[rnd.randrange(len(out))] = rnd.randrange(256)
        look(bytes(out))
    evil = note.Note("version=\x1b[31m\x07red\nclaim a: b")
    if "\x1b" in evil.keys["version"]:
        raise SystemExit("a note steers the terminal")
    twins(rnd)
    print("%d files read, %d refused" % (read, refused))
    if not read or not refused:
        raise SystemExit("nothing was tried")


def twins(rnd):
    """The twin too: its symbols and debug information."""
    global read, refused
    with open(sys.argv[2] + ".dbg", "rb") as f:
        twin = f.read()
    for n in range(12):
        out = bytearray(twin)
        if n % 3 == 0:
            out = out[:rnd.randrange(len(out))]
        for _ in range(400 if n % 3 == 1 else 3):
            out[rnd.randrange(64, len(out))] = rnd.randrange(256)
        path = os.path.join(tempfile.gettempdir(), "twin.%d" % os.getpid())
        try:
            with open(path, "wb") as f:
                f.write(out)
            Image(path)
            read += 1
        except elf.Bad:
            refused += 1
        finally:
            os.unlink(path)


main()
