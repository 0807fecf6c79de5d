# SPDX-License-Identifier: BSD-3-Clause
"""Proof that a local is filled before its address leaves the function.

Forward through the function's blocks, keeping for each local the bytes that
every path has stored to, and for each register the place in the frame that it
points to. Where an address is handed to a call, all bytes that mean something
(padding does not) must have been stored to. What cannot be followed (a jump
through a table) counts as filled: the proof may miss, it does not accuse. After
link-time optimisation neither does a call to C code of the image: the compiler
has looked into it, and leaves out stores that it makes again or nobody reads.
"""
import re

import disasm

CFA = 16		# rbp lies this far below the frame's top
FILLERS = ("memset", "memcpy", "memmove", "bzero")
MAX_ROUNDS = 40


class State:
    """places: register, or @offset of a place where one is kept for a while
    -> offset in the frame that it points to. done: bytes stored to. out:
    offsets that lie as addresses in memory that others may read."""

    def __init__(self, places=(), done=(), out=()):
        self.places, self.done, self.out = dict(places), set(done), set(out)

    def copy(self):
        return State(self.places, self.done, self.out)

    def meet(self, other):
        """What holds on both paths; True if that changed this one."""
        places = {r: p for r, p in self.places.items()
                  if other.places.get(r) == p}
        done, out = self.done & other.done, self.out | other.out
        changed = places != self.places or done != self.done or \
            out != self.out
        self.places, self.done, self.out = places, done, out
        return changed


def place_of(mem, state):
    """Offset from the frame's top of a memory operand without index."""
    if mem.base == "rbp":
        return mem.disp - CFA
    base = disasm.wide(mem.base) if mem.base else None
    if base in state.places:
        return state.places[base] + mem.disp
    return None


def fill(state, local):
    state.done.update(range(local.offset, local.offset + local.size))


def store(i, state, frame):
    at = place_of(i.mem, state)
    local = None if at is None else frame.at(at)
    source = state.places.get(i.wide(0))
    if at is not None and not i.mem.index:
        state.places.pop("@%d" % at, None)
        if source is not None:
            state.places["@%d" % at] = source
    # In a place where no local lives now it is spilled, not given away.
    spilled = at is not None and not frame.at(at, i.addr)
    if source is not None and not spilled and frame.at(source):
        state.out.add(source)
    if local and i.mem.index:		# a loop over an array: all of it
        fill(state, local)
    elif at is not None and not i.mem.index:
        state.done.update(range(at, at + max(i.mem.size, 1)))


def move(i, state):
    """Follow places through lea, mov and add of a constant."""
    if i.op.startswith("lea") and i.mem and not i.mem.index:
        at = place_of(i.mem, state)
        if at is not None:
            return at
    if i.op.startswith("mov") and len(i.reg_ops) == 2 and not i.mem:
        return state.places.get(i.wide(0))
    if i.op.startswith("mov") and i.mem and i.writes and not i.mem.index:
        return state.places.get("@%s" % place_of(i.mem, state))
    if i.op.startswith("add") and i.imm is not None and i.writes:
        held = state.places.get(i.writes[0])
        return None if held is None else held + i.imm
    return None


def escapes(state, frame, pc):
    """Places of locals that a call can reach now."""
    held = {state.places[r] for r in disasm.ARGUMENTS if r in state.places}
    return {at for at in held | state.out if frame.at(at, pc)}


def missing(local, state):
    return sum(local.offset + b not in state.done for b in local.must)


def call(i, state, frame, image, found):
    callee = image.by_addr.get(i.target)
    if callee and callee.name == "__stack_chk_fail":
        return		# takes nothing, comes back never
    first = frame.at(state.places["rdi"]) if "rdi" in state.places else None
    if first and callee and (callee.frame.result_in_memory or
                             re.match("|".join(FILLERS), callee.name)):
        fill(state, first)
    seen_through = callee and callee.is_c and not image.ranges
    for at in escapes(state, frame, i.addr):
        # Which of several at one place is meant cannot be told.
        local = min(frame.all_at(at, i.addr),
                    key=lambda v: missing(v, state))
        left = missing(local, state)
        if left and not seen_through:
            found.setdefault(local.name, left)
        elif not left:
            found["ok " + local.name] = 0
        fill(state, frame.at(at))	# once is enough
    for reg in disasm.CALLER_SAVED:
        state.places.pop(reg, None)


def run_block(block, state, frame, image, found):
    for i in block:
        if i.op.startswith("rep"):
            held = state.places.get("rdi")
            if held is not None and frame.at(held):
                fill(state, frame.at(held))
            state.places.pop("rdi", None)
        elif i.is_call:
            call(i, state, frame, image, found)
        else:
            if i.mem and i.mem_written:
                store(i, state, frame)
            at = move(i, state)
            for reg in i.writes:
                state.places.pop(reg, None)
            if at is not None and i.writes:
                state.places[i.writes[0]] = at


def check(fn, image):
    insns = disasm.of(fn)
    if not fn.frame.locals or not insns:
        return None
    graph = disasm.blocks(insns)
    states = {insns[0].addr: State()}
    for _ in range(MAX_ROUNDS):
        found, changed = {}, False
        for start, (block, to) in graph.items():
            if start not in states:
                continue
            state = states[start].copy()
            run_block(block, state, fn.frame, image, found)
            for t in to:
                if t not in states:
                    states[t], changed = state.copy(), True
                elif states[t].meet(state):
                    changed = True
        if not changed:
            break
    for name, bytes_left in found.items():
        if bytes_left:
            return "%d bytes of '%s' leave the function unset" % (
                bytes_left, name)
    return True if found else None
