# SPDX-License-Identifier: BSD-3-Clause
"""Real clients of httpd: client.py IMAGE FOLDER."""
import hashlib
import os
import random
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from guest import Guest, connect, read_all, run  # noqa: E402

IMAGE, FOLDER = sys.argv[1:]
SITE = os.path.join(FOLDER, "site")
INITRD = os.path.join(FOLDER, "site.cpio")
SMALL = ["-m", "4M"]
DRAW = random.Random(1)


def make_site():
    os.makedirs(os.path.join(SITE, "sub dir"))
    files = {"index.html": b"<h1>Redoubt</h1>\n", "empty.txt": b"",
             "large.bin": DRAW.randbytes(700001),
             "sub dir/index.html": b"below\n", "a.css": b"p{}\n"}
    for name, data in files.items():
        with open(os.path.join(SITE, name), "wb") as f:
            f.write(data)
    subprocess.run(["support/run/initrd", INITRD, SITE], check=True)
    return files


FILES = make_site()


def serve(options=()):
    guest = Guest(IMAGE, [80], [*SMALL, "-I", INITRD, *options])
    try:
        guest.wait_for("^httpd: listening on port 80, %d files" % len(FILES))
    except AssertionError:
        guest.stop()
        print(guest.text)
        raise
    return guest


def curl(guest, path, *options):
    """Status and body, by curl."""
    url = "http://127.0.0.1:%d/%s" % (guest.port[80], path)
    out = subprocess.run(
        ["curl", "-s", "-S", "-m", "20", "--path-as-is", "-w",
         "\n%{http_code}", *options, url], capture_output=True, check=True)
    body, status = out.stdout.rsplit(b"\n", 1)
    return int(status), body


def raw(guest, text):
    """All that comes for these bytes until the server closes."""
    with connect(guest.port[80]) as s:
        s.sendall(text)
        return read_all(s)


def get(path="/", more="", version="1.1"):
    return ("GET %s HTTP/%s\r\nHost: x\r\n%s\r\n" %
            (path, version, more)).encode()


def by_curl(g):
    for name, data in FILES.items():
        status, body = curl(g, name.replace(" ", "%20"))
        assert (status, body) == (200, data), name
    assert curl(g, "")[1] == FILES["index.html"]
    assert curl(g, "sub%20dir/")[1] == b"below\n"
    assert curl(g, "index.html?q=1")[0] == 200
    head = curl(g, "large.bin", "-I")[1].decode().lower()
    assert "content-length: 700001" in head, head
    assert "content-type: application/octet-stream" in head, head
    for path, want in (("none", 404), ("../index.html", 400),
                       ("a/%2e%2e/index.html", 400), ("%00", 400),
                       ("x" * 300, 414)):
        assert curl(g, path)[0] == want, path
    assert curl(g, "", "-X", "DELETE")[0] == 405
    assert curl(g, "", "-d", "body")[0] in (405, 413)
    assert curl(g, "", "-0")[0] == 200


def ranges(g):
    data = FILES["large.bin"]
    for r, want in (("0-0", data[:1]), ("5-9", data[5:10]),
                    ("700000-", data[-1:]), ("-10", data[-10:]),
                    ("650000-999999999", data[650000:]),
                    ("-9999999", data)):
        assert curl(g, "large.bin", "-r", r) == (206, want), r
    assert curl(g, "large.bin", "-r", "700001-")[0] == 416
    assert curl(g, "empty.txt", "-r", "0-")[0] == 416
    for r in ("bytes=3-2", "bytes=1-2,4-5", "lines=1-2", "bytes=x-",
              "bytes=18446744073709551616-"):
        status, body = curl(g, "a.css", "-H", "Range: " + r)
        assert (status, body) == (200, FILES["a.css"]), r


def kept_alive(g):
    """Many requests on one connection, all sent at once, and one by one."""
    n = 200
    said = raw(g, get("/a.css") * (n - 1) +
               get("/a.css", "Connection: close\r\n"))
    assert said.count(b"HTTP/1.1 200 OK\r\n") == n
    assert said.count(b"p{}\n") == n
    with connect(g.port[80]) as s:
        f = s.makefile("rb")
        for _ in range(50):
            s.sendall(get("/a.css"))
            while f.readline() != b"\r\n":
                pass
            assert f.read(4) == b"p{}\n"
    out = raw(g, get("/a.css", version="1.0"))
    assert out.endswith(b"Connection: close\r\n\r\np{}\n"), out


def garbage(g):
    """What is no HTTP gets an answer and an end, or an end."""
    for text, want in (
            (b"\x16\x03\x01\x02\x00" + b"\0" * 512 + b"\r\n\r\n", 400),
            (b"GET / HTTP/2.0\r\n\r\n", 505),
            (b"GET / HTTP/1.1\r\n\r\n", 400),
            (get("/", "Host: y\r\n"), 400), (get("/", " folded\r\n"), 400),
            (get("/", "Transfer-Encoding: chunked\r\n"), 501),
            (get("/", "Content-Length: 5\r\n"), 413),
            (get("/", "Content-Length: +5\r\n"), 400),
            (get("/", "A b: c\r\n"), 400), (b"GET /\r\n\r\n", 400),
            (get("/", "X: %s\r\n" % ("y" * 3000)), 431)):
        said = raw(g, text)
        assert said.startswith(b"HTTP/1.1 %d " % want), (text, said)
    for _ in range(30):
        with connect(g.port[80]) as s:
            s.sendall(DRAW.randbytes(DRAW.randrange(1, 1000)))
    g.alive()


def come_and_go(g):
    """Half a request, or a large file that nobody reads; and all is well."""
    held = [connect(g.port[80]) for _ in range(40)]
    for i, s in enumerate(held):
        s.sendall(get("/large.bin") if i % 2 else b"GET / HT")
    assert curl(g, "a.css")[0] == 200
    for s in held:
        s.close()
    end = time.monotonic() + 20
    while curl(g, "large.bin")[1] != FILES["large.bin"]:
        assert time.monotonic() < end
    digest = hashlib.sha256(curl(g, "large.bin")[1]).digest()
    assert digest == hashlib.sha256(FILES["large.bin"]).digest()
    g.alive()


def fails(options, message):
    with Guest(IMAGE, (), options) as g:
        assert g.status() == 1, g.text
        assert message in g.text, g.text


def no_files():
    fails([], "httpd: there is no initrd")
    with open(INITRD, "rb") as f:
        data = f.read()
    cut = INITRD + ".cut"
    with open(cut, "wb") as f:
        f.write(data[:len(data) // 2])
    fails(["-I", cut], "httpd: the initrd is no cpio archive, or is cut off")


with serve() as guest:
    tests = [(f.__name__, lambda f=f: f(guest)) for f in (
        by_curl, ranges, kept_alive, garbage, come_and_go)]
    run(tests + [("no_files", no_files)])
