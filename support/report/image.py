# SPDX-License-Identifier: BSD-3-Clause
"""A linked image: its segments, symbols, functions, and what DWARF says.

Read from the .dbg twin; same_code() shows that it speaks for the stripped
file. Each function knows the library it belongs to (the linker script marks
each library's text), its source file and its local variables.
"""
import bisect

from elftools.elf.constants import P_FLAGS, SH_FLAGS
from elftools.elf.elffile import ELFFile

import dwarf

ASSEMBLY = 0x8001	# DW_LANG_Mips_Assembler


class Segment:
    def __init__(self, seg):
        flags = seg["p_flags"]
        self.kind = seg["p_type"]
        self.addr, self.size = seg["p_vaddr"], seg["p_memsz"]
        self.r, self.w, self.x = (bool(flags & f) for f in (
            P_FLAGS.PF_R, P_FLAGS.PF_W, P_FLAGS.PF_X))
        self.data = seg.data() if self.kind == "PT_LOAD" else b""


class Function:
    """Code of one C or assembly function; .cold parts belong to it."""

    def __init__(self, name, addr, code):
        self.name, self.addr, self.code = name, addr, code
        self.parts = [(addr, code)]
        self.library = None
        self.source = None	# file name of its unit, None: no DWARF
        self.path = None
        self.producer = ""	# compiler; GCC's with the options it was given
        self.is_c = False
        self.frame = dwarf.Frame()


class Image:
    def __init__(self, path):
        with open(path, "rb") as f:
            elf = ELFFile(f)
            self.segments = [Segment(s) for s in elf.iter_segments()]
            self.loaded = [(s["sh_addr"], s["sh_size"])
                           for s in elf.iter_sections()
                           if s["sh_flags"] & SH_FLAGS.SHF_ALLOC and
                           s["sh_type"] != "SHT_NOBITS"]
            self.symbols, funcs, self.objects = {}, [], []
            self._read_symbols(elf, funcs)
            self.functions = self._make_functions(funcs)
            self._assign_libraries()
            self.has_dwarf = elf.has_dwarf_info()
            if self.has_dwarf:
                self._read_dwarf(elf.get_dwarf_info())

    def _read_symbols(self, elf, funcs):
        table = elf.get_section_by_name(".symtab")
        for s in table.iter_symbols() if table else ():
            kind, size = s["st_info"]["type"], s["st_size"]
            if s["st_shndx"] == "SHN_UNDEF" or kind in ("STT_SECTION",
                                                        "STT_FILE"):
                continue
            self.symbols[s.name] = s["st_value"]
            if kind == "STT_FUNC" and size:
                funcs.append((s["st_value"], size, s.name))
            elif kind == "STT_OBJECT" and size:
                self.objects.append((s["st_value"], size, s.name))
        self.objects.sort()

    def read(self, addr, size):
        for s in self.segments:
            if s.kind == "PT_LOAD" and s.addr <= addr < s.addr + s.size:
                off = addr - s.addr
                return s.data[off:off + size]
        return b""

    def text(self, addr, limit=256):
        return self.read(addr, limit).split(b"\0")[0].decode("ascii", "replace")

    def _make_functions(self, funcs):
        out, by_addr = {}, {}
        for addr, size, name in sorted(funcs, key=lambda f: ".cold" in f[2]):
            if addr in by_addr:		# another name for the same code
                continue
            fn = Function(name, addr, self.read(addr, size))
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
            for addr, frame, source in dwarf.functions(unit):
                fn = self.by_addr.get(addr)
                if fn:
                    fn.is_c, fn.frame = True, frame
                    fn.path = dwarf.text(source, "DW_AT_name")
                    fn.source = fn.path.rsplit("/", 1)[-1]
                    fn.producer = dwarf.text(source, "DW_AT_producer")

    def assign_by_source(self, compiled):
        """Without ranges (link-time optimisation): by the source's path, from
        pairs of source and library. The build shortens the front of paths."""
        for fn in self.functions:
            tail = (fn.path or "").split("/")[1:]
            libs = {lib for source, lib in compiled
                    if tail and source.split("/")[-len(tail):] == tail}
            if not fn.library and len(libs) == 1:
                fn.library = libs.pop()

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
    """Do both files load the same bytes with the same rights? Bytes that
    belong to no section are not compared: a segment may begin with the file's
    own headers."""
    def load(image):
        return [(s.addr, s.size, s.r, s.w, s.x)
                for s in image.segments if s.kind == "PT_LOAD"]
    return load(stripped) == load(twin) and all(
        stripped.read(addr, size) == twin.read(addr, size)
        for addr, size in twin.loaded)
