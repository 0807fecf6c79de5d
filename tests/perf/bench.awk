# SPDX-License-Identifier: BSD-3-Clause
# From lines `figure NAME UNIT min|median AGAINST SAMPLE...` to a table on the
# standard output and a list of objects in the file `json`.
function number(x) {
	return x == int(x) ? sprintf("%d", x) : sprintf("%.3f", x)
}
BEGIN {
	printf "[" >json
	printf "%-52s %14s %-6s %4s %14s %14s %14s %7s\n", "figure", "value",
		"unit", "n", "min", "max", "against", "ratio"
}
{
	n = NF - 5
	if ($1 != "figure" || n < 1 || $4 !~ /^(min|median)$/) {
		print "bench: not a figure: " $0 >"/dev/stderr"
		exit 1
	}
	for (i = 1; i <= n; i++) {
		v = $(i + 5) + 0
		for (j = i - 1; j > 0 && s[j] > v; j--)
			s[j + 1] = s[j]
		s[j + 1] = v
	}
	median = n % 2 ? s[(n + 1) / 2] : (s[n / 2] + s[n / 2 + 1]) / 2
	value = $4 == "min" ? s[1] : median
	against = $5 == "-" ? "null" : number($5)
	ratio = $5 + 0 ? sprintf("%.4f", value / $5) : "null"
	printf("%s\n {\"name\": \"%s\", \"value\": %s, \"unit\": \"%s\", " \
		"\"n\": %d, \"min\": %s, \"median\": %s, \"max\": %s, " \
		"\"against\": %s, \"ratio\": %s}", NR > 1 ? "," : "", $2,
		number(value), $3, n, number(s[1]), number(median),
		number(s[n]), against, ratio) >json
	printf "%-52s %14s %-6s %4d %14s %14s %14s %7s\n", $2, number(value), $3,
		n, number(s[1]), number(s[n]), $5 == "-" ? "" : against,
		$5 + 0 ? sprintf("%.2f", value / $5) : ""
}
END { print "\n]" >json }
