#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limits and meaning: README.md, `mixed`
. tests/perf/lib.sh

in_app() {
	make -C "$PWD" A="$PWD/tests/perf/mixed/app" O="$W/o-$compiler" \
		C="$W/o-$compiler/.config" CCACHE="$(command -v ccache || :)" \
		$llvm "$@" >"$W/make.out" 2>&1 || {
		tail -n 20 "$W/make.out" >&2
		return 1
	}
}
# insns LINE...: instructions of the program's work, built with these lines
insns() {
	cp tests/perf/mixed/app/defconfig "$W/config"
	printf '%s\n' CONFIG_HARDENING_GAPS=y CONFIG_EXPERT=y "$@" >>"$W/config"
	in_app defconfig UK_DEFCONFIG="$W/config"
	in_app all
	INSN_FROM=main INSN_TO=work_done sh tests/perf/insn.sh "$W" \
		"$W/o-$compiler/app_kvm-x86_64" microvm | cut -d' ' -f1
	grep '^check ' "$W/insn.log" >>"$W/checks"
}
# Without those of other CPUs.
members() {
	for m in $(grep -v '^#' "hardening/profiles/$1.list"); do
		grep -q '_CPU := arm64$' "hardening/$m/flags.mk" ||
			echo "$m"
	done
}
option() {
	echo "CONFIG_HARDEN_$(echo "$1" | tr a-z- A-Z_)=$2"
}
# percent N OF
percent() {
	awk -v n="$1" -v of="$2" 'BEGIN { printf "%.2f", 100 * (n / of - 1) }'
}
# alone MITIGATION: nothing but this one (and what it needs) on top of none
alone() {
	set -- "$1" CONFIG_HARDENING_CUSTOM=y
	for m in $(members standard); do
		[ "$m" = "$1" ] || set -- "$@" "$(option "$m" n)"
	done
	one=$1
	shift
	for m in $(sed -n "s/^HARDEN_.*_NEEDS := //p" "hardening/$one/flags.mk"); do
		set -- "$@" "$(option "$m" y)"
	done
	insns "$@" "$(option "$one" y)"
}

for compiler in clang gcc; do
	llvm=
	[ $compiler = gcc ] || llvm=LLVM=1
	p=mixed.%s.kvm-x86_64.$compiler
	none=$(insns CONFIG_HARDENING_PROFILE_NONE=y)
	figure mixed.none.kvm-x86_64.$compiler.insns insns min - "$none"
	for profile in baseline standard strict; do
		n=$(insns "CONFIG_HARDENING_PROFILE_$(option $profile y |
			sed 's/CONFIG_HARDEN_//')")
		# shellcheck disable=SC2059 # the profile goes into the name
		figure "$(printf $p $profile).over_none" % min \
			"$([ $profile$compiler = strictclang ] && echo 10 ||
				echo -)" "$(percent "$n" "$none")"
	done
	[ $compiler = clang ] || continue
	# What each one costs by itself, for the reasons in the lists.
	for one in ${BENCH_ALONE:-$(members strict)}; do
		figure mixed.$one.kvm-x86_64.$compiler.over_none % min - \
			"$(percent "$(alone "$one")" "$none")"
	done
done
[ "$(sort -u "$W/checks" | wc -l)" -eq 1 ] || {
	echo "mixed: builds do not work out the same" >&2
	exit 1
}
