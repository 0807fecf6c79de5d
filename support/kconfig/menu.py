# SPDX-License-Identifier: BSD-3-Clause
"""Write the room files of the menu.

Every room of the tree becomes one file <out>/<room>.uk that sources the
Config.uk of each library in it. Behind each library stands its hardening
profile, so that no Config.uk has to say anything about profiles. The facts
come from the tree itself: Makefile.uk names the libraries of a folder,
hardening/<mitigation>/flags.mk the mitigations and their scope,
hardening/profiles/*.list what a profile holds.
"""
import os
import re

ADDLIB = re.compile(r"\$\(call\s+add(plat)?lib(?:_s)?\s*,(.*)")
TITLES = {
    "arch": "CPU", "plat": "Platforms", "core": "Core: in every image",
    "alloc": "Memory allocators", "sched": "Threads and locks",
    "libs": "Libraries", "hardening": "Hardening",
}
ROOMS = tuple(TITLES) + ("external", "app")
CPUS = ("x86_64", "arm64")
PROFILES = ("none", "baseline", "standard", "strict")


def uc(name):
    return re.sub(r"[-.+]", "_", name).upper()


def libs_of(folder):
    """(name, Kconfig symbol or None) of each library of a Makefile.uk."""
    found = {}
    path = os.path.join(folder, "Makefile.uk")
    if not os.path.isfile(path):
        return []
    for line in open(path, encoding="utf-8"):
        m = ADDLIB.search(line.split("#")[0])
        if not m:
            continue
        args = [a.strip() for a in m.group(2).split(",")]
        name = args[1 if m.group(1) else 0].rstrip(") \n")
        guard = re.search(r"\$\(CONFIG_(\w+)\)", m.group(2))
        if re.fullmatch(r"\w+", name):
            found.setdefault(name, guard.group(1) if guard else None)
    return list(found.items())


def folders(root, room):
    base = os.path.join(root, room)
    if not os.path.isdir(base):
        return []
    return [os.path.join(base, d) for d in sorted(os.listdir(base))
            if os.path.isfile(os.path.join(base, d, "Config.uk"))]


class Mitigation:
    """One folder of hardening/ that has a flags.mk."""

    def __init__(self, folder):
        self.folder = folder
        self.name = os.path.basename(folder)
        self.symbol = "HARDEN_" + uc(self.name)
        text = open(os.path.join(folder, "flags.mk"), encoding="utf-8").read()

        def value(key, default=""):
            m = re.search(r"^%s_%s\s*:?=\s*(.*)$" % (self.symbol, key),
                          text, re.M)
            return m.group(1).strip() if m else default
        self.scope = value("SCOPE", "image")
        self.title = value("TITLE", self.name)
        self.needs = value("NEEDS").split()
        # Why a compiler, or a CPU, cannot do it: there it can be had by nobody.
        self.gaps = {c: value("NOTE_" + c) for c in ("gcc", "clang")
                     if value("NOTE_" + c)}
        self.conditions = ["!CC_" + uc(c) for c in self.gaps] + \
            ["!ARCH_" + uc(c) for c in CPUS if value("NOTE_" + c)] + \
            ["ARCH_" + uc(c) for c in value("CPU").split()] + \
            ["!" + s for s in value("CONFLICTS").split()]


def mitigations(root):
    base = os.path.join(root, "hardening")
    return [Mitigation(os.path.join(base, d)) for d in sorted(os.listdir(base))
            if os.path.isfile(os.path.join(base, d, "flags.mk"))]


def profiles(root):
    """{profile: (description, set of mitigations)}; unknown names stop."""
    known = {m.name for m in mitigations(root)}
    out = {}
    for p in PROFILES:
        path = os.path.join(root, "hardening", "profiles", p + ".list")
        text, members = p, []
        if os.path.isfile(path):
            for nr, line in enumerate(open(path, encoding="utf-8"), 1):
                line = line.strip()
                if line.startswith("#"):
                    if text == p and "SPDX" not in line:
                        text = line.lstrip("# ")
                elif line:
                    if line not in known:
                        raise SystemExit(
                            "%s:%d: no mitigation '%s' in hardening/ (known: "
                            "%s)" % (path, nr, line, " ".join(sorted(known))))
                    members.append(line)
        out[p] = (text, members)
    return out


def wished(sym, mits, profs):
    """Defaults where the application selects LIBX_WISH_STRICT: where the
    compiler cannot do all of strict, it is custom, with what can be done."""
    strict = [m for m in mits if m.scope == "library" and
              m.name in profs["strict"][1]]
    gaps = ["CC_" + uc(c) for c in ("gcc", "clang")
            if any(c in m.gaps for m in strict)]
    return ["\tdefault %s_PROFILE_CUSTOM if %s_WISH_STRICT && %s" % (
        sym, sym, c) for c in gaps] + \
        ["\tdefault %s_PROFILE_STRICT if %s_WISH_STRICT" % (sym, sym)]


def library_profile(entry, mits, profs):
    """The menu of one library: its profile, and the parts of 'custom'."""
    lib, guard = entry
    sym = uc(lib)
    out = ["", "config %s_WISH_STRICT" % sym, "\tbool", "",
           "if " + guard if guard else "", "choice",
           '\tprompt "%s: hardening profile"' % lib,
           *wished(sym, mits, profs),
           "\tdefault %s_PROFILE_IMAGE" % sym, "",
           "config %s_PROFILE_IMAGE" % sym,
           '\tbool "as the image"', "\thelp",
           "\t  The library follows the profile of the image.", ""]
    for p in PROFILES:
        out += ["config %s_PROFILE_%s" % (sym, p.upper()), '\tbool "%s"' % p,
                "\thelp", "\t  " + profs[p][0], ""]
    out += ["config %s_PROFILE_CUSTOM" % sym, '\tbool "custom"', "\thelp",
            "\t  Pick the mitigations of this library one by one, from the image's",
            "\t  on.", "", "endchoice", ""]
    for m in mits:
        if m.scope != "library":
            continue
        inside = ["%s_PROFILE_%s" % (sym, p.upper()) for p in PROFILES
                  if m.name in profs[p][1]]
        out += ["config %s_%s" % (sym, m.symbol),
                '\tbool "%s" if %s_PROFILE_CUSTOM' % (m.title, sym)]
        out += ["\tdepends on %s_HARDEN_%s" % (sym, uc(n)) for n in m.needs]
        out += ["\tdepends on " + c for c in m.conditions]
        if m.name in profs["strict"][1]:
            out += ["\tdefault y if %s_PROFILE_CUSTOM && "
                    "%s_WISH_STRICT" % (sym, sym)]
        out += ["\tdefault %s if %s_PROFILE_IMAGE || %s_PROFILE_CUSTOM" % (
            m.symbol, sym, sym)]
        if inside:
            out += ["\tdefault y if " + " || ".join(inside)]
        out += ["\thelp", "\t  %s, for %s alone." % (m.title, lib), ""]
    out += ["config %s_HEAP" % sym, '\tint "%s: heap (0: the image\'s)"' % lib,
            "\tdepends on LIBUKALLOCHARD", "\trange 0 3", "\tdefault 0",
            "\thelp", "\t  What %s allocates comes from a heap of its own, or" %
            lib, "\t  of those with the same number. Costs 70 KiB each.", ""]
    return out + (["endif", ""] if guard else [])



def room_file(root, room, dirs, mits, profs, title):
    out = ['menu "%s"' % title]
    if room == "arch":
        out += ["choice", '\tprompt "CPU of the image"',
                "\tdefault ARCH_X86_64", ""]
        out += ['source "%s/Config.uk"' % d for d in dirs] + ["endchoice"]
    for d in dirs:
        if room != "arch":
            out += ['source "%s/Config.uk"' % d]
        for lib in libs_of(d):
            out += library_profile(lib, mits, profs)
    return out + ["endmenu", ""]


def hardening_file(root, mits, profs, all_libs):
    out = ['menu "%s"' % TITLES["hardening"], "choice",
           '\tprompt "Profile of the image"',
           "\tdefault HARDENING_PROFILE_STANDARD", ""]
    for p in PROFILES:
        out += ["config HARDENING_PROFILE_%s" % p.upper(), '\tbool "%s"' % p,
                "\thelp", "\t  " + profs[p][0],
                "\t  Mitigations: %s." % (", ".join(profs[p][1]) or "none"),
                ""]
    out += ["config HARDENING_CUSTOM", '\tbool "custom"', "\thelp",
            "\t  Pick the mitigations of the image one by one, from standard on.", "",
            "endchoice", "", "config HARDENING_PROFILE", "\tstring"]
    out += ['\tdefault "%s" if HARDENING_PROFILE_%s' % (p, p.upper())
            for p in PROFILES]
    out += ['\tdefault "custom"', ""]
    for m in mits:
        # An `if` also holds for the prompt in the mitigation's own Config.uk;
        # a second `depends on` would not.
        needs = " && ".join(["HARDEN_" + uc(n) for n in m.needs] +
                            m.conditions)
        out += ["if " + needs] if needs else []
        out += ['source "%s/Config.uk"' % m.folder, "config " + m.symbol]
        inside = ["HARDENING_PROFILE_" + p.upper() for p in PROFILES
                  if m.name in profs[p][1]]
        if m.name in profs["standard"][1]:
            inside += ["HARDENING_CUSTOM"]
        out += ["\tdefault y if " + " || ".join(inside)] if inside else []
        out += ["endif"] if needs else []
        users = [m.symbol]
        if m.scope == "library":
            users += ["%s_%s" % (uc(lib), m.symbol)
                      for lib, _ in all_libs]
        out += ["", "config %s_USED" % m.symbol, "\tbool",
                "\tdefault y if " + " || ".join(users), ""]
    for d in folders(root, "hardening"):
        if not os.path.isfile(os.path.join(d, "flags.mk")):
            out += ['source "%s/Config.uk"' % d]
            for lib in libs_of(d):
                out += library_profile(lib, mits, profs)
    return out + ["endmenu", ""]


def write_menu(root, out_dir, app, external):
    """Returns the files that the menu was made from."""
    os.makedirs(out_dir, exist_ok=True)
    mits, profs = mitigations(root), profiles(root)
    files, all_libs, sources = {}, [], [os.path.abspath(__file__)]
    for room in ("arch", "plat", "core", "alloc", "sched", "libs"):
        dirs = folders(root, room)
        files[room] = room_file(root, room, dirs, mits, profs, TITLES[room])
        for d in dirs:
            all_libs += libs_of(d)
            sources += [d + "/Config.uk", d + "/Makefile.uk"]
    for d in folders(root, "hardening"):
        all_libs += libs_of(d)
    out = ['menu "External libraries"']
    for d in external:
        if os.path.isfile(d + "/Config.uk"):
            out += ['source "%s/Config.uk"' % d]
        for lib in libs_of(d):
            all_libs += [lib]
            out += library_profile(lib, mits, profs)
        sources += [d + "/Config.uk", d + "/Makefile.uk"]
    files["external"] = out + ["endmenu", ""]
    out = ['menu "Application: %s"' % os.path.basename(app)]
    if os.path.isfile(app + "/Config.uk"):
        out += ['source "%s/Config.uk"' % app]
    for lib in libs_of(app):
        all_libs += [lib]
        out += library_profile(lib, mits, profs)
    sources += [app + "/Config.uk", app + "/Makefile.uk"]
    files["app"] = out + ["endmenu", ""]
    files["hardening"] = hardening_file(root, mits, profs, all_libs)
    for m in mits:
        sources += [m.folder + "/Config.uk", m.folder + "/flags.mk"]
    sources += [os.path.join(root, "hardening", "profiles", p + ".list")
                for p in PROFILES]
    for room, lines in files.items():
        path = os.path.join(out_dir, room + ".uk")
        text = "\n".join(x for x in lines if x is not None) + "\n"
        if not os.path.exists(path) or open(path).read() != text:
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
    return [s for s in sources if os.path.exists(s)]
