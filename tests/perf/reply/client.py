# SPDX-License-Identifier: BSD-3-Clause
"""client.py daytime|httpd|tls-proxy IMAGE TRIVIAL INITRD NUMBER: from the start
of QEMU to the first byte of an answer, less what QEMU takes with a kernel that
stops at once; both in turns. Prints milliseconds."""
import os
import shlex
import ssl
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "..", "build"))
import wire  # noqa: E402

APP, IMAGE, TRIVIAL, INITRD, NUMBER = sys.argv[1:]
PORT = {"daytime": 13, "httpd": 80, "tls-proxy": 443}[APP]
MAC = bytes.fromhex("525400123456")


def question():
    if APP == "daytime":
        return b""
    if APP == "httpd":
        return b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    go = ssl.MemoryBIO()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.wrap_bio(ssl.MemoryBIO(), go,
                         server_hostname="test").do_handshake()
    except ssl.SSLWantReadError:
        pass
    return go.read()


def command(w, image):
    """What support/run/guest would run: its shell is not to be timed."""
    out = subprocess.run(
        ["support/run/guest", "-n", "-p", "kvm", *w.options("microvm"), "-I",
         INITRD, image, "--", *wire.PARAMS, "--"],
        stderr=subprocess.PIPE, text=True, check=True)
    return shlex.split(out.stderr)


def start(cmd):
    return time.monotonic(), subprocess.Popen(
        cmd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)


def trivial():
    began, proc = start(command(wire.Wire(), TRIVIAL))
    proc.wait(20)
    return time.monotonic() - began


def answered():
    w = wire.Wire()
    w.mac = MAC
    peer = wire.Peer(w, PORT)
    words = question()
    began, proc = start(command(w, IMAGE))
    try:
        w.until(lambda: peer.opened, peer.syn, every=0.001)
        peer.say(words)
        w.until(lambda: peer.came)
        return time.monotonic() - began
    finally:
        proc.kill()
        proc.wait()


base, took = [], []
for _ in range(int(NUMBER)):
    base.append(trivial())
    took.append(answered())
print(*("%.1f" % (1000 * (t - min(base))) for t in took))
