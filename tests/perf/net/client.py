# SPDX-License-Identifier: BSD-3-Clause
"""client.py PORT new|keep: requests one after another, each on a connection of
its own or all on one, until the guest goes away."""
import socket
import sys
import time

port, kind = int(sys.argv[1]), sys.argv[2]
request = (b"C" if kind == "new" else b"K") + b"x" * 95 + b"\r\n\r\n"


def read(s, n):
    while n > 0:
        more = s.recv(n)
        if not more:
            raise OSError("closed")
        n -= len(more)


s = None
end = time.monotonic() + 120
answered = False
while time.monotonic() < end:
    try:
        if s is None:
            s = socket.create_connection(("127.0.0.1", port), 20)
            s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        s.sendall(request)
        read(s, 850)
        answered = True
        if kind == "new":
            s.close()
            s = None
    except OSError:
        if s:
            s.close()
        s = None
        if answered:
            break
        time.sleep(0.05)
