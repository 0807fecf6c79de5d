# SPDX-License-Identifier: BSD-3-Clause
"""Every claim held against the image. Verdicts:
yes     claimed, and seen in all functions where it has something to do
no      claimed, and missing somewhere
n/a     claimed, and there is no function where it has anything to do
exempt  asked for, and left out for a reason that the library states
-       not claimed
+       not claimed, yet everything that yes asks for is there
"""
import re

import disasm
import evidence

MAX_FAILING = 20


def one_library(functions, image, rule, skip):
    """(functions concerned, those that show it, what is missing)"""
    proof, shown, concerned, failing = evidence.KINDS[rule["kind"]], 0, 0, []
    for fn in functions:
        if not fn.is_c or fn.name in skip or fn.source in skip:
            continue
        verdict = proof(fn, image, rule)
        if verdict is None:
            continue
        concerned += 1
        if verdict is True and unasked(fn, rule):
            verdict = "has it by the source's own doing: the compiler was " \
                "not asked for it"
        if verdict is True:
            shown += 1
        else:
            failing.append("%s() %s" % (fn.name, verdict or "does not show it"))
    return concerned, shown, failing


def unasked(fn, rule):
    """Where source code can look like the mitigation: GCC writes its options
    down, Clang does not."""
    return "option" in rule and " -m" in fn.producer and \
        rule["option"] not in fn.producer


def verdict(claimed, exempt, concerned, shown):
    if exempt:
        return "exempt"
    if not claimed:
        return "+" if concerned and shown == concerned else "-"
    if not concerned:
        return "n/a"
    return "yes" if shown == concerned else "no"


def libraries(image, said, rules):
    out, by_lib = {}, {}
    for fn in image.functions:
        by_lib.setdefault(fn.library, []).append(fn)
    for lib in sorted(set(image.ranges) | (set(by_lib) - {None})):
        functions = by_lib.get(lib, [])
        if not functions:
            continue
        cells = out[lib] = {}
        for mit, rule in rules.items():
            if rule["scope"] != "library":
                continue
            skip, why = said.excepted.get((lib, mit), ((), ""))
            concerned, shown, failing = one_library(
                functions, image, rule["proof"], skip)
            exempt = said.exempt.get((lib, mit))
            cells[mit] = {
                "claimed": said.claims(lib, mit),
                "verdict": verdict(said.claims(lib, mit), exempt, concerned,
                                   shown),
                "functions": concerned, "shown": shown,
                "failing": failing[:MAX_FAILING],
            }
            if exempt or skip:
                cells[mit]["exempt"] = exempt or "%s: %s" % (
                    " ".join(skip), why)
    return out


# ---- what is true of an image as a whole --------------------------------

def loads(image):
    return [s for s in image.segments if s.kind == "PT_LOAD" and s.size]


def segments(image, rule):
    """No segment is writable and executable, the stack's mark included; no
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
    for name in rule["symbols"]:
        if name not in image.symbols:
            return "no symbol %s" % name
        if image.symbols[name] % 4096:
            return "%s is not at the border of a page" % name
    return None


def lowest(image, rule):
    for s in loads(image):
        if s.addr < rule["address"]:
            return "a segment begins at %#x" % s.addr
    return None


def symbols(image, rule):
    for name in rule["names"]:
        if name not in image.symbols:
            return "no symbol %s" % name
    return None


def instructions(image, rule):
    """Each expression occurs somewhere in the named functions (all, if none
    is named)."""
    only = rule.get("functions")
    texts = ["\n".join(i.text.strip() for i in disasm.of(fn))
             for fn in image.functions if not only or fn.name in only]
    for want in rule["all"]:
        if not any(re.search(want, t, re.M) for t in texts):
            return "no instruction `%s`" % want
    return None


def flags(image, rule):
    """Each call of `callee` in `function` passes a constant with these bits
    in `register`. Where the function was inlined: each call of `callee` whose
    first argument is a text that begins with `name`."""
    callee = image.symbols.get(rule["callee"])
    found = [fn for fn in image.functions if fn.name == rule["function"]]
    seen = False
    for fn in found or image.functions:
        held = {}
        for i in disasm.of(fn):
            if i.target is not None and i.target == callee and (
                    found or image.text(held.get("rdi") or 0).startswith(
                        rule["name"])):
                seen = True
                if (held.get(rule["register"]) or 0) & rule["bits"] != \
                        rule["bits"]:
                    return "%s() does not ask %s() for it" % (
                        fn.name, rule["callee"])
            for reg in i.writes:
                held[reg] = i.imm if i.op.startswith("mov") else None
    return None if seen else "nobody calls %s() for a stack" % rule["callee"]


CHECKS = {"segments": segments, "aligned": aligned, "lowest": lowest,
          "symbols": symbols, "instructions": instructions, "flags": flags}


def whole(image, said, rules):
    out, tests = {}, image.selftests()
    for mit, rule in rules.items():
        claimed, checks = mit in said.image, rule.get("image", [])
        if rule["scope"] != "image" and not claimed:
            continue
        here = [c for c in checks
                if image.platform in c.get("platforms", [image.platform])]
        failing = [f for c in here
                   for f in [CHECKS[c["check"]](image, c)] if f]
        if said.config.get("LIBUKSELFTEST") == "y" and not tests.get(mit):
            failing.append("no self-test of it is in the image")
        out[mit] = {
            "claimed": claimed, "failing": failing,
            "selftests": tests.get(mit, 0),
            "verdict": whole_verdict(claimed, failing, checks and not here),
        }
    return out


def whole_verdict(claimed, failing, elsewhere):
    if not claimed:
        return "-" if failing or elsewhere else "+"
    return "no" if failing else "n/a" if elsewhere else "yes"


def image(img, said, rules):
    return {"libraries": libraries(img, said, rules),
            "image": whole(img, said, rules),
            "strays": [fn.name for fn in img.functions
                       if fn.is_c and not fn.library],
            "taint": said.config.get("UK_TAINT", "")}
