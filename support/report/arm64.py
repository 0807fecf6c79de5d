# SPDX-License-Identifier: BSD-3-Clause
"""Disassembly and proofs for arm64, in the terms of disasm.py and evidence.py.

An address is made of two instructions here (adrp and an offset): the second is
given as one that has all of it in its operand. What needs to know where locals
lie is not proved on this CPU: KINDS has no such proof, and the report says so.
"""
import capstone
from capstone import arm64 as arm

_MD = capstone.Cs(capstone.CS_ARCH_ARM64, capstone.CS_MODE_ARM)
_MD.detail = True

CANARY_OFFSET = 8	# UKARCH_TLS_CANARY_OFFSET
PAGE = 4096
HINTS = {0x19: "paciasp", 0x1d: "autiasp", 0x22: "bti c", 0x24: "bti j",
         0x26: "bti jc"}
LANDINGS = ("bti c", "bti jc", "paciasp")
ARRAY_BOUNDS, BRK_GCC, BRK_CHECK, BRK_CALL = 0x12, 1000, 0x5500, 0x8000
OVERFLOWS = {0, 3, 12, 13, 20, 21}
ARGUMENTS = {"rdi": "x0", "rsi": "x1", "rdx": "x2", "rcx": "x3", "r8": "x4",
             "r9": "x5"}
GENERAL = ["x%d" % n for n in range(31)]
# Between functions: zeroes, nop, what lld writes there.
FILLING = (b"\0\0\0\0", b"\x1f\x20\x03\xd5", b"\0\0\x20\xd4")
UNSIGNED = ("b.hi", "b.hs", "b.lo", "b.ls")


def name(reg):
    return "x29" if reg == "fp" else "x30" if reg == "lr" else reg


def wide(reg):
    reg = name(reg)
    return "x" + reg[1:] if reg.startswith("w") and reg[1:].isdigit() else \
        "sp" if reg == "wsp" else reg


class Mem:
    def __init__(self, base, index, disp, size):
        self.base, self.index, self.disp, self.size = base, index, disp, size
        self.segment, self.relative = None, False


class Insn:
    def __init__(self, raw):
        self.addr, self.size, self.op = raw.address, raw.size, raw.mnemonic
        self.text = (raw.mnemonic + " " + raw.op_str).strip()
        self.mem = self.imm = self.target = self.zeroes = None
        self.mem_written = False
        self.reg_ops, self.writes = [], []
        for o in raw.operands:
            if o.type == arm.ARM64_OP_REG:
                reg = wide(raw.reg_name(o.reg))
                self.reg_ops.append(reg)
                if o.access & capstone.CS_AC_WRITE:
                    self.writes.append(reg)
            elif o.type == arm.ARM64_OP_MEM:
                def of(r):
                    return wide(raw.reg_name(r)) if r else None
                self.mem = Mem(of(o.mem.base), of(o.mem.index), o.mem.disp, 8)
            elif o.type == arm.ARM64_OP_IMM:
                self.imm = o.imm
        if self.op.startswith("st"):
            self.mem_written, self.writes = bool(self.mem), []
        if self.op == "hint" and self.imm in HINTS:
            self.op = self.text = HINTS[self.imm]
        self.is_ret = self.op == "ret"
        self.is_call = self.op in ("bl", "blr")
        self.is_jump = self.op in ("b", "br") or self.op.startswith(
            ("b.", "cb", "tb"))
        if (self.is_call or self.is_jump) and self.op not in ("blr", "br"):
            self.target = self.imm
        self.indirect = self.op in ("blr", "br")
        if self.op in ("mov", "movz") and self.imm == 0 and self.writes:
            self.zeroes = self.writes[0]
        if self.op == "mov" and self.text.endswith("zr") and self.writes:
            self.zeroes = self.writes[0]

    def wide(self, i):
        return self.reg_ops[i] if i < len(self.reg_ops) else None


def relative(addr):
    mem = Mem(None, None, addr, 8)
    mem.relative = True
    return mem


def pair_addresses(insns):
    """adrp, and what adds to it or reads from there."""
    page = {}
    for i in insns:
        base = i.mem.base if i.mem else i.wide(1) if i.op == "add" else None
        if base in page and i.op == "add" and i.imm is not None:
            i.mem, i.imm = relative(page[base] + i.imm), None
            i.op = "lea"
        elif base in page and i.mem and not i.mem.index:
            i.mem = relative(page[base] + i.mem.disp)
        for reg in i.writes:
            page.pop(reg, None)
        if i.op == "adrp":
            page[i.writes[0]] = i.imm
        if i.is_call:
            page = {r: a for r, a in page.items() if int(r[1:]) > 18}


def disassemble(code, addr):
    out, at = [], 0
    while at + 4 <= len(code):
        raw = next(_MD.disasm(code[at:at + 4], addr + at), None)
        if raw:		# or a word that is no code, or too new for capstone
            out.append(Insn(raw))
        at += 4
    pair_addresses(out)
    return out


# ---- proofs ---------------------------------------------------------------

def insns_of(fn):
    import disasm
    return disasm.of(fn)


def returns(fn):
    return any(i.is_ret for i in insns_of(fn))


def calls(fn, image, callee):
    want = image.symbols.get(callee)
    return want is not None and any(i.target == want for i in insns_of(fn))


def reads_canary(fn):
    held = set()
    for i in insns_of(fn):
        if i.mem and i.mem.base in held and i.mem.disp == CANARY_OFFSET and \
                i.op == "ldr":
            return True
        held -= set(i.writes)
        if i.op == "mrs" and "tpidr_el0" in i.text.lower():
            held.add(i.reg_ops[0])
    return False


def has_canary(fn, image):
    if not reads_canary(fn):
        return False
    return calls(fn, image, "__stack_chk_fail") or \
        "loads the canary and does not check it"


def dynamic_step(fn):
    """Does the stack pointer move by an amount that only run time knows?"""
    return any(i.op == "sub" and i.wide(0) == "sp" and i.imm is None
               for i in insns_of(fn))


def canary(fn, image, rule):
    """Functions with an array or a frame of variable size. (A local whose
    address goes to a call is not told apart from others here.)"""
    array = [v.name for v in fn.frame.locals if v.has_array]
    if not array and not dynamic_step(fn) and not reads_canary(fn):
        return None
    if not returns(fn):
        return None
    return has_canary(fn, image) or "no canary, though there is %s" % (
        "the array '%s'" % array[0] if array else
        "an array of variable size")


def canary_all(fn, image, rule):
    return (has_canary(fn, image) or "no canary") if returns(fn) else None


def probed_frames(fn, image, rule):
    """No step of the stack pointer beyond a page without a touch."""
    large = probe = False
    for i in insns_of(fn):
        probe |= bool(i.mem and i.mem_written and i.mem.base == "sp" and
                      i.text.startswith("str xzr")) or \
            (i.op == "ldr" and i.text.startswith("ldr xzr"))
        if i.wide(0) != "sp" or i.op != "sub" or i.imm is None:
            continue
        step = i.imm * (4096 if "lsl #12" in i.text else 1)
        if step > PAGE:
            return "a step of %d bytes without a touch" % step
        large |= step == PAGE
    if dynamic_step(fn):
        return probe or "an array of variable size without a touch"
    return True if large and probe else None


def traps_of(fn, checks):
    return {i.addr for i in insns_of(fn) if i.op == "brk" and (
        i.imm == BRK_GCC or (i.imm & 0xff00 == BRK_CHECK and
                             i.imm & 0xff in checks))}


def index_traps(fn, image, rule):
    """A comparison without sign, a jump, and the trap that it goes to. (An
    index that lacks them is not found here.)"""
    traps, insns = traps_of(fn, {ARRAY_BOUNDS}), insns_of(fn)
    for i, behind in zip(insns, insns[1:]):
        if i.op in UNSIGNED and (i.target in traps or behind.addr in traps):
            return True
    return None


def overflow_traps(fn, image, rule):
    """A jump on the overflow flag to a trap, or around one. (A sum that lacks
    them is not found here.)"""
    traps, insns = traps_of(fn, OVERFLOWS), insns_of(fn)
    for i, behind in zip(insns, insns[1:]):
        if i.op in ("b.vs", "b.vc") and (i.target in traps or
                                         behind.addr in traps):
            return True
    return None


def checked_calls(fn, image, rule):
    """Copies that are checked. (One that is not is not found here.)"""
    return any(calls(fn, image, callee) for callee in image.symbols
               if callee.startswith(rule["checks"])) or None


def typed_calls(fn, image, rule):
    """In front of each call through a pointer: a trap, unless the word in
    front of the target is the type that is expected."""
    insns, seen = insns_of(fn), None
    for n, i in enumerate(insns):
        if i.op != "blr":
            continue
        if n < 2 or insns[n - 1].op != "brk" or \
                insns[n - 1].imm & 0xfc00 != BRK_CALL or \
                insns[n - 2].op != "b.eq" or insns[n - 2].target != i.addr or \
                "x%d" % (insns[n - 1].imm & 31) != i.wide(0):
            return "has `%s` without a check" % i.text
        seen = True
    return seen


def shadowed_returns(fn, image, rule):
    """A function that keeps its return address on the stack stores it at x18
    first, and returns to what it has read from there."""
    insns = insns_of(fn)
    at = [n for n, i in enumerate(insns) if i.mem_written and
          "x30" in i.reg_ops and i.mem.base in ("sp", "x29")]
    if not at or not returns(fn):
        return None
    if not any(i.text.replace("#", "").startswith("str x30, [x18], 8")
               for i in insns[:at[0]]):
        return "stores its return address on the stack alone"
    loaded = False
    for i in insns:
        if "x30" in i.writes and i.mem:
            loaded = i.mem.base != "x18"
        if i.is_ret and loaded:
            return "returns to what lay on the stack"
        if i.is_ret:
            loaded = False
    return True


def signed_returns(fn, image, rule):
    """A function that stores its return address signs it first, and checks it
    before each return."""
    insns = insns_of(fn)
    stores = [n for n, i in enumerate(insns)
              if i.mem_written and "x30" in i.reg_ops and
              i.mem.base != "x18"]
    if not stores:
        return None
    if not any(i.op == "paciasp" for i in insns[:stores[0]]):
        return "stores its return address as it is"
    loaded = False
    for i in insns:
        loaded |= i.op in ("ldp", "ldr") and "x30" in i.writes and \
            i.mem.base != "x18"
        if i.is_ret and loaded:
            return "returns without a check"
        if i.op == "autiasp" or i.is_ret or i.op in ("b", "br"):
            loaded = False
    return True


KINDS = {
    "canary": canary, "canary-all": canary_all, "probed-frames": probed_frames,
    "index-traps": index_traps, "overflow-traps": overflow_traps,
    "checked-calls": checked_calls, "typed-calls": typed_calls,
    "shadowed-returns": shadowed_returns,
    "signed-returns": signed_returns,
}
