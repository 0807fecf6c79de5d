# SPDX-License-Identifier: BSD-3-Clause
"""What an image says of itself: the text of its note, and what follows.

    key=value                          version, compiler, app, profile, taint,
                                       selftests, image (mitigations of the
                                       whole image), layout (a commitment to
                                       the seed; zeros before any relinking)
    claim MITIGATION...: LIBRARY...
    exempt LIBRARY MITIGATION REASON   the whole library
    except LIBRARY MITIGATION NAME...: REASON   functions, or files (*.c)
    gap MITIGATION REASON              nobody has it: the compiler cannot
    plat PLATFORM: LIBRARY...
    port LIBRARY SHA256 FILE LICENCE   fetched by hash
    unchecked LIBRARY                  fetched without one
    budget LIBRARY KIND BYTES          the most that size-report allows
    CONFIG_X=y                         the minimal configuration

Written by support/build/note.sh. Several notes: a later key wins. Words that
are not known are kept out: an older reader reads a newer note.
"""
import re

OWNER, TEXT, SECTION = "Redoubt", 1, ".note.redoubt"
MAX_TEXT = 1 << 20


class Note:
    def __init__(self, text):
        self.keys, self.by_lib, self.exempt, self.excepted = {}, {}, {}, {}
        self.plats, self.ports, self.unchecked, self.config = {}, [], [], []
        self.gaps, self.budgets = {}, {}
        for line in printable(text[:MAX_TEXT]).split("\n"):
            self._read(line)
        self.profile = self.keys.get("profile", "")
        self.taint = self.keys.get("taint", "")
        self.image = self.keys.get("image", "").split()
        self.selftests = self.keys.get("selftests") == "y"

    def _read(self, line):
        words = line.split()
        if line.startswith("CONFIG_"):
            self.config.append(line)
        elif re.match(r"[a-z-]+=", line):
            key, _, value = line.partition("=")
            self.keys[key] = value
        elif len(words) < 2:
            return
        elif words[0] in ("claim", "plat"):
            first, _, libs = line[len(words[0]):].partition(":")
            for lib in libs.split():
                if words[0] == "claim":
                    self.by_lib[lib] = set(first.split())
                else:
                    self.plats[lib] = first.strip()
        elif words[0] == "exempt" and len(words) > 3:
            self.exempt[words[1], words[2]] = " ".join(words[3:])
        elif words[0] == "except" and len(words) > 3:
            names, _, why = " ".join(words[3:]).partition(":")
            self.excepted[words[1], words[2]] = (names.split(), why.strip())
        elif words[0] == "gap" and len(words) > 2:
            self.gaps[words[1]] = " ".join(words[2:])
        elif words[0] == "port" and len(words) > 3:
            self.ports.append(words[1:])
        elif words[0] == "unchecked":
            self.unchecked.append(words[1])
        elif words[0] == "budget" and len(words) == 4 and \
                re.fullmatch(r"\d{1,12}", words[3]):
            self.budgets[words[1], words[2]] = int(words[3])

    def layout(self):
        """How its layout came about, in words."""
        seed = self.keys.get("layout", "")
        if not seed:
            return "the linker's, not made to be relinked"
        return "the linker's, not relinked yet" if not seed.strip("0") else \
            "relinked, commitment to the seed: " + seed

    def claims(self, lib, mit):
        return mit in self.by_lib.get(lib, ())

    def platform(self, libraries):
        """The one whose library is in the image, or None."""
        return next((self.plats[lib] for lib in sorted(libraries)
                     if lib in self.plats), None)


def printable(text):
    """Nothing in a file may steer the terminal that it is shown on."""
    return "".join(c if c == "\n" or c == "\t" or c.isprintable() else "?"
                   for c in text)


def of(elf):
    """The note of a file, or None."""
    texts = [text for owner, kind, text in elf.notes(SECTION)
             if owner == OWNER and kind == TEXT]
    if not texts:
        return None
    return Note("\n".join(t.decode("utf-8", "replace").rstrip("\0")
                          for t in texts))
