# SPDX-License-Identifier: BSD-3-Clause
"""The proxy as its clients meet it: its certificates and configuration, the
guest, TLS connections of all kinds."""
import os
import re
import socket
import ssl
import struct
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.dirname(HERE), HERE]
from guest import Guest, connect, read_all  # noqa: E402
import upstream  # noqa: E402

IMAGE, FOLDER = sys.argv[1:]
FILES = os.path.join(FOLDER, "files")
# What all connections that may be need, and what is too little for them.
ENOUGH, SMALL = ["-m", "6M"], ["-m", "4M"]
HANDSHAKE, IDLE = 3, 4	# seconds, of the impatient one
TICKETS = 3


def make_certs():
    for name in ("default.test", "one.test"):
        subprocess.run(["support/run/testcert", FILES, name], check=True)
    rsa = os.path.join(FILES, "rsa.test")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days",
         "90", "-subj", "/CN=rsa.test", "-addext",
         "subjectAltName=DNS:rsa.test", "-keyout", rsa + ".key", "-out",
         rsa + ".pem"], check=True, capture_output=True)


def make_initrd(name, conf, extra=()):
    """An initrd with this proxy.conf beside the certificates."""
    path = os.path.join(FOLDER, name + ".conf")
    with open(path, "w") as f:
        f.write(conf)
    out = os.path.join(FOLDER, name + ".cpio")
    subprocess.run(["support/run/initrd", out, FILES, "proxy.conf=" + path,
                    *extra], check=True)
    return out


def server(name, *words, cert="default.test"):
    return "server %s %s.pem %s.key %s\n" % (
        name, cert, cert, " ".join(str(w) for w in words))


HEAD = """# of the tests
listen 443
control 8443	# for the test
timeout connect 1
"""
SHORT = "timeout handshake %d\ntimeout idle %d\ntickets %d\n" % (
    HANDSHAKE, IDLE, TICKETS)

make_certs()
DEAD = upstream.closed()
CONF = HEAD + "connections 64\nalpn http/1.1,h2\n" + "".join((
    server("default", upstream.web("a"), DEAD, upstream.web("b")),
    server("one.test", upstream.web("one"), cert="one.test"),
    server("rsa.test", upstream.web("rsa"), cert="rsa.test"),
    server("told.test", "proxy2", upstream.Server(upstream.told)),
    server("echo.test", upstream.Server(upstream.echo)),
    server("digest.test", upstream.Server(upstream.digest)),
    server("flood.test", upstream.Server(upstream.flood)),
    server("swallow.test", upstream.Server(upstream.swallow)),
    server("down.test", DEAD),
    # Nobody has this address, and nobody says so.
    server("silent.test", "10.0.2.99:80", upstream.web("at last"))))


def serve(initrd, options=ENOUGH, params=()):
    guest = Guest(IMAGE, [443, 8443], ["-I", initrd, *options], params)
    try:
        guest.wait_for("^tls-proxy: listening on port 443, ")
    except AssertionError:
        guest.stop()
        print(guest.text)
        raise
    return guest


def control(g, command):
    with connect(g.port[8443]) as s:
        s.sendall(command.encode())
        return read_all(s).decode()


def counters(g):
    return {k: int(v) for k, v in
            re.findall(r"^([a-z-]+) (\d+)$", control(g, "counters"), re.M)}


def settled(g, seconds=20):
    """The counters when nobody is connected any more."""
    end = time.monotonic() + seconds
    while True:
        n = counters(g)
        if n["open"] == 0:
            return n
        assert time.monotonic() < end, "%d are still open" % n["open"]
        time.sleep(0.2)


def context(version=None, alpn=(), trust=None):
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    c.check_hostname = bool(trust)
    c.verify_mode = ssl.CERT_REQUIRED if trust else ssl.CERT_NONE
    if trust:
        c.load_verify_locations(os.path.join(FILES, trust + ".pem"))
    if version:
        c.minimum_version = c.maximum_version = version
    if alpn:
        c.set_alpn_protocols(alpn)
    return c


def tls(g, name=None, **how):
    """A TLS connection for this name."""
    s = connect(g.port[443])
    try:
        return context(**how).wrap_socket(s, server_hostname=name,
                                          suppress_ragged_eofs=False)
    except OSError:
        s.close()
        raise


def ask(g, name=None, path="/", **how):
    """What the upstream's web server answers."""
    with tls(g, name, **how) as s:
        s.sendall(("GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" %
                   path).encode())
        said = read_all(s)
    assert said.startswith(b"HTTP/1.1 200 "), said[:100]
    return said.split(b"\r\n\r\n", 1)[1]


class Halves:
    """TLS by hand, where Python's sockets would do more than they are told."""

    def __init__(self, s, name, version=None):
        self.s = s
        self.come, self.go = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = context(version).wrap_bio(self.come, self.go,
                                             server_hostname=name)

    def step(self, what, *args):
        """One call, with all that it has to send and to wait for."""
        while True:
            try:
                result = what(*args)
                self.send()
                return result
            except ssl.SSLWantReadError:
                self.send()
                data = self.s.recv(65536)
                if data:
                    self.come.write(data)
                else:
                    self.come.write_eof()

    def send(self):
        self.s.sendall(self.go.read())

    def hello(self):
        """The first message of the handshake, not sent."""
        try:
            self.tls.do_handshake()
        except ssl.SSLWantReadError:
            pass
        return self.go.read()

    def say_close(self):
        """close_notify, but no end of what is read."""
        try:
            self.tls.unwrap()
        except ssl.SSLWantReadError:
            pass
        self.send()


def halves(g, name, version=None):
    return Halves(connect(g.port[443]), name, version)


def reset(s):
    """Closed with RST in the place of FIN."""
    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    s.close()
