# SPDX-License-Identifier: BSD-3-Clause
# terminal.awk: standard input, text as a terminal showed it, to a picture
# (SVG). Lines that begin with "$ " are what was typed; ok and not ok lines of
# the self-tests have their colours. -v title=...
function text(s) {
	gsub(/&/, "\\&amp;", s)
	gsub(/</, "\\&lt;", s)
	gsub(/>/, "\\&gt;", s)
	return s
}
function colour(s) {
	if (s ~ /^\$ /) return "#ffffff"
	if (s ~ /^ok /) return "#8fd18f"
	if (s ~ /^(not ok|Crash)/) return "#ff8f8f"
	if (s ~ /^(#|\[|TAP|1\.\.)/) return "#8a94a6"
	return "#d8dee9"
}
{ sub(/\r$/, ""); line[++n] = $0; if (length($0) > wide) wide = length($0) }
END {
	w = 24 + int(wide * 7.9) ; h = 52 + n * 18
	printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">\n", w, h, w, h
	printf "<title>%s</title>\n", text(title)
	printf "<rect width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#1d2330\"/>\n", w, h
	printf "<text x=\"%d\" y=\"22\" fill=\"#8a94a6\" font-family=\"sans-serif\" font-size=\"12\" text-anchor=\"middle\">%s</text>\n", w / 2, text(title)
	print "<g font-family=\"monospace\" font-size=\"13\" xml:space=\"preserve\">"
	for (i = 1; i <= n; i++)
		printf "<text x=\"12\" y=\"%d\" fill=\"%s\" textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\">%s</text>\n", 42 + i * 18 - 4, colour(line[i]), int(length(line[i]) * 7.8), text(line[i])
	print "</g></svg>"
}
