# SPDX-License-Identifier: BSD-3-Clause
# Reads one `expect` (tests/README.md) and writes its jobs: for each compiler
# the building of the image, then a boot for each machine. mode=attack makes
# two images, with the mitigation and without (the control).
# -v mode= name= dir= out= [mitigation= scope=library|image]

function bad(why) {
	printf "%s:%d: %s\n", FILENAME, FNR, why >"/dev/stderr"
	broken = 1
	exit 2
}

# A run-off is the control of the run above it.
function take_run(off,	r, i, k) {
	if (NF < 3)
		bad("run MACHINES MEMORY [status=N] [limit=N] [act=NAME] " \
			"[cmdline=...]")
	if (off && !runs)
		bad("run-off: is the control of no run")
	r = off ? runs "off" : ++runs
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
		} else if (k == "act") {
			act[r] = substr($i, 5)
		} else if (k == "k" && $i ~ /^k=[a-z-]+=./)
			extra[r] = extra[r] " -k " quote(substr($i, 3))
		else
			bad("unknown word " $i)
	}
}

# What a run is called: the forbidden act, which the command line begins with.
function named(r,	s) {
	s = act[r]
	if (s == "" && cmdline[r] != "") {
		s = cmdline[r]
		sub(/^-- /, "", s)
		sub(/[ =].*/, "", s)
		gsub(/[^A-Za-z0-9_.-]/, "", s)
	}
	if (s == "" && mode == "attack") {
		s = name
		sub(/^.*\//, "", s)
	}
	if (s == "")
		s = "plain"
	if (s in taken)
		s = s "-" ++taken[s]
	taken[s]++
	act[r] = s
}

function quote(s) {
	gsub(/'/, "'\\''", s)
	return "'" s "'"
}

/^[ \t]*(#|$)/ { next }
$1 == "profiles" && mode == "attack" {
	n_profiles = split($0, profile) - 1
	for (i = 1; i <= n_profiles; i++)
		rank[profile[i + 1]] = i
	next
}
# From this profile on, and with this compiler only.
$1 == "stopped" && runs && n_profiles {
	if (!($2 in rank) && $2 != "never")
		bad("stopped: want a profile of the line `profiles`, or never")
	since[runs] = $2
	only[runs] = $3
	next
}
# What is off in the control is off in all libraries.
$1 == "everywhere" && mode == "attack" { scope = "image"; next }
# Another folder's application: what runs elsewhere runs here as well.
$1 == "application" && mode == "boot" { dir = $2; next }
$1 == "by" && runs { next }	# what stops it: for support/report/attacks.py
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
function image(id, compiler, which, lines,	where) {
	# One build folder a compiler and kind of configuration: most objects
	# of an image are there already, from the image before.
	where = compiler (which == "on" ? "" : "-" which)
	if (!only_virt())
		step(id, where, compiler, lines)
	# Of machine virt there is one more, made if a run asks for it: with
	# the first compiler, or with all where there is no other machine.
	if (compiler == first || only_virt()) {
		lines_for[id "-arm64"] = lines
		where_for[id "-arm64"] = where "-arm64"
		compiler_for[id "-arm64"] = compiler
	}
}

function only_virt(	r) {
	for (r in machines)
		if (machines[r] != "virt")
			return 0
	return 1
}

function step(id, where, compiler, lines) {
	printf "job image/%s\nkind step\nlimit 900\nuse %s\n", id, where
	printf "run exec sh support/run/testimage.sh %s/image/%s %s %s %s%s\n\n",
		out, id, out "/obj-" where, compiler, dir, lines
}

# The image of a test for arm64, once
function virtual(id) {
	if (id in made)
		return
	made[id] = 1
	step(id, where_for[id], compiler_for[id], " CONFIG_ARCH_ARM64=y CONFIG_PLAT_KVM=y" \
		" CONFIG_PLAT_LINUXU=n" lines_for[id])
}

# The configuration of an attack on a mitigation: with it, or without. One that
# each library has for itself is turned on or off for the attacker's alone:
# the others are built already.
function lines_of(which,	m, lib) {
	m = mitigation
	gsub(/-/, "_", m)
	lib = scope == "library" ? "APPATTACK_" : ""
	return " CONFIG_EXPERT=y CONFIG_HARDENING_CUSTOM=y" \
		(m == "kcfi" ? "" : " CONFIG_HARDEN_KCFI=n") \
		(m == "bytes" ? "" : " CONFIG_HARDEN_BYTES=n") \
		(lib == "" ? "" : " CONFIG_" lib "PROFILE_CUSTOM=y") \
		(" CONFIG_" lib "HARDEN_" toupper(m) \
			(which == "on" ? "=y" : "=n")) config[which]
}

# The configuration of an attack on a whole profile.
function lines_of_profile(p) {
	return " CONFIG_EXPERT=y CONFIG_HARDENING_PROFILE_" toupper(p) "=y" \
		config[p == "none" ? "off" : "on"]
}

# one boot for each machine; `what` comes last in its name
function boot(r, what, id, img, kind, rules,	n, i, m, plat, k, own) {
	n = split(machines[r], m, ",")
	for (i = 1; i <= n; i++) {
		if (m[i] !~ /^(microvm|q35|pc|virt|linuxu|xenpvh|xenpv)$/)
			bad("machine " m[i] ": want microvm, q35, pc, virt, " \
				"linuxu, xenpvh or xenpv")
		plat = m[i] ~ /^(linuxu|xen)/ ? m[i] : "kvm"
		own = img
		if (m[i] == "virt") {
			if (!(own "-arm64" in lines_for))
				continue	# of another compiler
			own = own "-arm64"
			virtual(own)
		}
		k = id "/" m[i] what
		printf "job %s\nkind %s\nneeds image/%s%s\nlimit %d\nstatus %d\n",
			k, kind, own, plat ~ /^xen/ ? " step/xen" : "",
			limit[r] + (plat ~ /^xen/ ? 70 : 10), status[r]
		printf "%srun exec support/run/guest -p %s -t %d%s%s%s %s %s\n\n",
			rules, plat, limit[r],
			plat == "kvm" ? " -M " m[i] : "",
			memory[r] == "-" ? "" : " -m " memory[r], extra[r],
			out "/image/" own "/" plat, words(cmdline[r], plat)
	}
}

# The same without the mitigation: whoever attacks must be able to succeed.
function control(r, id,	off) {
	off = (r "off") in machines ? r "off" : r
	survives(off, "/" act[r] "/control", id, id "/control")
}

function survives(off, what, id, img,	was) {
	was = status[off]
	status[off] = 0
	boot(off, what, id, img, "attack", "match ^SURVIVED\n")
	status[off] = was
}

# a process gets its words apart, a machine one line
function words(line, plat,	n, i, w, s) {
	if (line == "")
		return ""
	if (plat != "linuxu")
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
	for (r = 1; r <= runs; r++)
		named(r)
	n = split(compilers == "" ? "gcc clang" : compilers, c, " ")
	first = c[1]
	for (i = 1; i <= n; i++) {
		if (c[i] != "gcc" && c[i] != "clang")
			bad("compiler " c[i] ": want gcc or clang")
		id = name "/" c[i]
		if (mode != "attack")
			boots(id, c[i])
		else if (n_profiles)
			attacks_profiles(id, c[i])
		else
			attacks(id, c[i])
	}
}

function boots(id, compiler,	r) {
	image(id, compiler, "on", config["on"])
	for (r = 1; r <= runs; r++)
		boot(r, runs > 1 ? "/" act[r] : "", id, id, "boot",
			patterns[0] patterns[r])
}

function attacks(id, compiler,	r) {
	image(id "/on", compiler, "on", lines_of("on"))
	image(id "/control", compiler, "off", lines_of("off"))
	for (r = 1; r <= runs; r++)
		boot(r, "/" act[r], id, id "/on", "attack",
			patterns[0] patterns[r] "nomatch ^SURVIVED\n")
	for (r = 1; r <= runs; r++)
		control(r, id)
}

# Against each profile: it dies where the profile claims so, and lives where
# it does not; what is no longer true of either fails.
function attacks_profiles(id, compiler,	r, p, name, held) {
	image(id "/control", compiler, "none", lines_of_profile("none"))
	for (p = 1; p <= n_profiles; p++) {
		name = profile[p + 1]
		image(id "/" name, compiler, name, lines_of_profile(name))
		for (r = 1; r <= runs; r++) {
			held = since[r] == "" || (since[r] != "never" &&
				rank[since[r]] <= p &&
				(only[r] == "" || only[r] == compiler))
			if (held)
				boot(r, "/" act[r] "/" name, id, id "/" name,
					"attack", patterns[0] patterns[r] \
					"nomatch ^SURVIVED\n")
			else
				survives(r, "/" act[r] "/" name "-gap", id,
					id "/" name)
		}
	}
	for (r = 1; r <= runs; r++)
		control(r, id)
}
