# SPDX-License-Identifier: BSD-3-Clause
"""What the proxy cannot work with: a message, status 1, no hang."""
import os

from proxy import FILES, FOLDER, HEAD, IMAGE, make_initrd, server, tls
import proxy
import rude
from guest import Guest

GOOD = server("default", "10.0.2.2:80")


def changed(name, how):
    """A file beside the good ones, made of a good one."""
    with open(os.path.join(FILES, name), "rb") as f:
        data = how(f.read())
    path = os.path.join(FOLDER, "bad-" + name)
    with open(path, "wb") as f:
        f.write(data)
    return "%s=%s" % (name, path)


def fails(initrd, message, params=(), options=()):
    if initrd:
        options = [*options, "-I", initrd]
    with Guest(IMAGE, options=[*proxy.ENOUGH, *options], params=params) as g:
        assert g.status() == 1, g.text
        assert message in g.text, "no '%s' in:\n%s" % (message, g.text)
        assert "Crash" not in g.text, g.text


def initrds():
    fails(None, "tls-proxy: proxy.conf: there is no initrd")
    good = make_initrd("good", GOOD)
    with open(good, "rb") as f:
        data = f.read()
    with open(good + ".cut", "wb") as f:
        f.write(data[:data.index(b"BEGIN CERTIFICATE")])
    fails(good + ".cut", "the initrd is no cpio archive, or is cut off")
    fails(good, "tls-proxy: other.conf: not in the initrd",
          params=["tlsproxy.conf=other.conf"])


def certificates():
    pem, key = "default.test.pem", "default.test.key"
    for file, how, message in (
            (pem, lambda d: b"", "no certificate chain in PEM form"),
            (pem, lambda d: d[:len(d) // 2], "no certificate chain"),
            (pem, lambda d: d.replace(b"A", b"B"), "no certificate chain"),
            (pem, lambda d: d + b"-----BEGIN CERTIFICATE-----\nAAAA\n"
             b"-----END CERTIFICATE-----\n", "no certificate chain"),
            (key, lambda d: d[:60], "no private key in PEM form"),
            (key, lambda d: open(os.path.join(FILES, pem), "rb").read(),
             "no private key in PEM form"),
            (key, lambda d: open(os.path.join(FILES, "one.test.key"),
                                 "rb").read(),
             "the key in %s is not that of the first certificate in %s" %
             (key, pem))):
        fails(make_initrd("cert", GOOD, [changed(file, how)]), message)


def lines():
    for text, message in (
            ("", "no server"), ("listen\n" + GOOD, "proxy.conf:1: 'listen'"),
            ("\n\nlisten 65536\n", "proxy.conf:3: '65536': want a number"),
            ("connections 0\n", "'0': want a number from 1"),
            ("timeout sleep 3\n", "timeout handshake|connect|idle|drain"),
            ("speed 3\n", "'speed': no such command"),
            ("server a b c\n", "server NAME CHAIN KEY"),
            (GOOD + GOOD, "proxy.conf:2: a second server 'default'"),
            (server("x", "10.0.2.2"), "'10.0.2.2': want ADDRESS:PORT"),
            (server("x", "10.0.2.256:1"), "'10.0.2.256' is no address"),
            (server("x", "[::1:1"), "'[::1' is no address"),
            (server("x", "10.0.2.2:0"), "'0': want a number"),
            (server("x", *["10.0.2.2:1"] * 9), "more than 8 upstreams"),
            ("x" * 2000, "too long"), ("listen\0 1\n", "no text"),
            (server("x", "10.0.2.2:1", cert="none"), "not in the initrd")):
        fails(make_initrd("line", text), message)


def drained():
    """Who stays when it stops is not waited for for ever."""
    conf = HEAD + "timeout drain 1\n" + server(
        "default", proxy.upstream.Server(proxy.upstream.echo))
    with proxy.serve(make_initrd("drain", conf)) as g:
        with tls(g) as s:
            s.sendall(b"x")
            assert s.recv(1) == b"x"
            proxy.control(g, "stop")
            assert g.status(20) == 0, g.text
    assert "tls-proxy: stopped\r\nopen 1\r\n" in g.text, g.text


def memory():
    """Too little for all connections that may be: some are refused."""
    with proxy.serve(make_initrd("small", proxy.CONF), proxy.SMALL) as g:
        most = [rude.fill(g) for _ in range(4)]
        g.alive()
    assert 45 <= min(most) and max(most) - min(most) <= 5, most
    assert max(most) < 64, "memory is no limit: %s" % most
    return "%d to %d at once" % (min(most), max(most))


def tests():
    return [("bad " + f.__name__, f) for f in (initrds, certificates, lines,
                                               memory, drained)]
