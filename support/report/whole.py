# SPDX-License-Identifier: BSD-3-Clause
"""What is true of an image as a whole: one function for each `check` that a
rule.yaml may name, whose description begins with what it says of an image that
passes. None: it holds; a text: it does not, and why.
"""
import re

import arm64
import disasm
import evidence
import forbidden
import moves
import stacks


def loads(image):
    return [s for s in image.segments if s.kind == "PT_LOAD" and s.size]


def segments(image, rule):
    """no segment is writable and executable, the stack's mark included; no
    two with different rights share a page."""
    for s in image.segments:
        if s.w and s.x:
            return "a segment (%s) is writable and executable" % s.kind
    pages = {}
    for s in loads(image):
        for page in {s.addr // 4096, (s.addr + s.size - 1) // 4096}:
            if pages.setdefault(page, (s.r, s.w, s.x)) != (s.r, s.w, s.x):
                return "segments with different rights share a page"
    return None


def aligned(image, rule):
    """borders at which rights change are page borders"""
    for name in rule["symbols"]:
        if name not in image.symbols:
            return "no symbol %s" % name
        if image.symbols[name] % 4096:
            return "%s is not at the border of a page" % name
    return None


def lowest(image, rule):
    """nothing is linked into low memory. Where an image that can be anywhere
    is loaded, its self-test sees."""
    if image.elf.movable:
        return None
    for s in loads(image):
        if s.addr < rule["address"]:
            return "a segment begins at %#x" % s.addr
    return None


def symbols(image, rule):
    """its run-time code is there. After LTO it may be a copy for one caller, as
    in name.constprop.0. `a|b`: one of them is."""
    there = {s.split(".")[0] for s in image.symbols}
    for name in rule["names"]:
        if not there & set(name.split("|")):
            return "no symbol %s" % name.replace("|", " or ")
    return None


def instructions(image, rule):
    """the instructions that do it are there. Each expression occurs somewhere
    in the named functions (all, if none is named)."""
    only = rule.get("functions")
    texts = ["\n".join(i.text.strip() for i in disasm.of(fn))
             for fn in image.functions if not only or fn.name in only]
    for want in rule["all"]:
        if not any(re.search(want, t, re.M) for t in texts):
            return "no instruction `%s`" % want
    return None


def flags(image, rule):
    """whoever must ask for it does. Each call of `callee` in `function` passes
    a constant with these bits in `register`. Where the function was inlined:
    each call of `callee` whose first argument is a text that begins with
    `name`. `instead`: a function that calls this one does it by itself."""
    if any(evidence.calls(fn, image, callee) for fn in image.functions
           for name, callee in rule.get("instead", {}).items()
           if fn.name == name):
        return None
    callee = image.symbols.get(rule["callee"])
    register, first = disasm.argument(image, rule["register"]), \
        disasm.argument(image, "rdi")
    found = [fn for fn in image.functions if fn.name == rule["function"]]
    seen = False
    for fn in found or image.functions:
        held = {}
        for i in disasm.of(fn):
            if i.target is not None and i.target == callee and (
                    found or image.text(held.get(first) or 0).startswith(
                        rule["name"])):
                seen = True
                if (held.get(register) or 0) & rule["bits"] != \
                        rule["bits"]:
                    return "%s() does not ask %s() for it" % (
                        fn.name, rule["callee"])
            for reg in i.writes:
                held[reg] = constant(i)
    return None if seen else "nobody calls %s() for a stack" % rule["callee"]


def typed(image, rule):
    """each function whose address is taken has its type in front of it"""
    only = rule.get("entries", {})
    for fn in sorted(image.taken(), key=lambda f: f.addr):
        if fn.name not in only and not has_type(image, fn):
            return "the address of %s() is taken, and it has no type" % fn.name
    return None


def has_type(image, fn):
    """An instruction with it; on arm64 the word alone, which belongs to no
    function and fills no gap."""
    if image.elf.cpu == "arm64":
        before = [f for f in image.functions if f.addr < fn.addr]
        return image.read(fn.addr - 4, 4) not in arm64.FILLING and not (
            before and before[-1].addr + len(before[-1].code) > fn.addr - 4)
    return image.read(fn.addr - 5, 1) == b"\xb8"


def guarded(image, rule):
    """each function whose address is taken begins with a landing"""
    entries = rule.get("entries", {})
    for fn in sorted(image.taken(), key=lambda f: f.addr):
        insns = disasm.of(fn)
        if fn.name not in entries and (
                not insns or insns[0].op not in arm64.LANDINGS):
            return "the address of %s() is taken, and it is no landing" % \
                fn.name
    return None


def constant(i):
    """What an instruction leaves in its register, if that is a constant; an
    address that is told from where the instruction is, too."""
    if i.op.startswith("lea") and i.mem and not i.mem.base and not i.mem.index:
        return i.mem.disp
    return i.imm if i.op.startswith("mov") else None


def backend(image, rule):
    """whoever keeps it says who that is and what it guarantees. Texts of fixed
    room, one behind the other, from `symbol` on."""
    texts = statement(image, rule)
    return None if texts and all(texts) else "no statement at %s" % (
        rule["symbol"])


def statement(image, rule):
    """Its texts; [] if the image has none."""
    at, out = image.symbols.get(rule["symbol"]), []
    for room in rule["texts"] if at else ():
        out.append(image.text(at, room))
        at += room
    return out


FLAGS_CLEAR = 2	# a bit that is always set
ENDBR = b"\xf3\x0f\x1e\xfa"


def landings(image, rule):
    """each function whose address is taken begins with a landing, and its
    bytes are nowhere else but where setjmp returns to"""
    entries = rule.get("entries", {})
    for fn in sorted(image.taken(), key=lambda f: f.addr):
        if fn.name not in entries and image.read(fn.addr, 4) != ENDBR:
            return "the address of %s() is taken, and it is no landing" % \
                fn.name
    starts = {fn.addr for fn in image.functions}
    for fn in image.functions:
        if fn.name == "ukarch_vectors":
            starts |= set(range(fn.addr, fn.addr + len(fn.code), 16))
        insns = disasm.of(fn)
        starts |= {b.addr for a, b in zip(insns, insns[1:]) if a.is_call}
    for s in image.segments if rule else ():
        at = s.data.find(ENDBR) if s.kind == "PT_LOAD" else -1
        while at >= 0:
            if not s.x or s.addr + at not in starts:
                return "the bytes of a landing are at %#x" % (s.addr + at)
            at = s.data.find(ENDBR, at + 1)
    return None


def forbidden_bytes(image, rule):
    """no instruction that changes what protects is in any text outside the
    functions that own it, at any offset"""
    excepted = {name for (_, mit), (names, _) in image.excepted.items()
                if mit == "bytes" for name in names}
    return next(iter(forbidden.strays(image.elf, excepted)), None)


def calls(image, rule):
    """who must ask for it does, where it is linked at all"""
    for fn in image.functions:
        for name in fn.names & set(rule["each"]):
            callees = rule["each"][name].split(" or ")
            if not any(evidence.calls(fn, image, c) for c in callees):
                return "%s() does not call %s()" % (
                    name, "() or ".join(callees))
    return None


def entries(image, rule):
    """what enters from outside finds flags and registers cleared before any C
    code. In each of `functions`: all flags come from a constant, and each
    general register but those that it is said to keep is cleared before its
    first call, and before its last jump."""
    arm = image.elf.cpu == "arm64"	# where the CPU itself clears flags
    general = arm64.GENERAL if arm else disasm.GENERAL
    for name, keeps in rule["functions"].items():
        fn = next((f for f in image.functions if f.name == name), None)
        if not fn:
            return "no function %s()" % name
        last, flags, missing = None, arm, set(general) - set(keeps)
        for i in disasm.of(fn):
            if i.is_call or i.is_jump and i.op.startswith(("jmp", "b")):
                break
            if arm and i.zeroes:
                missing.discard(i.zeroes)
            if i.op.startswith("popf") and last and last.op.startswith("push"):
                flags = last.imm == FLAGS_CLEAR
            if i.op.startswith("xor") and len(set(i.reg_ops)) == 1:
                missing -= set(i.writes)
            last = i
        if not flags or missing:
            return "%s() carries %s in" % (
                name, sorted(missing)[0] if missing else "flags")
    return None


def code_pointers(image, rule):
    """In data that stays writable, no library of the named ones starts with
    the address of a function."""
    for name, start in image.symbols.items():
        lib = re.fullmatch(r"uk_(\w+)_data_start", name)
        if not lib or not re.fullmatch(rule["libraries"], lib.group(1)):
            continue
        for at in range(start, image.symbols.get(
                "uk_%s_data_end" % lib.group(1), start) & -8, 8):
            to = int.from_bytes(image.read(at, 8), "little")
            fn = image.by_addr.get(to)
            if fn and to:
                found = image.object_at(at)
                return "%s can be written and has the address of %s()" % (
                    found[2] if found else lib.group(1), fn.name)
    return None


CHECKS = {**moves.CHECKS, **stacks.CHECKS, "backend": backend, "bytes": forbidden_bytes,
          "landings": landings, "guarded": guarded,
          "calls": calls, "entries": entries, "typed": typed, "code-pointers": code_pointers,
          "segments": segments, "aligned": aligned, "lowest": lowest,
          "symbols": symbols, "instructions": instructions, "flags": flags}


# What the report says of those that have more to say.
SAYS = {"backend": lambda image, rule: ": ".join(statement(image, rule)),
        "stacks": stacks.said}


def cells(image, said, rules):
    out, tests = {}, image.selftests()
    for mit, rule in rules.items():
        claimed, checks = mit in said.image, rule.get("image", [])
        if rule["scope"] != "image" and not claimed:
            continue
        if mit in said.gaps and not claimed:
            out[mit] = {"claimed": False, "failing": [], "checks": [],
                        "selftests": 0, "says": said.gaps[mit],
                        "verdict": "gap"}
            continue
        here = [c for c in checks
                if image.platform in c.get("platforms", [image.platform])
                and image.elf.cpu in c.get("cpus", [image.elf.cpu])]
        failing = [f for c in here
                   for f in [CHECKS[c["check"]](image, c)] if f]
        if said.selftests and not tests.get(mit):
            failing.append("no self-test of it is in the image")
        out[mit] = {
            "claimed": claimed, "failing": failing,
            "checks": sorted({first_sentence(CHECKS[c["check"]])
                              for c in here}),
            "selftests": tests.get(mit, 0),
            "says": "; ".join(filter(None, (
                SAYS[c["check"]](image, c) for c in here
                if c["check"] in SAYS and claimed))),
            "verdict": verdict(claimed, failing, checks and not here),
        }
    return out


def first_sentence(function):
    """Of its description, for the report; or its name."""
    text = " ".join((function.__doc__ or function.__name__).split())
    return text.split(". ")[0].rstrip(".")


def verdict(claimed, failing, elsewhere):
    if not claimed:
        return "-" if failing or elsewhere else "+"
    return "no" if failing else "n/a" if elsewhere else "yes"
