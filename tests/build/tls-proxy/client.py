# SPDX-License-Identifier: BSD-3-Clause
"""Real clients of tls-proxy: client.py IMAGE FOLDER."""
import hashlib
import re
import select
import ssl
import subprocess
import time

import proxy
from proxy import (CONF, FILES, ask, counters, halves, make_initrd, serve,
                   settled, tls)
from guest import connect, read_all, run
from upstream import LARGE
import bad
import rude

V12, V13 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3


def curl(g, *options, name="one.test", path=""):
    port = g.port[443]
    out = subprocess.run(
        ["curl", "-sS", "-m", "30", "--cacert", "%s/%s.pem" % (FILES, name),
         "--resolve", "%s:%d:127.0.0.1" % (name, port), *options,
         "https://%s:%d/%s" % (name, port, path)], capture_output=True)
    assert out.returncode == 0, "%s: %s" % (name, out.stderr.decode())
    return out.stdout


def by_curl(g):
    for version in ("1.2", "1.3"):
        how = ["--tlsv" + version, "--tls-max", version]
        assert curl(g, *how) == b"one", version
        assert curl(g, *how, path="large") == LARGE, version
        large = proxy.os.path.join(proxy.FOLDER, "large")
        with open(large, "wb") as f:
            f.write(LARGE)
        said = curl(g, *how, "--data-binary", "@" + large)
        assert said.decode() == hashlib.sha256(LARGE).hexdigest(), said
        assert curl(g, *how, name="rsa.test") == b"rsa"
    # One handshake, five requests
    n = counters(g)["handshakes"]
    url = "https://one.test:%d/" % g.port[443]
    assert curl(g, *[url] * 4) == b"one" * 5
    assert counters(g)["handshakes"] == n + 1


def s_client(g, *options):
    """What openssl s_client prints; its status is 1 where there was no
    handshake."""
    out = subprocess.run(
        ["openssl", "s_client", "-connect", "127.0.0.1:%d" % g.port[443],
         "-servername", "one.test", "-ign_eof", *options],
        input=b"GET / HTTP/1.0\r\n\r\n", capture_output=True, timeout=30)
    return out.returncode, (out.stdout + out.stderr).decode("latin-1")


def by_openssl(g):
    for option, version in (("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")):
        rc, said = s_client(g, option)
        assert rc == 0 and re.search(
            "^New, %s, Cipher is [TE]" % re.escape(version), said, re.M), said
        assert "\r\n\r\none" in said, said
    for cipher in ("ECDHE-ECDSA-AES128-GCM-SHA256",
                   "ECDHE-ECDSA-CHACHA20-POLY1305"):
        rc, said = s_client(g, "-tls1_2", "-cipher", cipher)
        assert rc == 0 and "Cipher is " + cipher in said, said
    for group in ("X25519", "P-256", "P-384"):
        rc, said = s_client(g, "-groups", group)
        assert rc == 0, said


def refused_versions(g):
    """What is old gets an alert, and no answer."""
    weak = "ALL:@SECLEVEL=0"
    for options in (("-tls1", "-cipher", weak), ("-tls1_1", "-cipher", weak),
                    ("-tls1_2", "-cipher", "AES128-SHA:AES128-GCM-SHA256"),
                    ("-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA"),
                    ("-tls1_2", "-cipher", "DHE-RSA-AES128-GCM-SHA256")):
        rc, said = s_client(g, *options)
        assert rc != 0 and "alert" in said, (options, said)
        assert "Cipher is (NONE)" in said, said


def names(g):
    assert ask(g, "one.test", trust="one.test") == b"one"
    assert ask(g, "ONE.test") == b"one"
    # Whoever asks for no name of ours, or for none, gets the default.
    for name in (None, "who.test"):
        assert ask(g, name) in (b"a", b"b")
    for name, trust in (("one.test", "default.test"),
                        ("default.test", "one.test")):
        try:
            ask(g, name, trust=trust)
            raise AssertionError("trusted: " + name)
        except ssl.SSLCertVerificationError:
            pass


def upstreams(g):
    before = counters(g)["upstream-failed"]
    said = [ask(g) for _ in range(6)]
    assert set(said) == {b"a", b"b"}, said
    assert counters(g)["upstream-failed"] >= before + 2
    began = time.monotonic()
    assert ask(g, "silent.test") == b"at last"
    took = time.monotonic() - began
    assert 0.9 < took < 4, "%.1f s until the next upstream" % took
    # No clean end that could be taken for an empty answer
    for version in (V12, V13):
        try:
            with tls(g, "down.test", version=version) as s:
                s.sendall(b"anybody?")
                data = s.recv(1)
            raise AssertionError("an end without an error: %r" % data)
        except (ssl.SSLError, ConnectionError):
            pass


def alpn(g):
    for offer, want in ((["h2"], "h2"), (["h2", "http/1.1"], "http/1.1"),
                        ([], None)):
        with tls(g, "told.test", alpn=offer) as s:
            assert s.selected_alpn_protocol() == want, offer
            words = s.makefile().readline().split()
        assert words[:4] == ["2111", "10.0.2.2", "10.0.2.15", "443"], words
        more = ["2=told.test"] + (["1=" + want] if want else [])
        assert sorted(words[4:]) == sorted(more), words
    try:
        tls(g, "told.test", alpn=["spdy/1"]).close()
        raise AssertionError("a protocol that nobody has was agreed on")
    except ssl.SSLError as e:
        assert "no application protocol" in str(e), e


def both_ways(g):
    """1 MiB in each direction at once."""
    for version in (V12, V13):
        with tls(g, "echo.test", version=version) as s:
            s.setblocking(False)
            got, sent = b"", 0
            while len(got) < len(LARGE):
                moved = False
                try:
                    sent += s.send(LARGE[sent:sent + 16384])
                    moved = sent < len(LARGE)
                except (ssl.SSLWantWriteError, ssl.SSLWantReadError):
                    pass
                try:
                    got += s.recv(65536)
                    moved = True
                except ssl.SSLWantReadError:
                    pass
                if not moved:
                    wait = [s] if sent < len(LARGE) else []
                    assert any(select.select([s], wait, [], 10)), "stuck"
            assert got == LARGE


def one_way(g):
    """The client's end is passed on, and the answer still comes."""
    for version in (V12, V13):
        h = halves(g, "digest.test", version)
        h.step(h.tls.do_handshake)
        data, done = LARGE[:300000], 0
        while done < len(data):
            done += h.step(h.tls.write, data[done:done + 16384])
        h.say_close()
        said = h.step(h.tls.read, 64)
        while len(said) < 64:
            said += h.step(h.tls.read, 64 - len(said))
        assert said.decode() == hashlib.sha256(data).hexdigest(), said
        h.s.close()


def stop(g):
    """What is under way is finished, nothing new begins, status 0."""
    settled(g)
    with tls(g, "one.test") as s:
        s.sendall(b"GET /large HTTP/1.0\r\n\r\n")
        got = s.recv(1000)
        assert proxy.control(g, "stop") == "stopping\n"
        time.sleep(0.5)
        try:
            with connect(g.port[443], timeout=2) as new:
                new.sendall(b"hello")
                assert not new.recv(1), "still open for others"
        except ConnectionError:
            pass
        got += read_all(s)
    assert got.endswith(LARGE), "%d bytes" % len(got)
    assert g.status() == 0, g.text
    assert "tls-proxy: stopped\r\nopen 0\r\n" in g.text, g.text


def work(g, *tests):
    return [(f.__name__, lambda f=f: f(g)) for f in tests]


def impatient():
    return serve(make_initrd("short", proxy.SHORT + CONF))


with serve(make_initrd("work", CONF)) as patient, impatient() as guest:
    run(work(patient, by_curl, by_openssl, refused_versions, names, upstreams,
             alpn, both_ways, one_way, rude.limit, rude.states, stop) +
        work(guest, rude.garbage, rude.slow) + bad.tests())
