# SPDX-License-Identifier: BSD-3-Clause
# Reads a layout, a map of GNU ld and the linker script of the image, in this
# order; prints the script with every piece at its place in the layout. With
# names=1, prints the names of the functions in that order instead, for lld.
FNR == 1 { nr++ }

nr == 1 && NF == 3 { n++; to[n] = $1; was[n] = $2; next }

# " .text.f 0xADDR 0xSIZE FILE", or the name on a line before; and sections of
# the image, ".text 0xADDR 0xSIZE"
nr == 2 && /^Linker script and memory map/ { inside = 1 }
nr == 2 && !inside { next }
nr == 2 && /^ \.[^ ]+$/ { section = $1; next }
nr == 2 && /^ \.[^ ]+ +0x/ { section = $1; $1 = "" ; $0 = $0 }
nr == 2 && section && $1 ~ /^0x/ && $2 != "0x0" && $3 ~ /\.o$/ {
	file = $3
	sub(/.*\//, "", file)
	piece[hex($1)] = "*/" file "(" section ")"
	name[hex($1)] = section
}
nr == 2 && /^\.[^ ]+ +0x/ { start[$1] = hex($2); size[$1] = hex($3) }
nr == 2 { section = ""; next }

nr == 3 && names { exit }
# As long as it was: how many words hold the pointers depends on their order.
nr == 3 && /^\t\.relr\.dyn/ {
	sub(/\. = \. \+ [0-9]+;/, ". = 0x" size[".relr.dyn"] ";")
}
nr == 3 && /^\t\.[a-z.]+ :/ && $1 in start {
	here = moves[$1] = ($1 ~ /^\.(text|rodata|relro|data|roinit|roinit\.bss|bss)$/)
	if (here)
		open_section($1, $0)
}
nr == 3 && here {
	if ($0 ~ /}/) {
		tail = $0
		sub(/.*}/, "", tail)
		print "\t}" tail (which == ".text" ? " =0xcc" : "")
		here = 0
	} else if ($0 ~ /KEEP\(\*\(\.text\.boot/)
		boot = $0
	next
}
nr == 3 { print }

END {
	if (!names)
		exit
	for (i = 1; i <= n; i++)
		if (sub(/^\.text\./, "", name[was[i]]))
			print name[was[i]]
}

function hex(s) { sub(/^0x0*/, "", s); return s }

function value(s,	i, v) {
	for (i = 1; i <= length(s); i++)
		v = 16 * v + index("0123456789abcdef", substr(s, i, 1)) - 1
	return v
}

function open_section(s, line,	i, at, low, high) {
	which = s
	sub(/{.*/, "{", line)
	print line
	if (s == ".text")
		print "\t\tKEEP(*(.text.boot))"
	low = value(start[s])
	high = low + value(size[s])
	for (i = 1; i <= n; i++) {
		at = value(to[i])
		if (at < low || at >= high)
			continue
		print "\t\t. = " at - low ";"
		print "\t\t" piece[was[i]]
	}
	print "\t\t. = " high - low ";"
}
