# SPDX-License-Identifier: BSD-3-Clause
# Reads all sources: complains about single files and functions, and counts.
# Limits (DESIGN.md section 2): a function 80 lines, 9 of 10 files 350.

function complain(where, why) {
	if (report == "")
		print where ": " why
	bad++
}

function leave(	r) {
	if (last == "")
		return
	r = last
	sub(/\/.*/, "", r)
	if (last ~ /\.[chS]$/) {
		size[++files] = lines
		file_room[files] = r
		total[r] += lines
		count[r]++
	}
	if (!licence)
		complain(last ":1", "no SPDX-License-Identifier: BSD-3-Clause line")
	if (body)
		complain(last ":" body, "no end of this function in column 1")
}

FNR == 1 {
	leave()
	last = FILENAME
	licence = body = 0
	c = FILENAME ~ /\.[ch]$/
}
FNR <= 2 && /SPDX-License-Identifier: BSD-3-Clause/ { licence = 1 }
{ lines = FNR }
# The words are put together here so that this file does not hold them.
$0 ~ "(^|[^A-Za-z_])(TO" "DO|FIX" "ME|XX" "X)([^A-Za-z_]|$)" {
	complain(FILENAME ":" FNR, "work left open: " $0)
}
/[ \t]$/ { complain(FILENAME ":" FNR, "blank at the end of a line") }
c {
	wide = $0
	while (match(wide, /\t/))
		wide = substr(wide, 1, RSTART - 1) \
			substr("        ", 1, 8 - (RSTART - 1) % 8) \
			substr(wide, RSTART + 1)
	if (length(wide) > 80)
		complain(FILENAME ":" FNR, length(wide) " columns")
}
c && /^#[ \t]*if/ && FILENAME !~ /^(arch|plat)\// { ifs[FILENAME]++ }
c && /^\{/ { body = FNR }
c && /^\}/ && body {
	n_fun++
	len = FNR - body - 1
	fun[n_fun] = len
	if (len > 80)
		complain(FILENAME ":" body, "a function of " len " lines")
	if (len > 40)
		long++
	body = 0
}

function sorted(a, n,	i, j, t) {
	for (i = 2; i <= n; i++) {
		t = a[i]
		for (j = i - 1; j > 0 && a[j] > t; j--)
			a[j + 1] = a[j]
		a[j + 1] = t
	}
}

END {
	leave()
	if (report != "") {
		for (r in count)
			printf "%-12s %4d files %6d lines\n", r, count[r], total[r] \
				| "sort"
		close("sort")
	}
	sorted(size, files)
	sorted(fun, n_fun)
	p90 = size[int(files * 0.9)]
	if (files > 10 && p90 >= 350)
		complain("all files", "9 of 10 are " p90 " lines or less: want 350")
	printf "%d files: half within %d lines, 9 of 10 within %d, all within %d\n",
		files, size[int((files + 1) / 2)], p90, size[files]
	printf "%d functions: half within %d lines, longest %d, %d over 40\n",
		n_fun, fun[int((n_fun + 1) / 2)], fun[n_fun], long
	if (report == "")
		printf "%d wrong\n", bad
	exit report == "" && bad > 0
}
