"""The claim that the guide adds, and one like it in every other section: rows, checks, data."""

import re
from pathlib import Path

GUIDE = Path("docs/guides/add-a-claim.md")
OTHER = '''@check(
    "{id}",
    "{notebook}",
    uses=("series",),
    threshold=2,
    rule="Supported if at least {{threshold}} tables of indicators are printed; else contradicted.",
)
def tables_printed_for_{name}(study, threshold):
    """Several tables of indicators are printed."""
    tables = study.series["table"].nunique()
    return Finding(
        "supported" if tables >= threshold else "contradicted",
        f"{{tables}} tables of indicators.",
        statistic="tables of indicators",
        value=tables,
    )
'''
TURN = """TURNS["{id}"] = (
    same,
    lambda study: without(study, table=[3, 4]),
)
"""


def blocks():
    """Give the blocks of code of the guide: the row, the check, its two sets of data, the calls."""
    text = GUIDE.read_text(encoding="utf-8")
    found = re.findall(r"^( *)```\w*\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    return ["\n".join(line.removeprefix(indent) for line in body.splitlines()) + "\n"
            for indent, body in found]  # fmt: skip


def modules():
    """Name the modules of checks that the guide's table names."""
    return re.findall(r"`(\w+)\.py`", GUIDE.read_text(encoding="utf-8").partition("\n1. ")[0])


def claims_of_the_guide(project):
    """Add the guide's claim to a copy of the project, and one to every other section.

    Where claims of a hundred are there already, they have numbers of the next.
    """
    rows = (project / "data/raw/claims.csv").read_text(encoding="utf-8")
    taken = {int(number) // 100 for number in re.findall(r"(?m)^F(\d+),", rows)}
    first = 100 * min(set(range(1, 100)) - taken)
    row, check, turn, _ = (
        text.replace("F100", f"F{first}").replace("def training_", f"def training{first}_")
        for text in blocks()
    )
    own = re.search(r"`article/claims/checks/(\w+)\.py`", GUIDE.read_text(encoding="utf-8"))[1]
    checks, rows, turns = {own: check}, [row], [turn]
    for number, name in enumerate(sorted(set(modules()) - {own}), first + 1):
        about = {"id": f"F{number}", "name": f"{name}_{number}", "notebook": "03-comparison"}
        checks[name] = OTHER.format(**about)
        rows.append(f"F{number},results,empirical,Several tables are printed,T2-T4,,\n")
        turns.append(TURN.format(**about))
    for name, text in checks.items():
        _append(project / f"article/claims/checks/{name}.py", "\n\n" + text)
    _append(project / "data/raw/claims.csv", "".join(rows))
    _append(project / "tests/article/claims/turns.py", "".join(turns))
    return [check.split('"')[1] for check in checks.values()]


def _append(path, text):
    with path.open("a", encoding="utf-8") as file:
        file.write(text)
