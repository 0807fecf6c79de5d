#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 60
# config-trace: each symbol, its value, who set it, and where.
. tests/build/lib.sh

app helloworld
cat >>"$APP/Config.uk" <<'END'

config APPHELLOWORLD_CHOSEN
	bool
END
sed -i 's/select LIBNOLIBC.*/&\n\tselect APPHELLOWORLD_CHOSEN/' "$APP/Config.uk"
printf '%s\n' 'CONFIG_PLAT_KVM=y' '# CONFIG_APPHELLOWORLD_PRINTARGS is not set' \
	>"$APP/defconfig"
must defconfig UK_DEFCONFIG="$APP/defconfig $BARE"
must config-trace
n=$(grep -c '^CONFIG_' "$W/out")
[ "$n" -gt 100 ] || fail "only $n symbols"
said '^CONFIG_APPHELLOWORLD_PRINTARGS +n +user +.*:[0-9]+$'
said '^CONFIG_APPHELLOWORLD_CHOSEN +y +select by APPHELLOWORLD_DEPENDENCIES +.*Config.uk:[0-9]+$'
said '^CONFIG_UK_NAME +helloworld +default +support/build/Config.uk:[0-9]+$'
said '^CONFIG_HARDENING_PROFILE_STANDARD +y '
must config-trace SYMBOL=CONFIG_UK_NAME
[ "$(grep -c '^CONFIG_' "$W/out")" -eq 1 ] || fail "SYMBOL= does not select one"
verdict
