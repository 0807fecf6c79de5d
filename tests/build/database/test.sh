#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 200
# compile_commands.json is right: valid, complete, and each command compiles.
. tests/build/lib.sh

for llvm in '' LLVM=1; do
	must defconfig $llvm UK_DEFCONFIG="$APP/defconfig $BARE"
	must all $llvm
	/usr/bin/python3 - "$O/compile_commands.json" "$O" <<'END' || fail "see above"
import json, os, subprocess, sys
db = json.load(open(sys.argv[1]))
objs = set()
for e in db:
    for key in ("directory", "file", "command"):
        assert e.get(key), (key, e)
    src = os.path.join(e["directory"], e["file"])
    assert os.path.isfile(src), src
    objs.add(os.path.join(e["directory"], e["output"]))
built = {os.path.join(d, f) for d, _, fs in os.walk(sys.argv[2])
         for f in fs if f.endswith(".o.cmd")
         and os.path.basename(d) not in ("", os.path.basename(sys.argv[2]))}
missing = {b[:-4] for b in built} - objs
assert not missing, "not listed: %s" % sorted(missing)[:5]
assert len(db) > 30, len(db)
# Not all of them again: every seventh, checked only.
for e in db[::7]:
    cmd = e["command"].split(" -o ")[0] + " -fsyntax-only"
    p = subprocess.run(cmd, shell=True, cwd=e["directory"],
                       stderr=subprocess.PIPE, text=True)
    assert p.returncode == 0, (cmd, p.stderr)
print(len(db), "commands")
END
done
verdict
