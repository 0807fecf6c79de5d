# SPDX-License-Identifier: BSD-3-Clause
"""Real clients of daytime: client.py IMAGE."""
import calendar
import os
import re
import socket
import struct
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from guest import Guest, connect, free_port, read_all, run  # noqa: E402

IMAGE = sys.argv[1]
LINE = rb"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) UTC\r\n"
# 2 MiB are what the image is to work in.
SMALL = ["-m", "2M"]


def ask(guest, local=0):
    """One connection: the right time, and closed."""
    with connect(guest.port[13], local) as s:
        said = read_all(s)
    m = re.fullmatch(LINE, said)
    assert m, "answer %r" % said
    told = calendar.timegm(time.strptime(m[1].decode(), "%Y-%m-%d %H:%M:%S"))
    assert abs(told - time.time()) <= 3, "wrong by %d s" % (told - time.time())


def serve(options, params=()):
    guest = Guest(IMAGE, [13], options, params)
    try:
        guest.wait_for("^daytime: listening")
    except AssertionError:
        guest.stop()
        print(guest.text)
        raise
    return guest


def many():
    """One after another, more than there are PCBs, ports of all kinds."""
    with serve(SMALL) as g:
        for _ in range(500):
            ask(g)
        g.alive()
        assert "10.0.2.15" in g.text, "no DHCP"
    return "500 connections in 2 MiB"


def same_port():
    """The same pair of ports again and again: each meets its predecessor
    in TIME_WAIT, and must not wait for it (RFC 6191)."""
    local = free_port()
    with serve(["-M", "pc"]) as g:
        began = time.monotonic()
        for _ in range(100):
            ask(g, local)
        took = time.monotonic() - began
        g.alive()
    assert took < 20, "%.1f s for 100" % took
    return "100 connections"


def rude():
    """Silence, resets, data that nobody wants; between any two of these it
    works as before. (QEMU itself takes one connection after the other.)"""
    with serve(SMALL) as g:
        port = g.port[13]
        idle = []
        for _ in range(100):
            s = connect(port)
            idle.append(s)
            assert s.recv(1), "no answer"
        for n in range(200):
            s = connect(port)
            if n % 3 == 0:
                s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                             struct.pack("ii", 1, 0))
            elif n % 3 == 1:
                s.send(os.urandom(1000))
            s.close()
            ask(g)
        for s in idle:
            s.close()
        for _ in range(20):
            ask(g)
        g.alive()
    return "100 idle, 200 rude ones"


def fixed_address():
    params = ["netdev.ip=10.0.2.15/24", "netdev.gw=10.0.2.2",
             "netdev.dns=10.0.2.3"]
    with serve(["-M", "q35"], params) as g:
        ask(g)
    return "netdev.ip="


def bad_words():
    for word in ("netdev.ip=10.0.2.15", "netdev.ip=10.0.2.256/24",
                 "netdev.ip=10.0.2.15/33", "netdev.ip=10.0.2.15/0",
                 "netdev.ip=224.0.0.1/8", "netdev.gw=10.0.2",
                 "netdev.gw=0.0.0.0", "netdev.dns=x"):
        with Guest(IMAGE, params=[word]) as g:
            assert g.status() == 64, "%s: status %s" % (word, g.status())
            assert word.split("=")[0] in g.text, word + ": no message"
    return "refused"


def no_card():
    with Guest(IMAGE, net=False) as g:
        assert g.status() == 1, "status %d" % g.status()
        assert "no network device" in g.text, "no message"
    return "a message"


def no_answer():
    """A network where nobody gives out addresses."""
    options = ["-M", "pc", "-k", "netdev=hubport,id=h,hubid=0", "-k",
               "device=virtio-net-pci,netdev=h,romfile="]
    with Guest(IMAGE, options=options, params=["netdev.wait=2"],
               net=False) as g:
        assert g.status() == 1, "status %d" % g.status()
        assert "no address by DHCP" in g.text, "no message"
    return "a message"


run([("many", many), ("same port", same_port), ("rude", rude),
     ("fixed address", fixed_address), ("bad words", bad_words),
     ("no card", no_card), ("no answer", no_answer)])
