# SPDX-License-Identifier: BSD-3-Clause
"""Sizes by library as a picture (SVG): a bar each, its parts told apart by
colour, pattern and order; with its style in it."""
from xml.sax.saxutils import escape, quoteattr

KINDS = ("text", "rodata", "data", "bss")
FONT, LINE, BAR, NUMBER = 7.1, 22, 520, 76
STYLE = """
.uk-b { --ink:#1b2430; --soft:#5a6675; --paper:#fff; --band:#f3f6f9;
  font-family:system-ui,-apple-system,"Segoe UI",Roboto,sans-serif; }
@media (prefers-color-scheme: dark) { .uk-b { --ink:#e6ebf1; --soft:#9aa7b5;
  --paper:#151a21; --band:#1d242d; } }
.uk-b text { fill:var(--ink); font-size:12px; }
.uk-b .title { font-size:15px; font-weight:600; }
.uk-b .soft { fill:var(--soft); } .uk-b .n { text-anchor:end; }
.uk-b .paper { fill:var(--paper); } .uk-b .band { fill:var(--band); }
.uk-b .text { fill:#2b6cb0; } .uk-b .rodata { fill:#6b9e3f; }
.uk-b .data { fill:#c05621; } .uk-b .bss { fill:url(#uk-b-bss); }
"""
PATTERN = '<defs><pattern id="uk-b-bss" width="6" height="6" ' \
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' \
    '<rect width="6" height="6" fill="#b9c0cb"/><rect width="3" height="6" ' \
    'fill="#8a94a6"/></pattern></defs>'


def total(row):
    return sum(row[k] for k in KINDS)


def one_bar(lib, row, x, y, scale):
    out = []
    for kind in KINDS:
        wide = row[kind] * scale
        if wide > 0:
            out.append('<rect class="%s" x="%.1f" y="%d" width="%.1f" '
                       'height="14"><title>%s</title></rect>' % (
                           kind, x, y, wide, escape("%s, %s: %d bytes" % (
                               lib, kind, row[kind]))))
        x += wide
    return out


def legend(x, y):
    out = []
    for kind in KINDS:
        out.append('<rect class="%s" x="%d" y="%d" width="14" height="14"/>'
                   '<text class="soft" x="%d" y="%d">%s</text>' % (
                       kind, x, y, x + 20, y + 12, kind))
        x += 84
    return out


def svg(name, found):
    libs = sorted(found["libraries"].items(), key=lambda x: -total(x[1]))
    left = max([len(x) for x, _ in libs] + [8]) * FONT + NUMBER + 24
    width, scale = left + BAR + 16, BAR / max(
        [total(r) for _, r in libs] + [1])
    out = ['<rect class="paper" width="100%" height="100%"/>',
           '<text class="title" x="16" y="26">%s</text>' % escape(
               "Sizes of %s, in bytes" % name)]
    out += legend(left, 38)
    for n, (lib, row) in enumerate(libs):
        y = 62 + n * LINE
        if n % 2 == 0:
            out.append('<rect class="band" x="8" y="%d" width="%d" '
                       'height="%d"/>' % (y, width - 16, LINE))
        out.append('<text x="16" y="%d">%s</text><text class="n" x="%.1f" '
                   'y="%d">%s</text>' % (y + 15, escape(lib), left - 10,
                                         y + 15, "{:,}".format(total(row))))
        out += one_bar(lib, row, left, y + 4, scale)
    high = 62 + len(libs) * LINE + 12
    return '<svg xmlns="http://www.w3.org/2000/svg" class="uk-b" width="%d" ' \
        'height="%d" viewBox="0 0 %d %d" role="img" aria-label=%s>\n<style>' \
        '%s</style>%s\n%s\n</svg>\n' % (
            width, high, width, high, quoteattr("Sizes of " + name), STYLE,
            PATTERN, "\n".join(out))
