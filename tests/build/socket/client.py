# SPDX-License-Identifier: BSD-3-Clause
"""Real clients of the echo server in tests/boot/socket: client.py IMAGE FOLDER."""
import os
import random
import select
import socket
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from guest import Guest, connect, read_all, run  # noqa: E402

IMAGE, FOLDER = sys.argv[1:]
INITRD = os.path.join(FOLDER, "files.cpio")
DRAW = random.Random(1)
FILES = {"motd": b"hello from the initrd\n", "sub/large": DRAW.randbytes(300001)}


def make_initrd():
    args = []
    for name, data in FILES.items():
        path = os.path.join(FOLDER, os.path.basename(name))
        with open(path, "wb") as f:
            f.write(data)
        args.append("%s=%s" % (name, path))
    subprocess.run(["support/run/initrd", INITRD, *args], check=True)


def serve(initrd=INITRD):
    return Guest(IMAGE, [7], ["-m", "16M", "-I", initrd], udp=[7],
                 words=["serve"])


make_initrd()
GUEST = serve()
try:
    GUEST.wait_for("^serving on port 7")
except AssertionError:
    GUEST.stop()
    raise


def client():
    """A connection that has come as far as the guest: QEMU's own queue of them
    is short, and one that is dropped there comes again a second later."""
    s = connect(GUEST.port[7])
    s.sendall(b"?")
    assert s.recv(1) == b"?"
    return s


def one():
    with client() as s:
        s.sendall(b"hello")
        assert s.recv(5, socket.MSG_WAITALL) == b"hello"
        s.shutdown(socket.SHUT_WR)
        assert s.recv(5) == b""


def at_once():
    """Each sends when it can and reads when it can; what comes back is what
    was sent."""
    socks = [client() for _ in range(20)]
    # What begins with "/" or "quit" is not echoed.
    data = {s: DRAW.randbytes(DRAW.randrange(1, 100000)).translate(
        bytes.maketrans(b"/q", b"..")) for s in socks}
    sent, got = dict.fromkeys(socks, 0), dict.fromkeys(socks, b"")
    for s in socks:
        s.setblocking(False)
    busy = set(socks)
    while busy:
        r, w, _ = select.select(busy, [s for s in busy
                                       if sent[s] < len(data[s])], [], 20)
        assert r or w, "nothing moves any more"
        for s in w:
            sent[s] += s.send(data[s][sent[s]:sent[s] + 20000])
        for s in r:
            more = s.recv(65536)
            assert more, "closed too early"
            got[s] += more
            if len(got[s]) == len(data[s]):
                busy.remove(s)
    for s in socks:
        assert got[s] == data[s]
        s.close()
    return "%d bytes" % sum(map(len, data.values()))


def one_after_another():
    for _ in range(200):
        one()


def datagrams():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.settimeout(5)
        s.connect(("127.0.0.1", GUEST.udp[7]))
        for n in (0, 1, 100, 1400):
            data = DRAW.randbytes(n)
            s.send(data)
            assert s.recv(2000) == data


def files():
    told = {"etc/resolv.conf": b"nameserver 10.0.2.3\n"}
    for name, data in {**FILES, **told}.items():
        with connect(GUEST.port[7]) as s:
            s.sendall(b"/%s\n" % name.encode())
            got = read_all(s)
            assert got == data, "%s: %d bytes" % (name, len(got))
    for name, said in (("none", b"No such file or directory"),
                       ("sub/large/x", b"Not a directory")):
        with connect(GUEST.port[7]) as s:
            s.sendall(b"/%s\n" % name.encode())
            assert read_all(s) == b"/%s: %s\n" % (name.encode(), said)


def rude():
    """Clients that do not wait for an answer."""
    for _ in range(50):
        s = client()
        s.send(b"x" * 3000)
        s.close()
    one()


def end():
    with connect(GUEST.port[7]) as s:
        s.sendall(b"quit")
        GUEST.wait_for("^quit with 1 clients, 7 descriptors")
        assert GUEST.status() == 0


def broken():
    with open(INITRD, "rb") as f:
        data = f.read()
    bad = os.path.join(FOLDER, "broken.cpio")
    for what, archive, said in (
            ("cut off", data[:200000], "initrd: broken behind entry 2"),
            ("no archive", b"\x7fELF" * 100, "no cpio archive"),
            ("a way out", data.replace(b"motd\0", b".../\0", 1)
             .replace(b".../\0", b"../m\0", 1), "cannot be unpacked")):
        with open(bad, "wb") as f:
            f.write(archive)
        with serve(bad) as g:
            g.wait_for(said)
            assert g.status() != 0, what


try:
    run([("one", one), ("at once", at_once),
         ("one after another", one_after_another), ("datagrams", datagrams),
         ("files", files), ("rude", rude), ("end", end), ("broken", broken)])
finally:
    GUEST.stop()
