#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# note.sh BUILD VERSION COMPILER: the image's note as assembly. Name "Redoubt",
# type 1, text: version, compiler, profile, taint and the minimal configuration
# that builds the image again. Not loaded into memory.
set -eu
build=$1 version=$2 compiler=$3
val() {
	sed -n "s/^CONFIG_$1=//p" "$build/kconfig/auto.conf" | tr -d '"'
}
cat <<EOF
	.section .note.redoubt, "", %note
	.balign 4
	.long 8, 2f - 1f, 1
	.asciz "Redoubt"
1:	.ascii "version=$version\\n"
	.ascii "compiler=$compiler\\n"
	.ascii "app=$(val UK_APP)\\n"
	.ascii "profile=$(val HARDENING_PROFILE)\\n"
	.ascii "taint=$(val UK_TAINT)\\n"
EOF
sed 's/[\\"]/\\&/g; s/.*/	.ascii "&\\n"/' "$build/kconfig/minimal.config"
cat <<EOF
2:	.balign 4
	.section .note.GNU-stack, "", %progbits
EOF
