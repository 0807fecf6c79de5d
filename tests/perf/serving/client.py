# SPDX-License-Identifier: BSD-3-Clause
"""client.py daytime|tls-proxy IMAGE FOLDER: prints the least memory, in KiB and
in steps of 32, with which the image does its work."""
import os
import ssl
import subprocess
import sys

BUILD = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                     "..", "..", "build")
sys.path[:0] = [BUILD, os.path.join(BUILD, "tls-proxy")]
from guest import Guest, connect, read_all  # noqa: E402
import upstream  # noqa: E402

APP, IMAGE, FOLDER = sys.argv[1:]
STEP, MOST = 32, 16384
CLIENTS = 50


def daytime(mem):
    with Guest(IMAGE, [13], mem) as g:
        g.wait_for("^daytime: listening")
        for _ in range(20):
            with connect(g.port[13]) as s:
                assert read_all(s).endswith(b"UTC\r\n")


def initrd():
    files = os.path.join(FOLDER, "files")
    subprocess.run(["support/run/testcert", files, "test"], check=True)
    with open(os.path.join(files, "proxy.conf"), "w") as f:
        f.write("server default test.pem test.key %s\n" %
                upstream.Server(upstream.echo))
    out = os.path.join(FOLDER, "initrd")
    subprocess.run(["support/run/initrd", out, files], check=True)
    return out


def tls_proxy(mem):
    """So many clients at once, all of which are served."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with Guest(IMAGE, [443], [*mem, "-I", INITRD]) as g:
        g.wait_for("^tls-proxy: listening")
        held = [context.wrap_socket(connect(g.port[443]))
                for _ in range(CLIENTS)]
        for _ in range(2):
            for s in held:
                s.sendall(b"x" * 1000)
            for s in held:
                got = 0
                while got < 1000:
                    more = len(s.recv(1000))
                    assert more, "closed"
                    got += more
        for s in held:
            s.close()


def works(kib):
    try:
        WORK(["-m", "%dK" % kib])
        return True
    except (AssertionError, OSError):
        return False


INITRD = initrd() if APP == "tls-proxy" else None
WORK = {"daytime": daytime, "tls-proxy": tls_proxy}[APP]
low, high = 1024 // STEP, MOST // STEP
assert works(high * STEP), "%s does not work" % APP
while high - low > 1:
    middle = (low + high) // 2
    if works(middle * STEP):
        high = middle
    else:
        low = middle
print(high * STEP)
