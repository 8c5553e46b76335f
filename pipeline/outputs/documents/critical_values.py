"""Write the table of critical values of Kendall's S under ties: docs/critical-values.md."""

from pathlib import Path

import pandas as pd

from analysis.trend.kendall.critical_values import LEVELS, critical_values
from pipeline.outputs.canonical import write_text

PAGE = Path("docs/critical-values.md")
LEAST, MOST = 3, 10
HEAD = f"""# Critical values of Kendall's S under ties

The least S > 0 that a two-sided Mann-Kendall test calls significant, for every pattern of equal
values among {LEAST} to {MOST}: the least S with P(|S*| >= S) at or below the level, over all orders
of the values, each as likely. A dash: no order of such values is significant. A negative S is as
far as a positive one, by symmetry. One-sided levels are half of those here.

`ties`: sizes of the groups of equal values; the other values differ from all. `S max`: pairs of
unequal values, the S of a series that never falls. `p min`: the least two-sided p there can be.

Counted in whole numbers by [critical_values](../analysis/trend/kendall/critical_values.py) and
written by `make refresh`. Without ties these are the values of Kaarsemaker and van Wijngaarden
(1953), Tables for use in rank correlation, Statistica Neerlandica 7, 41-54.

"""


def page():
    """Return the page as Markdown."""
    table = critical_values(LEAST, MOST)
    names = ["n", "ties", "S max", "p min", *(f"{level:g}" for level in LEVELS)]
    lines = [_line(names), _line(["---:", "---", *["---:"] * (len(names) - 2)])]
    for n, ties, most, least, *critical in table.astype(object).itertuples(index=False):
        words = ["-" if pd.isna(value) else value for value in critical]
        lines.append(_line([n, ties, most, f"{least:.3g}", *words]))
    return HEAD + "\n".join(lines) + "\n"


def write_critical_values(_places):
    """Renew the page; return the exit status."""
    write_text(PAGE, page())
    print(PAGE)
    return 0


def _line(cells):
    return f"| {' | '.join(map(str, cells))} |"
