# SPDX-License-Identifier: BSD-3-Clause
"""What DWARF knows of a function: which local variables live in its frame.

Offsets are from the frame's top (the CFA: the stack pointer before the call),
so that GCC, which counts from there, and Clang, which counts from the frame
pointer, can be read alike.
"""
import functools

from elftools.dwarf import dwarfinfo
from elftools.dwarf.locationlists import LocationParser

# The reader makes its tables of forms anew for each unit; a dozen are alike.
dwarfinfo.DWARFStructs = functools.lru_cache(None)(dwarfinfo.DWARFStructs)

RBP = 6
FBREG, BREG0 = 0x91, 0x70	# DWARF's operations: frame base, register
CFA_MINUS_RBP = 16
IN_REGISTERS = 16	# a larger result goes through memory
LOCAL_TAGS = ("DW_TAG_lexical_block", "DW_TAG_inlined_subroutine")


class Local:
    """scope: ranges of code where it exists; None: the whole function."""

    def __init__(self, name, offset, shape, scope):
        self.name, self.offset, self.scope = name, offset, scope
        self.size, self.has_array, self.must = shape

    def exists(self, pc):
        return pc is None or self.scope is None or any(
            lo <= pc < hi for lo, hi in self.scope)


class Frame:
    """locals: those with a fixed place in the frame. result_in_memory: the
    caller says, by a hidden first argument, where the result is to go."""

    def __init__(self):
        self.locals = []
        self.result_in_memory = False

    def all_at(self, offset, pc=None):
        """Those that exist at pc (ever): locals that never live at once may
        share a place."""
        return [v for v in self.locals if v.exists(pc) and
                v.offset <= offset < v.offset + v.size]

    def at(self, offset, pc=None):
        """The largest of them."""
        return max(self.all_at(offset, pc), key=lambda v: v.size, default=None)


def text(die, attr):
    a = die.attributes.get(attr)
    return a.value.decode("utf-8", "replace") if a else ""


def origin(die, attr):
    """The attribute, or that of the abstract origin."""
    for _ in range(4):
        if attr in die.attributes:
            return die
        if "DW_AT_abstract_origin" not in die.attributes:
            return None
        die = die.get_DIE_from_attribute("DW_AT_abstract_origin")
    return None


def sleb(data):
    value = shift = 0
    for i, byte in enumerate(data):
        value |= (byte & 0x7f) << shift
        shift += 7
        if not byte & 0x80:
            if byte & 0x40:
                value -= 1 << shift
            return value, i + 1
    return None, 0


def expressions(die):
    """Where a variable is: one expression, or one a part of its life."""
    loc = die.attributes.get("DW_AT_location")
    if loc is None:
        return []
    if loc.form in ("DW_FORM_exprloc", "DW_FORM_block1"):
        return [loc.value]
    lists = die.dwarfinfo.location_lists()
    if lists is None or not LocationParser.attribute_has_location(
            loc, die.cu["version"]):
        return []
    found = LocationParser(lists).parse_from_attribute(
        loc, die.cu["version"], die)
    return [e.loc_expr for e in found if hasattr(e, "loc_expr")] \
        if isinstance(found, list) else [found.loc_expr]


def frame_place(die, shift):
    """Offset of a variable from the frame's top, or None."""
    for expr in expressions(die):
        if not expr or expr[0] not in (FBREG, BREG0 + RBP):
            continue
        value, used = sleb(expr[1:])
        if used != len(expr) - 1:
            continue
        if expr[0] == BREG0 + RBP:
            return value - CFA_MINUS_RBP
        if shift is not None:
            return value + shift
    return None


def base_shift(die):
    """What to add to an offset from the frame base to count from the CFA."""
    base = die.attributes.get("DW_AT_frame_base")
    if base is None or not isinstance(base.value, (list, bytes)):
        return None
    if list(base.value) == [0x9c]:
        return 0
    if list(base.value) == [0x50 + RBP]:
        return -CFA_MINUS_RBP
    return None


def number(die, attr):
    a = die.attributes.get(attr)
    return a.value if a is not None and isinstance(a.value, int) else None


class Shapes:
    """Size of a type, whether an array is in it, and which of its bytes hold
    something (padding does not). Remembered by type."""

    def __init__(self):
        self.known = {}

    def of(self, die):
        if die.offset not in self.known:
            self.known[die.offset] = (0, False, frozenset())
            self.known[die.offset] = self._of(die)
        return self.known[die.offset]

    def _of(self, die):
        if "DW_AT_type" in die.attributes and die.tag in (
                "DW_TAG_typedef", "DW_TAG_const_type", "DW_TAG_volatile_type",
                "DW_TAG_atomic_type"):
            return self.of(die.get_DIE_from_attribute("DW_AT_type"))
        if die.tag == "DW_TAG_array_type":
            return self._array(die)
        size = number(die, "DW_AT_byte_size") or 0
        if die.tag in ("DW_TAG_structure_type", "DW_TAG_union_type"):
            return self._record(die, size)
        return size, False, frozenset(range(size))

    def _array(self, die):
        count = 1
        for child in die.iter_children():
            if child.tag == "DW_TAG_subrange_type":
                n = number(child, "DW_AT_count")
                if n is None:
                    top = number(child, "DW_AT_upper_bound")
                    n = 0 if top is None else top + 1
                count *= n
        size = self.of(die.get_DIE_from_attribute("DW_AT_type"))[0] * count
        return size, size > 0, frozenset(range(min(size, 4096)))

    def _record(self, die, size):
        array, must = False, set()
        for child in die.iter_children():
            if child.tag != "DW_TAG_member" or \
                    "DW_AT_type" not in child.attributes:
                continue
            inner = self.of(child.get_DIE_from_attribute("DW_AT_type"))
            at = number(child, "DW_AT_data_member_location") or 0
            array |= inner[1]
            if "DW_AT_bit_size" in child.attributes:
                continue
            if die.tag == "DW_TAG_structure_type" or not must:
                must |= {at + b for b in inner[2]}
        return size, array, frozenset(b for b in must if b < 4096)


def ranges(die):
    """[(first, end)] of a piece of code, or [] if it does not say."""
    lo, hi = number(die, "DW_AT_low_pc"), number(die, "DW_AT_high_pc")
    if lo is not None and hi is not None:
        form = die.attributes["DW_AT_high_pc"].form
        return [(lo, hi if form.startswith("DW_FORM_addr") else lo + hi)]
    lists = die.dwarfinfo.range_lists()
    if "DW_AT_ranges" not in die.attributes or lists is None:
        return []
    out, base = [], number(die.cu.get_top_DIE(), "DW_AT_low_pc") or 0
    for e in lists.get_range_list_at_offset(
            die.attributes["DW_AT_ranges"].value, die.cu):
        if type(e).__name__ == "BaseAddressEntry":
            base = e.base_address
        else:
            add = 0 if e.is_absolute else base
            out.append((e.begin_offset + add, e.end_offset + add))
    return out


def collect(die, shift, shapes, frame, scope=None):
    for child in die.iter_children():
        if child.tag in LOCAL_TAGS:
            collect(child, shift, shapes, frame, ranges(child) or scope)
        elif child.tag == "DW_TAG_variable":
            place = frame_place(child, shift)
            typed = origin(child, "DW_AT_type")
            if place is None or typed is None:
                continue
            shape = shapes.of(typed.get_DIE_from_attribute("DW_AT_type"))
            named = origin(child, "DW_AT_name")
            if shape[0]:
                frame.locals.append(Local(
                    text(named, "DW_AT_name") if named else "?",
                    place, shape, scope))


def last_arrays(unit):
    """(name, offset of the array) of each global struct that ends in an array
    of a size that it was given. By name: Clang's addresses are in a table that
    the reader does not know."""
    for die in unit.get_top_DIE().iter_children():
        if die.tag != "DW_TAG_variable" or not expressions(die):
            continue
        typed = origin(die, "DW_AT_type")
        members = typed and list(members_of(
            typed.get_DIE_from_attribute("DW_AT_type")))
        if members and ends_in_array(members[-1]):
            yield (text(die, "DW_AT_name"),
                   number(members[-1], "DW_AT_data_member_location") or 0)


def members_of(die):
    while die.tag == "DW_TAG_typedef" and "DW_AT_type" in die.attributes:
        die = die.get_DIE_from_attribute("DW_AT_type")
    if die.tag == "DW_TAG_structure_type":
        yield from (c for c in die.iter_children()
                    if c.tag == "DW_TAG_member" and
                    "DW_AT_type" in c.attributes)


def ends_in_array(member):
    typed = member.get_DIE_from_attribute("DW_AT_type")
    return typed.tag == "DW_TAG_array_type" and Shapes().of(typed)[1]


def functions(unit):
    """(address, Frame, unit of the source) of each function that has code.
    After link-time optimisation that is the unit of the abstract origin."""
    shapes = Shapes()
    for die in unit.get_top_DIE().iter_children():
        if die.tag != "DW_TAG_subprogram":
            continue
        # With a .cold part there are several: the hot one comes first.
        addr = (ranges(die) or [(0, 0)])[0][0]
        if not addr:
            continue
        frame, shift = Frame(), base_shift(die)
        result = origin(die, "DW_AT_type")
        frame.result_in_memory = bool(result) and shapes.of(
            result.get_DIE_from_attribute("DW_AT_type"))[0] > IN_REGISTERS
        collect(die, shift, shapes, frame)
        named = origin(die, "DW_AT_name") or die
        yield addr, frame, named.cu.get_top_DIE()
