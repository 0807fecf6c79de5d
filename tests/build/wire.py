# SPDX-License-Identifier: BSD-3-Clause
"""A guest's card as a datagram socket of this process: frames by hand, TCP of
which each segment is ours to send or not. No root, no tap. For
tests/build/*/*.py."""
import random
import select
import socket
import struct
import time

from guest import free_port
from tap import fold

GUEST, ROUTER = "10.9.0.2", "10.9.0.1"
PARAMS = ["netdev.ip=%s/24" % GUEST, "netdev.gw=" + ROUTER]
MAC = bytes.fromhex("020000000001")
FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16
DRAW = random.Random(2)
MSS, WINDOW = 1460, 60000


class Peer:
    """One connection of an address that nobody has: to be told what to send,
    and what it has seen. It acknowledges what comes while `polite` is set."""

    def __init__(self, wire, to):
        self.wire, self.to = wire, to
        while True:
            # RFC 2544's addresses
            self.ip = bytes([198, 18, DRAW.randrange(256),
                             DRAW.randrange(1, 255)])
            self.port = DRAW.randrange(1024, 65536)
            if (self.ip, self.port) not in wire.peers:
                break
        self.seq = DRAW.getrandbits(32)
        self.ack = 0
        self.came = b""
        self.polite = True
        self.opened = self.ended = self.lost = False
        wire.peers[self.ip, self.port] = self

    def send(self, flags, data=b"", seq=None):
        self.wire.segment(self.ip, (self.port, self.to),
                          self.seq if seq is None else seq,
                          self.ack if flags & ACK else 0, flags, data)

    def syn(self):
        self.send(SYN, seq=(self.seq - 1) & 0xffffffff)

    def say(self, data):
        """Sent once: the wire loses nothing of so little."""
        for i in range(0, len(data), MSS):
            part = data[i:i + MSS]
            self.send(ACK | PSH, part)
            self.seq = (self.seq + len(part)) & 0xffffffff

    def fin(self):
        self.send(FIN | ACK)
        self.seq = (self.seq + 1) & 0xffffffff

    def reset(self):
        self.send(RST | ACK)
        self.forget()

    def forget(self):
        """Nobody answers for it any more."""
        self.wire.peers.pop((self.ip, self.port), None)

    def over(self):
        return self.ended or self.lost

    # As a socket, for who expects one.
    def sendall(self, data):
        self.say(data)

    def recv(self, n):
        self.wire.until(lambda: self.came or self.over())
        if self.lost:
            raise ConnectionResetError
        data, self.came = self.came[:n], self.came[n:]
        return data

    def take(self, flags, seq, data):
        if flags & RST:
            self.lost = True
        elif flags & SYN:
            self.ack = (seq + 1) & 0xffffffff
            self.opened = True
            if self.polite:
                self.send(ACK)
        elif self.polite and (data or flags & FIN):
            if seq == self.ack:
                self.came += data
                self.ended = bool(flags & FIN)
                self.ack = (seq + len(data) + (flags & FIN)) & 0xffffffff
            self.send(ACK)


class Wire:
    def __init__(self):
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sock.bind(("127.0.0.1", 0))
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self.there = ("127.0.0.1", free_port(socket.SOCK_DGRAM))
        self.peers = {}
        self.mac, self.heard = None, 0
        # Those who left without a word: is there somebody to deny it?
        self.nobody = False

    def options(self, machine="q35"):
        """Of support/run/guest: on q35 the first card is this one, with
        microvm the only one."""
        end = "%s.type=inet,%s.host=127.0.0.1,%s.port=%d"
        card = ["-k", "device=virtio-net-pci,netdev=w,romfile="]
        if machine == "microvm":
            card = ["-k", "device=virtio-net-device,netdev=w", "-k",
                    "global=virtio-mmio.force-legacy=off"]
        return ["-M", machine, "-k", "netdev=dgram,id=w,%s,%s" % (
            end % ("local", "local", "local", self.there[1]),
            end % ("remote", "remote", "remote", self.sock.getsockname()[1])),
            *card]

    def frame(self, kind, data, to=None):
        self.sock.sendto((to or self.mac) + MAC + kind + data, self.there)

    def segment(self, here, ports, seq, ack, flags, data=b""):
        """TCP from an address of four bytes; ports: ours, the guest's."""
        tcp = bytearray(struct.pack("!HHIIBBHHH", *ports, seq, ack, 0x50,
                                    flags, WINDOW, 0, 0))
        there = socket.inet_aton(GUEST)
        length = len(tcp) + len(data)
        struct.pack_into("!H", tcp, 16, fold(
            here + there + struct.pack("!HH", 6, length) + bytes(tcp) + data))
        ip = bytearray(struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + length, 0, 0,
                                   64, 6, 0, here, there))
        struct.pack_into("!H", ip, 10, fold(bytes(ip)))
        self.frame(b"\x08\0", bytes(ip + tcp + data))

    def arp(self, op, mac, ip):
        self.frame(b"\x08\x06", struct.pack(
            "!HHBBH6s4s6s4s", 1, 0x800, 6, 4, op, MAC,
            socket.inet_aton(ROUTER), mac, ip), b"\xff" * 6 if op == 1 else mac)

    def take(self, f):
        total = 14 + struct.unpack("!H", f[16:18])[0]
        there, port, seq, ack = struct.unpack("!HHII", f[34:46])
        peer = self.peers.get((f[30:34], port))
        if peer:
            peer.take(f[47], seq, f[34 + (f[46] >> 4) * 4:total])
        elif self.nobody and not f[47] & RST:
            self.segment(f[30:34], (port, there), ack, 0, RST)

    def hear(self, seconds):
        """Whatever has come, or comes within so many seconds."""
        while select.select([self.sock], [], [], seconds)[0]:
            seconds = 0
            f = self.sock.recv(2048)
            if f[12:14] == b"\x08\x06" and len(f) >= 42:
                if f[38:42] == socket.inet_aton(ROUTER) and f[21] == 1:
                    self.arp(2, f[6:12], f[28:32])
                if f[28:32] == socket.inet_aton(GUEST):
                    self.mac = f[6:12]
                    self.heard += 1
            elif f[12:15] == b"\x08\0\x45" and f[23] == 6 and len(f) >= 54:
                self.take(f)

    def until(self, what, again=None, seconds=20, every=0.5):
        """Until what() is true; again() is done now and every so many
        seconds."""
        end = time.monotonic() + seconds
        due = 0
        while not what():
            now = time.monotonic()
            assert now < end, "nothing comes any more"
            if again and now >= due:
                again()
                due = now + every
            self.hear(min(every, 0.1))

    def start(self):
        """Ask for the guest's address, and wait for it."""
        heard = self.heard
        self.until(lambda: self.heard > heard,
                   lambda: self.arp(1, bytes(6), socket.inet_aton(GUEST)))

    def open(self, to, n, polite=True):
        """So many connections, or the refusals of them."""
        peers = [Peer(self, to) for _ in range(n)]
        for p in peers:
            p.polite = polite

        def again():
            for p in peers:
                if not (p.opened or p.lost):
                    p.syn()
        self.until(lambda: all(p.opened or p.lost for p in peers), again)
        return peers
