# SPDX-License-Identifier: BSD-3-Clause
# What `make run` needs (support/run/app): a certificate and its key, a way in.
# shellcheck shell=sh disable=SC2154 # run, tools: set by support/run/app
files=$run/files
mkdir -p "$files"
[ -e "$files/server.pem" ] || {
	need cert
	sh "$tools/testcert" "$run" localhost 127.0.0.1 || exit
	mv "$run/localhost.pem" "$files/server.pem"
	mv "$run/localhost.key" "$files/server.key"
}
initrd "$files"
echo=$(port 8443)
guest -N "tcp:$echo:443"
say "ask it: (echo hello; sleep 3) | openssl s_client -quiet -no_ign_eof" \
	"-CAfile $files/server.pem -connect localhost:$echo"
