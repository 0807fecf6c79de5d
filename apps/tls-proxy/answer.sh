#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# The upstream that `make run` shows: one request of HTTP on standard input, one
# answer on standard output. QEMU starts it for each connection of the proxy.
IFS= read -r asked
while IFS= read -r line && [ "${line%?}" ]; do :; done
text="Hello from behind the proxy. It was asked: ${asked%?}"
printf 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n'
printf 'Content-Length: %d\r\nConnection: close\r\n\r\n%s\n' \
	$((${#text} + 1)) "$text"
