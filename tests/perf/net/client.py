# SPDX-License-Identifier: BSD-3-Clause
"""client.py PORT new|keep: requests one after another, each on a connection of
its own or all on one, until the guest goes away.
client.py PORT many: the same as new, without an end in time; prints how many
there were, how many in a second in the slowest and in the first of their
tenths, and for how many seconds nothing came at worst."""
import socket
import sys
import time

port, kind = int(sys.argv[1]), sys.argv[2]
request = (b"K" if kind == "keep" else b"C") + b"x" * 95 + b"\r\n\r\n"


def read(s, n):
    while n > 0:
        more = s.recv(n)
        if not more:
            raise OSError("closed")
        n -= len(more)


s = None
end = time.monotonic() + (120 if kind != "many" else 1800)
# When each was answered.
answered = []
while time.monotonic() < end:
    try:
        if s is None:
            s = socket.create_connection(("127.0.0.1", port), 20)
            s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        s.sendall(request)
        read(s, 850)
        answered.append(time.monotonic())
        if kind != "keep":
            s.close()
            s = None
    except OSError:
        if s:
            s.close()
        s = None
        if answered:
            break
        time.sleep(0.05)
if kind == "many" and len(answered) > 10:
    tenth = (len(answered) - 1) // 10
    rates = [tenth / (answered[(i + 1) * tenth] - answered[i * tenth])
             for i in range(10)]
    worst = max(b - a for a, b in zip(answered, answered[1:]))
    print(len(answered), "%.0f %.0f %.3f" % (min(rates), rates[0], worst))
