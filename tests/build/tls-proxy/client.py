# SPDX-License-Identifier: BSD-3-Clause
"""Real clients of tls-proxy: client.py IMAGE FOLDER."""
import hashlib
import re
import select
import socket
import ssl
import struct
import subprocess
import time

import proxy
from proxy import (CONF, FILES, ask, counters, halves, make_initrd, serve,
                   settled, tls)
from guest import connect, read_all, run
from upstream import LARGE
import bad
import rude

TICKET = 35	# session_ticket (RFC 5077)
OLD = {}	# sessions of an earlier boot, by version
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


def session(g, version, into=None, out=None, name="one.test"):
    """One connection of openssl s_client, which takes its session from a file
    and puts it into one: was it resumed, and what it said."""
    files = ([] if into is None else ["-sess_in", into]) + \
        ([] if out is None else ["-sess_out", out])
    rc, said = s_client(g, version, "-servername", name, *files)
    kind = re.search(r"^(New|Reused), (TLSv1\.\d), Cipher is TLS|"
                     r"^(New|Reused), (TLSv1\.\d), Cipher is ECDHE", said, re.M)
    assert rc == 0 and kind, said
    assert "\r\n\r\n" in said and " 200 " in said, said
    return (kind.group(1) or kind.group(3)) == "Reused", said


def ticket_of(file):
    """The name of the key in a ticket: its first four bytes (RFC 5077)."""
    said = subprocess.run(["openssl", "sess_id", "-in", file, "-noout",
                           "-text"], capture_output=True, text=True).stdout
    found = re.search(r"TLS session ticket:\s+0000 - (\S+ \S+ \S+ \S+) ", said)
    assert found, said
    return found.group(1)


def tickets(g):
    """A session goes on under its name and no other; a spoilt ticket, or one
    of before this boot, costs a whole handshake and nothing else."""
    for version in ("-tls1_2", "-tls1_3"):
        n = counters(g)["resumed"]
        file = proxy.os.path.join(proxy.FOLDER, "session" + version)
        assert not session(g, version, out=file)[0]
        assert session(g, version, into=file)[0], version
        assert session(g, version, into=file, name="ONE.test")[0], version
        assert not session(g, version, into=file, name="rsa.test")[0]
        assert not session(g, version, into=file, name="who.test")[0]
        assert counters(g)["resumed"] == n + 2
        OLD[version] = file
    rc, said = s_client(g, "-tls1_2", "-reconnect")
    assert len(re.findall("^Reused, TLSv1.2", said, re.M)) == 5, said
    c = proxy.context(V12)
    with connect(g.port[443]) as s, c.wrap_socket(s) as s:
        kept = s.session
    # ChangeCipherSpec, a handshake message in clear, an alert
    assert answer(g, c, kept, None, lambda e: e) == [22, 20, 22]
    assert answer(g, c, kept, None, spoil)[:2] == [22, 22]
    assert answer(g, c, kept, "one.test", lambda e: e)[:2] == [22, 22]
    # The ticket is looked at before the name that makes it a wrong one.
    assert answer(g, c, kept, "one.test", lambda e: sorted(
        e, key=lambda x: x[0] != TICKET)) == [21]


def spoil(extensions):
    return [(t, v[:40] + bytes([v[40] ^ 1]) + v[41:] if t == TICKET else v)
            for t, v in extensions]


def answer(g, c, kept, name, change):
    """Types of the records that answer a hello with a session's ticket, its
    extensions changed."""
    go = ssl.MemoryBIO()
    tls = c.wrap_bio(ssl.MemoryBIO(), go, server_hostname=name, session=kept)
    try:
        tls.do_handshake()
    except ssl.SSLWantReadError:
        pass
    hello = go.read()
    at = 9 + 2 + 32		# both headers, version, random
    at += 1 + hello[at]
    at += 2 + int.from_bytes(hello[at:at + 2], "big")
    at += 1 + hello[at]
    rest, found = hello[at + 2:], []
    while rest:
        kind, n = struct.unpack(">HH", rest[:4])
        found.append((kind, rest[4:4 + n]))
        rest = rest[4 + n:]
    assert any(t == TICKET and v for t, v in found), "no ticket"
    with connect(g.port[443]) as s:
        s.sendall(hello[:at + 2] + b"".join(
            struct.pack(">HH", t, len(v)) + v for t, v in change(found)))
        s.shutdown(socket.SHUT_WR)
        said, types = read_all(s), []
    while said:
        types.append(said[0])
        said = said[5 + int.from_bytes(said[3:5], "big"):]
    return types


def tickets_later(g):
    """Another boot, whose tickets are short: of before, and of too long ago."""
    for version in ("-tls1_2", "-tls1_3"):
        files = [proxy.os.path.join(proxy.FOLDER, "short%d" % i)
                 for i in range(3)]
        assert not session(g, version, into=OLD[version], out=files[0])[0]
        assert session(g, version, into=files[0])[0], version
        time.sleep(proxy.TICKETS + 1)
        assert not session(g, version, into=files[0], out=files[1])[0]
        assert session(g, version, into=files[1])[0], version
        assert ticket_of(files[0]) != ticket_of(files[1]), "the same key"


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
    run(work(patient, by_curl, by_openssl, tickets, refused_versions, names,
             upstreams, alpn, both_ways, one_way, rude.limit, rude.states,
             stop) +
        work(guest, tickets_later, rude.garbage, rude.slow) + bad.tests())
