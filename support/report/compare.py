#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""compare.py OLD NEW: what has changed between two reports of the same kind
(build/size.json, build/surface.json): a line for each figure that is another
now, and for each name that came or went. Exit status 1 if any figure has grown.
"""
import json
import signal
import sys


def leaves(at, value):
    """{path: number}, {path of a list: its names}"""
    if isinstance(value, dict):
        for key in value:
            yield from leaves(at + (key,), value[key])
    elif isinstance(value, list):
        yield at, {x if isinstance(x, str) else x[0] for x in value}
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield at, value


def read(path):
    with open(path, encoding="utf-8") as f:
        return dict(leaves((), json.load(f)["images"]))


def main(old, new):
    old, new, grown = read(old), read(new), False
    for at in sorted(old.keys() | new.keys()):
        name, was, now = " ".join(at), old.get(at), new.get(at)
        if isinstance(was or now, set):
            for what, names in (("new", (now or set()) - (was or set())),
                                ("gone", (was or set()) - (now or set()))):
                if names and at[-1] != "symbols":
                    print("%-6s %s: %s" % (what, name,
                                           ", ".join(sorted(names))))
        elif was != now:
            step = (now or 0) - (was or 0)
            grown |= step > 0
            print("%-6s %s: %s, was %s (%s)" % (
                "MORE" if step > 0 else "less", name, now or 0, was or 0,
                "{:+}".format(round(step, 1))))
    return int(grown)


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)	# | head
    try:
        sys.exit(main(*sys.argv[1:3]))
    except (OSError, ValueError, KeyError, TypeError) as why:
        print("compare: %s: %s" % (type(why).__name__, why), file=sys.stderr)
        sys.exit(2)
