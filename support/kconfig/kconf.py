# SPDX-License-Identifier: BSD-3-Clause
"""The configuration driver: kconfiglib behind one command line.

Run by the build with /usr/bin/python3 and the tree described in the
environment (UK_ROOT, UK_MENU, UK_APPDIR, UK_EXTERNAL, UK_CONFIG ...).
What it adds to Kconfig: asked and not granted is an error. Kconfig drops a
value that its dependencies refuse; for a hardening option that is a hole.
Exit status: 0, 1 = refused configuration, 2 = wrong call.
"""
import os
import random
import re
import sys

try:
    import kconfiglib as kc
except ImportError:
    sys.exit("kconf: python3-kconfiglib is not installed for %s: "
             "apt-get install python3-kconfiglib" % sys.executable)
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import menu  # noqa: E402
import origin  # noqa: E402

ENV = os.environ
ASSIGN = re.compile(r"\s*(?:CONFIG_(\w+)=(.*)|# CONFIG_(\w+) is not set)\s*$")


def fail(lines):
    for line in lines:
        print("kconf: " + line, file=sys.stderr)
    sys.exit(1)


class Menu(kc.Kconfig):
    """The parsed menu, and uk_sources: the files it was made from."""

    def write_config(self, filename=None, header=None, save_old=True,
                     verbose=None):
        """Only what can be chosen. What follows from other options is not
        written, so that each line of a .config is something asked for."""
        lines = ["# Redoubt configuration: change it with make menuconfig\n",
                 'CONFIG_UK_APP="%s"\n' % ENV["UK_APP"]]
        seen = set()
        for node in self.node_iter():
            sym = node.item
            if node.item == kc.MENU and kc.expr_value(node.dep):
                lines += ["\n# %s\n" % node.prompt[0]]
            elif isinstance(sym, kc.Symbol) and sym not in seen and \
                    any(n.prompt for n in sym.nodes) and sym.visibility:
                seen.add(sym)
                lines += [sym.config_string]
        write_if_changed(filename or ENV["UK_CONFIG"], "".join(lines))
        return "configuration written to %s" % (filename or ENV["UK_CONFIG"])


def load_tree():
    """Write the room files and parse the whole menu."""
    external = [d for d in ENV.get("UK_EXTERNAL", "").split() if d]
    sources = menu.write_menu(ENV["UK_ROOT"], ENV["UK_MENU"],
                              ENV["UK_APPDIR"], external)
    ENV["srctree"] = ""
    ENV["CONFIG_"] = "CONFIG_"
    ENV["KCONFIG_CONFIG"] = ENV["UK_CONFIG"]
    conf = Menu(ENV["UK_ROOT"] + "/Config.uk", warn_to_stderr=False)
    conf.uk_sources = sources
    check_tree(conf, external)
    return conf


def check_tree(conf, external):
    """Symbols that are used but defined nowhere: an error in our own tree, a
    warning in external libraries (they are written for larger pools)."""
    errors = []
    for sym in conf.syms.values():
        if sym.nodes or sym.is_constant or sym.name == "MODULES" or \
                re.fullmatch(r"[nmy]|0x[0-9a-fA-F]+|\d+", sym.name):
            continue
        for user in conf.unique_defined_syms:
            if not any(sym is s for t, _ in user.selects + user.implies
                       for s in kc.expr_items(t)) and \
               sym not in kc.expr_items(user.direct_dep):
                continue
            where = user.nodes[0].filename
            text = "%s:%d: %s uses %s, which no Config.uk defines" % (
                where, user.nodes[0].linenr, user.name, sym.name)
            if not os.path.abspath(where).startswith(ENV["UK_ROOT"] + "/") or \
                    any(os.path.abspath(where).startswith(d + "/")
                        for d in external):
                print("kconf: warning: " + text, file=sys.stderr)
            else:
                errors.append(text)
    if errors:
        fail(errors)


def read_assignments(path):
    """[(symbol, value, line number)] of a defconfig or .config."""
    out = []
    try:
        with open(path, encoding="utf-8", errors="strict") as f:
            for nr, line in enumerate(f, 1):
                if not line.strip():
                    continue
                m = ASSIGN.match(line)
                if m:
                    val = m.group(2) if m.group(1) else "n"
                    if len(val) > 1 and val[0] == val[-1] == '"':
                        val = kc.unescape(val[1:-1])
                    out.append((m.group(1) or m.group(3), val, nr))
                elif not line.lstrip().startswith("#"):
                    fail(["%s:%d: not a configuration line: %s" % (
                        path, nr, line.strip()[:60])])
    except (OSError, UnicodeDecodeError) as e:
        fail(["%s: cannot be read: %s" % (path, e)])
    return out


def unmet(sym):
    """The parts of a symbol's dependency that do not hold, as text."""
    deps = [n.prompt[1] for n in sym.nodes if n.prompt] or [sym.direct_dep]
    parts = []
    for dep in deps:
        for item in kc.split_expr(dep, kc.AND):
            if kc.expr_value(item) == 0:
                parts.append(origin.explain(item))
    return " and ".join(dict.fromkeys(parts))


def refusal(sym, want, path, nr):
    """Why sym did not take the value that was asked for, or None."""
    got = sym.str_value
    if got == want or (sym.type == kc.HEX and got and want and
                       int(got, 16) == int(want, 16)):
        return None
    if want == "n" and got == "":
        return None
    at = "%s:%d: CONFIG_%s=%s was asked for" % (path, nr, sym.name, want)
    defined = ", ".join("%s:%d" % (n.filename, n.linenr) for n in sym.nodes)
    why = unmet(sym)
    if why:
        why = "it depends on " + why
    elif sym.choice and want == "y":
        why = "the choice is %s" % (sym.choice.selection.name
                                    if sym.choice.selection else "empty")
    elif want == "n" and sym.rev_dep is not sym.kconfig.n and \
            kc.expr_value(sym.rev_dep):
        why = "it is selected by " + origin.selectors(sym)
    elif sym.ranges:
        low, high, _ = sym.ranges[0]
        why = "its range is %s to %s" % (low.str_value, high.str_value)
    elif not any(n.prompt for n in sym.nodes):
        why = "it has no prompt: it follows from other options"
    else:
        why = "not a value of type %s" % kc.TYPE_TO_STR[sym.type]
    return "%s and not granted (it is %s): %s; defined at %s" % (
        at, got or "n", why, defined)


def gaps(conf):
    """What profile strict asks for and this compiler cannot do, unless the
    configuration takes that; in other profiles it is left out, and told."""
    def is_on(name):
        return name in conf.syms and conf.syms[name].str_value == "y"
    compiler, lines = ENV["UK_COMPILER"], []
    if is_on("HARDENING_GAPS"):
        return []
    of_image = is_on("HARDENING_PROFILE_STRICT")
    users = [n for n in conf.syms if n.endswith("_PROFILE_STRICT") and
             is_on(n)]
    members = menu.profiles(ENV["UK_ROOT"])["strict"][1]
    for m in menu.mitigations(ENV["UK_ROOT"]):
        if m.name in members and compiler in m.gaps and users and (
                of_image or m.scope == "library"):
            lines.append(
                "profile strict (%s) holds %s, which %s cannot do: %s. Use "
                "another compiler (Clang: LLVM=1), or take it: "
                "CONFIG_EXPERT=y and CONFIG_HARDENING_GAPS=y" % (
                    users[0], m.name, compiler, m.gaps[compiler]))
    return lines


def follow_compiler(conf, asked):
    """A .config may be of the other compiler: a library that is strict there by
    the application's wish is here what this compiler can do of it, as if
    nobody had chosen, and that is told."""
    changed = []
    if not gaps(conf):
        return
    for name in [n for n in asked if n.endswith("_PROFILE_STRICT")]:
        lib = name[:-len("_PROFILE_STRICT")]
        wish = conf.syms.get(lib + "_WISH_STRICT")
        if asked[name][0] == "y" and wish and wish.str_value == "y":
            conf.syms[name].choice.unset_value()
            if conf.syms[name].str_value == "n":
                changed.append(lib)
            for n in [n for n in asked if n.startswith(lib + "_PROFILE_")]:
                del asked[n]
    if changed:
        print("kconf: %s cannot do all of strict: custom, with what it can: %s"
              % (ENV["UK_COMPILER"], " ".join(changed)), file=sys.stderr)


def load_config(conf, paths, strict=True):
    """Load files in order and hold the result against what they ask for."""
    asked = {}
    for path in paths:
        for name, val, nr in read_assignments(path):
            asked[name] = (val, path, nr)
    for i, path in enumerate(paths):
        conf.load_config(path, replace=i == 0)
    if paths == [ENV["UK_CONFIG"]]:
        follow_compiler(conf, asked)
    errors = []
    for name, (want, path, nr) in asked.items():
        sym = conf.syms.get(name)
        if sym is None or not sym.nodes:
            errors.append("%s:%d: CONFIG_%s is defined by no Config.uk" % (
                path, nr, name))
            continue
        text = refusal(sym, want, path, nr)
        # The environment's own symbols have no prompt and are not asked for.
        if text and not (sym.env_var or name in (
                "UK_APP", "UK_FULLVERSION", "CC_CLANG", "CC_GCC")):
            errors.append(text)
    if not any(s.str_value == "y" for n, s in conf.syms.items()
               if n.startswith("PLAT_") and "_" not in n[5:]):
        errors.append("no platform is chosen: set CONFIG_PLAT_KVM=y or "
                      "another CONFIG_PLAT_* (menu: Platforms)")
    errors += gaps(conf)
    if errors and strict:
        fail(errors + ["asked and not granted: nothing was written. Correct "
                       "the file, or run 'make olddefconfig' to take what "
                       "the dependencies allow."])
    return conf


def taints(conf):
    """Options below EXPERT that are on and were not on by themselves."""
    out = []
    for sym in conf.unique_defined_syms:
        if sym.name != "EXPERT" and sym.type == kc.BOOL and \
                sym.str_value == "y" and \
                conf.syms["EXPERT"] in kc.expr_items(sym.direct_dep):
            out.append(sym.name)
    return out


def write_if_changed(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    try:
        with open(path, encoding="utf-8") as f:
            if f.read() == text:
                return False
    except OSError:
        pass
    with open(path + ".new", "w", encoding="utf-8") as f:
        f.write(text)
    os.replace(path + ".new", path)
    return True


def values(conf):
    """{symbol: text for make} of everything that is set."""
    out = {}
    for sym in conf.unique_defined_syms:
        val = sym.str_value
        if sym.type in (kc.BOOL, kc.TRISTATE):
            if val == "y":
                out[sym.name] = "y"
        elif sym.type != kc.UNKNOWN and (val or sym.type == kc.STRING):
            out[sym.name] = '"%s"' % kc.escape(val) \
                if sym.type == kc.STRING else val
    return out


def header_line(name, val, hexa):
    val = "1" if val == "y" else val
    if hexa and not val.startswith("0x"):
        val = "0x" + val
    line = "#define CONFIG_%s %s\n" % (name, val)
    # The seed's applications test their own options without the prefix.
    return line + ("#define %s %s\n" % (name, val)
                   if name.startswith("APP") else "")


def sync(conf, out):
    """auto.conf for make, config.h for C, one stamp a symbol for both."""
    vals = values(conf)
    tainted = taints(conf)
    if tainted:
        vals["UK_TAINT"] = '"%s"' % " ".join(tainted)
    old = {}
    try:
        for line in open(out + "/kconfig/auto.conf", encoding="utf-8"):
            if line.startswith("CONFIG_"):
                name, val = line.rstrip("\n").split("=", 1)
                old[name[7:]] = val
    except OSError:
        pass
    os.makedirs(out + "/include/config", exist_ok=True)
    for name in sorted(set(old) | set(vals)):
        stamp = out + "/include/config/" + name
        if old.get(name) != vals.get(name) or not os.path.exists(stamp):
            with open(stamp, "w"):
                os.utime(stamp)
    hexes = {s.name for s in conf.unique_defined_syms if s.type == kc.HEX}
    write_if_changed(out + "/include/uk/config.h",
                     "/* Generated from the configuration. */\n#pragma once\n"
                     + "".join(header_line(n, v, n in hexes)
                               for n, v in sorted(vals.items())))
    deps = " ".join(sorted(set(conf.uk_sources) |
                           {os.path.abspath(f) for f in conf.kconfig_filenames}
                           - {os.path.join(ENV["UK_MENU"], room + ".uk")
                              for room in menu.ROOMS}))
    write_if_changed(out + "/kconfig/auto.conf.d",
                     "UKI_CONFIG_DEPS := %s\n" % deps)
    write_if_changed(out + "/kconfig/minimal.config", minimal(conf))
    write_if_changed(out + "/kconfig/auto.conf", "".join(
        "CONFIG_%s=%s\n" % (n, v.replace("$", "$$").replace("#", "\\#"))
        for n, v in sorted(vals.items())))
    os.utime(out + "/kconfig/auto.conf")


def minimal(conf):
    path = ENV["UK_MENU"] + "/.min"
    conf.write_min_config(path, header="")
    text = "".join(line for line in open(path, encoding="utf-8")
                   if line.strip())
    os.unlink(path)
    return text


def randomise(conf, seed):
    """Any value for every visible bool and choice, from a stated seed."""
    rnd = random.Random(seed)
    skip = {"EXPERT", "UK_WERROR"} | set(ENV.get("UK_RANDOM_KEEP", "").split())
    for _ in range(3):
        for item in conf.unique_choices + conf.unique_defined_syms:
            if isinstance(item, kc.Choice):
                # A library keeps its profile mostly: mixed images are rare.
                members = [s for s in item.syms if s.visibility]
                if members and not any(s.name.startswith("ARCH_")
                                       for s in members):
                    rnd.choice(members).set_value(2)
            elif item.choice is None and item.type == kc.BOOL and \
                    item.visibility and item.name not in skip and \
                    not item.name.startswith("PLAT_"):
                item.set_value(rnd.choice([0, 2]))
    if gaps(conf):
        for name in ("EXPERT", "HARDENING_GAPS"):
            conf.syms[name].set_value(2)


def save(conf, path):
    conf.write_config(path)


def main(argv):
    if len(argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    cmd, args = argv[1], argv[2:]
    os.chdir(ENV["UK_ROOT"])  # names in messages are relative to the tree
    config, out = ENV["UK_CONFIG"], ENV["UK_BUILD"]
    os.makedirs(os.path.dirname(config), exist_ok=True)
    conf = load_tree()
    if cmd == "defconfig":
        save(load_config(conf, args), config)
    elif cmd == "olddefconfig":
        if os.path.exists(config):
            load_config(conf, [config], strict=False)
        save(conf, config)
    elif cmd == "savedefconfig":
        load_config(conf, [config])
        write_if_changed(args[0], minimal(conf))
    elif cmd == "sync":
        sync(load_config(conf, [config]), out)
    elif cmd == "trace":
        origin.print_all(load_config(conf, [config], strict=False),
                        dict((n, (p, nr)) for n, _, nr in
                             read_assignments(config) for p in [config]),
                        args)
    elif cmd == "menuconfig":
        import menuconfig
        if os.path.exists(config):
            load_config(conf, [config], strict=False)
        menuconfig.menuconfig(conf)
    elif cmd == "randconfig":
        if args[1:]:
            load_config(conf, args[1:])
        randomise(conf, args[0])
        save(conf, config)
    else:
        print("kconf: unknown command '%s'" % cmd, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
