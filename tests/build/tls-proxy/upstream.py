# SPDX-License-Identifier: BSD-3-Clause
"""Plain TCP servers of this machine's loopback, which the guest reaches at
10.0.2.2: what stands behind the proxy."""
import hashlib
import http.server
import random
import socket
import socketserver
import struct
import threading

LARGE = random.Random(1).randbytes(1 << 20)


class Server(socketserver.ThreadingTCPServer):
    """Answers each connection with what its function does to a socket."""
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, serve):
        self.serve = serve
        super().__init__(("127.0.0.1", 0), None)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def finish_request(self, request, client_address):
        try:
            self.serve(request)
        except OSError:
            pass

    def __str__(self):
        return "10.0.2.2:%d" % self.server_address[1]


def web(name):
    """HTTP/1.1: its name, LARGE, and the digest of what is sent to it."""
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self, body):
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self):
            self.answer(LARGE if self.path == "/large" else name.encode())

        def do_POST(self):
            data = self.rfile.read(int(self.headers["Content-Length"]))
            self.answer(hashlib.sha256(data).hexdigest().encode())

        def log_message(self, *_):
            pass

    return Server(lambda s: Handler(s, s.getpeername(), None))


def echo(s):
    while True:
        data = s.recv(65536)
        if not data:
            return
        s.sendall(data)


def digest(s):
    """Only after the end of what comes: its digest."""
    sha = hashlib.sha256()
    while True:
        data = s.recv(65536)
        if not data:
            break
        sha.update(data)
    s.sendall(sha.hexdigest().encode())


def flood(s):
    """More than anybody reads."""
    while True:
        s.sendall(LARGE)


def swallow(s):
    """Takes everything, says nothing."""
    while s.recv(65536):
        pass


def told(s):
    """What the PROXY protocol, version 2, says of the client: a line of
    words, then all that comes."""
    def take(n):
        data = b""
        while len(data) < n:
            more = s.recv(n - len(data))
            if not more:
                raise ConnectionError
            data += more
        return data

    head = take(16)
    assert head[:12] == b"\r\n\r\n\0\r\nQUIT\n", head
    rest = take(struct.unpack(">H", head[14:])[0])
    words = [head[12:14].hex(), socket.inet_ntoa(rest[:4]),
             socket.inet_ntoa(rest[4:8]),
             str(struct.unpack(">HH", rest[8:12])[1])]
    rest = rest[12:]
    while rest:
        kind, n = struct.unpack(">BH", rest[:3])
        words.append("%d=%s" % (kind, rest[3:3 + n].decode()))
        rest = rest[3 + n:]
    s.sendall((" ".join(words) + "\n").encode())
    echo(s)


def closed():
    """An address where nobody listens."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return "10.0.2.2:%d" % s.getsockname()[1]
