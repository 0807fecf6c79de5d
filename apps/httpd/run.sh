# SPDX-License-Identifier: BSD-3-Clause
# What `make run` needs (support/run/app): files to serve.
# shellcheck shell=sh disable=SC2154 # run: set by support/run/app
files=$run/files
mkdir -p "$files"
[ -e "$files/index.html" ] ||
	echo '<!doctype html><title>Redoubt</title><p>It works.' \
		>"$files/index.html"
initrd "$files"
http=$(port 8080)
guest -N "tcp:$http:80"
say "its files, yours to change: $files"
say "ask it: curl http://127.0.0.1:$http/"
