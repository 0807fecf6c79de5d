# SPDX-License-Identifier: BSD-3-Clause
# What `make run` needs (support/run/app): a certificate and its key, proxy.conf,
# and something behind the proxy. What is there already stays: the owner's own.
# shellcheck shell=sh disable=SC2154 # run, app, tools: set by support/run/app
files=$run/files
mkdir -p "$files"
[ -e "$files/server.pem" ] || {
	need cert
	sh "$tools/testcert" "$run" localhost 127.0.0.1 || exit
	mv "$run/localhost.pem" "$files/server.pem"
	mv "$run/localhost.key" "$files/server.key"
}
[ -e "$files/proxy.conf" ] || cat >"$files/proxy.conf" <<'END'
# What the proxy does: apps/tls-proxy/README.md
listen 443
control 8443
alpn http/1.1
server default server.pem server.key 10.0.2.100:80
END
initrd "$files"
https=$(port 8443)
control=$(port $((https + 1)))
guest -N "tcp:$https:443" -N "tcp:$control:8443" \
	-N "cmd:10.0.2.100:80:sh '$app/answer.sh'"
say "the proxy's files, yours to change: $files"
say "ask it:  curl --cacert $files/server.pem https://localhost:$https/"
say "stop it: echo stop | curl -s telnet://127.0.0.1:$control"
