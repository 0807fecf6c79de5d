#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# lds.sh BASE ENTRY ALIGN NM LIB.o...: write the linker script of an image.
# Each library's text, rodata, data and bss stand together, in the order of the
# arguments; ALIGN is the alignment of each library's part: 16, or 4096 where a
# profile asks for rights by library, or 0 where libraries have no parts of
# their own because the linker compiles them as one. Every undefined
# uk_<x>tab_start names a table: the sections .uk_<x>tab* are gathered for it,
# sorted by name.
#
# From the environment: BORDER, the alignment where rights change (4096; less
# where nothing depends on them); LOW, the address of one more segment below
# the image, with the program headers, .low.first behind them, .low 1 KiB from
# its start, and .low.bss; TABLES, where that has .low.bss only; PIE=1: the image moves, and constants that hold
# addresses are apart from the others; SPARE, one part in how many is added to
# what moves when the image is relinked; SHUFFLE=1: room for the image's kit,
# see shuffle.sh, and to work in.
set -eu
shuffle=${SHUFFLE:-}
tables_at=${TABLES:-}
border=${BORDER:-4096} low=${LOW:-} pie=${PIE:-} spare=${SPARE:-}
base=$1 entry=$2 align=$3 nm=$4
shift 4

# What a here-document would, without a process for it.
say() {
	printf '%s\n' "$1"
}

# One line a library for the input sections given as the 2nd word.
parts() {
	[ -z "$spare" ] || echo "		uk_spare_$kind = .;"
	[ "$align" -gt 0 ] || set --
	for lib; do
		name=${lib##*/}
		name=${name%.o}
		echo "		. = ALIGN($align);"
		echo "		uk_${name}_${kind}_start = .;"
		echo "		*/$name.o($in)"
		echo "		. = ALIGN($align);"
		echo "		uk_${name}_${kind}_end = .;"
	done
	echo "		*($in)"
	# What a new order loses to alignment, and gaps.
	[ -z "$spare" ] || echo "		. = ALIGN(16) + $room + \
			(. - uk_spare_$kind) / $spare;"
}
room=512

# The segment of data, behind the constants.
data() {
	say "	. = ALIGN($border);
	uk_image_rodata_end = .;
	uk_image_data_start = .;
	.data : {"
	# All of .data.* but .data.rel.ro and .data.rel.ro.*
	kind=data in='.data .data.[!r]* .data.r .data.r[!e]* .data.re'
	in="$in .data.re[!l]* .data.rel .data.rel[!.]* .data.rel.[!r]*"
	in="$in .data.rel.r .data.rel.r[!o]* .data.rel.ro[!.]* .ldata .ldata.*"
	parts "$@"
	say "	} :data
	. = ALIGN($border);
	uk_image_data_end = .;"
}

# What moves the others stays, in front of them.
first=
for lib; do
	shift
	case $lib in
	*/libharden_shuffle.o) first=$lib ;;
	*) set -- "$@" "$lib" ;;
	esac
done
[ -z "$first" ] || set -- "$first" "$@"

tables=$($nm -u "$@" | sed -n 's/.*[ 	]uk_\([a-z0-9]*tab\)_start$/\1/p' |
	sort -u | grep -v -e '^ctortab$' -e '^dtortab$' || :)

say "/* Written by support/build/lds.sh. */
ENTRY($entry)
PHDRS
{
${low:+	low PT_LOAD PHDRS FLAGS(5);}
${tables_at:+	low PT_LOAD FLAGS(6);}
	text PT_LOAD FLAGS(5);
	rodata PT_LOAD FLAGS(4);
	data PT_LOAD FLAGS(6);
	roinit PT_LOAD FLAGS(6);
${shuffle:+	kit PT_LOAD FLAGS(4);}
	note PT_NOTE FLAGS(4);
	tls PT_TLS FLAGS(4);
	stack PT_GNU_STACK FLAGS(6);
}
SECTIONS
{
	/DISCARD/ : {
		*(.note.GNU-stack) *(.note.gnu.*) *(.comment)
		*(.eh_frame) *(.eh_frame_hdr) *(.kcfi_traps)
		*(.interp .dynamic .dynsym .dynstr .hash .gnu.hash)
	}"
[ -z "$low" ] || say "	. = $low + SIZEOF_HEADERS;
	.low.first : { KEEP(*(.low.first)) } :low
	. = $low + 0x400;
	.low : { KEEP(*(.low)) } :low
	.low.bss (NOLOAD) : ALIGN(4096) { KEEP(*(.low.bss)) } :low"
[ -z "$tables_at" ] || say "	. = $tables_at;
	.low.bss (NOLOAD) : { KEEP(*(.low.bss)) } :low"
say "	. = $base;
	uk_image_start = .;
	uk_image_text_start = .;
	.text : {
		KEEP(*(.text.boot))"
kind=text in='.text .text.*'
# Each library on pages of its own, and one that is not mapped between.
[ -z "$shuffle" ] || room=$((room + 8192 * $#))
parts "$@"
room=512
say "	} :text
	. = ALIGN($border);
	uk_image_text_end = .;
	uk_image_rodata_start = .;
	.note : { KEEP(*(.note.Xen)) } :rodata :note
	.rodata : {"
kind=rodata in='.rodata .rodata.* .lrodata .lrodata.*'
parts "$@"
say "	} :rodata"
# Constants that relocation changes lie with what is read-only after init: a
# border of their own would cost a page. Where nothing moves they are constants
# like all others.
relro=rodata
[ -z "$pie" ] || relro=roinit
[ -z "$pie" ] || say "	.relr.dyn : { *(.relr.dyn) ${spare:+. = . + 1024;} } :rodata
	.rela.dyn : { *(.rela.dyn) *(.rela.*) } :rodata
	uk_image_relr_start = ADDR(.relr.dyn);
	uk_image_relr_end = ADDR(.relr.dyn) + SIZEOF(.relr.dyn);"
[ -z "$pie" ] || data "$@"
[ -z "$pie" ] || say "	uk_image_roinit_start = .;
	uk_image_relro_start = .;
	.relro : {"
kind=relro in='.data.rel.ro .data.rel.ro.*'
[ -z "$pie" ] || parts "$@"
[ -z "$pie" ] || say "	} :roinit
	.got : { *(.got .got.plt) } :roinit"
say "	.uk_tables : ALIGN(16) {"
for t in $tables; do
	echo "		. = ALIGN(16);"
	echo "		uk_${t}_start = .;"
	echo "		KEEP(*(SORT_BY_NAME(.uk_$t) SORT_BY_NAME(.uk_$t.*)))"
	echo "		uk_${t}_end = .;"
done
say "		. = ALIGN(16);
		uk_ctortab_start = .;
		KEEP(*(SORT_BY_INIT_PRIORITY(.init_array.*) .init_array .ctors))
		uk_ctortab_end = .;
		uk_dtortab_start = .;
		KEEP(*(SORT_BY_INIT_PRIORITY(.fini_array.*)))
		KEEP(*(.fini_array .dtors))
		uk_dtortab_end = .;
	} :$relro
	/* Moves the place even if .tdata is empty and dropped. */
	. = ALIGN(16);
	.tdata : ALIGN(16) {
		uk_tls_start = .;
		*(.tdata .tdata.*)
		uk_tls_data_end = .;
	} :$relro :tls
	.tbss : { *(.tbss .tbss.*) } :$relro :tls
	/* UK_TLS_ALIGN of <uk/image.h> */
	ASSERT(ALIGNOF(.tdata) <= 16 && ALIGNOF(.tbss) <= 16,
	       \"thread-local data is aligned to 16 bytes at most\")
	uk_tls_end = uk_tls_start + SIZEOF(.tdata) +
		(SIZEOF(.tbss) ? ADDR(.tbss) + SIZEOF(.tbss) -
		 ADDR(.tdata) - SIZEOF(.tdata) : 0);"
[ -z "$pie" ] || echo "	uk_image_relro_end = .;"
[ -n "$pie" ] || data "$@"
[ -n "$pie" ] || say "	uk_image_roinit_start = .;
	uk_image_relro_start = .;
	uk_image_relro_end = .;"
say "	.roinit : { *(.roinit) ${spare:+. = . + 64;} } :roinit
	/* From here on nothing is in the file. */
	. = ALIGN(256);
	uk_image_zero_start = .;
	.roinit.bss : { *(.bss.roinit) ${spare:+. = . + 64;} } :roinit
	. = ALIGN($border);
	uk_image_roinit_end = .;
	uk_image_bss_start = .;
	.bss : {"
room=8192	# pages among them
kind=bss in='.bss .bss.* COMMON .lbss .lbss.*'
parts "$@"
say "	} :roinit
	. = ALIGN(4096);
	uk_image_bss_end = .;"
# Page tables for the image at its random place, where it is too large for
# those below it (plat/common/entry.S): one for each 2 MiB and one more.
[ -z "$pie" ] || say "	uk_image_tables_start = .;
	. = . + (. - uk_image_start > 0x1ff000 ?
		 (((. - uk_image_start) >> 21) + 2) << 12 : 0);
	uk_image_tables_end = .;"
[ -z "$shuffle" ] || say "	. = ALIGN(4096);
	.kit : {
		uk_shuffle_kit = .;
		QUAD(0)
		/* kit */
		. = ALIGN(16);
	} :kit
	/* As much as is in the file, thrice the kit, and two pages of stack. */
	.kit.room (NOLOAD) : {
		uk_shuffle_room = .;
		. = . + 8192 + 3 * SIZEOF(.kit) + SIZEOF(.text) +
			SIZEOF(.rodata) + SIZEOF(.relro) + SIZEOF(.data) +
			SIZEOF(.uk_tables) + SIZEOF(.roinit) + 8 * 4096;
		. = ALIGN(4096);
		uk_shuffle_room_end = .;
		uk_shuffle_stack_end = .;
	} :kit"
say "	uk_image_end = .;
	uk_image_size = uk_image_end - uk_image_start;
	.note.redoubt 0 : { KEEP(*(.note.redoubt)) } :NONE
	.redoubt.sources 0 : { KEEP(*(.redoubt.sources)) } :NONE
}"
