# SPDX-License-Identifier: BSD-3-Clause
"""ping in QEMU's user network, which answers for itself: client.py IMAGE."""
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from guest import Guest, run  # noqa: E402

IMAGE = sys.argv[1]
SMALL = ["-m", "2M"]


def ping(*words, status=0, options=(), params=(), net=True):
    with Guest(IMAGE, options=[*SMALL, *options],
               params=params, words=words, net=net) as g:
        got = g.status()
        assert got == status, "status %s, and:\n%s" % (got, g.text)
        return g.text


def answers(address, n, ttl=255):
    text = ping("-c", str(n), "-i", "0.05", address)
    for k in range(1, n + 1):
        assert re.search(r"^64 bytes from %s: icmp_seq=%d ttl=%d "
                         r"time=\d+\.\d{3} ms\r?$" % (address, k, ttl), text,
                         re.M), text
    assert ("%d packets transmitted, %d received, 0%% packet loss, time " %
            (n, n)) in text, text
    rtt = re.search(r"^rtt min/avg/max/mdev = ([\d.]+)/([\d.]+)/([\d.]+)/"
                    r"([\d.]+) ms", text, re.M)
    least, mean, most, _ = map(float, rtt.groups())
    assert 0 < least <= mean <= most < 10000, rtt[0]


def four():
    answers("10.0.2.2", 3)
    text = ping("-c2", "-i0.05", "-s1452", "10.0.2.2")
    assert "1460 bytes from 10.0.2.2: icmp_seq=2 " in text, text
    return "answered"


def six():
    """By way of the link, and of the prefix that the router tells."""
    answers("fe80::2", 2)
    answers("fec0::2", 2)
    return "answered"


def nobody():
    text = ping("-c", "2", "-i", "0.05", "-W", "0.3", "10.0.2.99", status=1)
    assert "2 packets transmitted, 0 received, 100% packet loss" in text, text
    assert "rtt" not in text, text
    return "status 1"


def wrong():
    for words, said in ((("-c", "0", "10.0.2.2"), "-c: want"),
                        (("10.0.2.x",), "want an address"),
                        (("0.0.0.0",), "want an address"),
                        (("-x",), "want -c")):
        text = ping(*words, status=2)
        assert "ping: " + said in text, text
    return "status 2"


def silent():
    """No card; a network where nobody gives out addresses."""
    assert "no network device" in ping("10.0.2.2", status=2, net=False)
    assert "no network device" in ping("fe80::2", status=2, net=False)
    alone = ["-M", "pc", "-k", "netdev=hubport,id=h,hubid=0", "-k",
             "device=virtio-net-pci,netdev=h,romfile="]
    text = ping("10.0.2.2", status=2, options=alone, net=False,
                params=["netdev.wait=1"])
    assert "no address by DHCP" in text, text
    return "a message each"


run([("IPv4", four), ("IPv6", six), ("nobody", nobody), ("wrong", wrong),
     ("silent", silent)])
