# SPDX-License-Identifier: BSD-3-Clause
"""The matrix as a picture (SVG): each verdict has a word, a shape and a colour
of its own, so that no reader needs the colours. It carries its style, and
follows the reader's choice of light or dark."""
from xml.sax.saxutils import escape, quoteattr

import matrix

CELL_W, CELL_H, GAP = 60, 24, 4
FONT = 7.1		# width of a character of the 12 px text, about
STYLE = """
.uk-m { --ink:#1b2430; --soft:#5a6675; --line:#c9d1da; --paper:#fff;
  --yes:#1a6f3c; --yes-ink:#fff; --no:#b3261e; --no-ink:#fff;
  --exempt:#8a5a00; --exempt-bg:#fff4d6; --band:#f3f6f9;
  font-family:system-ui,-apple-system,"Segoe UI",Roboto,sans-serif; }
@media (prefers-color-scheme: dark) { .uk-m { --ink:#e6ebf1; --soft:#9aa7b5;
  --line:#3b4654; --paper:#151a21; --yes:#2f9e5b; --yes-ink:#06130b;
  --no:#ff7b72; --no-ink:#2a0806; --exempt:#f0c15c; --exempt-bg:#33290f;
  --band:#1d242d; } }
@media print { .uk-m { --ink:#000; --soft:#444; --line:#999; --paper:#fff;
  --yes:#1a6f3c; --yes-ink:#fff; --no:#b3261e; --no-ink:#fff;
  --exempt:#8a5a00; --exempt-bg:#fff4d6; --band:#f3f6f9; } }
.uk-m text { fill:var(--ink); font-size:12px; }
.uk-m .paper { fill:var(--paper); }
.uk-m .band { fill:var(--band); }
.uk-m .title { font-size:15px; font-weight:600; }
.uk-m .soft { fill:var(--soft); }
.uk-m .c path, .uk-m .c rect { fill:none; stroke:none; }
.uk-m .c text { text-anchor:middle; font-size:11px; }
.uk-m .yes rect { fill:var(--yes); }
.uk-m .yes text { fill:var(--yes-ink); }
.uk-m .no path { fill:var(--no); stroke:var(--ink); stroke-width:2; }
.uk-m .no text { fill:var(--no-ink); font-weight:700; }
.uk-m .exempt rect { fill:var(--exempt-bg); stroke:var(--exempt);
  stroke-width:1.5; stroke-dasharray:5 3; }
.uk-m .exempt text { fill:var(--exempt); }
.uk-m .na rect { stroke:var(--line); }
.uk-m .na text, .uk-m .unclaimed text { fill:var(--soft); }
.uk-m .extra rect { stroke:var(--yes); stroke-dasharray:1.5 2.5; }
.uk-m a { cursor:pointer; }
.uk-m a:hover rect, .uk-m a:hover path, .uk-m a:focus rect {
  stroke:var(--ink); stroke-width:2; }
"""
CLASSES = {"yes": "yes", "no": "no", "n/a": "na", "exempt": "exempt",
           "gap": "exempt", "?": "exempt", "-": "unclaimed", "+": "extra"}
MEANS = (
    ("yes", "yes 12", "claimed, and seen in all 12 functions it concerns"),
    ("no", "NO 3/5", "claimed, and missing: seen in 3 of 5 functions"),
    ("exempt", "exempt", "left out, for a reason that the library states"),
    ("gap", "gap", "left out: the compiler or the CPU cannot do it"),
    ("?", "?", "claimed, and the report has no proof for this CPU"),
    ("n/a", "n/a", "claimed, and nothing there to protect"),
    ("-", "–", "not claimed"),
    ("+", "+", "not claimed, and yet there"),
)


def word(cell):
    """What stands in a cell."""
    return matrix.cell_text(cell).replace("-", "\u2013")


def tip(cell):
    """What a cell says when it is pointed at."""
    out = []
    if "functions" in cell:
        out.append("concerns %d functions, seen in %d" % (
            cell["functions"], cell["shown"]))
    else:
        out.append("self-tests at boot: %d" % cell["selftests"])
    if cell["failing"] and cell["verdict"] in ("no", "-"):
        out.append("first without it: " + cell["failing"][0])
    if cell.get("exempt"):
        out.append("left out: " + cell["exempt"])
    return "; ".join(out)


def shape(verdict, x, y, w, h):
    if verdict == "no":
        c = 6			# an octagon: stop
        return '<path d="M%g %gh%gl%d %dv%gl-%d %dh-%gl-%d -%dv-%gz"/>' % (
            x + c, y, w - 2 * c, c, c, h - 2 * c, c, c, w - 2 * c, c, c,
            h - 2 * c)
    round_ = {"yes": 8, "exempt": 0}.get(verdict, 3)
    return '<rect x="%g" y="%g" width="%g" height="%g" rx="%d"/>' % (
        x, y, w, h, round_)


def one_cell(lib, mit, cell, x, y, link, width=CELL_W):
    v = cell["verdict"]
    body = '<g class="c %s" data-library=%s data-mitigation=%s ' \
        'data-verdict=%s data-word=%s><title>%s</title>%s' \
        '<text x="%g" y="%g">%s</text></g>' % (
            CLASSES[v], quoteattr(lib), quoteattr(mit), quoteattr(v),
            quoteattr(word(cell)),
            escape("%s, %s: %s. %s" % (lib, mit, word(cell), tip(cell))),
            shape(v, x, y, width - GAP, CELL_H - GAP),
            x + (width - GAP) / 2, y + 14, escape(word(cell)))
    return '<a href="#%s">%s</a>' % (link, body) if link else body


def columns(result, rules):
    """Mitigations by library; those that nobody claims or has come last."""
    return sorted(matrix.of_libraries(result, rules), key=lambda m: all(
        cells[m]["verdict"] == "-" for cells in result["libraries"].values()))


def heads(mits, left, top):
    out = []
    for n, m in enumerate(mits):
        x = left + n * CELL_W + CELL_W / 2 - 8
        out.append('<text transform="translate(%g %g) rotate(-40)">%s</text>' %
                   (x, top - 8, escape(m)))
    return out


def rows(result, mits, left, top, width, anchor):
    out = []
    for n, (lib, cells) in enumerate(sorted(result["libraries"].items())):
        y = top + n * CELL_H
        if n % 2 == 0:
            out.append('<rect class="band" x="8" y="%g" width="%g" '
                       'height="%d"/>' % (y - 2, width - 16, CELL_H))
        out.append('<text x="16" y="%g">%s</text>' % (y + 14, escape(lib)))
        out += [one_cell(lib, m, cells[m], left + i * CELL_W, y,
                         anchor and "%s-%s-%s" % (anchor, lib, m))
                for i, m in enumerate(mits)]
    return out


def chips(result, rules, top, width, anchor):
    """Mitigations of the whole image: a name and a cell each, wrapped."""
    cells = [(m, c) for m, c in result["image"].items()
             if rules[m]["scope"] == "image"]
    if not cells:
        return [], top
    name = max(len(m) for m, _ in cells) * FONT + 10
    out = ['<text class="soft" x="16" y="%g">the image as a whole</text>' %
           (top + 14)]
    x, y = 16, top + CELL_H
    for m, cell in cells:
        if x > 16 and x + name + CELL_W > width - 8:
            x, y = 16, y + CELL_H
        out.append('<text x="%g" y="%g">%s</text>' % (x, y + 14, escape(m)))
        out.append(one_cell("image", m, cell, x + name - 6, y,
                            anchor and "%s-image-%s" % (anchor, m)))
        x += name + CELL_W + 14
    return out, y + CELL_H


def legend(top, width):
    out, x, y = [], 16, top
    for v, text, means in MEANS:
        w = CELL_W + len(means) * 6.3 + 26
        if x > 16 and x + w > width:
            x, y = 16, y + CELL_H
        out.append('<g class="c %s">%s<text x="%g" y="%g">%s</text></g>' % (
            CLASSES[v], shape(v, x, y, CELL_W - GAP, CELL_H - GAP),
            x + (CELL_W - GAP) / 2, y + 14, escape(text)))
        out.append('<text class="soft" x="%g" y="%g">%s</text>' % (
            x + CELL_W + 4, y + 14, escape(means)))
        x += w
    return out, y + CELL_H


def title(name, result):
    return "%s, profile %s%s" % (
        name, result["profile"], ", WEAKENED by " + result["taint"]
        if result["taint"] else "")


def svg(name, result, rules, anchor=None):
    """anchor: links of cells begin with it, or none."""
    mits, libs = columns(result, rules), result["libraries"]
    left = max([len(x) for x in libs] + [12]) * FONT + 28
    high = max([len(m) for m in mits] + [0]) * FONT
    width = max(left + len(mits) * CELL_W + high * 0.77 + 8, 620)
    top = 40 + high * 0.65 + 14
    body = ['<rect class="paper" width="100%" height="100%"/>',
            '<text class="title" x="16" y="26">%s</text>' %
            escape(title(name, result))]
    body += heads(mits, left, top)
    body += rows(result, mits, left, top, width, anchor)
    more, end = chips(result, rules, top + len(libs) * CELL_H + 12, width,
                      anchor)
    body += more
    more, end = legend(end + 12, width)
    return '<svg xmlns="http://www.w3.org/2000/svg" class="uk-m" ' \
        'width="%d" height="%d" viewBox="0 0 %d %d" role="img" ' \
        'aria-label=%s>\n<style>%s</style>\n%s\n</svg>\n' % (
            width, end + 8, width, end + 8,
            quoteattr("Hardening of " + title(name, result)), STYLE,
            "\n".join(body + more))
