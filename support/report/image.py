# SPDX-License-Identifier: BSD-3-Clause
"""A linked image: its segments, symbols, functions, and what DWARF says.

Read from the .dbg twin; same_code() shows that it speaks for the stripped
file. Each function knows the library it belongs to (the linker script marks
each library's text), its source file and its local variables.
"""
import bisect
import io

from elftools.elf.elffile import ELFFile

import disasm
import dwarf
import elf

ASSEMBLY = 0x8001	# DW_LANG_Mips_Assembler
SOURCES = ".redoubt.sources"	# "LIBRARY SOURCE" a line, by note.sh


class Function:
    """Code of one C or assembly function; .cold parts belong to it."""

    def __init__(self, name, addr, code, cpu):
        self.name, self.addr, self.code = name, addr, code
        self.cpu = cpu
        self.names = {name}	# all that this code is called by
        self.parts = [(addr, code)]
        self.library = None
        self.source = None	# file name of its unit, None: no DWARF
        self.path = None
        self.producer = ""	# compiler; GCC's with the options it was given
        self.is_c = False
        self.frame = dwarf.Frame()


class Image:
    def __init__(self, path):
        self.elf = elf.Elf.load(path)
        self.segments = self.elf.segments
        self.symbols, funcs, self.objects = {}, [], []
        self.made_of = []	# (library, object), where that is known
        self.last_array = {}	# name of a struct -> offset of its end
        self._read_symbols(funcs)
        self.functions = self._make_functions(funcs)
        self._assign_libraries()
        try:
            info = ELFFile(io.BytesIO(self.elf.data))
            self.has_dwarf = info.has_dwarf_info()
            if self.has_dwarf:
                self._read_dwarf(info.get_dwarf_info())
        # What a reader of foreign data raises on bad data is not specified.
        except Exception as why:
            raise elf.Bad("its debug information cannot be read (%s: %s)" % (
                type(why).__name__, why)) from why
        if not self.ranges:
            self._assign_by_source()

    def _read_symbols(self, funcs):
        for s in self.elf.symbols():
            if not s.section or s.type in (elf.SECTION, elf.FILE):
                continue
            self.symbols[s.name] = s.value
            if s.type == elf.FUNC and s.size:
                funcs.append((s.value, s.size, s.name))
            elif s.type == elf.OBJECT and s.size:
                self.objects.append((s.value, s.size, s.name))
        self.objects.sort()

    def read(self, addr, size):
        return self.elf.read(addr, size)

    def text(self, addr, limit=256):
        return self.read(addr, limit).split(b"\0")[0].decode("ascii", "replace")

    def _make_functions(self, funcs):
        out, by_addr = {}, {}
        for addr, size, name in sorted(funcs, key=lambda f: ".cold" in f[2]):
            if addr in by_addr:
                by_addr[addr].names.add(name)
                continue
            fn = Function(name, addr, self.read(addr, size), self.elf.cpu)
            if ".cold" in name:
                parent = self._parent(out.get(name.split(".cold")[0]), addr)
                if parent:
                    parent.parts.append((addr, fn.code))
                    continue
            out.setdefault(name, []).append(fn)
            by_addr[addr] = fn
        self.by_addr = by_addr
        return [by_addr[a] for a in sorted(by_addr)]

    @staticmethod
    def _parent(candidates, addr):
        return min(candidates, key=lambda f: abs(f.addr - addr)) \
            if candidates else None

    def _assign_libraries(self):
        """uk_<library>_text_start and _end of the linker script."""
        self.ranges = {}
        for name, addr in self.symbols.items():
            if name.startswith("uk_") and name.endswith("_text_start") and \
                    name != "uk_image_text_start":
                lib = name[3:-len("_text_start")]
                self.ranges[lib] = (addr, self.symbols.get(
                    "uk_%s_text_end" % lib, addr))
        for fn in self.functions:
            for lib, (start, end) in self.ranges.items():
                if start <= fn.addr < end:
                    fn.library = lib

    def _read_dwarf(self, info):
        for unit in info.iter_CUs():
            top = unit.get_top_DIE()
            lang = top.attributes.get("DW_AT_language")
            if lang is not None and lang.value == ASSEMBLY:
                continue
            self.last_array.update(dwarf.last_arrays(unit))
            for addr, frame, source in dwarf.functions(unit):
                fn = self.by_addr.get(addr)
                if fn:
                    fn.is_c, fn.frame = True, frame
                    fn.path = dwarf.text(source, "DW_AT_name")
                    fn.source = fn.path.rsplit("/", 1)[-1]
                    fn.producer = dwarf.text(source, "DW_AT_producer")

    def _assign_by_source(self):
        """Without ranges (link-time optimisation): by the source's path. The
        build shortens the front of paths."""
        lines = self.elf.contents(SOURCES).decode("utf-8", "replace")
        by_path = {}
        for lib, path in (x.split(None, 1) for x in lines.split("\n")
                          if " " in x.strip()):
            by_path.setdefault(path, set()).add(lib)
        for fn in self.functions:
            libs = by_path.get(fn.path, ())
            if not fn.library and len(libs) == 1:
                fn.library = next(iter(libs))

    def taken(self):
        """Functions whose address is in data, or an operand of code other
        than a call or a jump."""
        pie = self.elf.movable
        words = self.relocated() if pie else [
            at for s in self.segments if s.kind == "PT_LOAD" and not s.x
            for at in range(s.addr + -s.addr % 8, s.addr + len(s.data) - 7, 8)]
        out = {int.from_bytes(self.read(at, 8), "little") for at in words}
        for fn in self.functions:
            for i in disasm.of(fn):
                if i.mem and not i.mem.base and not i.mem.index:
                    out.add(i.mem.disp)
                elif i.imm is not None and i.target is None and not pie:
                    out.add(i.imm)
        return [fn for fn in self.functions if fn.addr in out]

    def relocated(self):
        """Where the words that RELR relocates are: an even entry is an
        address, an odd one bits for the 63 words behind the last; 0 is
        room that a relinked image may need."""
        out, at = [], 0
        for s in self.elf.sections:
            entries = self.read(s.addr, s.size) if s.type == elf.RELR else b""
            for n in range(0, len(entries) - 7, 8):
                entry = int.from_bytes(entries[n:n + 8], "little")
                if entry & 1:
                    out += [at + 8 * bit for bit in range(63)
                            if entry >> bit + 1 & 1]
                    at += 8 * 63
                elif entry:
                    out.append(entry)
                    at = entry + 8
        return out

    def object_at(self, addr):
        i = bisect.bisect_right(self.objects, (addr, 1 << 64, "")) - 1
        if i >= 0 and addr < self.objects[i][0] + self.objects[i][1]:
            return self.objects[i]
        return None

    def selftests(self):
        """{mitigation: number of its self-tests in the image}"""
        start = self.symbols.get("uk_selftesttab_start", 0)
        end = self.symbols.get("uk_selftesttab_end", 0)
        out = {}
        for at in range(start, end, 24):
            ptr = int.from_bytes(self.read(at, 8), "little")
            name = self.text(ptr)
            out[name] = out.get(name, 0) + 1
        return out


def same_code(stripped, twin):
    """Do both files load the same bytes with the same rights? Only the file's
    own headers, which a segment may begin with, may differ."""
    def load(file):
        return [(s.addr, s.size, s.r, s.w, s.x, s.data[max(
            0, file.headers_end - s.offset):])
                for s in file.segments if s.kind == "PT_LOAD"]
    return load(stripped) == load(twin.elf)
