# SPDX-License-Identifier: BSD-3-Clause
"""Guests that serve: started with a port of this machine's loopback passed on
to them, watched, and stopped. For tests/build/*/client.py."""
import errno
import os
import re
import select
import signal
import socket
import subprocess
import sys
import time


def free_port(kind=socket.SOCK_STREAM):
    """A port that nobody has just now."""
    with socket.socket(socket.AF_INET, kind) as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Guest:
    """support/run/guest on an image; used as a context.

    ports: guest ports, each of which gets one of the host (self.port[n]);
    udp: the same (self.udp[n]). options: more options of support/run/guest.
    params: of libraries; words: the application's. net: on a network that
    QEMU makes up."""

    def __init__(self, image, ports=(), options=(), params=(), net=True,
                 udp=(), words=()):
        self.port = {n: free_port() for n in ports}
        self.udp = {n: free_port(socket.SOCK_DGRAM) for n in udp}
        cmd = ["support/run/guest", *options]
        for n, host in self.port.items():
            cmd += ["-N", "tcp:%d:%d" % (host, n)]
        for n, host in self.udp.items():
            cmd += ["-N", "udp:%d:%d" % (host, n)]
        if net and not ports and not udp:
            cmd += ["-N", "user"]
        self.text = ""
        self.proc = subprocess.Popen(
            [*cmd, image, "--", *params, "--", *words], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            start_new_session=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def read(self, seconds):
        """What the guest says within so many seconds, or until it ends."""
        out = self.proc.stdout
        if not select.select([out], [], [], seconds)[0]:
            return True
        more = os.read(out.fileno(), 65536)
        self.text += more.decode("utf-8", "replace")
        return more != b""

    def wait_for(self, pattern, seconds=30):
        """Until a line of the console matches."""
        end = time.monotonic() + seconds
        while not re.search(pattern, self.text, re.M):
            left = end - time.monotonic()
            if left <= 0 or not self.read(left):
                raise AssertionError("the guest did not say: %s, but:\n%s" %
                                     (pattern, self.text))
        return re.search(pattern, self.text, re.M)

    def status(self, seconds=30):
        """How it ended by itself."""
        end = time.monotonic() + seconds
        while self.read(max(0, end - time.monotonic())):
            if time.monotonic() > end:
                raise AssertionError("the guest did not end")
        return self.proc.wait(5)

    def alive(self):
        """Nothing has crashed so far."""
        self.read(0)
        if self.proc.poll() is not None or re.search("^Crash", self.text, re.M):
            raise AssertionError("the guest died")

    def stop(self):
        if self.proc.poll() is None:
            os.killpg(self.proc.pid, signal.SIGTERM)
        try:
            self.proc.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(self.proc.pid, signal.SIGKILL)
            self.proc.communicate()


def connect(port, local=0, timeout=10):
    """A connection to a port of the loopback, from port `local` if given; then
    this machine's own end of the one before may have to go first."""
    end = time.monotonic() + timeout
    while True:
        s = socket.socket()
        s.settimeout(timeout)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if local:
            s.bind(("127.0.0.1", local))
        try:
            s.connect(("127.0.0.1", port))
            return s
        except OSError as e:
            s.close()
            if not local or e.errno != errno.EADDRNOTAVAIL or \
                    time.monotonic() > end:
                raise
        time.sleep(0.01)


def read_all(s):
    """All that comes until the other side closes."""
    data = b""
    while True:
        more = s.recv(65536)
        if not more:
            return data
        data += more


def run(tests):
    """Each of (name, function): one after another; exit 1 if one failed."""
    bad = 0
    for name, fn in tests:
        began = time.monotonic()
        try:
            said = fn() or ""
        except (AssertionError, OSError) as e:
            said = "FAIL: %s" % (e or type(e).__name__)
            bad += 1
        print("%s: %s (%.1f s)" % (name, said, time.monotonic() - began),
              flush=True)
    sys.exit(bad > 0)
