#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""An image as a guest of a real Xen, which runs in QEMU's software CPU.

guest.py -t pv|pvh [options] IMAGE [WORD...]
  -m MEM      memory of the guest, as QEMU writes it (32M; 208K)
  -T SECONDS  stop after so long (0: never)
  -I FILE     a file that the loader puts into memory
  -N SPEC     a card: user, tcp:PORT:GUESTPORT or udp:PORT:GUESTPORT, as of
              support/run/guest; the guest is 10.0.2.15
  -D          no dom0: the image is dom0, and has no card; console by hypercall
  -R SCRIPT   what dom0 runs instead, with IMAGE as the file `kernel` beside it;
              its last line is XENRUN 0
  -b FILE     a disk (xvda) that holds what the file does; never written back
  -S WORD     ask it to stop (poweroff, reboot) once it has been silent for a second
  -x          xenstored knows the guest even if it has no device
  -v          what takes how long, and what Xen and dom0 say
  -P          only prepare

The first time Debian's Xen, its tools and a kernel are fetched (prepare.sh), a
dom0 is booted and saved; from then on a guest takes the time to restore it. All
of that is kept in UK_XEN_CACHE, or build/xen.

Exit status: the image's. 77: Xen cannot be had here, the last line says why.
124: time limit. 125: it could not be tried, or ended without a status."""
import fcntl
import getopt
import hashlib
import io
import json
import os
import re
import select
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
CACHE = os.path.abspath(os.environ.get("UK_XEN_CACHE") or
                        os.path.join(HERE, "../../build/xen"))
QEMU = "qemu-system-x86_64"
# Without what QEMU 7.2 does wrong: SMAP with IRET in ring 3, MWAIT of Xen's
# idle loop, the exit code of RDTSCP.
CPU = "EPYC,-smap,-monitor,-rdtscp"
MEM, DOM0_MEM = 512, 192
PIECE = 65536
MAC = "00:16:3e:00:00:01"
STATUS = re.compile(rb"^xen: exit status (\d+)\r?$", re.M)


class Trouble(Exception):
    pass


def machine(mem=MEM):
    return [QEMU, "-accel", "tcg", "-M", "q35", "-cpu", CPU, "-m", str(mem),
            "-smp", "1", "-display", "none", "-nodefaults", "-no-reboot"]


def devices(disk, console, net=""):
    """What is there when the machine is saved, and again when it goes on."""
    return ["-drive", "file=%s,format=raw,if=none,id=job" % disk,
            "-device", "virtio-blk-pci,drive=job",
            "-netdev", "user,id=n0" + net, "-device",
            "virtio-net-pci,netdev=n0,romfile=,mac=52:54:00:00:00:01",
            "-device", "virtio-serial-pci", "-chardev", console,
            "-device", "virtserialport,chardev=g,name=guest"]


def xen_options(mem):
    return ("com1=115200,8n1 console=com1 dom0_mem=%s,max:%s dom0_max_vcpus=1 "
            "spec-ctrl=no guest_loglvl=all/all" % (mem, mem))


def read(path):
    try:
        with open(path, "rb") as f:
            return f.read()
    except FileNotFoundError:
        return b""


# ---- what is prepared once ------------------------------------------------

def sources():
    """What the prepared files are made of."""
    h = hashlib.sha256()
    for name in sorted(os.listdir(HERE)):
        if name.endswith((".c", ".h", ".sh")) or name == "dom0":
            h.update(read(os.path.join(HERE, name)))
    return h.hexdigest()


def prepare_files():
    stamp = os.path.join(CACHE, "sources")
    if read(stamp).decode() == sources():
        return
    for name in os.listdir(CACHE):
        if name.startswith("state-"):
            os.unlink(os.path.join(CACHE, name))
    p = subprocess.run(["sh", os.path.join(HERE, "prepare.sh"), CACHE],
                       stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
    if p.returncode:
        sys.stdout.buffer.write(p.stdout)
        sys.exit(p.returncode if p.returncode == 77 else 125)
    with open(stamp, "w", encoding="ascii") as f:
        f.write(sources())


def wait_for(path, text, proc, seconds):
    end = time.monotonic() + seconds
    while text not in read(path):
        if proc.poll() is not None or time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


class Monitor:
    """QEMU's, on one end of a pair of sockets."""

    def __init__(self, sock):
        self.file = sock.makefile("rw", encoding="utf-8")
        self.file.readline()
        self.ask("qmp_capabilities")

    def ask(self, what, **arguments):
        self.file.write(json.dumps({"execute": what, "arguments": arguments}))
        self.file.flush()
        while True:
            answer = json.loads(self.file.readline())
            if "return" in answer:
                return answer["return"]
            if "error" in answer:
                raise Trouble("QEMU: " + answer["error"]["desc"])


def save(proc, monitor, state):
    monitor.ask("migrate-set-parameters", **{"max-bandwidth": 10 << 30})
    monitor.ask("migrate", uri="exec:zstd -q -3 >" + shlex.quote(state))
    while True:
        status = monitor.ask("query-migrate").get("status")
        if status == "completed":
            break
        if status == "failed" or proc.poll() is not None:
            raise Trouble("the state of dom0 cannot be saved")
        time.sleep(0.1)


def prepare_state(state):
    with tempfile.TemporaryDirectory(dir=CACHE) as tmp:
        log, disk = tmp + "/log", tmp + "/disk"
        with open(disk, "wb") as f:
            f.truncate(256 << 20)
        ours, theirs = socket.socketpair()
        command = machine() + devices(disk, "null,id=g") + [
            "-kernel", CACHE + "/xen", "-append", xen_options("%dM" % DOM0_MEM),
            "-initrd", CACHE + "/vmlinux console=hvc0 quiet mitigations=off "
            "swiotlb=4096," + CACHE + "/dom0.cpio", "-serial", "file:" + log,
            "-chardev", "socket,id=m,fd=%d" % theirs.fileno(),
            "-mon", "chardev=m,mode=control"]
        with subprocess.Popen(command, pass_fds=[theirs.fileno()],
                              stdin=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as proc:
            theirs.close()
            try:
                if not wait_for(log, b"DOM0-READY", proc, 240):
                    sys.stderr.buffer.write(read(log))
                    raise Trouble("dom0 does not come up (its log is above)")
                time.sleep(1)		# what it starts settles
                save(proc, Monitor(ours), tmp + "/state")
            finally:
                proc.kill()
        os.rename(tmp + "/state", state)


def prepare():
    for tool in (QEMU, "zstd"):
        if not shutil.which(tool):
            print("no %s here" % tool)
            sys.exit(77)
    os.makedirs(CACHE, exist_ok=True)
    with open(CACHE + "/lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        prepare_files()
        version = subprocess.run([QEMU, "--version"], check=True,
                                 stdout=subprocess.PIPE).stdout
        kind = hashlib.sha256(version + repr((CPU, MEM, DOM0_MEM)).encode())
        state = CACHE + "/state-" + kind.hexdigest()[:12]
        if not os.path.exists(state):
            prepare_state(state)
    return state


# ---- a guest ------------------------------------------------------------

def job_disk(path, files):
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w", format=tarfile.USTAR_FORMAT) as t:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            t.addfile(entry, io.BytesIO(data))
    data = tar.getvalue()
    with open(path, "wb") as f:
        f.write(b"JOB%-13d" % -(-len(data) // PIECE))
        f.seek(PIECE)
        f.write(data)
        f.truncate(256 << 20)


class Console:
    """Passes on what is said, but for lines that are for us: `end`, and what
    begins with `mark` and is not shown unless `verbose`."""

    def __init__(self, end, mark, verbose):
        self.out, self.end = sys.stdout.buffer, re.compile(end)
        self.mark, self.verbose = mark, verbose
        self.held = b""
        self.tail = b""
        self.over = None

    def take(self, data):
        self.held += data
        while b"\n" in self.held:
            line, self.held = self.held.split(b"\n", 1)
            m = self.end.search(line)
            if m:
                self.over = m
                self.held = b""
                return
            if self.verbose or not line.startswith(self.mark):
                self.say(line + b"\n")
        n = len(self.mark)
        if self.held and self.held[:n] != self.mark[:len(self.held)]:
            self.say(self.held)
            self.held = b""

    def say(self, data):
        self.tail = (self.tail + data)[-4096:]
        self.out.write(data)
        self.out.flush()

    def status(self, reason):
        found = STATUS.findall(self.tail)
        if found:
            return int(found[-1])
        return 0 if reason == 0 else 125


def complain(log, verbose):
    lines = [x for x in read(log).replace(b"\r", b"").split(b"\n")
             if verbose or (x.startswith(b"(XEN)") and not re.search(
                 rb"DOM0|Freed|save|restore|non-boot|S5 state|TSC", x))]
    sys.stderr.buffer.write(b"".join(x + b"\n" for x in lines[-60:]))


def arguments(o):
    kib = o.mem[:-1] if o.mem[-1] in "kK" else str(
        int(o.mem.rstrip("mM")) << 10)
    words = ["xenrun", "-t", o.type, "-m", kib, "-c", " ".join(o.words), "-i",
             "-T", str(o.limit or 10 ** 8)]
    words += ["-r", "ramdisk"] if o.initrd else []
    words += ["-s"] if o.store else []
    words += ["-S", o.request] if o.request else []
    words += ["-n", MAC] if o.net is not None else []
    words += ["-v"] if o.verbose else []
    loop = ""
    if o.disk:
        loop = "mknod /dev/loop0 b 7 0 2>/dev/null; losetup /dev/loop0 disk\n"
        words += ["-b", "/dev/loop0"]
    return loop + " ".join(shlex.quote(w) for w in words + ["kernel"]) + "\n"


def run(o, tmp, state):
    files = {"kernel": read(o.image),
             "run": read(o.script) if o.script else arguments(o).encode()}
    if o.initrd:
        files["ramdisk"] = read(o.initrd)
    if o.disk:
        files["disk"] = read(o.disk)
    job_disk(tmp + "/disk", files)
    ours, theirs = socket.socketpair()
    command = machine() + devices(
        tmp + "/disk", "socket,id=g,fd=%d" % theirs.fileno(), o.net or "")
    command += ["-serial", "file:" + tmp + "/log",
                "-incoming", "exec:zstd -dcq " + shlex.quote(state)]
    with subprocess.Popen(command, pass_fds=[theirs.fileno()],
                          stdin=subprocess.DEVNULL,
                          stderr=subprocess.PIPE) as proc:
        theirs.close()
        try:
            con = talk(o, proc, ours, tmp + "/log")
        finally:
            proc.kill()
        error = proc.stderr.read()
    return judge(con, tmp + "/log", error, o.verbose)


def talk(o, proc, sock, log):
    con = Console(rb"^XENRUN (\w+)\r?$", b"XENRUN", False)
    end = time.monotonic() + o.limit + 60 if o.limit else float("inf")
    ears = [sock] + ([] if sys.stdin.closed or sys.stdin.isatty()
                     else [sys.stdin])
    while not con.over and time.monotonic() < end:
        ready = select.select(ears, [], [], 1)[0]
        if sys.stdin in ready:
            data = os.read(0, 1024)
            if data:
                sock.sendall(data)
            else:
                ears.remove(sys.stdin)
        if sock in ready:
            data = sock.recv(65536)
            if not data:
                break
            con.take(data.replace(b"\r", b""))
        if not ready and (proc.poll() is not None or
                          b"Panic on CPU" in read(log)):
            break
    return con


def judge(con, log, error, verbose):
    how = con.over.group(1) if con.over else b"end of the machine"
    if how == b"late":
        print("\nguest: no end within the time limit, stopped",
              file=sys.stderr)
        return 124
    status = con.status(int(how)) if how.isdigit() else 125
    if verbose or status >= 64:
        complain(log, verbose)
    if status == 125:
        sys.stderr.buffer.write(b"".join(
            x for x in error.splitlines(True) if b"TCG doesn't" not in x))
        print("\nguest: ended without a status: %s" % how.decode(),
              file=sys.stderr)
    return status


def run_as_dom0(o, tmp):
    """The hypervisor's messages and the guest's come on one line."""
    mem = o.mem.upper()
    pvh = o.type == "pvh"
    image = ",".join([" ".join([o.image] + o.words)] +
                     ([o.initrd] if o.initrd else []))
    command = machine() + (["-device", "amd-iommu"] if pvh else []) + [
        "-kernel", CACHE + "/xen", "-append", xen_options(mem) +
        (" dom0=pvh" if pvh else ""), "-initrd", image,
        "-serial", "stdio"]
    con = Console(rb"^\(XEN\).*(?:Dom0 (halted|shutdown|crashed)|Panic on CPU)",
                  b"(XEN) ", o.verbose)
    end = time.monotonic() + (o.limit or 10 ** 8)
    with subprocess.Popen(command, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL) as proc:
        try:
            while not con.over and time.monotonic() < end:
                if not select.select([proc.stdout], [], [], 1)[0]:
                    continue
                data = os.read(proc.stdout.fileno(), 65536)
                if not data:
                    break
                con.take(data.replace(b"\r", b""))
        finally:
            proc.kill()
    if not con.over:
        return 124 if time.monotonic() >= end else 125
    return con.status(0 if con.over.group(1) == b"halted" else 3)


class Options:
    def __init__(self, argv):
        self.type = "pvh"
        self.mem, self.limit = "32M", 60
        self.initrd = self.net = self.request = self.disk = None
        self.script = None
        self.dom0 = self.store = self.verbose = self.only = False
        given, self.words = getopt.getopt(argv, "t:m:T:I:N:b:R:S:DxvP")
        for k, v in given:
            if k == "-t":
                self.type = v
            elif k == "-m":
                self.mem = v
            elif k == "-T":
                self.limit = int(v)
            elif k == "-I":
                self.initrd = v
            elif k == "-R":
                self.script = v
            elif k == "-b":
                self.disk = v
            elif k == "-S":
                self.request = v
            elif k == "-N":
                self.net = (self.net or "") + forward(v)
            else:
                setattr(self, {"-D": "dom0", "-x": "store", "-v": "verbose",
                               "-P": "only"}[k], True)
        self.image = self.words.pop(0) if self.words else None


def forward(spec):
    if spec == "user":
        return ""
    kind, port, inside = spec.split(":")
    return ",hostfwd=%s:127.0.0.1:%s-10.0.2.15:%s" % (kind, port, inside)


def main():
    o = Options(sys.argv[1:])
    if not o.image and not o.only:
        print(__doc__, file=sys.stderr)
        return 125
    state = prepare()
    if o.only:
        return 0
    with tempfile.TemporaryDirectory() as tmp:
        return run_as_dom0(o, tmp) if o.dom0 else run(o, tmp, state)


if __name__ == "__main__":
    # Whoever stops this one stops the machine as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main())
    except Trouble as e:
        print("guest: %s" % e, file=sys.stderr)
        sys.exit(125)
