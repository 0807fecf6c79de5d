# SPDX-License-Identifier: BSD-3-Clause
"""What scanners find in tls-proxy: scan.py IMAGE FOLDER."""
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET

sys.path[:0] = [os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "tls-proxy")]
import proxy  # noqa: E402
from guest import connect, free_port, run  # noqa: E402

# What HTTP says (its headers) is the upstream's, and is not asked for.
ACCEPTED = {
    "cert_revocation": "a test certificate has nobody who would revoke it",
    "engine_problem": "the scanner's own: OpenSSL has no GOST here",
}
HARMLESS = ("OK", "INFO", "LOW")
# Protocols, groups of ciphers, forward secrecy, the server's hello and
# certificate, all known holes; and what depends on the kind of the key.
ALL = ["-p", "-s", "-f", "-S", "-U"]
OF_RSA = ["-s", "-BB", "-D"]


def testssl(*args):
    """Findings of testssl.sh, by what was looked for. It gives up a check where
    the machine is busy, and says so: then it looks again."""
    for _ in range(3):
        found = testssl_once(*args)
        if not any(v[0] == "WARN" and "connect problem" in v[1]
                   for v in found.values()):
            break
    return found


def testssl_once(port, name, checks, trust=None):
    out = os.path.join(proxy.FOLDER, "testssl-%s.json" % name)
    if os.path.exists(out):
        os.remove(out)
    ca = ["--add-ca", "%s/%s.pem" % (proxy.FILES, trust)] if trust else []
    done = subprocess.run(
        ["testssl", "--quiet", "--color", "0", "--warnings", "off", "--nodns",
         "none", "--ip", "127.0.0.1", *ca, *checks, "--jsonfile", out,
         "https://%s:%d/" % (name, port)], stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=300)
    assert os.path.exists(out), done.stdout + done.stderr
    with open(out) as f:
        return {x["id"]: (x["severity"], x["finding"]) for x in json.load(f)}


def bad_of(found):
    return ["%s: %s, %s" % (k, *v) for k, v in found.items()
            if v[0] not in HARMLESS and k not in ACCEPTED]


def sslscan(port, name):
    """What is wrong with it for sslscan."""
    out = os.path.join(proxy.FOLDER, "sslscan-%s.xml" % name)
    subprocess.run(["sslscan", "--no-colour", "--sni-name=" + name,
                    "--xml=" + out, "127.0.0.1:%d" % port], check=True,
                   capture_output=True, timeout=120)
    top, wrong = ET.parse(out).getroot().find("ssltest"), []
    on = {(x.get("type"), x.get("version")) for x in top.iter("protocol")
          if x.get("enabled") == "1"}
    assert on, "no protocol at all"
    wrong += ["%s %s" % x for x in on - {("tls", "1.2"), ("tls", "1.3")}]
    wrong += [x.get("cipher") for x in top.iter("cipher")
              if x.get("strength") not in ("strong", "acceptable")]
    for kind in ("heartbleed", "compression"):
        wrong += [kind for x in top.iter(kind)
                  if "1" in (x.get("vulnerable"), x.get("supported"))]
    return wrong


def of_proxy(g):
    port = g.port[443]
    for name in ("one.test", "rsa.test"):
        wrong = sslscan(port, name)
        assert not wrong, "sslscan, %s: %s" % (name, wrong)
    found = testssl(port, "one.test", ALL, "one.test")
    said = "\n".join(bad_of(found))
    for known in ("TLS1", "TLS1_2", "heartbleed", "CCS", "ticketbleed",
                  "secure_client_renego", "CRIME_TLS", "SWEET32", "LUCKY13",
                  "cipherlist_NULL", "PFS", "cert_trust"):
        assert known in found, "testssl.sh did not look for " + known
    rsa = testssl(port, "rsa.test", OF_RSA, "rsa.test")
    said += "\n".join(bad_of(rsa))
    assert "ROBOT" in rsa and "DROWN" in rsa, rsa
    g.alive()
    assert not said, said
    return "%d findings, none of medium or worse" % (len(found) + len(rsa))


def of_another():
    """A server that offers everything: both find something."""
    port = free_port()
    pem = os.path.join(proxy.FILES, "rsa.test")
    with subprocess.Popen(
            ["openssl", "s_server", "-accept", "127.0.0.1:%d" % port, "-cert",
             pem + ".pem", "-key", pem + ".key", "-cipher",
             "ALL:COMPLEMENTOFALL:@SECLEVEL=0", "-www"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as s:
        try:
            wait(port)
            wrong = sslscan(port, "weak.test")
            assert wrong, "sslscan finds nothing"
            found = bad_of(testssl(port, "weak.test", ["-p", "-s"]))
            assert found, "testssl.sh finds nothing"
        finally:
            s.terminate()
    return "sslscan %d, testssl.sh %d" % (len(wrong), len(found))


def wait(port):
    for _ in range(200):
        try:
            return connect(port).close()
        except OSError:
            proxy.time.sleep(0.05)
    raise AssertionError("nobody listens on port %d" % port)


with proxy.serve(proxy.make_initrd("scan", proxy.CONF)) as guest:
    run([("tls-proxy", lambda: of_proxy(guest)), ("another", of_another)])
