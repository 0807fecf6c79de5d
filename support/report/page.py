# SPDX-License-Identifier: BSD-3-Clause
"""The report as one page that needs nothing but itself: no script, no address
outside, nothing fetched. Well-formed XML. A section for each image: verdict,
facts, the matrix as a picture, what is wrong, what is left out and why, then
every cell with its evidence."""
from xml.sax.saxutils import escape, quoteattr

import bars
import matrix
import picture

STYLE = """
:root { color-scheme: light dark; --ink:#1b2430; --soft:#5a6675;
  --line:#d5dbe2; --paper:#fff; --band:#f3f6f9; --good:#1a6f3c;
  --good-bg:#e7f4ec; --bad:#b3261e; --bad-bg:#fdecea; --warn:#8a5a00;
  --warn-bg:#fff4d6; }
@media (prefers-color-scheme: dark) { :root { --ink:#e6ebf1; --soft:#9aa7b5;
  --line:#3b4654; --paper:#151a21; --band:#1d242d; --good:#5cc98a;
  --good-bg:#14291d; --bad:#ff8f87; --bad-bg:#3a1715; --warn:#f0c15c;
  --warn-bg:#33290f; } }
* { box-sizing:border-box; }
body { margin:0 auto; max-width:1180px; padding:24px 20px 60px;
  color:var(--ink); background:var(--paper); line-height:1.5;
  font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif; }
h1 { font-size:1.7rem; margin:.2em 0; line-height:1.2; }
h2 { font-size:1.25rem; margin:2em 0 .6em; padding-bottom:.25em;
  border-bottom:1px solid var(--line); }
h1, td.w, dd, li, code { overflow-wrap:anywhere; }
code { font:.9em ui-monospace,Menlo,Consolas,monospace; }
.soft { color:var(--soft); }
.say { border-left:6px solid; padding:.7em 1em; margin:1em 0;
  border-radius:0 6px 6px 0; font-size:1.05rem; }
.say.good { border-color:var(--good); background:var(--good-bg); }
.say.bad { border-color:var(--bad); background:var(--bad-bg); }
.say.warn { border-color:var(--warn); background:var(--warn-bg); }
.say b { margin-right:.4em; }
dl.facts { display:grid; gap:.1em 1.6em; margin:1em 0;
  grid-template-columns:repeat(auto-fill,minmax(min(230px,44%),1fr)); }
dl.facts div { border-bottom:1px solid var(--line); padding:.35em 0; }
dl.facts dt { color:var(--soft); font-size:.82rem; }
dl.facts dd { margin:0; font-weight:600; }
.scroll { overflow-x:auto; border:1px solid var(--line); border-radius:8px;
  margin:1em 0; }
.scroll svg { display:block; }
table { border-collapse:collapse; width:100%; font-size:.93rem; }
th { text-align:left; color:var(--soft); font-weight:600; font-size:.82rem; }
th, td { padding:.35em .6em; border-bottom:1px solid var(--line);
  vertical-align:top; }
td.n, th.n { text-align:right; font-variant-numeric:tabular-nums; }
tr:target { outline:3px solid var(--warn); outline-offset:-3px; }
.v { font-weight:700; white-space:nowrap; }
.v-yes { color:var(--good); } .v-no { color:var(--bad); }
.v-exempt { color:var(--warn); }
.v-na, .v-unclaimed { color:var(--soft); font-weight:400; }
details { border-bottom:1px solid var(--line); }
summary { cursor:pointer; padding:.5em .2em; }
summary b { display:inline-block; min-width:13rem; }
details table { margin:.2em 0 1em; }
.bar { display:flex; height:14px; min-width:120px; background:var(--band); }
.bar i { display:block; height:100%; }
.k-text { background:#2b6cb0; } .k-rodata { background:#6b9e3f; }
.k-data { background:#c05621; }
.k-bss { background:repeating-linear-gradient(45deg,#8a94a6 0 3px,#b9c0cb 3px 6px); }
.key i { display:inline-block; width:14px; height:14px; vertical-align:-2px;
  margin:0 .35em 0 1em; }
nav a { margin-right:1em; }
footer { margin-top:3em; font-size:.88rem; color:var(--soft); }
@media (max-width:600px) { body { padding:14px 12px 40px; }
  th, td { padding:.3em .35em; } summary b { min-width:0; } }
@media print { body { max-width:none; padding:0; font-size:11px; }
  .scroll { border:0; overflow:visible; } .scroll svg { max-width:100%;
  height:auto; } h2 { break-after:avoid; } tr, svg { break-inside:avoid; }
  details::details-content { content-visibility:visible; block-size:auto; }
  .bar i, .say { print-color-adjust:exact; }
  .uk-m { print-color-adjust:exact; } }
"""
HEAD = """<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>%s</title>
<style>%s</style>
</head>
<body>
"""
FOOT = """<footer>
<p>Made by <code>make hardening-report</code> (Redoubt). A verdict comes from
the code in the image, not from the options it was built with: every function
with something to protect was disassembled and looked at. What the whole image
promises is proved a second time by its self-tests at boot, before
<code>main</code>. What a report like this cannot say: that the proofs
themselves are right (their own tests hold them against code with and without
each mitigation), and what happens beyond the image, in the machine below
it.</p>
</footer>
</body>
</html>
"""


def table(heads, rows, numeric=()):
    out = ["<div class=\"scroll\"><table><thead><tr>"]
    out += ["<th%s>%s</th>" % (' class="n"' if n in numeric else "", escape(h))
            for n, h in enumerate(heads)]
    return "\n".join(out + ["</tr></thead><tbody>"] + rows +
                     ["</tbody></table></div>"])


def says(kind, mark, text):
    return '<p class="say %s"><b>%s</b>%s</p>' % (kind, mark, text)


def tally(result):
    """(claims, proved, [what is not])"""
    cells = [(lib, m, c) for lib, row in sorted(result["libraries"].items())
             for m, c in row.items()]
    cells += [("image", m, c) for m, c in result["image"].items()]
    claimed = [x for x in cells if x[2]["claimed"] and
               x[2]["verdict"] in ("yes", "no")]
    return len(claimed), sum(x[2]["verdict"] == "yes" for x in claimed), \
        [x for x in claimed if x[2]["verdict"] == "no"]


def verdict(result):
    total, proved, wrong = tally(result)
    if wrong or result["strays"]:
        out = [says("bad", "✗ Not proved.", "Of %d claims, %d cannot be seen in "
                    "the code of this image." % (total, len(wrong)))]
    else:
        out = [says("good", "✓ Proved.", "Each of the %d claims that have "
                    "something to protect is seen in the code of this image." %
                    total)]
    if result["strays"]:
        out.append(says("bad", "✗", escape(matrix.untold(result["strays"]))))
    if result["taint"]:
        out.append(says("warn", "⚠ Weakened.", "Options that take back a "
                        "promise are on: <code>%s</code>." %
                        escape(result["taint"])))
    return "\n".join(out)


def facts(result):
    a, s = result["about"], result["sizes"]["image"]
    rows = (
        ("profile", result["profile"] or "not said"),
        ("compiler", a["compiler"] or "not said"),
        ("platform", a["platform"] or "not said"),
        ("Redoubt", a["version"] or "not said"),
        ("self-tests at boot", str(a["selftests"] or "none")),
        ("place in memory", "position-independent" if a["pie"] else
         "one fixed address"),
        ("layout", a["layout"]),
        ("file", "{:,} bytes".format(a["bytes"])),
        ("text / rodata / data / bss", " / ".join(
            "{:,}".format(s[k]) for k in bars.KINDS)),
    )
    return '<dl class="facts">%s</dl><p class="soft">sha256 of the image: ' \
        '<code>%s</code></p>' % ("".join(
            "<div><dt>%s</dt><dd>%s</dd></div>" % (escape(k), escape(v))
            for k, v in rows), a["sha256"])


def evidence(cell):
    """What was seen, in words, as XML."""
    out = []
    if "functions" in cell and cell["functions"]:
        out.append("seen in %d of %d functions" % (cell["shown"],
                                                   cell["functions"]))
    out += cell.get("checks", [])
    if "selftests" in cell:
        out.append("self-tests at boot: %d" % cell["selftests"])
    if cell.get("says"):
        out.append("says " + cell["says"])
    if cell.get("exempt"):
        out.append(("left out: " if cell["verdict"] == "exempt" else
                    "except ") + cell["exempt"])
    text = escape("; ".join(out))
    if cell["failing"]:
        text += "<ul>%s</ul>" % "".join("<li><code>%s</code></li>" % escape(f)
                                        for f in cell["failing"])
    return text


def cell_row(anchor, lib, mit, cell, title):
    v = cell["verdict"]
    return '<tr id="%s-%s-%s" data-library=%s data-mitigation=%s ' \
        'data-verdict=%s><td>%s</td><td class="v v-%s">%s</td>' \
        '<td class="w">%s</td></tr>' % (
            anchor, lib, mit, quoteattr(lib), quoteattr(mit), quoteattr(v),
            escape(title), picture.CLASSES[v], escape(picture.word(cell)),
            evidence(cell))


def whole(anchor, result, rules):
    rows = [cell_row(anchor, "image", m, c, rules[m]["title"])
            for m, c in result["image"].items()]
    return "<h2>The image as a whole</h2>" + table(
        ("mitigation", "verdict", "evidence"), rows)


def libraries(anchor, result, rules):
    out = ["<h2>Library by library</h2>"]
    for lib, cells in sorted(result["libraries"].items()):
        bad = [m for m, c in cells.items() if c["verdict"] == "no"]
        short = "NOT proved: " + ", ".join(bad) if bad else \
            ", ".join(m for m, c in cells.items()
                      if c["verdict"] == "yes") or "nothing to protect"
        out.append('<details%s><summary><b>%s</b> <span class="%s">%s</span>'
                   '</summary>' % (' open="open"' if bad else "", escape(lib),
                                   "v v-no" if bad else "soft", escape(short)))
        out.append(table(("mitigation", "verdict", "evidence"), [
            cell_row(anchor, lib, m, c, rules[m]["title"])
            for m, c in cells.items()]))
        out.append("</details>")
    return "\n".join(out)


def wrong(result):
    rows = ["<tr><td>%s</td><td>%s</td><td class=\"w\"><code>%s</code></td>"
            "</tr>" % (escape(lib), escape(m), escape(
                "; ".join(c["failing"][:3])))
            for lib, m, c in tally(result)[2]]
    return "<h2>What is not proved</h2>" + table(
        ("library", "mitigation", "first functions without it"), rows) \
        if rows else ""


def left_out(result):
    rows = ["<tr><td>%s</td><td>%s</td><td class=\"w\">%s</td></tr>" % (
        escape(lib), escape(m), escape(c["exempt"]))
        for lib, row in sorted(result["libraries"].items())
        for m, c in row.items() if c.get("exempt") and
        (c["claimed"] or c["verdict"] == "exempt")]
    return "<h2>What is left out, and why</h2>" + table(
        ("library", "mitigation", "what, and the reason"), rows) \
        if rows else ""


def bar(row, most):
    return '<div class="bar">%s</div>' % "".join(
        '<i class="k-%s" style="width:%.2f%%" title="%s %d"></i>' % (
            k, 100.0 * row[k] / most, k, row[k])
        for k in bars.KINDS if row[k]) if most else ""


def sizes(result):
    libs = result["sizes"]["libraries"]
    if not libs:
        return ""
    most = max(bars.total(r) for r in libs.values())
    rows = ['<tr><td>%s</td>%s<td style="width:34%%">%s</td></tr>' % (
        escape(lib), "".join('<td class="n">{:,}</td>'.format(r[k])
                             for k in bars.KINDS), bar(r, most))
            for lib, r in sorted(libs.items(),
                                 key=lambda x: -bars.total(x[1]))]
    key = "".join('<i class="k-%s"></i>%s' % (k, k) for k in bars.KINDS)
    return '<h2>Sizes</h2><p class="key soft">Bytes by library%s</p>' % key + \
        table(("library",) + bars.KINDS + ("",), rows, (1, 2, 3, 4))


def ports(result):
    a = result["about"]
    rows = ["<tr><td>%s</td><td class=\"w\">%s</td><td>%s</td>"
            "<td class=\"w\"><code>%s</code></td></tr>" % tuple(
                escape(x) for x in (p[0], p[2], " ".join(p[3:]), p[1]))
            for p in a["ports"]]
    rows += ["<tr><td>%s</td><td colspan=\"3\" class=\"v v-no\">fetched "
             "without a hash</td></tr>" % escape(u) for u in a["unchecked"]]
    out = "<h2>Sources that were fetched</h2>" + table(
        ("library", "file", "licence", "sha256"), rows) if rows else ""
    return out + "<h2>Configuration</h2><p>These lines build the image " \
        "again:</p><pre><code>%s</code></pre>" % escape("\n".join(a["config"]))


def glossary(rules):
    rows = ["<tr><td>%s</td><td class=\"w\">%s</td><td>%s</td></tr>" % (
        escape(r["title"]), escape(r.get("why", "")),
        escape(", ".join(r.get("cwe", ())))) for r in rules.values()]
    return "<h2>What each mitigation is for</h2>" + table(
        ("mitigation", "why", "weaknesses"), rows)


def html(results, rules):
    many = len(results) > 1
    out = [HEAD % (escape("Hardening: " + ", ".join(results)), STYLE)]
    if many:
        out.append("<nav>%s</nav>" % "".join(
            '<a href="#i%d">%s</a>' % (n, escape(name))
            for n, name in enumerate(results)))
    for n, (name, result) in enumerate(results.items()):
        anchor = "i%d" % n
        out += ['<section id="%s"><h1>Hardening of %s</h1>' % (
            anchor, escape(name)), verdict(result), facts(result),
            '<div class="scroll">%s</div>' % picture.svg(
                name, result, rules, anchor),
            wrong(result), whole(anchor, result, rules), left_out(result),
            libraries(anchor, result, rules), sizes(result), ports(result),
            "</section>"]
    return "\n".join(out + [glossary(rules), FOOT])
