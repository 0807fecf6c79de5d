# SPDX-License-Identifier: BSD-3-Clause
"""client.py PORT MARK new|keep: a mark, NUMBER requests, a mark; after some to
get warm."""
import socket
import sys
import time

port, mark, kind = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
WARM, NUMBER, BODY = 200, 2000, 612
REQUEST = (b"GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench\r\n"
           b"Accept: */*\r\n" +
           (b"Connection: close\r\n" if kind == "new" else b"") + b"\r\n")


def connect(to):
    end = time.monotonic() + 30
    while True:
        try:
            s = socket.create_connection(("127.0.0.1", to), 20)
            s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return s
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def answer(s):
    data = b""
    while b"\r\n\r\n" not in data:
        more = s.recv(4096)
        if not more:
            return False
        data += more
    head, body = data.split(b"\r\n\r\n", 1)
    assert head.startswith(b"HTTP/1.1 200 "), head
    while len(body) < BODY:
        body += s.recv(4096)
    return True


def requests(n, s):
    for _ in range(n):
        while True:
            s = s or connect(port)
            try:
                s.sendall(REQUEST)
                if answer(s):
                    break
            except ConnectionError:
                pass            # the guest is not up yet
            s = None
            time.sleep(0.05)
        if kind == "new":
            s.close()
            s = None
    return s


s = requests(WARM, None)
connect(mark).close()
s = requests(NUMBER, s)
connect(mark).close()
