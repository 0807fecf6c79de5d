# SPDX-License-Identifier: BSD-3-Clause
"""Clients that do not do as they should: in the end all is as before."""
import random
import ssl
import time

from proxy import (HANDSHAKE, IDLE, ask, counters, halves, reset, settled, tls)
from guest import connect, read_all

DRAW = random.Random(1)
V12, V13 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3


def ends(s, within):
    """The other side ends this within so many seconds."""
    s.settimeout(within)
    try:
        return read_all(s)
    except (ConnectionError, ssl.SSLError):
        return b""


def garbage(g):
    """What is no TLS is answered with an alert at most, and an end."""
    held = []

    def send(text):
        s = connect(g.port[443])
        s.sendall(text)
        held.append(s)
        # QEMU takes one connection after the other.
        counters(g)

    for text in (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"\0" * 64,
                 b"\x80\x2e\x01\x03\x01" + b"\0" * 60,
                 b"\x16\x03\x01\xff\xff" + b"\1" * 5000,
                 b"\x16\x03\x01\0\0" * 100, b"\x17\x03\x03\0\x20" + b"x" * 32,
                 b"\x15\x03\x01\0\2\2\0", b"\x14\x03\x03\0\1\1" * 10):
        send(text)
    for _ in range(20):
        send(DRAW.randbytes(DRAW.randrange(1, 2000)))
    for s in held:
        said = ends(s, HANDSHAKE + 3)
        s.close()
        assert said[:1] in (b"", b"\x15"), said[:10]
    # A right beginning with a wrong bit in it
    hello = halves(g, "one.test").hello()
    for _ in range(60):
        text = bytearray(hello)
        text[DRAW.randrange(len(text))] ^= 1 << DRAW.randrange(8)
        send(text)
        held.pop().close()
    settled(g)
    g.alive()
    assert ask(g, "one.test") == b"one"


def slow(g):
    """Who says nothing, too little, or only from time to time."""
    before = counters(g)["timeouts"]
    silent, trickle = connect(g.port[443]), halves(g, "one.test")
    hello = trickle.hello()
    idle, busy = tls(g, "echo.test"), tls(g, "echo.test")
    stuck = tls(g, "flood.test")
    began = time.monotonic()
    for n in range(2 * IDLE):
        time.sleep(1)
        busy.sendall(b"x")
        assert busy.recv(1) == b"x"
        if n < HANDSHAKE - 1:
            trickle.s.sendall(hello[n:n + 1])
    for s in (silent, trickle.s, idle):
        ends(s, 1)
    took = time.monotonic() - began
    stuck.settimeout(2)
    try:
        while stuck.recv(65536):
            pass
    except OSError:
        pass
    busy.close()
    for s in (silent, trickle.s, idle, stuck):
        s.close()
    n = settled(g)["timeouts"] - before
    assert n == 4, "%d timeouts" % n
    return "%.0f s" % took


def fill(g):
    """TLS connections that all work, until there is no more room. How many."""
    held = []
    while len(held) < 100:
        try:
            held.append(tls(g, "echo.test"))
        except OSError:
            break
        held[-1].sendall(b"x" * 2000)
    for s in held:
        got = 0
        while got < 2000:
            got += len(s.recv(2000))
    for s in held:
        s.close()
    settled(g)
    assert ask(g, "one.test") == b"one"
    return len(held)


def limit(g):
    """More connections than there may be: those that are there go on."""
    most = fill(g)
    n = counters(g)
    assert most == n["most-open"] == 64 and n["refused"] == 1, "%d" % most
    return "64 in use at once"


def drop(g, n):
    """One connection, ended in the state that n names, with FIN or RST."""
    version = V13 if n & 1 else V12
    state = n >> 1
    end = reset if n % 3 else lambda s: s.close()
    if state < 4:
        h = halves(g, "flood.test" if state == 3 else "one.test", version)
        hello = h.hello()
        if state > 0:
            h.s.sendall(hello if state > 1 else hello[:len(hello) // 2])
        if state > 2:
            h.s.recv(100)
        end(h.s)
        return
    s = tls(g, ("one.test", "flood.test", "swallow.test", "down.test",
                "told.test", "silent.test")[state % 6], version=version)
    try:
        if state < 10:
            s.sendall(b"GET /large HTTP/1.1\r\n" +
                      (b"Host: x\r\n\r\n" if state & 1 else b""))
        if state == 7:
            s.recv(1)
    except OSError:
        pass
    end(s)


def as_before(g, before, seconds=20, poke=lambda: None):
    """No more memory than before is in use, and it works. The counters."""
    after = settled(g)
    # What TCP still has to say to those who are gone takes a moment, and is
    # not always the same; a card takes back what it sent with the next frame.
    end = time.monotonic() + seconds
    while (after["heap-bytes"] != before["heap-bytes"] or
           after["tcp-heap-bytes"] > before["tcp-heap-bytes"] + 1000 or
           after["netbufs-free"] < before["netbufs-free"] - 2):
        assert time.monotonic() < end, "before %s, after %s" % (before, after)
        time.sleep(0.5)
        poke()
        after = counters(g)
    g.alive()
    assert ask(g, "one.test") == b"one"
    return after


def states(g):
    """Hundreds come and go in every state: memory is as it was."""
    rounds, each = 12, 24
    for n in range(each):
        drop(g, n)
    before = settled(g)
    for _ in range(rounds):
        for n in range(each):
            drop(g, n)
            # QEMU takes one connection after the other.
            counters(g)
    after = as_before(g, before)
    return "%d connections, %d of them with a handshake" % (
        after["accepted"] - before["accepted"],
        after["handshakes"] - before["handshakes"])
