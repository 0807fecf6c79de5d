# SPDX-License-Identifier: BSD-3-Clause
"""Real clients of tls-echo: client.py IMAGE FOLDER."""
import os
import random
import re
import select
import ssl
import subprocess
import sys
import time

sys.path[:0] = [os.path.dirname(os.path.dirname(os.path.abspath(__file__)))]
from guest import Guest, connect, read_all, run  # noqa: E402

IMAGE, FOLDER = sys.argv[1:]
PEM = os.path.join(FOLDER, "server.pem")
LARGE = random.Random(1).randbytes(300000)
SMALL = ["-m", "3M"]
MOST = 16


def make_initrd():
    subprocess.run(["support/run/testcert", FOLDER, "server"], check=True)
    out = os.path.join(FOLDER, "initrd")
    subprocess.run(["support/run/initrd", out, "server.pem=" + PEM,
                    "server.key=%s/server.key" % FOLDER], check=True)
    return out


def s_client(g, *options):
    """Says a line, and ends when it has come back, or with the connection."""
    with subprocess.Popen(
            ["timeout", "30", "openssl", "s_client", "-connect",
             "127.0.0.1:%d" % g.port[443], "-CAfile", PEM,
             "-verify_return_error", *options], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as s:
        s.stdin.write(b"a word\n")
        s.stdin.flush()
        said = b""
        for line in s.stdout:
            said += line
            if line == b"a word\n":
                s.stdin.close()
                said += s.stdout.read()
                break
    return s.returncode, said.decode("latin-1")


def by_openssl(g):
    for version, name in (("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")):
        file = os.path.join(FOLDER, "session" + version)
        for kind, options in (("New", ["-sess_out", file]),
                              ("Reused", ["-sess_in", file])):
            rc, said = s_client(g, version, *options)
            assert rc == 0 and re.search("^%s, %s, Cipher is" % (
                kind, re.escape(name)), said, re.M), said
            assert "\na word\n" in said, said
            assert "Verify return code: 0 (ok)" in said, said
    rc, said = s_client(g, "-tls1_1", "-cipher", "ALL:@SECLEVEL=0")
    assert rc != 0 and "alert" in said, said


def tls(g, version=None):
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    c.check_hostname = False
    c.load_verify_locations(PEM)
    if version:
        c.minimum_version = c.maximum_version = version
    return c.wrap_socket(connect(g.port[443]), suppress_ragged_eofs=False)


def large(g):
    """All of it comes back, and then the end, in order."""
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        with tls(g, version) as s:
            # One thread: OpenSSL's sockets are not for two.
            s.setblocking(False)
            got, sent = b"", 0
            end = time.monotonic() + 20
            while len(got) < len(LARGE):
                assert time.monotonic() < end, "only %d bytes" % len(got)
                select.select([s], [s] if sent < len(LARGE) else [], [], 1)
                try:
                    sent += s.send(LARGE[sent:sent + 16384])
                except ssl.SSLWantWriteError:
                    pass
                try:
                    while more := s.recv(65536):
                        got += more
                except ssl.SSLWantReadError:
                    pass
            assert got == LARGE
            s.settimeout(10)
            s.unwrap().close()


def many(g):
    held = [tls(g) for _ in range(MOST)]
    try:
        tls(g).close()
        raise AssertionError("one more than there may be")
    except OSError:
        pass
    for n, s in enumerate(held):
        s.sendall(b"%d" % n)
    for n, s in enumerate(held):
        assert s.recv(10) == b"%d" % n
        s.close()
    # Their places are free again, once the server knows.
    end = 50
    while end:
        try:
            with tls(g) as s:
                s.sendall(b"x")
                assert s.recv(1) == b"x"
            return
        except OSError:
            end -= 1
    raise AssertionError("no place is free again")


def rude(g):
    """What is no TLS: an alert and the end, or only that."""
    for text in (b"GET / HTTP/1.1\r\n\r\n", b"\0" * 64, b"\x16\x03\x01\xff\xff"):
        with connect(g.port[443]) as s:
            s.sendall(text)
            try:
                said = read_all(s)
            except ConnectionError:
                said = b""
            assert said[:1] in (b"", b"\x15"), said
    by_openssl(g)
    g.alive()


def bad():
    with Guest(IMAGE, [443], SMALL) as g:
        assert g.status() == 1, g.text
        assert "tls: server.pem: not in the initrd" in g.text, g.text


with Guest(IMAGE, [443], ["-I", make_initrd(), *SMALL]) as guest:
    guest.wait_for("^tls-echo: listening on port 443")
    run([(f.__name__, lambda f=f: f(guest))
         for f in (by_openssl, large, many, rude)] + [("bad", bad)])
