# SPDX-License-Identifier: BSD-3-Clause
"""A network of its own between this process and a guest: a tap device in a
namespace that `private` runs the caller's test in. Needs rights that not
everybody has; without them the test is skipped. For tests/build/*/client.py."""
import fcntl
import os
import socket
import struct
import sys

HOST, GUEST = "10.9.0.1", "10.9.0.2"
HOST6 = "fe80::1"
PARAMS = ["netdev.ip=%s/24" % GUEST]
# What the first card's address gives (RFC 4291, appendix A).
GUEST6 = "fe80::5054:ff:fe12:3456"
OPTIONS = ["-M", "q35", "-k",
           "netdev=tap,id=n,ifname=tap0,script=no,downscript=no", "-k"]
CARD = "device=virtio-net-pci,netdev=n,romfile="

TUNSETIFF, TUNSETPERSIST = 0x400454CA, 0x400454CB
IFF_TAP, IFF_NO_PI, IFF_VNET_HDR = 2, 0x1000, 0x4000
SIOCSIFFLAGS, SIOCSIFADDR, SIOCSIFNETMASK = 0x8914, 0x8916, 0x891C
IFF_UP_RUNNING = 0x41


def fold(data):
    """The checksum of RFC 1071 over data, in 16 bits."""
    data += bytes(len(data) % 2)
    v = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while v >> 16:
        v = (v >> 16) + (v & 0xffff)
    return ~v & 0xffff


def private():
    """Start this program again in a namespace of its own, where it goes on
    behind this call; end with 77 where that is not allowed."""
    if os.environ.get("IN_TAP_TEST") != "1":
        os.environ["IN_TAP_TEST"] = "1"
        user = [] if os.geteuid() == 0 else ["-Ur"]
        try:
            os.execvp("unshare", ["unshare", *user, "-n", sys.executable,
                                  *sys.argv])
        except OSError as e:
            skip(e)
    try:
        make("tap0")
    except OSError as e:
        skip(e)


def skip(why):
    print("no tap device here: %s" % why)
    sys.exit(77)


def make(name):
    ifr = struct.pack("16sH", name.encode(), IFF_TAP | IFF_NO_PI | IFF_VNET_HDR)
    tun = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(tun, TUNSETIFF, ifr + bytes(22))
    fcntl.ioctl(tun, TUNSETPERSIST, 1)
    os.close(tun)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        for request, address in ((SIOCSIFADDR, HOST),
                                 (SIOCSIFNETMASK, "255.255.255.0")):
            fcntl.ioctl(s, request, struct.pack(
                "16sHH4s8x8x", name.encode(), socket.AF_INET, 0,
                socket.inet_aton(address)))
        fcntl.ioctl(s, SIOCSIFFLAGS, struct.pack(
            "16sH22x", name.encode(), IFF_UP_RUNNING))
    # Nobody else could have it: no second is spent on asking.
    with open("/proc/sys/net/ipv6/conf/%s/accept_dad" % name, "w") as f:
        f.write("0")
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as s:
        fcntl.ioctl(s, SIOCSIFADDR, struct.pack(
            "=16sIi", socket.inet_pton(socket.AF_INET6, HOST6), 64,
            socket.if_nametoindex(name)))


def counted(what, name="tap0"):
    """A statistic of the device: rx_packets is what the guest sent."""
    with open("/proc/net/dev") as f:
        for line in f:
            if line.strip().startswith(name + ":"):
                n = line.split(":")[1].split()
                return int(n[{"rx_bytes": 0, "rx_packets": 1,
                              "tx_bytes": 8, "tx_packets": 9}[what]])
    raise OSError("no " + name)
