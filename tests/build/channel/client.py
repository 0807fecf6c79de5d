# SPDX-License-Identifier: BSD-3-Clause
"""Channels, from the host's side: client.py IMAGE FOLDER."""
import os
import random
import select
import socket
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from guest import Guest, run  # noqa: E402

IMAGE, FOLDER = sys.argv[1:]
# A path of a socket may have 107 bytes.
os.chdir(FOLDER)
ROOT = os.environ["UK_TEST_ROOT"]
WRITTEN = b"a line\n" + bytes((i * 13 >> 3) & 255 for i in range(100000))


def guest(machine, *devices):
    options = ["-M", machine]
    for d in devices:
        options += ["-k", d]
    here = os.getcwd()
    os.chdir(ROOT)
    try:
        return Guest(IMAGE, options=options, net=False)
    finally:
        os.chdir(here)


def to_file(machine, *devices):
    out = FOLDER + "/out"
    with guest(machine, "chardev=file,id=c,path=" + out, *devices) as g:
        assert g.status() == 0, "status, and:\n" + g.text
        assert "channel: done, 0" in g.text, g.text
        polled = any("vectors=0" in d for d in devices)
        assert ("polled" in g.text) == polled, g.text
    with open(out, "rb") as f:
        assert f.read() == WRITTEN, "other bytes in the file"


def files():
    port = "device=virtserialport,chardev=c,name=out"
    to_file("q35", "device=virtio-serial-pci", port)
    to_file("pc", "device=virtio-serial-pci,packed=on", port)
    to_file("q35", "device=virtio-serial-pci,vectors=0", port)
    to_file("microvm", "global=virtio-mmio.force-legacy=off",
            "device=virtio-serial-device", port)
    return "q35, pc, microvm"


def consoles():
    """Port 0 of a device that has more, and the only one."""
    for d in ("virtio-serial-pci", "virtio-serial-pci,max_ports=1"):
        to_file("q35", "device=" + d, "device=virtconsole,chardev=c")
    return "of two kinds"


def both_ways():
    """Much more than all buffers hold is sent before anything is read."""
    data = random.Random(1).randbytes(300000).replace(b"\0", b"x")
    listener = socket.socket(socket.AF_UNIX)
    if os.path.exists("s"):
        os.unlink("s")
    listener.bind("s")
    listener.listen()
    listener.settimeout(20)
    with guest("q35", "chardev=null,id=c",
               "chardev=socket,id=d,path=%s/s" % os.path.relpath(FOLDER, ROOT),
               "device=virtio-serial-pci",
               "device=virtserialport,chardev=c,name=out",
               "device=virtserialport,chardev=d,name=loop") as g:
        s = listener.accept()[0]
        back, sent = b"", 0
        s.setblocking(False)
        end = time.monotonic() + 20
        while len(back) < len(data):
            assert time.monotonic() < end, "only %d bytes" % len(back)
            can_read, can_write, _ = select.select(
                [s], [s] if sent < len(data) else [], [], 1)
            g.alive()
            if can_write:
                sent += s.send(data[sent:sent + 100000])
            elif can_read:
                back += s.recv(100000)
        s.setblocking(True)
        s.sendall(b"\0")
        assert g.status() == 0, "status, and:\n" + g.text
        assert "channel: 300000 bytes" in g.text, g.text
    assert back == data, "other bytes"
    return "300000 bytes"


def none():
    with guest("q35") as g:
        assert g.status() == 3, "status, and:\n" + g.text
    return "none"


run([("files", files), ("consoles", consoles), ("both ways", both_ways), ("none", none)])
