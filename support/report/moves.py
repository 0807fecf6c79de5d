# SPDX-License-Identifier: BSD-3-Clause
"""Checks of an image that moves at boot: what is to be changed when it does."""
import disasm


def bounds(image):
    return [image.symbols.get("uk_image_" + n, 0) for n in ("start", "end")]


def relocations(image, rule):
    """There are some, they change neither text nor constants, and what they
    change is an address of the image."""
    lowest, found = image.symbols.get("uk_image_rodata_end", 0), False
    start, end = bounds(image)
    for place in image.relocated():
        found = True
        if place < lowest:
            return "a relocation changes text or constants, at %#x" % place
        value = int.from_bytes(image.read(place, 8), "little")
        if not start <= value <= end:
            return "%#x at %#x is no address of the image" % (value, place)
    return None if found else "no relocation: the image cannot move"


def addresses(image, rule):
    """No C function reaches the image by an address that it has in itself.
    (Where it is linked to 0 there is nothing to tell one by.)"""
    start, end = bounds(image)
    for fn in image.functions if start >= 4096 else ():
        if not fn.is_c:		# entry code runs before the image moves
            continue
        for i in disasm.of(fn):
            if i.mem and not i.mem.base and not i.mem.relative and \
                    not i.mem.segment and start <= i.mem.disp < end:
                return "%s() has an address in it: `%s`" % (
                    fn.name, i.text.strip())
    return None


CHECKS = {"relocations": relocations, "addresses": addresses}
