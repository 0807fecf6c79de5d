# SPDX-License-Identifier: BSD-3-Clause
"""How a claim is proved from code: one function for each `kind` that a
rule.yaml may name.

A proof looks at one function and says: None, the mitigation has nothing to do
here; True, it is seen at work; False, it should be here and is not; or a text,
which is False with a reason.
"""
import re

import disasm
import zeroed

PAGE = 4096
CANARY_OFFSET = 0x28
ARRAY_BOUNDS = 0x12	# number of Clang's check in its trap instruction


def reads_canary(fn):
    return any(i.mem and i.mem.segment == "fs" and
               i.mem.disp == CANARY_OFFSET for i in disasm.of(fn))


def calls(fn, image, name):
    want = image.symbols.get(name)
    return want is not None and any(i.target == want for i in disasm.of(fn))


def returns(fn):
    return any(i.is_ret for i in disasm.of(fn))


def dynamic_step(fn):
    """Does the stack pointer move by an amount that only run time knows?"""
    for i in disasm.of(fn):
        if i.op.startswith("sub") and i.writes == ["rsp"] and i.imm is None \
                and not i.mem:
            return True
        if i.op.startswith("mov") and i.writes == ["rsp"] and \
                i.wide(0) not in ("rbp", "rsp", None):
            return True
    return False


def taken_address(fn):
    """A local whose address is handed to a call."""
    for block, _ in disasm.blocks(disasm.of(fn)).values():
        held = {}
        for i in block:
            if i.is_call:
                for reg in disasm.ARGUMENTS:
                    if reg in held:
                        return held[reg]
                held = {}
            for reg in i.writes:
                held.pop(reg, None)
            if i.op.startswith("lea") and i.mem and i.writes and \
                    i.mem.base == "rbp" and not i.mem.index:
                local = fn.frame.at(i.mem.disp - 16)
                if local:
                    held[i.writes[0]] = local
    return None


def has_canary(fn, image):
    if not reads_canary(fn):
        return False
    if not calls(fn, image, "__stack_chk_fail"):
        return "loads the canary and does not check it"
    return True


def canary(fn, image, rule):
    """Functions with an array, a dynamic frame, or an escaping local."""
    array = [v.name for v in fn.frame.locals if v.has_array]
    if not array and not dynamic_step(fn) and not taken_address(fn):
        return None
    if not returns(fn):			# nowhere to check it
        return None
    seen = has_canary(fn, image)
    return seen or "no canary, though there is %s" % (
        "the array '%s'" % array[0] if array else
        "an array of variable size" if dynamic_step(fn) else
        "'%s', whose address is taken" % taken_address(fn).name)


def canary_all(fn, image, rule):
    return (has_canary(fn, image) or "no canary") if returns(fn) else None


def is_probe(i):
    """A touch of the stack's top that changes nothing."""
    return i.mem and i.mem.base == "rsp" and not i.mem.index and i.imm == 0 \
        and i.op.startswith(("or", "xor", "mov", "test"))


def probed_frames(fn, image, rule):
    """No step of the stack pointer beyond a page without a touch."""
    probe = large = False
    for i in disasm.of(fn):
        probe |= bool(is_probe(i))
        if i.writes != ["rsp"] or i.imm is None:
            continue
        step = i.imm if i.op.startswith("sub") else \
            -i.imm if i.op.startswith("add") else 0
        if step > PAGE:
            return "a step of %d bytes without a touch" % step
        large |= step == PAGE
    if dynamic_step(fn):
        return probe or "an array of variable size without a touch"
    return True if large and probe else None


def scratch_written(fn):
    return {r for i in disasm.of(fn) if not i.zeroes
            for r in i.writes if r in disasm.SCRATCH}


def cleared_registers(fn, image, rule):
    """Before each return: every scratch register that was written."""
    written, insns = scratch_written(fn), disasm.of(fn)
    if not written or not returns(fn) or fn.name == "main":
        return None			# GCC leaves main alone
    for n, i in enumerate(insns):
        if not i.is_ret:
            continue
        cleared, at = set(), n - 1
        while at >= 0 and (insns[at].zeroes or insns[at].op.startswith(
                ("pop", "leave", "add", "mov", "lea", "nop"))):
            if insns[at].zeroes:
                cleared.add(insns[at].zeroes)
            elif insns[at].writes and insns[at].writes[0] in disasm.SCRATCH:
                break
            at -= 1
        left = sorted(written - cleared)
        if left:
            return "returns with %s" % ", ".join(left)
    return True


def index_traps(fn, image, rule):
    """A comparison without sign, a jump, and the trap that it goes to."""
    traps = {i.addr for i in disasm.of(fn)
             if i.op == "ud2" or getattr(i, "check", None) == ARRAY_BOUNDS}
    insns = disasm.of(fn)
    for n, i in enumerate(insns):
        if i.target in traps and i.op in ("ja", "jae", "jb", "jbe") and any(
                b.op.startswith(("cmp", "test", "sub"))
                for b in insns[max(0, n - 4):n]):
            return True
        if i.op in ("ja", "jae", "jb", "jbe") and n + 1 < len(insns) and \
                insns[n + 1].addr in traps:
            return True
    return unchecked_index(fn, image)


def unchecked_index(fn, image):
    """An index into an array of known size that nothing in the function
    bounds. None: there is no such index."""
    bounded = bounded_registers(disasm.of(fn))
    for i in disasm.of(fn):
        if not i.mem or not i.mem.index or i.op.startswith(("lea", "nop")) \
                or disasm.wide(i.mem.index) in bounded:
            continue
        name = array_at(i.mem, fn, image)
        if name:
            return "an index into '%s' that nothing bounds" % name
    return None


def bounded_registers(insns):
    """Masked, shifted right, widened, compared with a constant, a counter, or
    never anything but a constant; and copies of such. What is left has come
    from outside as it is."""
    bounded, constant, other, copies = set(), set(), set(), []
    for i in insns:
        known = i.imm is not None
        if known and i.op.startswith(("and", "cmp", "shr", "sar")):
            bounded |= {i.wide(0), i.wide(1)}
        if i.op.startswith(("movz", "inc", "dec")) or (
                known and i.op.startswith(("add", "sub"))) or (
                i.op.startswith("lea") and i.mem and not i.mem.index):
            bounded |= set(i.writes)
        if i.zeroes or i.op.startswith("set") or (
                i.op.startswith("mov") and known):
            constant |= set(i.writes)
        elif not i.op.startswith("pop") and not (
                i.mem and i.mem.segment):	# restored; the canary
            other |= set(i.writes)
        if i.op.startswith("mov") and len(i.reg_ops) == 2 and i.writes:
            copies.append((i.wide(0), i.writes[0]))
    bounded |= constant - other
    for _ in copies:
        bounded |= {to for source, to in copies if source in bounded}
    return bounded


def array_at(mem, fn, image):
    """Name of the global or local array that a memory operand begins at."""
    if mem.base == "rbp":
        local = fn.frame.at(mem.disp - 16)
        return local.name if local and local.has_array else None
    found = image.object_at(mem.disp) if not mem.base else None
    return found[2] if found else None


def no_indirect_branch(fn, image, rule):
    thunk = re.compile(rule["thunk"])
    names = {a: n for n, a in image.symbols.items() if thunk.match(n)}
    seen = None
    for i in disasm.of(fn):
        if i.indirect:
            return "has `%s`" % i.text
        if i.target in names:
            seen = True
    return seen


def trap_after_return(fn, image, rule):
    """The trap must be the function's own: some linkers fill the gap behind
    a function with the same byte."""
    seen, insns = None, {i.addr: i for i in disasm.of(fn)}
    for i in disasm.of(fn):
        if not i.is_ret and not (i.indirect and i.is_jump):
            continue
        behind = insns.get(i.addr + i.size)
        if not behind or behind.op != "int3":
            return "runs on past `%s`" % i.text.strip()
        seen = True
    return seen


def zeroed_locals(fn, image, rule):
    return zeroed.check(fn, image)


def pattern(fn, image, rule):
    """For simple cases: expressions over the text of the instructions.
    `applies`: if given, only functions where it occurs; `shows` must occur;
    `forbids` must not."""
    text = "\n".join(i.text.strip() for i in disasm.of(fn))
    if "applies" in rule and not re.search(rule["applies"], text, re.M):
        return None
    if "forbids" in rule:
        m = re.search(rule["forbids"], text, re.M)
        if m:
            return "has `%s`" % m.group(0)
    return bool(re.search(rule["shows"], text, re.M)) if "shows" in rule \
        else True


KINDS = {
    "canary": canary, "canary-all": canary_all, "probed-frames": probed_frames,
    "cleared-registers": cleared_registers, "index-traps": index_traps,
    "no-indirect-branch": no_indirect_branch,
    "trap-after-return": trap_after_return, "zeroed-locals": zeroed_locals,
    "pattern": pattern,
}
