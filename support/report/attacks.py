#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""attacks.py JOBS ATTACK.JSON: the table of all attacks, as Markdown.
attacks.py --check JOBS TABLE: holds a table against what the tree declares.

JOBS is what support/run/joblist.sh prints of kind attack: the acts that are
declared. ATTACK.JSON is what make attack wrote: what became of them. Exit
status 1: some act was not run, or the table is not of this tree."""
import glob
import json
import re
import sys

LEAST = 60      # different acts
COMPILERS = (("gcc", "GCC 12"), ("clang", "Clang 19"))
HEAD = """# Attacks

`make attack` tries each of these. An act dies with the last words that its `expect` names; the same program without
the mitigation is its control, and must do what it came for. `make attack-table` writes this page from `build/attack.json`,
which the last whole run left; [tests/README.md](../tests/README.md#attacks-hardeningmattack) says how to add one.

A dash: not for this compiler, because the mitigation is not. `...`: a number that each build or boot has another of.
"""
ONE = """
## One mitigation each

On profile `standard`, with the mitigation and without it. `stopped`: died as it should, on each of the machines.
"""
FORMS = """
## Forms of one overflow, against whole profiles

Where the buffer lies, how its end is passed, what is hit, and what then runs. `from standard`: dies on this profile and on those
above it, and succeeds on those below. `not stopped`: succeeds on all of them, which is tested as well. The control runs on
profile `none`.
"""


def read_jobs(path):
    """{job name: {keyword: [rest of line, ...]}}"""
    jobs, job = {}, None
    with open(path, encoding="utf-8") as f:
        for line in f:
            word, _, rest = line.strip().partition(" ")
            if word == "job":
                job = jobs.setdefault(rest, {})
            elif word:
                job.setdefault(word, []).append(rest)
    return jobs


def declared(jobs):
    """{(group, act): [job name without control or profile, ...]}"""
    acts = {}
    for name in jobs:
        part = name.split("/")
        if part[0] == "attack" and part[5:] != ["control"]:
            base = "/".join(part[:5])
            bases = acts.setdefault((part[1], part[4]), [])
            if base not in bases:
                bases.append(base)
    return acts


def stoppers(root="."):
    """What stops the acts of a group: {group: mitigation}, and where an
    expect says so act by act, {(group, act): mitigations}."""
    by = {}
    for path in glob.glob(root + "/hardening/*/attack*/expect"):
        mitigation, folder = path.split("/")[-3:-1]
        by[mitigation + folder[len("attack"):]] = mitigation
    for path in glob.glob(root + "/tests/attack/*/expect"):
        group, act = path.split("/")[-2], None
        with open(path, encoding="utf-8") as f:
            for line in f:
                word, _, rest = line.strip().partition(" ")
                if word == "run":
                    found = re.search(r"\b(?:act|cmdline)=(\S+)", rest)
                    act = found.group(1) if found else group
                elif word == "by":
                    by[group, act] = rest
    return by


def linked(mitigations):
    return ", ".join("[%s](../hardening/%s/README.md)" % (m, m)
                     for m in mitigations.split(", ")) or "nothing"


def plain(words):
    """Last words without what differs between two builds."""
    words = re.sub(r"\bptr:[0-9a-f]+", "ptr:...", words)
    return re.sub(r"([\w:]\+0x)[0-9a-f]+", r"\1...", words)


def in_order(values):
    return list(dict.fromkeys(v for v in values if v))


def verdict(records):
    """One cell: what became of an act with one compiler."""
    if not records:
        return "-"
    wrong = in_order(r["outcome"] for r in records
                     if r["outcome"] not in ("stopped", "not stopped"))
    if wrong:
        return "**%s**" % ", ".join(wrong)
    if not records[0]["profile"]:
        return "stopped"
    held = [r["profile"] for r in records if r["outcome"] == "stopped"]
    return "from " + held[0] if held else "not stopped"


def row(key, records, by):
    group, act = key
    words = in_order(plain(r["words"]) for r in records
                     if r["outcome"] == "stopped")
    controls = in_order(r["control"] for r in records)
    cells = [
        "`%s`" % act, group, linked(by.get(key, by.get(group, ""))),
        "<br>".join("`%s`" % w.replace("|", "\\|") for w in words) or "-"]
    cells += [verdict([r for r in records if r["compiler"] == c])
              for c, _ in COMPILERS]
    cells.append(", ".join(in_order(r["machine"] for r in records)))
    cells.append("survives" if controls == ["survived"] else
                 "**%s**" % ", ".join(controls))
    return "| %s |" % " | ".join(cells)


def share(part, whole):
    return "%d (%.1f %%)" % (part, 100 * part / whole if whole else 0)


def totals(records):
    """The last table: for each compiler and both."""
    print("\n## Totals\n\n| | GCC 12 | Clang 19 | both |\n|---|--:|--:|--:|")
    columns = [[r for r in records if r["compiler"] in c]
               for c in (["gcc"], ["clang"], ["gcc", "clang"])]
    lines = [("different acts", []), ("runs that must die", []),
             ("of these stopped", []),
             ("runs on a profile that lets it pass", []),
             ("of these seen to pass", []), ("controls", []),
             ("of these survived", [])]
    for column in columns:
        gaps = [r for r in column if r["name"].endswith("-gap")]
        must = [r for r in column if not r["name"].endswith("-gap")]
        controls = {(r["group"], r["compiler"], r["machine"], r["act"]):
                    r["control"] for r in column}
        lives = list(controls.values()).count("survived")
        stopped = sum(r["outcome"] == "stopped" for r in must)
        passed = sum(r["outcome"] == "not stopped" for r in gaps)
        for line, value in zip(lines, (
                len({(r["group"], r["act"]) for r in column}), len(must),
                share(stopped, len(must)), len(gaps),
                share(passed, len(gaps)), len(controls),
                share(lives, len(controls)))):
            line[1].append(str(value))
    for title, values in lines:
        print("| %s | %s |" % (title, " | ".join(values)))


def table(jobs, path):
    with open(path, encoding="utf-8") as f:
        records = json.load(f)["attacks"]
    acts, of = declared(jobs), {}
    for r in records:
        of.setdefault((r["group"], r["act"]), []).append(r)
    missing = [n for n in jobs if n.startswith("attack/") and
               not n.endswith("/control") and
               n not in {r["name"] for r in records}]
    other = sorted("%s/%s" % k for k in set(of) - set(acts))
    if missing or other:
        sys.exit("attacks: %s is not a whole run of this tree (make attack): "
                 "%s" % (path, ", ".join((missing + other)[:4])))
    by, line = stoppers(), "|---" * (6 + len(COMPILERS)) + "|"
    print(HEAD, end="")
    for title, forms in ((ONE, False), (FORMS, True)):
        print(title)
        print("| act | group | stopped by | last words | %s | machines | "
              "control |" % " | ".join(name for _, name in COMPILERS))
        print(line)
        for key in acts:
            if bool(of[key][0]["profile"]) == forms:
                print(row(key, of[key], by))
    totals(records)


def control_wrong(jobs, base):
    """Why a control proves nothing, or None."""
    job = jobs.get(base + "/control")
    if job is None:
        return "has no control"
    if job["status"] != ["0"] or "^SURVIVED" not in job.get("match", []):
        return "has a control that need not survive"
    images = {n for name, j in jobs.items() for n in j.get("needs", [])
              if name == base or name.startswith(base + "/") and
              name != base + "/control"}
    if set(job["needs"]) & images:
        return "has a control with the mitigation on"
    return None


def check(jobs, path):
    acts, wrong = declared(jobs), []
    names = {act for _, act in acts}
    if len(names) < LEAST:
        wrong.append("%d different acts are declared, fewer than %d" % (
            len(names), LEAST))
    for bases in acts.values():
        wrong += ["%s %s" % (b, why) for b in bases
                  for why in [control_wrong(jobs, b)] if why]
    with open(path, encoding="utf-8") as f:
        told = {(g, a) for a, g in re.findall(r"^\| `(\S+)` \| (\S+) \|",
                                              f.read(), re.M)}
    wrong += ["%s does not tell of %s/%s" % (path, g, a)
              for g, a in acts if (g, a) not in told]
    wrong += ["%s tells of %s/%s, which is not declared" % (path, g, a)
              for g, a in sorted(told - set(acts))]
    for text in wrong:
        print("attacks: " + text)
    if not wrong:
        print("attacks: %d acts with %d different names, each with its "
              "control" % (len(acts), len(names)))
    return bool(wrong)


def main(argv):
    if len(argv) == 3:
        table(read_jobs(argv[1]), argv[2])
        return 0
    if len(argv) == 4 and argv[1] == "--check":
        return check(read_jobs(argv[2]), argv[3])
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv))
