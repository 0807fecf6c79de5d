# SPDX-License-Identifier: BSD-3-Clause
# Reads one `expect` (tests/README.md) and writes its jobs: for each compiler
# the building of the image, then a boot for each machine. mode=attack makes
# two images, with the mitigation and without (the control).
# -v mode= name= dir= out= [mitigation=]

function bad(why) {
	printf "%s:%d: %s\n", FILENAME, FNR, why >"/dev/stderr"
	broken = 1
	exit 2
}

function take_run(off,	r, i, k) {
	if (NF < 3)
		bad("run MACHINES MEMORY [status=N] [limit=N] [cmdline=...]")
	r = off ? "off" : ++runs
	machines[r] = $2
	memory[r] = $3
	status[r] = 0
	limit[r] = 30
	for (i = 4; i <= NF; i++) {
		k = $i
		sub(/=.*/, "", k)
		if (k == "cmdline") {
			cmdline[r] = substr($0, index($0, "cmdline=") + 8)
			break
		} else if (k == "status" || k == "limit") {
			if ($i !~ /=[0-9]+$/)
				bad($i ": not a number")
			if (k == "status")
				status[r] = substr($i, 8)
			else
				limit[r] = substr($i, 7)
		} else if (k == "k" && $i ~ /^k=[a-z-]+=./)
			extra[r] = extra[r] " -k " quote(substr($i, 3))
		else
			bad("unknown word " $i)
	}
}

function quote(s) {
	gsub(/'/, "'\\''", s)
	return "'" s "'"
}

/^[ \t]*(#|$)/ { next }
$1 == "compilers" { $1 = ""; compilers = $0; next }
$1 == "run" { take_run(0); next }
$1 == "run-off" && mode == "attack" { take_run(1); next }
$1 ~ /^config(-on|-off)?$/ {
	line = $0
	sub(/^[ \t]*[^ \t]+[ \t]+/, "", line)
	if (line !~ /^CONFIG_[A-Z0-9_]+=./ && line !~ /^# CONFIG_.* is not set$/)
		bad("not a line of a configuration: " line)
	if ($1 != "config-off")
		config["on"] = config["on"] " " quote(line)
	if ($1 != "config-on")
		config["off"] = config["off"] " " quote(line)
	next
}
$1 == "match" || $1 == "nomatch" {
	line = $0
	sub(/^[ \t]*/, "", line)
	patterns[runs + 0] = patterns[runs + 0] line "\n"
	next
}
{ bad("unknown word " $1) }

# one image: a step of the list
function image(id, compiler, which,	m, where) {
	m = mitigation
	gsub(/-/, "_", m)
	# One build folder a compiler and kind of configuration: most objects
	# of an image are there already, from the image before.
	where = compiler (which == "on" ? "" : "-off")
	printf "job image/%s\nkind step\nlimit 400\nuse %s\n", id, where
	printf "run exec sh support/run/testimage.sh %s/image/%s %s %s %s%s%s\n\n",
		out, id, out "/obj-" where, compiler, dir,
		mode != "attack" ? "" : " CONFIG_EXPERT=y" \
			(" CONFIG_HARDEN_" toupper(m) (which == "on" ? "=y" : "=n")),
		config[which]
}

function boot(r, id, img, kind, rules,	n, i, m, plat, k) {
	n = split(machines[r], m, ",")
	for (i = 1; i <= n; i++) {
		if (m[i] !~ /^(microvm|q35|pc|linuxu)$/)
			bad("machine " m[i] ": want microvm, q35, pc or linuxu")
		plat = m[i] == "linuxu" ? "linuxu" : "kvm"
		k = id "/" m[i] (runs > 1 && r != "off" ? "/" r : "")
		printf "job %s\nkind %s\nneeds image/%s\nlimit %d\nstatus %d\n",
			k, kind, img, limit[r] + 10, status[r]
		printf "%srun exec support/run/guest -p %s -t %d%s%s%s %s %s\n\n",
			rules, plat, limit[r],
			plat == "kvm" ? " -M " m[i] : "",
			memory[r] == "-" ? "" : " -m " memory[r], extra[r],
			out "/image/" img "/" plat, words(cmdline[r], plat)
	}
}

# The same without the mitigation: whoever attacks must be able to succeed.
function control(r, id,	was) {
	was = status[r]
	status[r] = 0
	boot(r, id "/control", id "/control", "attack", "match ^SURVIVED\n")
	status[r] = was
}

# a process gets its words apart, a machine one line
function words(line, plat,	n, i, w, s) {
	if (line == "")
		return ""
	if (plat == "kvm")
		return "-- " quote(line)
	n = split(line, w, " ")
	for (i = 1; i <= n; i++)
		s = s " " quote(w[i])
	return "--" s
}

END {
	if (broken)
		exit 2
	if (!runs) {
		$0 = "run microvm,q35,linuxu 64M"
		take_run(0)
	}
	n = split(compilers == "" ? "gcc clang" : compilers, c, " ")
	for (i = 1; i <= n; i++) {
		if (c[i] != "gcc" && c[i] != "clang")
			bad("compiler " c[i] ": want gcc or clang")
		id = name "/" c[i]
		if (mode != "attack") {
			image(id, c[i], "on")
			for (r = 1; r <= runs; r++)
				boot(r, id, id, "boot", patterns[0] patterns[r])
			continue
		}
		image(id "/on", c[i], "on")
		image(id "/control", c[i], "off")
		for (r = 1; r <= runs; r++)
			boot(r, id, id "/on", "attack",
				patterns[0] patterns[r] "nomatch ^SURVIVED\n")
		for (r = 1; r <= runs && !("off" in machines); r++)
			control(r, id)
		if ("off" in machines)
			control("off", id)
	}
}
