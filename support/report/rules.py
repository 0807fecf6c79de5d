# SPDX-License-Identifier: BSD-3-Clause
"""The rule of each mitigation, and what the profiles hold: from hardening/."""
import os
import re

import yaml

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))


def load(root=ROOT):
    """{mitigation: rule.yaml}, with scope, title and CPU from flags.mk."""
    out, base = {}, os.path.join(root, "hardening")
    for name in sorted(os.listdir(base)):
        path = os.path.join(base, name, "rule.yaml")
        if not os.path.isfile(path):
            continue
        with open(path, encoding="utf-8") as f:
            rule = yaml.safe_load(f)
        with open(os.path.join(base, name, "flags.mk"),
                  encoding="utf-8") as f:
            text = f.read()
        scope = re.search(r"_SCOPE\s*:=\s*(\w+)", text)
        title = re.search(r"_TITLE\s*:?=\s*(.*)", text)
        cpu = re.search(r"_CPU\s*:=\s*(\w+)", text)
        rule["cpu"] = cpu.group(1) if cpu else None
        rule["scope"] = scope.group(1) if scope else "image"
        rule["title"] = title.group(1).strip() if title else name
        out[name] = rule
    return out


def profiles(root=ROOT):
    """{profile: mitigations}"""
    out, base = {}, os.path.join(root, "hardening", "profiles")
    for name in os.listdir(base):
        if name.endswith(".list"):
            with open(os.path.join(base, name), encoding="utf-8") as f:
                lines = [line.split("#")[0].strip() for line in f]
            out[name[:-len(".list")]] = [x for x in lines if x]
    return out
