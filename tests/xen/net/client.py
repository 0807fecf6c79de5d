# SPDX-License-Identifier: BSD-3-Clause
"""Clients of daytime as a guest of Xen: client.py IMAGE."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "../../build"))
from guest import Guest, connect, read_all, run  # noqa: E402

IMAGE = sys.argv[1]
LINE = rb"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\r\n"


def ask(guest):
    with connect(guest.port[13]) as s:
        said = read_all(s)
    assert re.fullmatch(LINE, said), "answer %r" % said


def served():
    with Guest(IMAGE, [13], ["-m", "16M", "-t", "100"]) as g:
        g.wait_for("^daytime: listening", 60)
        assert "10.0.2.15" in g.text, "no DHCP"
        for _ in range(40):
            ask(g)
        idle = [connect(g.port[13]) for _ in range(20)]
        for s in idle:
            assert s.recv(1), "no answer"
        for s in idle:
            s.close()
        ask(g)
        g.alive()
    return "61 connections"


def no_card():
    with Guest(IMAGE, options=["-m", "16M", "-t", "60"], net=False) as g:
        assert g.status(90) == 1, "status %d" % g.status()
        assert "no network device" in g.text, "no message"
    return "a message"


# Nobody answers as xenstore then either, which is waited for: once is enough.
run([("served", served)] + [("no card", no_card)] * ("xenpv-" in IMAGE))
