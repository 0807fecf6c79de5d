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
# the image, for the sections .low*, with the program headers in it.
set -eu
border=${BORDER:-4096} low=${LOW:-}
base=$1 entry=$2 align=$3 nm=$4
shift 4

# One line a library for the input sections given as the 2nd word.
parts() {
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
}

tables=$($nm -u "$@" | sed -n 's/.*[ 	]uk_\([a-z0-9]*tab\)_start$/\1/p' |
	sort -u | grep -v -e '^ctortab$' -e '^dtortab$' || :)

cat <<EOF
/* Written by support/build/lds.sh. */
ENTRY($entry)
PHDRS
{
${low:+	low PT_LOAD PHDRS FLAGS(5);}
	text PT_LOAD FLAGS(5);
	rodata PT_LOAD FLAGS(4);
	data PT_LOAD FLAGS(6);
	roinit PT_LOAD FLAGS(6);
	note PT_NOTE FLAGS(4);
	tls PT_TLS FLAGS(4);
	stack PT_GNU_STACK FLAGS(6);
}
SECTIONS
{
	/DISCARD/ : {
		*(.note.GNU-stack) *(.note.gnu.*) *(.comment)
		*(.eh_frame) *(.eh_frame_hdr)
	}
EOF
[ -z "$low" ] || cat <<EOF
	uk_low_headers = $low + 64;
	. = $low + SIZEOF_HEADERS;
	uk_low_headers_end = .;
	.low : { KEEP(*(.low.first)) *(.low) } :low
EOF
cat <<EOF
	. = $base;
	uk_image_start = .;
	uk_image_text_start = .;
	.text : {
		KEEP(*(.text.boot))
EOF
kind=text in='.text .text.*'
parts "$@"
cat <<EOF
	} :text
	. = ALIGN($border);
	uk_image_text_end = .;
	uk_image_rodata_start = .;
	.note : { KEEP(*(.note.Xen)) } :rodata :note
	.rodata : {
EOF
kind=rodata in='.rodata .rodata.* .lrodata .lrodata.*'
parts "$@"
cat <<EOF
	} :rodata
	.uk_tables : ALIGN(16) {
EOF
for t in $tables; do
	echo "		. = ALIGN(16);"
	echo "		uk_${t}_start = .;"
	echo "		KEEP(*(SORT_BY_NAME(.uk_$t) SORT_BY_NAME(.uk_$t.*)))"
	echo "		uk_${t}_end = .;"
done
cat <<EOF
		. = ALIGN(16);
		uk_ctortab_start = .;
		KEEP(*(SORT_BY_INIT_PRIORITY(.init_array.*) .init_array .ctors))
		uk_ctortab_end = .;
		uk_dtortab_start = .;
		KEEP(*(.fini_array .dtors))
		KEEP(*(SORT_BY_INIT_PRIORITY(.fini_array.*)))
		uk_dtortab_end = .;
	} :rodata
	/* Moves the place even if .tdata is empty and dropped. */
	. = ALIGN(16);
	.tdata : ALIGN(16) {
		uk_tls_start = .;
		*(.tdata .tdata.*)
		uk_tls_data_end = .;
	} :rodata :tls
	.tbss : { *(.tbss .tbss.*) } :rodata :tls
	/* UK_TLS_ALIGN of <uk/image.h> */
	ASSERT(ALIGNOF(.tdata) <= 16 && ALIGNOF(.tbss) <= 16,
	       "thread-local data is aligned to 16 bytes at most")
	uk_tls_end = uk_tls_start + SIZEOF(.tdata) +
		(SIZEOF(.tbss) ? ADDR(.tbss) + SIZEOF(.tbss) -
		 ADDR(.tdata) - SIZEOF(.tdata) : 0);
	. = ALIGN($border);
	uk_image_rodata_end = .;
	uk_image_data_start = .;
	.data : {
EOF
kind=data in='.data .data.* .ldata .ldata.*'
parts "$@"
cat <<EOF
	} :data
	. = ALIGN($border);
	uk_image_data_end = .;
	uk_image_roinit_start = .;
	.roinit : { *(.roinit) } :roinit
	/* From here on nothing is in the file. */
	. = ALIGN(256);
	uk_image_zero_start = .;
	.roinit.bss : { *(.bss.roinit) } :roinit
	. = ALIGN($border);
	uk_image_roinit_end = .;
	uk_image_bss_start = .;
	.bss : {
EOF
kind=bss in='.bss .bss.* COMMON .lbss .lbss.*'
parts "$@"
cat <<EOF
	} :roinit
	. = ALIGN(4096);
	uk_image_bss_end = .;
	uk_image_end = .;
	.note.redoubt 0 : { KEEP(*(.note.redoubt)) } :NONE
}
EOF
