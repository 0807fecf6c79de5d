# SPDX-License-Identifier: BSD-3-Clause
# The layers of DESIGN.md. A room may include public headers of itself and of
# the rooms listed here; a library only its own private ones.
BEGIN {
	may["arch"] = ""
	may["core"] = "arch"
	may["hardening"] = "arch core"
	may["alloc"] = "core hardening"
	may["sched"] = "arch core hardening alloc"
	may["plat"] = "arch core"
	may["libs"] = "core hardening alloc sched"
	may["apps"] = "core alloc sched libs"
	# Guests that test what is below them, and attacks on it, may look there.
	may["tests"] = "arch core hardening alloc sched libs"
	n = split("stdarg stdbool stddef stdint limits stdalign stdnoreturn float " \
		"iso646 stdatomic immintrin x86intrin cpuid", w, " ")
	for (i = 1; i <= n; i++)
		compiler[w[i] ".h"] = 1
}

function room(path,	p) {
	split(path, p, "/")
	return path ~ /\/attack[^\/]*\// ? "tests" : p[1]
}

# Folder of the library that a file belongs to; arch/<cpu>, libs/<name> ...
function lib(path,	p) {
	split(path, p, "/")
	return p[1] "/" p[2] (p[1] == "tests" ? "/" p[3] : "")
}

function allowed(from, to) {
	return from == to || index(" " may[from] " ", " " to " ")
}

function complain(where, why) {
	print where ": " why
	bad++
}

$1 == "HEADER" {
	name = $2
	sub(/^.*\/include\//, "", name)
	owners[name] = owners[name] " " $2
	next
}
$1 == "INCLUDE" { where[++n_inc] = $2; what[n_inc] = $3; next }
$1 == "MAKE" {
	f = $2
	sub(/:.*/, "", f)
	if (match($0, /addlib(_s)?,[ \t]*[a-z0-9_-]+/)) {
		name = substr($0, RSTART, RLENGTH)
		sub(/.*,[ \t]*/, "", name)
		folder[name] = lib(f)
	}
	if ($0 ~ /_DEPENDS(-[^ ]*)?[ \t]*[:+]?=/) {
		rest = $0
		sub(/^[^=]*=/, "", rest)
		depends[++n_dep] = rest
		dep_where[n_dep] = $2
	}
}

function check_include(w, h,	f, o, k, i, ok, seen) {
	f = w
	sub(/:.*/, "", f)
	if (h ~ /^"/) {
		h = substr(h, 2)
		if (h ~ /^\//)
			complain(w, "absolute path in an #include: " h)
		else if (h ~ /\.\.\// && lib(resolve(f, h)) != lib(f))
			complain(w, lib(f) " reaches into " \
				lib(resolve(f, h)) " for the private header " h)
		return
	}
	h = substr(h, 2)
	if (h == "uk/config.h" || h in compiler && !(h in owners))
		return
	if (!(h in owners)) {
		if (room(f) !~ /^(apps|libs|tests)$/)
			complain(w, "no library has the public header <" h ">")
		return
	}
	k = split(owners[h], o, " ")
	for (i = 1; i <= k; i++) {
		seen = seen " " room(o[i])
		if (allowed(room(f), room(o[i])) && \
		    (room(f) != "plat" || room(o[i]) != "plat" || \
		     lib(f) == lib(o[i])))
			ok = 1
		if (f ~ /\/include\//)
			edge[f] = edge[f] " " o[i]
	}
	if (!ok && !(h in compiler))
		complain(w, room(f) " may not include <" h "> of" seen \
			" (may: " (may[room(f)] ? may[room(f)] : "nothing") ")")
}

function resolve(f, h,	p, n, q, i, m, r) {
	sub(/[^\/]*$/, "", f)
	n = split(f h, p, "/")
	for (i = 1; i <= n; i++) {
		if (p[i] == "..")
			m--
		else if (p[i] != "." && p[i] != "")
			q[++m] = p[i]
	}
	for (i = 1; i <= m; i++)
		r = r (i > 1 ? "/" : "") q[i]
	return r
}

function check_depends(w, names,	f, d, k, i) {
	f = w
	sub(/:.*/, "", f)
	k = split(names, d, /[ \t]+/)
	for (i = 1; i <= k; i++) {
		if (d[i] ~ /^#/)
			return
		if (d[i] in folder && !allowed(room(f), room(folder[d[i]])))
			complain(w, lib(f) " may not depend on " d[i] \
				" of " room(folder[d[i]]))
	}
}

# colour: 1 = on the way down, 2 = done
function visit(h, trail,	e, k, i) {
	if (colour[h] == 1) {
		sub(".*" h " -> ", h " -> ", trail)
		complain(h, "include cycle: " trail h)
		return
	}
	if (colour[h])
		return
	colour[h] = 1
	k = split(edge[h], e, " ")
	for (i = 1; i <= k; i++)
		if (e[i] != h)
			visit(e[i], trail h " -> ")
		else
			complain(h, "includes itself")
	colour[h] = 2
}

END {
	for (i = 1; i <= n_inc; i++)
		check_include(where[i], what[i])
	for (i = 1; i <= n_dep; i++)
		check_depends(dep_where[i], depends[i])
	for (h in edge)
		visit(h, "")
	printf "%d includes, %d declarations: %d wrong\n", n_inc, n_dep, bad
	exit bad > 0
}
