# SPDX-License-Identifier: BSD-3-Clause
"""Say where a value comes from: set by the user, a default, a select."""
import kconfiglib as kc


def explain(expr):
    """An expression with the value of each of its symbols."""
    text = kc.expr_str(expr)
    syms = [s for s in kc.expr_items(expr)
            if isinstance(s, kc.Symbol) and not s.is_constant]
    vals = ", ".join("%s=%s" % (s.name, s.str_value or "n")
                     for s in sorted(syms, key=lambda s: s.name))
    return "%s (%s)" % (text, vals) if vals else text


def selectors(sym):
    names = [s.name for item in kc.split_expr(sym.rev_dep, kc.OR)
             if kc.expr_value(item)
             for s in kc.expr_items(item)
             if isinstance(s, kc.Symbol) and sym in
             [t for t, _ in s.selects]]
    return ", ".join(sorted(set(names)))


def origin(sym, asked):
    """(who set it, file:line)"""
    node = sym.nodes[0]
    here = "%s:%d" % (node.filename, node.linenr)
    if sym.rev_dep is not sym.kconfig.n and kc.expr_value(sym.rev_dep):
        return "select by " + selectors(sym), here
    if sym.choice and sym.choice.user_selection is None and \
            sym.choice.selection is sym:
        return "default of choice", here
    if sym.user_value is not None and sym.visibility and sym.name in asked:
        default = default_of(sym)
        if default is None or default != sym.str_value:
            return "user", "%s:%d" % asked[sym.name]
    if sym.weak_rev_dep is not sym.kconfig.n and \
            kc.expr_value(sym.weak_rev_dep) and not sym.defaults:
        return "imply", here
    return "default", here


def default_of(sym):
    for val, cond in sym.defaults:
        if kc.expr_value(cond):
            return val.str_value if isinstance(val, kc.Symbol) \
                else {0: "n", 2: "y"}[kc.expr_value(val)]
    return "n" if sym.type == kc.BOOL else None


def print_all(conf, asked, only):
    """One line a symbol: value, who set it, where."""
    for sym in sorted(conf.unique_defined_syms, key=lambda s: s.name):
        if only and sym.name not in only:
            continue
        who, where = origin(sym, asked)
        print("%-40s %-16s %-24s %s" % (
            "CONFIG_" + sym.name, sym.str_value or "n", who, where))
