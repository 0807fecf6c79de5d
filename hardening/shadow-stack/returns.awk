# SPDX-License-Identifier: BSD-3-Clause
# Assembly of a compiler, in AT&T syntax: behind the label of each function that
# returns its return address is stored at uk_shadow_offset from the stack
# pointer, before each return both are compared. r10 and r11 are free at both
# places. Cold parts of a function have returns, but no beginning. Assembly
# within C (#APP) is left alone, and a file that says `# shadow-stack: off`.

function is_return(s) { return s ~ /^[ \t]+(rep[ ;]+)?retq?[ \t]*(#.*)?$/ }

function begin() {
	print "\tmovq\tuk_shadow_offset(%rip), %r11"
	print "\tmovq\t(%rsp), %r10"
	print "\tmovq\t%r10, (%rsp,%r11)"
}

function end() {
	print "\tmovq\tuk_shadow_offset(%rip), %r11"
	print "\tmovq\t(%rsp,%r11), %r11"
	print "\tcmpq\t(%rsp), %r11"
	print "\tjne\tuk_shadow_fail"
}

# The function whose label this is, or nothing; without what a cold part adds.
function label(s,	name) {
	if (s !~ /^[A-Za-z_.$0-9"]+:/)
		return ""
	name = substr(s, 1, index(s, ":") - 1)
	return name in functions ? name : ""
}
function whole(name) {
	sub(/\.cold.*$/, "", name)
	return name
}

{ lines[NR] = $0 }
/^[ \t]*\.type[ \t]/ && /@function/ {
	name = $0
	sub(/^[ \t]*\.type[ \t]+/, "", name)
	sub(/[ \t]*,.*$/, "", name)
	functions[name] = 1
}
/shadow-stack: off/ { off = 1 }

END {
	inside = ""
	for (i = 1; i <= NR; i++) {
		if ((name = label(lines[i])) != "")
			inside = whole(name)
		if (lines[i] ~ /^[ \t]*#APP/)
			app = 1
		if (lines[i] ~ /^[ \t]*#NO_APP/)
			app = 0
		if (!app && inside != "" && is_return(lines[i]))
			returns[inside] = 1
	}
	pending = app = 0
	for (i = 1; i <= NR; i++) {
		s = lines[i]
		if ((name = label(s)) != "")
			pending = !off && name == whole(name) && \
				(name in returns)
		else if (pending && s ~ /^[ \t]+[a-z]/) {
			if (s ~ /endbr64/) {
				print s
				begin()
				pending = 0
				continue
			}
			begin()
			pending = 0
		}
		if (s ~ /^[ \t]*#APP/)
			app = 1
		if (s ~ /^[ \t]*#NO_APP/)
			app = 0
		if (!off && !app && is_return(s))
			end()
		print s
	}
}
