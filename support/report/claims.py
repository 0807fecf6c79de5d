# SPDX-License-Identifier: BSD-3-Clause
"""What an image says about itself: claims, exemptions, rules, profiles.

<build>/claims is written by the build, one fact a line:
    claim LIBRARY MITIGATION...
    exempt LIBRARY MITIGATION REASON     the whole library
    except LIBRARY MITIGATION NAME... : REASON
                                         functions, or files (*.c)
"""
import os
import re

import yaml


def symbol(name):
    return re.sub(r"[-.+]", "_", name).upper()


def rules(root):
    """{mitigation: rule.yaml}, with scope and title from flags.mk."""
    out, base = {}, os.path.join(root, "hardening")
    for name in sorted(os.listdir(base)):
        path = os.path.join(base, name, "rule.yaml")
        if not os.path.isfile(path):
            continue
        with open(path, encoding="utf-8") as f:
            rule = yaml.safe_load(f)
        with open(os.path.join(base, name, "flags.mk"),
                  encoding="utf-8") as f:
            scope = re.search(r"_SCOPE\s*:=\s*(\w+)", f.read())
        rule["scope"] = scope.group(1) if scope else "image"
        out[name] = rule
    return out


def profiles(root):
    out, base = {}, os.path.join(root, "hardening", "profiles")
    for name in os.listdir(base):
        if name.endswith(".list"):
            with open(os.path.join(base, name), encoding="utf-8") as f:
                lines = [line.split("#")[0].strip() for line in f]
            out[name[:-len(".list")]] = [x for x in lines if x]
    return out


class Claims:
    def __init__(self, config, path, known):
        self.config = {}
        with open(config, encoding="utf-8") as f:
            for line in f:
                m = re.match(r"CONFIG_(\w+)=(.*)$", line.strip())
                if m:
                    self.config[m.group(1)] = m.group(2).strip('"')
        self.profile = self.config.get("HARDENING_PROFILE", "")
        self.image = {m for m in known
                      if self.config.get("HARDEN_" + symbol(m)) == "y"}
        self.by_lib, self.exempt, self.excepted = {}, {}, {}
        if os.path.isfile(path):
            with open(path, encoding="utf-8") as f:
                for line in f:
                    self._read(line.split())

    def _read(self, words):
        if len(words) >= 2 and words[0] == "claim":
            self.by_lib[words[1]] = set(words[2:])
        elif len(words) >= 3 and words[0] == "exempt":
            self.exempt[words[1], words[2]] = " ".join(words[3:])
        elif len(words) >= 3 and words[0] == "except":
            names, _, why = " ".join(words[3:]).partition(":")
            self.excepted[words[1], words[2]] = (names.split(), why.strip())

    def claims(self, lib, mit):
        if lib in self.by_lib:
            return mit in self.by_lib[lib]
        return self.config.get("%s_HARDEN_%s" % (
            symbol(lib), symbol(mit))) == "y"
