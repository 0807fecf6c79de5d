# SPDX-License-Identifier: BSD-3-Clause
"""How a claim is proved from code: one function for each `kind` that a
rule.yaml may name.

A proof looks at one function and says: None, the mitigation has nothing to do
here; True, it is seen at work; False, it should be here and is not; or a text,
which is False with a reason.
"""
import re

import arm64
import disasm
import zeroed

PAGE = 4096
CANARY_OFFSET = 0x28
# Numbers of Clang's checks in its trap instruction.
ARRAY_BOUNDS = 0x12
OVERFLOWS = {0, 3, 12, 13, 20, 21}


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
    """But for kcfi's own: its register is zero afterwards, and the one that
    a target was loaded into for it holds an address of code, no data."""
    insns = disasm.of(fn)
    return {r for n, i in enumerate(insns) if not i.zeroes and
            not any(is_type_check(insns, n + k) for k in range(3))
            for r in i.writes if r in disasm.SCRATCH}


def is_type_check(insns, n):
    return n + 2 < len(insns) and insns[n].op.startswith("add") and \
        insns[n].mem and insns[n].mem.disp == -4 and \
        insns[n + 1].op == "je" and insns[n + 2].op == "ud2"


def cleared_registers(fn, image, rule):
    """Before each return: every scratch register that was written."""
    written, insns = scratch_written(fn), disasm.of(fn)
    if not written or not returns(fn) or fn.name == "main":
        return None			# GCC leaves main alone
    for n, i in enumerate(insns):
        if not i.is_ret:
            continue
        cleared, at = set(), n - 1
        if at >= 3 and insns[at].op == "jne" and \
                insns[at].target == image.symbols.get("uk_shadow_fail"):
            at -= 4			# shadow-stack: its own, behind all
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


def traps_of(fn, check=None):
    """Addresses of the traps: GCC's say nothing, Clang's the check's number
    (one of `check`, or any)."""
    return {i.addr for i in disasm.of(fn) if i.op == "ud2" or (
        i.op == "ud1" and (check is None or i.check in check))}


def index_traps(fn, image, rule):
    """A comparison without sign, a jump, and the trap that it goes to."""
    return has_index_trap(fn) or unchecked_index(fn, image)


def has_index_trap(fn):
    traps, insns = traps_of(fn, {ARRAY_BOUNDS}), disasm.of(fn)
    for n, i in enumerate(insns):
        if i.target in traps and i.op in ("ja", "jae", "jb", "jbe") and any(
                b.op.startswith(("cmp", "test", "sub"))
                for b in insns[max(0, n - 4):n]):
            return True
        if i.op in ("ja", "jae", "jb", "jbe") and n + 1 < len(insns) and \
                insns[n + 1].addr in traps:
            return True
    return False


def last_array_traps(fn, image, rule):
    """Where the last array of a global struct gets an index."""
    found = [(name, free) for name, last, free in indexes(fn, image) if last]
    if not found or has_index_trap(fn):
        return True if found else None
    return next(("an index into the end of '%s' that nothing bounds" % name
                 for name, free in found if free), None)


def overflow_traps(fn, image, rule):
    """A jump on the overflow flag to a trap, or around one; for a division,
    any trap of the kind."""
    traps, insns = traps_of(fn, OVERFLOWS), disasm.of(fn)
    divides = False
    for n, i in enumerate(insns):
        behind = insns[n + 1].addr if n + 1 < len(insns) else None
        if i.op in ("jo", "jno") and (i.target in traps or behind in traps):
            return True
        divides |= i.op.startswith("idiv")
    if divides:
        return bool(traps) or "a division that nothing checks"
    return None


def unchecked_index(fn, image):
    """An index into an array of known size that nothing in the function
    bounds. None: there is no such index. The last array of a struct has no
    end for the compiler: flex-arrays."""
    return next(("an index into '%s' that nothing bounds" % name
                 for name, last, free in indexes(fn, image)
                 if free and not last), None)


def indexes(fn, image):
    """Each index into an array of known size: the variable's name, whether
    the array ends it, whether nothing in the function bounds the index."""
    bounded = bounded_registers(disasm.of(fn))
    always = addresses(disasm.of(fn))
    for block, _ in disasm.blocks(disasm.of(fn)).values():
        held = dict(always)
        for i in block:
            found = is_index(i) and array_at(i.mem, fn, image, held)
            if found:
                yield (*found, disasm.wide(i.mem.index) not in bounded)
            for reg in i.writes:
                held.pop(reg, None)
                if takes_address(i):
                    held[reg] = i.mem.disp


def is_index(i):
    return i.mem and i.mem.index and not i.op.startswith(("lea", "nop"))


def takes_address(i):
    return i.op.startswith("lea") and i.mem and not i.mem.base and \
        not i.mem.index


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
    bounded |= constant - other - brought(insns)
    for _ in copies:
        bounded |= {to for source, to in copies if source in bounded}
    return bounded


def brought(insns):
    """Argument registers that are read before they are written: what is in
    them comes from the caller, even if they are cleared later."""
    written, out = set(), set()
    for i in insns:
        used = {i.wide(n) for n in range(len(i.reg_ops))} - set(i.writes)
        if i.mem:
            used |= {disasm.wide(r) for r in (i.mem.base, i.mem.index) if r}
        out |= used & set(disasm.ARGUMENTS) - written
        written |= set(i.writes)
    return out


def addresses(insns):
    """{register: address} of those that never hold anything else in the
    function: position-independent code takes an array's address first."""
    out, other = {}, set()
    for i in insns:
        for reg in i.writes:
            if takes_address(i) and out.setdefault(reg, i.mem.disp) == i.mem.disp:
                continue
            if not i.zeroes and not i.op.startswith("pop"):
                other.add(reg)
    return {reg: at for reg, at in out.items() if reg not in other}


def array_at(mem, fn, image, held):
    """The global or local array that a memory operand begins at: the name of
    its variable, and whether the array ends it."""
    if mem.base == "rbp":
        local = fn.frame.at(mem.disp - 16)
        return (local.name, False) if local and local.has_array else None
    base = held.get(disasm.wide(mem.base)) if mem.base else 0
    found = image.object_at(base + mem.disp) if base is not None else None
    if not found:
        return None
    return found[2], \
        base + mem.disp - found[0] == image.last_array.get(found[2])


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


def known_calls(fn, image):
    """Each call: all names of what is called, and what is in the registers:
    {register: ("object", its name), ("number", n), or ("from", the register
    that it was in when the block began)}; what was computed is not there."""
    for block, _ in disasm.blocks(disasm.of(fn)).values():
        held = {r: ("from", r) for r in disasm.CALLER_SAVED}
        for i in block:
            if i.is_call:
                callee = image.by_addr.get(i.target)
                yield callee.names if callee else set(), held
                held = {"rax": ("from", "rax")}
                continue
            found = what_is_loaded(i, held, fn, image)
            for reg in i.writes:
                held.pop(reg, None)
            if found and i.writes:
                held[i.writes[0]] = found


def what_is_loaded(i, held, fn, image):
    if i.zeroes:
        return "number", 0
    if i.op.startswith("lea") and i.mem and not i.mem.index:
        if i.mem.base == "rbp":
            local = fn.frame.at(i.mem.disp - 16)
            return local and ("object", local.name)
        found = image.object_at(0 if i.mem.base else i.mem.disp)
        return found and ("object", found[2])
    if not i.op.startswith(("mov", "cmov")) or i.mem:
        return None
    if i.imm is not None:
        found = image.object_at(i.imm) if i.imm > PAGE else None
        return ("object", found[2]) if found else ("number", i.imm)
    return held.get(i.wide(0)) if len(i.reg_ops) == 2 else None


def checked_calls(fn, image, rule):
    """Calls that get a buffer of known size and a length that came from
    outside as it is. Where the compiler has proved that it fits there is a
    comparison and no check."""
    if any(calls(fn, image, name) for name in image.symbols
           if name.startswith(rule["checks"])):
        return True
    looked_at = {i.wide(n) for i in disasm.of(fn) for n in (0, 1)
                 if i.op.startswith(("cmp", "test", "and", "shr", "sar"))}
    for names, held in known_calls(fn, image):
        name = min(names & rule["calls"].keys(), default=None)
        if name is None:
            continue
        kind, buffer = held.get("rdi", ("", ""))
        length = rule["calls"][name]
        how, source = held.get(length, ("", "")) if length else ("from", "")
        if kind == "object" and how == "from" and source not in looked_at:
            return "calls %s() for '%s' without a check" % (name, buffer)
    return None



def shadowed_returns(fn, image, rule):
    """Stored as the function begins, compared before each return."""
    if not returns(fn):
        return None
    insns, fail = disasm.of(fn), image.symbols.get("uk_shadow_fail")
    if not any(i.mem_written and i.mem.base == "rsp" and i.mem.index == "r11"
               for i in insns[:5]):
        return "does not store its return address"
    for n, i in enumerate(insns):
        if i.is_ret and (n < 2 or insns[n - 1].target != fail or
                         not insns[n - 2].op.startswith("cmp")):
            return "returns without a comparison"
    return True


def typed_calls(fn, image, rule):
    """In front of each call or jump through a pointer: a comparison with the
    word in front of the target, and a trap unless they are equal."""
    insns, seen = disasm.of(fn), None
    thunks = {a for n, a in image.symbols.items()
              if n.startswith("__x86_indirect_thunk_")}
    for n, i in enumerate(insns):
        if not i.indirect and i.target not in thunks:
            continue
        if is_switch(insns, n):
            continue
        if n < 3 or insns[n - 1].op != "ud2" or insns[n - 2].op != "je" or \
                insns[n - 2].target != i.addr or \
                not insns[n - 3].op.startswith(("add", "cmp")) or \
                not insns[n - 3].mem or insns[n - 3].mem.disp != -4:
            return "has `%s` without a check" % i.text.strip()
        seen = True
    return seen


def is_switch(insns, n):
    """A jump through a table of the compiler's own, in read-only memory: its
    operand or what was loaded just before has an index of 8 bytes a step."""
    i = insns[n]
    if i.is_call:
        return False
    if i.mem:
        return bool(i.mem.index) and not i.mem.base
    return any(b.mem and b.mem.index and i.wide(0) in b.writes
               for b in insns[max(0, n - 4):n])


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


def kinds(cpu):
    """The proofs that there are for images of a CPU."""
    return arm64.KINDS if cpu == "arm64" else KINDS


KINDS = {
    "canary": canary, "canary-all": canary_all, "probed-frames": probed_frames,
    "cleared-registers": cleared_registers, "index-traps": index_traps,
    "shadowed-returns": shadowed_returns, "typed-calls": typed_calls,
    "no-indirect-branch": no_indirect_branch,
    "trap-after-return": trap_after_return, "zeroed-locals": zeroed_locals,
    "last-array-traps": last_array_traps, "overflow-traps": overflow_traps,
    "checked-calls": checked_calls, "pattern": pattern,
}
