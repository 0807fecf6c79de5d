# SPDX-License-Identifier: BSD-3-Clause
"""An ELF file that nobody vouches for: header, segments, sections, symbols,
notes (64 bits, little endian, x86_64 or arm64).

Every offset and size in it is held against the file before it is used; what
does not fit raises Bad, with what and where. Nothing here depends on section
names being what they say: rights and bytes come from the segments.
"""
import struct

MAX_FILE = 256 << 20
MAX_SEGMENTS, MAX_SECTIONS, MAX_SYMBOLS, MAX_NOTES = 64, 4096, 1 << 20, 256
MACHINES = {62: "x86_64", 183: "arm64"}
SEGMENTS = {1: "PT_LOAD", 2: "PT_DYNAMIC", 3: "PT_INTERP", 4: "PT_NOTE",
            7: "PT_TLS", 0x6474e551: "PT_GNU_STACK", 0x6474e552: "PT_GNU_RELRO"}
DYN = 3
X, W, R = 1, 2, 4
ALLOC = 2
NOBITS, SYMTAB, RELR = 8, 2, 19
FUNC, OBJECT, SECTION, FILE = 2, 1, 3, 4


class Bad(Exception):
    """The file is not what it should be."""


class Segment:
    def __init__(self, data, at):
        kind, flags, self.offset, self.addr, _, self.filesz, self.size, _ = \
            struct.unpack_from("<IIQQQQQQ", data, at)
        self.kind = SEGMENTS.get(kind, "PT_%#x" % kind)
        self.r, self.w, self.x = (bool(flags & f) for f in (R, W, X))
        if self.offset + self.filesz > len(data):
            raise Bad("a segment (%s) reaches beyond the end of the file" %
                      self.kind)
        if self.kind == "PT_LOAD" and self.filesz > self.size:
            raise Bad("a segment at %#x has more bytes in the file than in "
                      "memory" % self.addr)
        if self.addr + self.size > 1 << 64:
            raise Bad("a segment at %#x wraps round" % self.addr)
        self.data = data[self.offset:self.offset + self.filesz] \
            if self.kind == "PT_LOAD" else b""


class Section:
    def __init__(self, data, at):
        self.name_at, self.type, self.flags, self.addr, self.offset, \
            self.size, self.link, _, _, self.entsize = \
            struct.unpack_from("<IIQQQQIIQQ", data, at)
        if self.type != NOBITS and self.type and \
                self.offset + self.size > len(data):
            raise Bad("a section reaches beyond the end of the file")
        self.name = ""


class Symbol:
    def __init__(self, name, fields):
        _, info, _, self.section, self.value, self.size = fields
        self.name, self.type, self.bind = name, info & 15, info >> 4


def name_in(table, at):
    end = table.find(b"\0", at)
    if at >= len(table) or end < 0:
        raise Bad("a name lies outside its table")
    return table[at:end].decode("utf-8", "replace")


class Elf:
    def __init__(self, data):
        self.data = data
        if data[:4] != b"\x7fELF":
            raise Bad("not an ELF file")
        if len(data) < 64:
            raise Bad("the ELF header is cut off")
        if data[4:6] != b"\x02\x01":
            raise Bad("not a 64-bit little-endian ELF file")
        self.type, machine, _, self.entry, phoff, shoff, _, _, phsize, phnum, \
            shsize, shnum, shstr = struct.unpack_from("<HHIQQQIHHHHHH", data,
                                                      16)
        if machine not in MACHINES:
            raise Bad("not for %s (machine %d)" % (
                " or ".join(MACHINES.values()), machine))
        self.cpu = MACHINES[machine]
        self.headers_end = max(64, phoff + 56 * phnum)
        self.segments = [Segment(data, at) for at in self._table(
            "program headers", phoff, phsize, phnum, 56, MAX_SEGMENTS)]
        self.sections = [Section(data, at) for at in self._table(
            "section headers", shoff, shsize, shnum, 64, MAX_SECTIONS)]
        if shnum and shstr < len(self.sections):
            names = self.bytes(self.sections[shstr])
            for s in self.sections:
                s.name = name_in(names, s.name_at) if names else ""

    @classmethod
    def load(cls, path):
        with open(path, "rb") as f:
            data = f.read(MAX_FILE + 1)
        if len(data) > MAX_FILE:
            raise Bad("larger than %d MiB: no image of ours" %
                      (MAX_FILE >> 20))
        return cls(data)

    @property
    def movable(self):
        """Can it stand anywhere? GNU ld does not call an image so that has a
        first address."""
        return self.type == DYN or any(s.type == RELR and s.size
                                       for s in self.sections)

    def _table(self, what, offset, size, count, want, limit):
        if not count:
            return ()
        if size != want:
            raise Bad("%s of %d bytes each, not %d" % (what, size, want))
        if count > limit:
            raise Bad("%d %s: more than any image has" % (count, what))
        if offset + count * size > len(self.data):
            raise Bad("the %s reach beyond the end of the file" % what)
        return range(offset, offset + count * size, size)

    def read(self, addr, size):
        """What is loaded there, as far as it is in the file."""
        for s in self.segments:
            if s.kind == "PT_LOAD" and s.addr <= addr < s.addr + s.size:
                return s.data[addr - s.addr:addr - s.addr + size]
        return b""

    def bytes(self, section):
        if section.type == NOBITS:
            return b""
        return self.data[section.offset:section.offset + section.size]

    def section(self, name):
        return next((s for s in self.sections if s.name == name), None)

    def contents(self, name):
        """Bytes of a section by name, or b"" """
        s = self.section(name)
        return self.bytes(s) if s else b""

    def symbols(self):
        for table in self.sections:
            if table.type != SYMTAB:
                continue
            if table.link >= len(self.sections) or \
                    table.size > MAX_SYMBOLS * 24:
                raise Bad("a symbol table that cannot be")
            names = self.bytes(self.sections[table.link])
            whole = self.bytes(table)
            whole = whole[:len(whole) // 24 * 24]
            for fields in struct.iter_unpack("<IBBHQQ", whole):
                yield Symbol(name_in(names, fields[0]) if names else "",
                             fields)

    def notes(self, name):
        """(owner, type, text) of each note in the section of that name."""
        data, at, out = self.contents(name), 0, []
        while at + 12 <= len(data) and len(out) < MAX_NOTES:
            owner, size, kind = struct.unpack_from("<III", data, at)
            at += 12
            end = at + owner
            desc = end + (-end % 4)
            if end > len(data) or desc + size > len(data):
                raise Bad("a note in %s reaches beyond its section" % name)
            out.append((data[at:end].rstrip(b"\0").decode("ascii", "replace"),
                        kind, data[desc:desc + size]))
            at = desc + size + (-size % 4)
        return out
