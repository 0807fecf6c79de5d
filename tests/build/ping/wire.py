# SPDX-License-Identifier: BSD-3-Clause
"""ping over a tap device: wire.py IMAGE. The kernel asks and answers, and a
host of our own making answers as none should."""
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
IMAGE = sys.argv[1]
STRANGE = "10.9.0.77"
MAC = bytes.fromhex("020000000077")


def guest(*words):
    return Guest(IMAGE, options=[*tap.OPTIONS, tap.CARD],
                 params=tap.PARAMS, words=words, net=False)


def asks():
    """The kernel's answers, IPv4 and IPv6."""
    for address in (tap.HOST, tap.HOST6):
        with guest("-c", "3", "-i", "0.05", address) as g:
            assert g.status() == 0, g.text
            assert "3 received, 0% packet loss" in g.text, g.text
            assert "64 bytes from %s: icmp_seq=3 ttl=64" % address in g.text, \
                g.text
    return "answered"


def request(v6, seq, data):
    head = struct.pack("!BBHHH", 128 if v6 else 8, 0, 0, 77, seq) + data
    if v6:
        return head         # the kernel does the sum
    return head[:2] + struct.pack("!H", tap.fold(head)) + head[4:]


def answered(s, v6, where, seq, data, limit=5):
    s.sendto(request(v6, seq, data), where)
    end = time.monotonic() + limit
    while (left := end - time.monotonic()) > 0:
        if not select.select([s], [], [], min(left, 0.5))[0]:
            s.sendto(request(v6, seq, data), where)
            continue
        got = s.recv(2048)
        got = got if v6 else got[(got[0] & 15) * 4:]
        if got[0] == (129 if v6 else 0) and got[4:8] == \
           struct.pack("!HH", 77, seq):
            return got[8:] == data
    return False


def answers():
    with guest() as g:
        g.wait_for("^ping: answering as " + tap.GUEST)
        for v6 in (False, True):
            if v6:
                s = socket.socket(socket.AF_INET6, socket.SOCK_RAW, 58)
                where = (tap.GUEST6, 0, 0, socket.if_nametoindex("tap0"))
            else:
                s = socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)
                where = (tap.GUEST, 0)
            with s:
                for seq, size in enumerate((0, 1, 56, 1000, 1452)):
                    assert answered(s, v6, where, seq, os.urandom(size)), \
                        "IPv%d: %d bytes" % (6 if v6 else 4, size)
        g.alive()
    return "0 to 1452 bytes"


def reply(frame, change):
    """The answer to an echo request, changed."""
    ip, icmp = bytearray(frame[14:34]), bytearray(frame[34:])
    icmp[0] = 0
    icmp[2:4] = b"\0\0"
    change(ip, icmp)
    if icmp[2:4] == b"\0\0":
        struct.pack_into("!H", icmp, 2, tap.fold(bytes(icmp)))
    ip[12:16], ip[16:20] = ip[16:20], ip[12:16]
    ip[10:12] = b"\0\0"
    struct.pack_into("!H", ip, 10, tap.fold(bytes(ip)))
    return frame[6:12] + MAC + b"\x08\0" + bytes(ip) + bytes(icmp)


def nothing(ip, icmp):
    pass


def bad_sum(ip, icmp):
    struct.pack_into("!H", icmp, 2, tap.fold(bytes(icmp)) ^ 0x0100 or 1)


def other_byte(ip, icmp):
    icmp[20] ^= 1


def other_id(ip, icmp):
    icmp[4] ^= 1


def future(ip, icmp):
    struct.pack_into("!H", icmp, 6, 5000)


def strange():
    """The first of each answer is right; what comes on top is not."""
    extra = {1: [], 2: [bad_sum], 3: [other_byte], 4: [nothing],
             5: [other_id], 6: [future]}
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW,
                       socket.htons(3)) as raw:
        raw.bind(("tap0", 0))
        with guest("-c", "6", "-i", "0.1", STRANGE) as g:
            end = time.monotonic() + 20
            while g.proc.poll() is None and time.monotonic() < end:
                if not select.select([raw], [], [], 0.1)[0]:
                    continue
                f = raw.recv(2048)
                if f[12:14] == b"\x08\x06" and f[21] == 1 and \
                   f[38:42] == socket.inet_aton(STRANGE):
                    raw.send(f[6:12] + MAC + f[12:21] + b"\2" + MAC +
                             f[38:42] + f[22:32])
                elif f[12:14] == b"\x08\0" and f[23] == 1 and f[34] == 8:
                    for change in extra[f[41]] or [nothing]:
                        raw.send(reply(f, change))
                    if extra[f[41]] not in ([], [bad_sum], [other_byte]):
                        raw.send(reply(f, nothing))
            assert g.status() == 0, g.text
    for said in ("icmp_seq=1 ttl", "ping: icmp_seq=2: damaged",
                 "ping: icmp_seq=3: damaged", "icmp_seq=4 ttl", "(DUP!)",
                 "icmp_seq=5 ttl", "an answer to no request of ours",
                 "6 packets transmitted, 4 received, +1 duplicates, "
                 "33% packet loss"):
        assert said in g.text, "not said: %s, but:\n%s" % (said, g.text)
    return "seen through"


run([("asks", asks), ("answers", answers), ("strange", strange)])
