#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Each mitigation is a whole: rule.yaml, menu entry and page; its rule
# names proofs and checks that there are; each line of a profile names a
# mitigation. Prints what is wrong and exits with 1.
set -u
cd "$(dirname "$0")/../.." || exit 2
exec "${PYTHON:-/usr/bin/python3}" - <<'END'
import glob
import os
import sys

sys.path.insert(0, "support/report")
import evidence
import whole
import rules

wrong, known = [], rules.load()
for path in sorted(glob.glob("hardening/*/flags.mk")):
    where = os.path.dirname(path)
    for part in ("rule.yaml", "Config.uk", "README.md"):
        if not glob.glob(os.path.join(where, part)):
            wrong.append("%s has no %s" % (where, part))
for name, rule in known.items():
    where = "hardening/%s/rule.yaml: " % name
    proof, checks = rule.get("proof"), rule.get("image", [])
    if proof and proof.get("kind") not in {
            **evidence.KINDS, **evidence.kinds(rule["cpu"])}:
        wrong.append("%sno kind '%s' in evidence.py" % (
            where, proof.get("kind")))
    for check in checks:
        if check.get("check") not in whole.CHECKS:
            wrong.append("%sno check '%s' in whole.py" % (
                where, check.get("check")))
    if rule["scope"] == "library" and not proof:
        wrong.append(where + "no proof, though it is of libraries")
for profile, members in rules.profiles().items():
    wrong += ["hardening/profiles/%s.list: no mitigation '%s'" % (profile, m)
              for m in members if m not in known]
print("\n".join(wrong + ["%d rules: %d wrong" % (len(known), len(wrong))]))
sys.exit(bool(wrong))
END
