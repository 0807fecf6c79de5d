#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 300
# The proofs of the hardening report, held against objects compiled by hand:
# what is there must be seen, what is missing must be missed, with both
# compilers; and a report on an image that lies must say so.
set -u
root=$(cd "$(dirname "$0")/../../.." && pwd)
here=$root/tests/build/report
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0 nr=0
image=fixture_kvm-x86_64

ok() { # ok CONDITION-STATUS TEXT
	nr=$((nr + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $nr - $2"
	else
		echo "not ok $nr - $2"
		failed=1
	fi
}

compile() { # compile COMPILER OUTPUT SOURCE PREFIX FLAGS...
	cc=$1 out=$2 src=$3 prefix=$4
	shift 4
	$cc -std=gnu17 -ffreestanding -fno-omit-frame-pointer -O2 -g \
		-fno-optimize-sibling-calls -ffunction-sections \
		-fdata-sections -fno-pic -mcmodel=small -mno-red-zone \
		-fcf-protection=none -mgeneral-regs-only -fno-stack-protector \
		-fno-asynchronous-unwind-tables -w -DPREFIX="$prefix" \
		"$@" -I"$root/core/base/include" -c "$here/$src" -o "$out" ||
		exit 1
}

link() { # link LIBRARY.o...: the image and its twin, by the build's script
	sh "$root/support/build/lds.sh" 0x100000 _start 16 nm "$@" \
		>"$dir/lds" &&
	$ld -nostdlib -static -z noexecstack -z max-page-size=4096 \
		-T "$dir/lds" -o "$dir/$image.dbg" "$@" &&
	objcopy --strip-all "$dir/$image.dbg" "$dir/$image" || exit 1
}

# says LINE...: what the note of the image shall say
says() {
	printf '%s\n' "profile=custom" "plat kvm: librest" "$@" >"$dir/note"
}

report() {
	/usr/bin/python3 "$root/support/report/report.py" --note "$dir/note" \
		--json "$dir/hardening.json" "$@" "$dir/$image"
}

verdicts() {
	report >"$dir/text" 2>"$dir/err" || { cat "$dir/err"; return; }
	/usr/bin/python3 "$here/verdicts.py" "$dir/hardening.json" "$image" "$1"
}

flags() { # flags COMPILER MITIGATION: from the mitigation's own flags.mk
	printf 'include %s/hardening/%s/flags.mk\nall:; @echo $(HARDEN_%s_CFLAGS) $(HARDEN_%s_CFLAGS_%s) $(HARDEN_%s_CFLAGS_%s_x86_64)\n' \
		"$root" "$2" "$3" "$3" "${1%%-*}" "$3" "${1%%-*}" |
		make -s -f - UK_ROOT="$root" all
}

for cc in gcc clang-19; do
	# lld fills gaps in code with traps, ld with nothing.
	ld=ld
	[ $cc = gcc ] || ld=ld.lld-19
	command -v $cc >/dev/null || { echo "no $cc here"; exit 77; }
	compile $cc "$dir/librest.o" rest.c x_
	compile $cc "$dir/libwithout.o" fixture.c without_
	# What GCC has no flag for
	more=
	[ $cc = gcc ] || more="kcfi flex-arrays"
	for m in $more ssp ssp-all zero-init stack-clash zero-regs bounds \
		retpoline fortify overflow shadow-stack sls
	do
		up=$(echo "$m" | tr a-z- A-Z_)
		f=$(flags $cc "$m" "$up")
		# It adds to what another does.
		[ $m != flex-arrays ] || f="$(flags $cc bounds BOUNDS) $f"
		[ -n "$f" ] || { ok 1 "$cc $m: has flags"; continue; }
		compile $cc "$dir/libwith.o" fixture.c with_ $f
		compile $cc "$dir/libnothing.o" nothing.c x_ $f
		link "$dir/libwith.o" "$dir/libwithout.o" "$dir/libnothing.o" \
			"$dir/librest.o"
		says "claim $m: libwith libwithout libnothing"
		got=$(verdicts "$m")
		case " $got " in
		*" libwith=yes "*) ok 0 "$cc $m: seen where it is" ;;
		*) ok 1 "$cc $m: seen where it is ($got)"
		   grep "libwith/" "$dir/text" ;;
		esac
		case " $got " in
		*" libwithout=no "*) ok 0 "$cc $m: missed where it is not" ;;
		*) ok 1 "$cc $m: missed where it is not ($got)" ;;
		esac
		want=n/a
		case $m in ssp-all | sls | shadow-stack) want=yes ;; esac
		case " $got " in
		*" libnothing=$want "*) ok 0 "$cc $m: nothing to do is $want" ;;
		*) ok 1 "$cc $m: nothing to do is $want ($got)" ;;
		esac
		# The difference is in the code, not in what is claimed.
		says
		got=$(verdicts "$m")
		case " $got " in
		*" libwith=+ libwithout=- "*) ok 0 "$cc $m: unclaimed" ;;
		*) ok 1 "$cc $m: unclaimed ($got)" ;;
		esac
	done
done

# An exemption is shown with its reason, and is no failure.
says "exempt libwithout sls written in ink"
got=$(verdicts sls)
grep -q 'exempt *libwithout/sls: written in ink' "$dir/text"
ok $? "an exemption comes with its reason"
case " $got " in *" libwithout=exempt "*) ok 0 "it counts as exempt" ;;
*) ok 1 "it counts as exempt ($got)" ;; esac

# An exception covers what it names and nothing else.
says "claim stack-clash: libwithout" \
	"except libwithout stack-clash without_frame_of_many_pages : big"
verdicts stack-clash >/dev/null
grep -q 'NO .*without_frame_of_some_pages' "$dir/text" &&
	! grep -q 'NO .*without_frame_of_many_pages' "$dir/text"
ok $? "an exception covers what it names and nothing else"

# The page: well-formed, nothing from elsewhere, every cell as in the JSON.
compile $cc "$dir/libnothing.o" nothing.c x_ -mharden-sls=all
link "$dir/libwith.o" "$dir/libwithout.o" "$dir/libnothing.o" "$dir/librest.o"
says "claim $m: libwithout" "claim bounds sls: libnothing" \
	"exempt librest sls written in <ink> & \"blood\"" "taint=A B" \
	"gap kcfi this compiler has none" \
	"port librest 00ff f.tar.gz <none>" "unchecked libwith"
report --html "$dir/page.html" --svg "$dir/page.svg" >"$dir/text"
/usr/bin/python3 "$here/page.py" "$dir/page.html" "$dir/page.svg" \
	"$dir/hardening.json"
ok $? "page and picture are well-formed and say what the JSON says"

# hardening-check: the first unproved claim, by name, and status 1.
says "claim ssp: libwithout"
report --check baseline >"$dir/text"
[ $? -eq 1 ] && grep -qE 'library libwithout claims ssp, which is not proved: without_[a-z_]+\(\) no canary' "$dir/text"
ok $? "the check ends with 1 and names library, mitigation and function"
report --check nosuch >/dev/null 2>&1
[ $? -eq 2 ]
ok $? "a profile that is not there is refused"

ld=ld
link "$dir"/lib*.o

# What only some platforms do is looked for there: here it is missing.
says "image=cpu wx null"
got=$(verdicts cpu)
[ "$got" = image=no ]
ok $? "a mitigation of this platform that is not there ($got)"

# What moves is read from the relocations and the code.
moves() { # moves VERDICT TEXT FLAGS...
	want=$1 text=$2
	shift 2
	compile gcc "$dir/moves.o" moves.c x_ -fpie "$@"
	compile gcc "$dir/moverest.o" rest.c x_ -fpie
	PIE=1 sh "$root/support/build/lds.sh" 0x100000 _start 16 nm \
		"$dir/moves.o" "$dir/moverest.o" >"$dir/lds.moves" &&
	ld -nostdlib -static -pie --no-dynamic-linker -z noexecstack \
		-z pack-relative-relocs -z max-page-size=4096 \
		-T "$dir/lds.moves" -o "$dir/$image.dbg" "$dir/moves.o" \
		"$dir/moverest.o" &&
	objcopy --strip-all "$dir/$image.dbg" "$dir/$image" || exit 1
	says "image=aslr"
	got=$(verdicts aslr)
	[ "$got" = "image=$want" ]
	ok $? "$text ($got)"
}
moves yes "relocations in order are seen as such"
moves no "an address in an instruction is seen" -DABSOLUTE
moves no "an address among constants is seen" -DCONSTANT
link "$dir"/lib*.o
got=$(verdicts aslr)
[ "$got" = image=no ]
ok $? "an image that cannot move is seen ($got)"
says "image=cpu wx null"

# W^X is read from the segments.
got=$(verdicts wx)
[ "$got" = image=yes ]
ok $? "segments in order are seen as such ($got)"
compile gcc "$dir/libukhook.o" hook.c x_
link "$dir"/lib*.o
got=$(verdicts wx)
[ "$got" = image=no ] && grep -q 'hook can be written' "$dir/text"
ok $? "a pointer to a function that stays writable is seen ($got)"
rm "$dir/libukhook.o"
link "$dir"/lib*.o
sed 's/data PT_LOAD FLAGS(6)/data PT_LOAD FLAGS(7)/' "$dir/lds" >"$dir/lds.wx"
ld -nostdlib -static -z noexecstack -z max-page-size=4096 -T "$dir/lds.wx" \
	-o "$dir/$image.dbg" "$dir"/lib*.o 2>/dev/null &&
	objcopy --strip-all "$dir/$image.dbg" "$dir/$image"
got=$(verdicts wx)
[ "$got" = image=no ]
ok $? "a segment writable and executable is seen ($got)"
sed 's/^	\. = 0x100000;/	. = 0x1000;/' "$dir/lds" >"$dir/lds.low"
ld -nostdlib -static -z noexecstack -z max-page-size=4096 -T "$dir/lds.low" \
	-o "$dir/$image.dbg" "$dir"/lib*.o &&
	objcopy --strip-all "$dir/$image.dbg" "$dir/$image"
got=$(verdicts null)
[ "$got" = image=no ]
ok $? "a segment in low memory is seen ($got)"

# Code that no library answers for is told of.
link "$dir/libwith.o" "$dir/librest.o"
grep -v 'uk_libwith_text' "$dir/lds" >"$dir/lds.stray"
ld -nostdlib -static -z noexecstack -z max-page-size=4096 -T "$dir/lds.stray" \
	-o "$dir/$image.dbg" "$dir/libwith.o" "$dir/librest.o" &&
	objcopy --strip-all "$dir/$image.dbg" "$dir/$image"
report >"$dir/text"
tr -d '\n' <"$dir/text" | grep -q 'NO .*belong to no library.*with_'
ok $? "functions of no library are told of"

# A twin of another image proves nothing.
link "$dir/libwith.o" "$dir/librest.o"
cp "$dir/$image" "$dir/other"
link "$dir/libwithout.o" "$dir/librest.o"
cp "$dir/other" "$dir/$image"
report >/dev/null 2>"$dir/err"
[ $? -eq 2 ] && grep -q 'same bytes' "$dir/err"
ok $? "an image that is not its twin's is refused"

echo "1..$nr"
exit $failed
