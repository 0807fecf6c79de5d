# SPDX-License-Identifier: BSD-3-Clause
"""The report as text, no line wider than 100 columns."""
WIDTH = 100
LEGEND = (
    "yes N   claimed, and seen in all N functions where it has something to do",
    "NO a/b  claimed, and missing where it should be: seen in a of b functions",
    "n/a     claimed, and nothing there to protect   exempt, gap  see below",
    "?       claimed, and the report has no proof of it for this CPU",
    "-       not claimed                             +  not claimed, yet there",
)


def cell_text(cell):
    v, whole = cell["verdict"], "functions" not in cell
    if v == "yes" and not whole:
        return "yes %d" % cell["functions"]
    if v == "no":
        return "NO" if whole else "NO %d/%d" % (cell["shown"],
                                                cell["functions"])
    return v


def blocks(mits, first):
    """Columns, as many as fit beside the library's name."""
    row, used = [], first
    for m in mits:
        w = max(len(m) + 1, 9)
        if row and used + w > WIDTH:
            yield row
            row, used = [], first
        row.append((m, w))
        used += w
    if row:
        yield row


def wrap(prefix, text):
    """One finding, folded under itself."""
    out, line = [], prefix
    for word in text.split():
        if len(line) + 1 + len(word) > WIDTH:
            out.append(line)
            line = "    "
        line += ("" if line.endswith(" ") else " ") + word
    return out + [line]


def of_libraries(result, rules):
    """Mitigations of libraries that there are for the image's CPU."""
    return [m for m, r in rules.items() if r["scope"] == "library" and
            any(m in cells for cells in result["libraries"].values())]


def text(name, result, rules):
    libs = result["libraries"]
    mits = of_libraries(result, rules)
    first = max([len(x) for x in libs] + [7]) + 1
    out = ["Hardening of %s, profile %s%s" % (
        name, result["profile"],
        ", WEAKENED by " + result["taint"] if result["taint"] else ""), ""]
    for row in blocks(mits, first):
        out.append("library".ljust(first) + "".join(
            m.ljust(w) for m, w in row).rstrip())
        for lib in sorted(libs):
            out.append(lib.ljust(first) + "".join(
                cell_text(libs[lib][m]).ljust(w) for m, w in row).rstrip())
        out.append("")
    out += list(LEGEND) + [""]
    for mit, cell in result["image"].items():
        if rules[mit]["scope"] != "image":
            continue
        v = cell["verdict"]
        out.append("image    %-12s %s" % (
            mit, "yes, and %d self-tests at boot" % cell["selftests"]
            if v == "yes" else "NO" if v == "no" else
            "n/a: not this platform's to do" if v == "n/a" else v))
    out += notes(result)
    return "\n".join(out)


def untold(strays):
    """C functions that nobody answers for, or None."""
    return strays and "%d functions belong to no library that can be told, " \
        "so nothing is proved of them: %s" % (
            len(strays), ", ".join(f + "()" for f in strays[:8]))


def notes(result):
    strays = untold(result["strays"])
    out, gaps = wrap("NO      image:", strays) if strays else [], {}
    for lib, cells in sorted(result["libraries"].items()):
        for mit, cell in cells.items():
            if cell["verdict"] == "no":
                for f in cell["failing"][:3]:
                    out += wrap("NO      %s/%s:" % (lib, mit), f)
            if cell["verdict"] == "exempt":
                out += wrap("exempt  %s/%s:" % (lib, mit), cell["exempt"])
            elif cell["verdict"] == "gap":
                gaps[mit] = cell["exempt"]
            elif cell.get("exempt") and cell["claimed"]:
                out += wrap("except  %s/%s:" % (lib, mit), cell["exempt"])
    for mit, cell in result["image"].items():
        if cell["verdict"] == "no":
            for f in cell["failing"]:
                out += wrap("NO      image/%s:" % mit, f)
        if cell["says"]:
            out += wrap("says    image/%s:" % mit, cell["says"])
    for lib, names, why in result.get("bytes", ()):
        out += wrap("except  %s/bytes:" % lib, "%s: %s" % (
            " ".join(names), why))
    for mit, why in gaps.items():
        out += wrap("gap     %s: cannot be had:" % mit, why)
    return [""] + out if out else []
