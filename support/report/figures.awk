# SPDX-License-Identifier: BSD-3-Clause
# figures.awk: build/bench.json to docs/figures.md. Written by make figures.
function field(name,	s) {
	if (!match($0, "\"" name "\": [^,}]*"))
		return ""
	s = substr($0, RSTART, RLENGTH)
	sub(/^[^:]*: /, "", s)
	gsub(/"/, "", s)
	return s == "null" ? "" : s
}
BEGIN {
	print "# Figures"
	print ""
	print "Written by `make figures` from what `make bench` measured on one machine; do not"
	print "edit. What each figure counts stands in [tests/perf/README.md](../tests/perf/README.md)."
	print "Instructions and bytes are exact; milliseconds and seconds are the least of n on a"
	print "shared machine. \"limit\" is what the figure is held against."
	print ""
	print "| figure | value | unit | limit | of the limit | n |"
	print "|---|---:|---|---:|---:|---:|"
}
/"name"/ {
	r = field("ratio")
	printf "| %s | %s | %s | %s | %s | %s |\n", field("name"), field("value"), \
		field("unit"), field("against"), r == "" ? "" : sprintf("%.2f", r), field("n")
}
