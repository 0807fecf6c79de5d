# SPDX-License-Identifier: BSD-3-Clause
"""Disassembly in the few terms that the proofs are written in (x86_64; the
other CPU in arm64.py)."""
import sys
import types

# The binding imports distutils and does not use it (capstone 4, Debian 12): at
# half a second, most of what a small report takes.
for unused in ("distutils", "distutils.sysconfig"):
    sys.modules.setdefault(unused, types.ModuleType(unused))

import capstone			# noqa: E402
from capstone import x86	# noqa: E402

import arm64		# noqa: E402

_MD = capstone.Cs(capstone.CS_ARCH_X86, capstone.CS_MODE_64)
_MD.syntax = capstone.CS_OPT_SYNTAX_ATT
_MD.detail = True

# Every name of a general register -> its 64-bit name.
_WIDE = {}
for _r in ("ax", "bx", "cx", "dx"):
    for _n in ("r" + _r, "e" + _r, _r, _r[0] + "l", _r[0] + "h"):
        _WIDE[_n] = "r" + _r
for _r in ("si", "di", "bp", "sp"):
    for _n in ("r" + _r, "e" + _r, _r, _r + "l"):
        _WIDE[_n] = "r" + _r
for _i in range(8, 16):
    for _n in ("r%d", "r%dd", "r%dw", "r%db"):
        _WIDE[_n % _i] = "r%d" % _i

ARGUMENTS = ("rdi", "rsi", "rdx", "rcx", "r8", "r9")
SCRATCH = ("rcx", "rsi", "rdi", "r8", "r9", "r10", "r11")
GENERAL = sorted(set(_WIDE.values()) - {"rsp"})
CALLER_SAVED = SCRATCH + ("rax", "rdx")


class Mem:
    def __init__(self, insn, op):
        def name(reg):
            return insn.reg_name(reg) if reg else None
        m = op.mem
        self.base, self.index = name(m.base), name(m.index)
        self.disp, self.segment = m.disp, name(m.segment)
        self.relative = self.base == "rip"
        if self.relative:		# an address like any other
            self.base, self.disp = None, insn.address + insn.size + m.disp
        self.size = op.size


class Insn:
    """reads, writes: 64-bit names of registers among the written operands;
    mem: the memory operand; imm; target: of a direct jump or call."""

    def __init__(self, insn):
        self.addr, self.size = insn.address, insn.size
        self.op, self.text = insn.mnemonic, insn.mnemonic + " " + insn.op_str
        self.mem = self.imm = self.target = None
        self.mem_written = False
        self.reg_ops, self.writes = [], []
        for o in insn.operands:
            if o.type == x86.X86_OP_REG:
                reg = insn.reg_name(o.reg)
                self.reg_ops.append(reg)
                if o.access & capstone.CS_AC_WRITE and reg in _WIDE:
                    self.writes.append(_WIDE[reg])
            elif o.type == x86.X86_OP_MEM:
                self.mem = Mem(insn, o)
                self.mem_written = bool(o.access & capstone.CS_AC_WRITE)
            elif o.type == x86.X86_OP_IMM:
                self.imm = o.imm
        self.is_call = insn.group(capstone.CS_GRP_CALL)
        self.is_jump = insn.group(capstone.CS_GRP_JUMP)
        self.is_ret = insn.group(capstone.CS_GRP_RET)
        if (self.is_call or self.is_jump) and self.imm is not None:
            self.target = self.imm
        self.indirect = (self.is_call or self.is_jump) and self.target is None
        # Stores that the access flags of the disassembler do not show.
        if self.mem and self.op.startswith(("mov", "set", "st")) and \
                not self.op.startswith(("movz", "movs")) and insn.operands and \
                insn.operands[-1].type == x86.X86_OP_MEM:
            self.mem_written = True

    def wide(self, i):
        return _WIDE.get(self.reg_ops[i]) if i < len(self.reg_ops) else None

    @property
    def zeroes(self):
        """The register that this instruction clears, by its 64-bit name."""
        if self.op.startswith("xor") and len(self.reg_ops) == 2 and \
                self.reg_ops[0] == self.reg_ops[1]:
            return self.wide(0)
        return None


class Trap:
    """`ud1 N(%eax), %eax`, which capstone 4 does not know: Clang's checks."""

    def __init__(self, addr, check):
        self.addr, self.size, self.check = addr, 5, check
        self.op, self.text = "ud1", "ud1 %#x(%%eax), %%eax" % check
        self.mem = self.imm = self.target = self.zeroes = None
        self.mem_written = self.is_call = self.is_jump = False
        self.is_ret = self.indirect = False
        self.reg_ops, self.writes = [], []

    def wide(self, i):
        return None


def wide(reg):
    return _WIDE.get(reg)


def disassemble(code, addr):
    out, at = [], 0
    while at < len(code):
        before = at
        for raw in _MD.disasm(code[at:], addr + at):
            if raw.mnemonic.startswith(("ud2b", "ud1")):
                break
            out.append(Insn(raw))
            at += raw.size
        if code[at:at + 3] == b"\x67\x0f\xb9":
            check = code[at + 4] if code[at + 3:at + 4] == b"\x40" and \
                at + 4 < len(code) else 0
            out.append(Trap(addr + at, check))
            out[-1].size = 5 if code[at + 3:at + 4] == b"\x40" else 4
            at += out[-1].size
        elif at < len(code):
            at += 1		# bytes that are no code: skipped
        if at == before:
            break
    return out


def of(fn):
    """All instructions of a function, its .cold parts last."""
    if not hasattr(fn, "insns"):
        read = arm64.disassemble if fn.cpu == "arm64" else disassemble
        fn.insns = [i for addr, code in fn.parts for i in read(code, addr)]
    return fn.insns


def argument(image, register):
    """The register that has the argument which `register` has on x86_64."""
    return arm64.ARGUMENTS[register] if image.elf.cpu == "arm64" else register


def blocks(insns):
    """Basic blocks: {start: (instructions, successors)}; an indirect jump has
    no known successors."""
    known = {i.addr for i in insns}
    starts = {insns[0].addr} if insns else set()
    for n, i in enumerate(insns):
        if i.is_jump or i.is_ret or i.op.startswith("ud"):
            if i.target in known:
                starts.add(i.target)
            if n + 1 < len(insns):
                starts.add(insns[n + 1].addr)
    out, block = {}, []
    for n, i in enumerate(insns):
        if i.addr in starts:
            block = []
            out[i.addr] = (block, [])
        block.append(i)
        last = n + 1 == len(insns) or insns[n + 1].addr in starts
        if not last:
            continue
        to = out[block[0].addr][1]
        if i.target in known and i.is_jump:
            to.append(i.target)
        falls = not (i.is_ret or i.op.startswith(("jmp", "ud", "hlt")))
        if falls and n + 1 < len(insns) and \
                insns[n + 1].addr == i.addr + i.size:
            to.append(insns[n + 1].addr)
    return out
