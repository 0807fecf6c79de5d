# SPDX-License-Identifier: BSD-3-Clause
"""flood.py IMAGE FOLDER [NUMBER]: so many connections come and go in every
state, on a card of their own, where it is for us to say what they leave out. On
another one a client is always there, and new ones come: they are served
meanwhile. In the end memory is as it was."""
import sys

NUMBER = int(sys.argv.pop(3)) if len(sys.argv) > 3 else 10000
import proxy  # noqa: E402
from proxy import Halves, ask, counters, make_initrd, settled, tls  # noqa: E402
from guest import run  # noqa: E402
from rude import DRAW, V12, V13, as_before  # noqa: E402
import wire  # noqa: E402


def leave(w, peers):
    """With RST; with FIN, and the other side's is seen or not; without a
    word."""
    for p in peers[0::4]:
        p.reset()
    for p in peers[1::4] + peers[2::4]:
        p.fin()
    for p in peers[2::4] + peers[3::4]:
        p.forget()
    for p in peers[1::4]:
        w.until(p.over)
        p.forget()


def half_open(w, n):
    for i, p in enumerate(w.open(443, n, polite=False)):
        if i % 3:
            p.forget()
        else:
            p.reset()


def silent(w, n):
    leave(w, w.open(443, n))


def gapped(w, n):
    """Pieces that nothing can be done with before their first one comes."""
    peers = w.open(443, n)
    for p in peers:
        p.seq += 1
        for _ in range(8):
            p.say(b"x")
            p.seq += 1
        p.seq -= 17
    leave(w, peers)


def halved(w, n):
    """Who ends at once gets the end of the other half."""
    peers = w.open(443, n)
    for p in peers:
        p.fin()
    for p in peers:
        w.until(p.over)
        p.forget()


def garbage(w, n):
    peers = w.open(443, n)
    for i, p in enumerate(peers):
        p.say(b"GET / HTTP/1.1\r\n\r\n" if i % 2 else
              DRAW.randbytes(DRAW.randrange(5, 3000)))
    for p in peers:
        if not p.came:
            w.until(lambda: p.came or p.over())
    leave(w, peers)


def begun(w, n):
    """A piece of the first message."""
    peers = w.open(443, n)
    for p in peers:
        hello = Halves(p, "one.test").hello()
        p.say(hello[:DRAW.randrange(1, len(hello))])
    leave(w, peers)


def answered(w, n):
    """The first message, and nothing behind its answer."""
    peers = w.open(443, n)
    for i, p in enumerate(peers):
        p.say(Halves(p, "one.test", V13 if i % 2 else V12).hello())
    for p in peers:
        w.until(lambda: p.came or p.over())
    leave(w, peers)


def asking(w, n):
    """Half a request, or an answer that nobody reads."""
    peers = w.open(443, n)
    for i, p in enumerate(peers):
        h = Halves(p, "one.test" if i % 2 else "echo.test",
                   V13 if i & 2 else V12)
        h.step(h.tls.do_handshake)
        h.step(h.tls.write, b"GET /large HTTP/1.1\r\nHost: x\r\n")
    leave(w, peers)


def brief(w, n):
    """The guest closes first: it waits for late packets then."""
    peers = w.open(8443, n)
    for p in peers:
        p.say(b"counters")
    for i, p in enumerate(peers):
        w.until(p.over)
        if i % 4:
            p.fin()
        p.forget()


# Of a hundred
STATES = ((half_open, 40), (silent, 8), (gapped, 4), (garbage, 12),
          (begun, 12), (halved, 12), (brief, 9), (answered, 2), (asking, 1))


def flood(w, g, number):
    """More than there may be at once, and fewer; but one, who is slow, and one
    who comes now and then."""
    done = 0
    with tls(g, "echo.test") as steady:
        while done < number:
            for state, n in STATES:
                n *= 5
                while n > 0:
                    some = min(n, DRAW.choice((20, 60, 100)))
                    state(w, some)
                    n -= some
                    done += some
                    steady.sendall(b"x")
                    assert steady.recv(1) == b"x"
            assert ask(g, "one.test") == b"one"
    return done


def test():
    w = wire.Wire()
    conf = make_initrd("flood", "timeout handshake 3\ntimeout idle 10\n" +
                       proxy.CONF)
    with proxy.serve(conf, [*w.options(), *proxy.ENOUGH], wire.PARAMS) as g:
        w.start()
        start = counters(g)
        flood(w, g, 500)
        before = settled(g)
        before["tcp-heap-bytes"] = start["tcp-heap-bytes"]
        n = flood(w, g, NUMBER)
        # Half-open ones are waited for for 20 seconds, last words for 60.
        w.nobody = True
        after = as_before(g, before, 70, w.start)
    return "%d connections, %d accepted, %d refused, %d handshakes" % (
        n, *(after[k] - before[k] for k in ("accepted", "refused",
                                            "handshakes")))


run([("flood", test)])
