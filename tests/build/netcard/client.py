# SPDX-License-Identifier: BSD-3-Clause
"""What a card does for TCP: client.py IMAGE believes|checks."""
import os
import select
import socket
import struct
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import tap  # noqa: E402
from guest import Guest, run  # noqa: E402

tap.private()
IMAGE, KIND = sys.argv[1:]
MORE = 400000


def guest(card=""):
    g = Guest(IMAGE, options=[*tap.OPTIONS, tap.CARD + card],
              params=tap.PARAMS, net=False)
    try:
        g.wait_for("^netcard: ready")
    except AssertionError:
        g.stop()
        raise
    return g


def connect(port, v6=False, patience=10):
    end = time.monotonic() + patience
    while True:
        try:
            if v6:
                where = (tap.GUEST6, port, 0, socket.if_nametoindex("tap0"))
                s = socket.socket(socket.AF_INET6)
            else:
                where = (tap.GUEST, port)
                s = socket.socket()
            s.settimeout(10)
            s.connect(where)
            s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return s
        except OSError:
            # Nobody may use an IPv6 address in its first second.
            s.close()
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def pour(v6=False):
    """Bytes that the guest sends, and how many frames that took."""
    with connect(19, v6) as s:
        frames, there = tap.counted("rx_packets"), tap.counted("rx_bytes")
        s.sendall(b"%d" % MORE)
        data = b""
        while len(data) < MORE:
            more = s.recv(65536)
            assert more, "closed after %d bytes" % len(data)
            data += more
    assert data == (bytes(n * 7 & 255 for n in range(256)) *
                    (MORE // 256 + 1))[:MORE], "other bytes"
    frames = tap.counted("rx_packets") - frames
    return (tap.counted("rx_bytes") - there) // frames


def echo(v6=False, n=200000):
    data = os.urandom(n)
    back = b""
    with connect(7, v6) as s:
        s.setblocking(False)
        sent = 0
        end = time.monotonic() + 20
        while len(back) < n:
            assert time.monotonic() < end, "only %d bytes" % len(back)
            r, w, _ = select.select([s], [s] if sent < n else [], [], 1)
            if w:
                sent += s.send(data[sent:sent + 65536])
            if r:
                more = s.recv(65536)
                assert more, "closed"
                back += more
    assert back == data, "other bytes"


def both(card, v6):
    with guest(card) as g:
        mean = pour(v6)
        before = tap.counted("tx_packets")
        echo(v6)
        came = tap.counted("tx_packets") - before
        g.alive()
    return mean, came


def whole():
    mean, _ = both("", False)
    assert mean > 4000, "frames of %d bytes" % mean
    mean6, _ = both(",packed=on", True)
    assert mean6 > 4000, "IPv6: frames of %d bytes" % mean6
    return "frames of %d bytes, %d with IPv6" % (mean, mean6)


def sums_only():
    mean, _ = both(",host_tso4=off,host_tso6=off,mrg_rxbuf=off", False)
    assert 1000 < mean < 1515, "frames of %d bytes" % mean
    return "frames of %d bytes" % mean


def nothing():
    mean, _ = both(",csum=off,indirect_desc=off", False)
    assert 1000 < mean < 1515, "frames of %d bytes" % mean
    return "frames of %d bytes" % mean


def knock(raw, spoil_ip=0, spoil_tcp=0, port=1000):
    """A SYN from an address of our own making."""
    ip = bytearray(struct.pack("!BBHHHBBH4s4s", 0x45, 0, 40, 0, 0, 64, 6, 0,
                               socket.inet_aton("10.9.0.77"),
                               socket.inet_aton(tap.GUEST)))
    tcp = bytearray(struct.pack("!HHIIBBHHH", port, 7, 1, 0, 0x50, 2, 8192,
                                0, 0))
    struct.pack_into("!H", ip, 10, tap.fold(bytes(ip)) ^ spoil_ip)
    pseudo = bytes(ip[12:20]) + struct.pack("!HH", 6, 20)
    struct.pack_into("!H", tcp, 16, tap.fold(pseudo + bytes(tcp)) ^ spoil_tcp)
    raw.send(bytes.fromhex("525400123456") + bytes.fromhex("020000000077") +
             b"\x08\0" + bytes(ip) + bytes(tcp))


def asks_for_it(raw, seconds):
    """Does the guest want to know where 10.9.0.77 is?"""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if not select.select([raw], [], [], left)[0]:
            return False
        f = raw.recv(2048)
        if f[12:14] == b"\x08\x06" and f[38:42] == bytes([10, 9, 0, 77]):
            return True
    return False


def damaged():
    """Frames with wrong checksums are dropped: of which nobody said that they
    are right, whatever the configuration."""
    with guest() as g, socket.socket(socket.AF_PACKET, socket.SOCK_RAW,
                                     socket.htons(3)) as raw:
        raw.bind(("tap0", 0))
        knock(raw, spoil_tcp=0x0100)
        knock(raw, spoil_ip=0x0100)
        assert not asks_for_it(raw, 0.5), "a damaged SYN was answered"
        knock(raw)
        assert asks_for_it(raw, 5), "a good SYN was not answered"
        g.alive()
    return "dropped"


def greedy():
    """Who sends to an application that takes nothing, in the smallest of
    segments, does not keep others from being served."""
    with guest() as g:
        hogs = [connect(9) for _ in range(3)]
        for s in hogs:
            s.setblocking(False)
        end = time.monotonic() + 3
        sent = [0] * len(hogs)
        while time.monotonic() < end and min(sent) < 4000:
            for i, s in enumerate(hogs):
                try:
                    sent[i] += s.send(b"x")
                except BlockingIOError:
                    pass
        # Whoever it is, from whatever port.
        for _ in range(100):
            echo(n=3000)
        echo(n=20000)
        pour()
        for s in hogs:
            s.close()
        echo(n=20000)
        g.alive()
    return "%s bytes in segments of one" % sent


def full():
    """Who has sent, and takes nothing back, fills lwIP's heap; when they are
    gone, all is as it was."""
    with guest() as g:
        hogs = [connect(7) for _ in range(24)]
        sent = 0
        for s in hogs:
            s.setblocking(False)
        for s in hogs:
            try:
                sent += s.send(bytes(60000))
            except BlockingIOError:
                pass
        time.sleep(0.3)
        g.alive()
        for s in hogs:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                         struct.pack("ii", 1, 0))
            s.close()
        echo(n=100000)
        g.alive()
    return "%d bytes that nobody took" % sent


def large():
    """Many segments come as one frame, and none is looked at again."""
    _, came = both("", False)
    _, came6 = both("", True)
    # 200 kB in segments of 1448 bytes are 138, without acknowledgements
    assert max(came, came6) < 138, "%d frames, %d" % (came, came6)
    return "%d frames, %d with IPv6" % (came, came6)


if KIND == "believes":
    run([("large", large), ("sums only", sums_only), ("damaged", damaged)])
run([("whole", whole), ("sums only", sums_only), ("nothing", nothing),
     ("damaged", damaged), ("greedy", greedy), ("full", full)])
