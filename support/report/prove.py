# SPDX-License-Identifier: BSD-3-Clause
"""Every claim held against the image. Verdicts:
yes     claimed, and seen in all functions where it has something to do
no      claimed, and missing somewhere
n/a     claimed, and there is no function where it has anything to do
?       claimed, and the report has no proof of it for this CPU
exempt  asked for, and left out for a reason that the library states
gap     the compiler that built the image cannot do it: nobody has it
-       not claimed
+       not claimed, yet everything that yes asks for is there
"""
import evidence
import size
import whole

MAX_FAILING = 20


def one_library(functions, image, rule, skip):
    """(functions concerned, those that show it, what is missing)"""
    proof = evidence.kinds(image.elf.cpu)[rule["kind"]]
    shown, concerned, failing = 0, 0, []
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
            known = rule["proof"]["kind"] in evidence.kinds(image.elf.cpu)
            concerned, shown, failing = one_library(
                functions, image, rule["proof"], skip) if known else (0, 0, [])
            exempt = said.exempt.get((lib, mit))
            cells[mit] = {
                "claimed": said.claims(lib, mit),
                "verdict": verdict(said.claims(lib, mit), exempt, concerned,
                                   shown),
                "functions": concerned, "shown": shown,
                "failing": failing[:MAX_FAILING if said.claims(lib, mit) else 1],
            }
            if not known and cells[mit]["verdict"] == "n/a":
                cells[mit].update(verdict="?", failing=[
                    "the report has no proof of it for this CPU"])
            if mit in said.gaps and not cells[mit]["claimed"]:
                cells[mit].update(verdict="gap", exempt=said.gaps[mit])
            elif exempt or skip:
                cells[mit]["exempt"] = exempt or "%s: %s" % (
                    " ".join(skip), why)
    return out


def about(img, said):
    """What the note says of the whole, beside claims."""
    return {"version": said.keys.get("version", ""),
            "compiler": said.keys.get("compiler", ""),
            "app": said.keys.get("app", ""),
            "platform": img.platform or "",
            "layout": said.layout(),
            "selftests": sum(img.selftests().values()),
            "pie": img.elf.movable,
            "ports": said.ports, "unchecked": said.unchecked,
            "config": said.config}


def image(img, said, rules):
    img.excepted = said.excepted
    img.platform = said.platform({fn.library for fn in img.functions} - {None})
    return {"libraries": libraries(img, said, rules),
            "image": whole.cells(img, said, rules),
            "strays": [fn.name for fn in img.functions
                       if fn.is_c and not fn.library],
            "about": about(img, said),
            "sizes": {"libraries": size.libraries(img),
                      "image": size.whole(img)},
            "bytes": [(lib, names, why) for (lib, mit), (names, why)
                      in sorted(said.excepted.items()) if mit == "bytes"],
            "profile": said.profile, "taint": said.taint}
