# SPDX-License-Identifier: BSD-3-Clause
"""client.py FOLDER CASES...: runs the cases that these files name, in the
images of that folder; what an image of PTS=all has is told by its status."""
import concurrent.futures
import subprocess
import sys

FOLDER = sys.argv[1]
LIMIT, AT_ONCE, EACH_KVM = 60, 16, 24
STATES = {1: "fails", 2: "unresolved", 4: "unsupported", 5: "untested",
          70: "crash", 124: "no end"}


def names():
    for file in sys.argv[2:]:
        with open(file) as f:
            for line in f:
                if not line.startswith("#"):
                    folder, *files = line.split()
                    yield from (folder + "-" + x for x in files)


def run(case):
    """Its status, its last words."""
    name, plat = case
    cmd = ["support/run/guest", "-t", str(LIMIT), "-p", plat]
    if plat == "kvm":
        # Its time is its instructions: who sleeps does not wait.
        cmd += ["-k", "icount=shift=0,sleep=off"]
    out = subprocess.run(
        [*cmd, "%s/app_%s-x86_64" % (FOLDER, plat), "--", "--", name]
        if plat == "kvm" else
        ["timeout", str(LIMIT), "%s/app_%s-x86_64" % (FOLDER, plat), name],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT)
    return out.returncode, out.stdout.decode("latin-1")


cases = list(names())
todo = [(n, "linuxu") for n in cases] + [(n, "kvm") for n in cases[::EACH_KVM]]
bad = 0
with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
    for (name, plat), (status, said) in zip(todo, pool.map(run, todo)):
        if status:
            bad += 1
            print("%s, %s: %s\n%s" % (name, plat, STATES.get(
                status, "status %d" % status), said), flush=True)
print("%d cases, %d of them on kvm as well: %d do not pass" %
      (len(cases), len(todo) - len(cases), bad))
sys.exit(bad > 0)
