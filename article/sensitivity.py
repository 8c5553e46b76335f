"""What hangs on each raw value: change one at a time, and see which claims and cells move.

Every printed number, every coded status, every grade and every regional figure is changed once,
by a fixed rule. What then differs is compared with the study as it stands: the published values
(against `published.csv`) and the verdicts and statistics of the claims.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.data import Study
from analysis.evidence import component_matrix, component_status, evidence_bounds
from analysis.records import records
from analysis.tables import table_numbers
from analysis.wording import in_full
from article.claims.ledger import checks
from article.claims.reading import ALL, EVIDENCE, PRESENCE, Watched
from article.tables import verify

COLUMNS = [
    "file", "key", "field", "from", "to", "moves", "published", "verdicts", "statistics",
    "explanation",
]  # fmt: skip
OTHER_STATUS = {
    "present": "absent",
    "absent": "present",
    "planned": "present",
    "unknown": "present",
    "not reported": "present",
}


@dataclass(frozen=True)
class Change:
    """One raw value changed, and the study that results."""

    file: str
    key: str  # names the row, by its key columns
    field: str
    before: object
    after: object
    table: str  # of the study
    study: Study
    parts: frozenset  # what of the table is changed, as the checks note what they read
    printed: int = 0  # the number of the article's table in which it stands, if in one


def sensitivity(study):
    """Change each value once and list what moves.

    Returns one row per change: file, key, field, from, to, moves (what moves, "; " between: the
    published cells by table/row/column, the claims whose verdict turns with both verdicts, the
    claims of which only the statistic moves), published, verdicts, statistics (how many of each),
    explanation (why nothing moves; empty where something does).

    Raises nothing for a change that makes a check impossible: its verdict is then not testable.
    """
    as_is = _State(study, _registered(study))
    return pd.DataFrame([_row(as_is, change) for change in changes(study)], columns=COLUMNS)


def changes(study):
    """Yield every change: numbers doubled (see `_other_number`), statuses and grades swapped.

    >>> from analysis.data import load_study
    >>> first = next(changes(load_study()))
    >>> first.key, first.before, first.after
    ('table 2, row 1, 2016', 55.0, 27.5)
    """
    yield from _numbers(study)
    yield from _statuses(study)
    yield from _grades(study)
    yield from _regional_figures(study)


def bearing(study, cluster):
    """List the claims that would read differently if one cluster were not in the study.

    Returns one row per claim whose verdict or statistic differs: id, claim, verdict, without_it
    (the verdict then), statistic, value, value_without; turned verdicts first. Empty where the
    study has no claims.

    >>> from analysis.data import load_study
    >>> "F21" in set(bearing(load_study(), "vologda-wood")["id"])
    True
    """
    without = _without(study, study.cluster(cluster).name)
    texts = dict(zip(study.claims["id"], study.claims["claim"], strict=True))
    rows = []
    for claim, check in _registered(study).items():
        was, then = check.on(study), check.on(without)
        if (was.verdict, _figures(was)) != (then.verdict, _figures(then)):
            rows.append(
                [claim, texts[claim], was.verdict, then.verdict, was.statistic, was.value,
                 then.value]
            )  # fmt: skip
    columns = ["id", "claim", "verdict", "without_it", "statistic", "value", "value_without"]
    table = pd.DataFrame(rows, columns=columns)
    stays = table["verdict"] == table["without_it"]
    return table.loc[stays.sort_values(kind="stable").index].reset_index(drop=True)


def words(table):
    """Say in a sentence how many changes move something, and how many nothing.

    >>> words(pd.DataFrame({"moves": ["F1 value", ""], "verdicts": [0, 0], "published": [0, 0]}))
    '2 values changed one at a time: 1 moves something (0 turn a verdict), 1 moves nothing'
    """
    idle = int((table["moves"] == "").sum())
    turned = int((table["verdicts"] > 0).sum())
    turning = f"{turned} turn{'s' if turned == 1 else ''} a verdict"
    return (
        f"{len(table)} values changed one at a time: {len(table) - idle} "
        f"move{'s' if len(table) - idle == 1 else ''} something ({turning}), {idle} "
        f"move{'s' if idle == 1 else ''} nothing"
    )


class _State:
    """The published cells and findings of a study, to compare others with."""

    def __init__(self, study, registered):
        self.study, self.registered = study, registered
        self.cells = {number: self.printed(study, number) for number in (1, *table_numbers(study))}
        self.findings, self.reads = {}, {}
        for claim, check in registered.items():
            watched = Watched(study)
            self.findings[claim] = check.on(watched)
            self.reads[claim] = watched.reads

    @staticmethod
    def printed(study, number):
        """Return the published cells of one table, each equal to what is regenerated or not."""
        only = {
            name: rows[rows["table"] == number]
            for name, rows in (("published", study.published), ("series", study.series))
        }
        checked = records(verify(replace(study, **only)), "table", "row", "column", "status")
        return {tuple(cell): status for *cell, status in checked}

    def moved_cells(self, change):
        """Name the published cells that are no longer as they were."""
        if not change.printed:
            return []
        was, now = self.cells[change.printed], self.printed(change.study, change.printed)
        return ["/".join(map(str, cell)) for cell in now if now[cell] != was[cell]]

    def moved_claims(self, change):
        """Name the claims whose verdict turns, and those of which only the statistic moves."""
        verdicts, statistics = [], []
        for claim, check in self.registered.items():
            if not self.reads[claim] & change.parts:
                continue  # it reads nothing of what is changed, so it finds the same
            was, now = self.findings[claim], check.on(change.study)
            if was.verdict != now.verdict:
                verdicts.append(f"{claim} {was.verdict} -> {now.verdict}")
            elif _figures(was) != _figures(now):
                statistics.append(f"{claim} value")
        return verdicts, statistics


def _registered(study):
    """Return the checks of the claims that the study lists."""
    listed = set(study.claims["id"])
    return {claim: check for claim, check in checks().items() if claim in listed}


def _without(study, cluster):
    """Return the study as if it had never had a cluster."""
    kept = {
        name: getattr(study, name)[getattr(study, name)["cluster"] != cluster]
        for name in ("components", "series")
    }
    return replace(study, clusters=study.clusters.drop(index=cluster), **kept)


def _row(as_is, change):
    cells = as_is.moved_cells(change)
    verdicts, statistics = as_is.moved_claims(change)
    moves = [*(f"published {cell}" for cell in cells), *verdicts, *statistics]
    return {
        "file": change.file,
        "key": change.key,
        "field": change.field,
        "from": _written(change.before),
        "to": _written(change.after),
        "moves": "; ".join(moves),
        "published": len(cells),
        "verdicts": len(verdicts),
        "statistics": len(statistics),
        "explanation": "" if moves else _why_nothing(as_is, change),
    }


def _numbers(study):
    """Every printed cell of the indicator tables, gaps included."""
    series = study.series
    for place, cell in series.iterrows():
        other = _other_number(cell["value"], cell["kind"])
        changed = series.assign(value=series["value"].where(series.index != place, other))
        key = f"table {cell['table']}, row {cell['row']}, {cell['year']}"
        study_then = replace(study, series=changed)
        parts = {cell["indicator"]} | ({PRESENCE} if pd.isna(cell["value"]) else set())
        yield Change(
            "series.csv", key, "value", cell["value"], other, "series", study_then,
            _parts("series", parts), int(cell["table"]),
        )  # fmt: skip


def _other_number(value, kind):
    """Double a number, halve a share, write 1 for a zero or a gap."""
    if pd.isna(value) or value == 0:
        return 1.0
    return value / 2 if kind == "share" else value * 2


def _statuses(study):
    """Every coded item: what is present becomes absent, everything else present."""
    components = study.components
    if components.empty:
        return
    others = components["status"].map(OTHER_STATUS)
    moved = _evidence_moved(components, others)
    for place, item in components.iterrows():
        status = components["status"].where(components.index != place, others[place])
        key = f"{item['cluster']}, {item['component']}, {item['item']}"
        study_then = replace(study, components=components.assign(status=status))
        parts = {item["component"]} | ({EVIDENCE} if moved[place] else set())
        yield Change(
            "components.csv", key, "status", item["status"], others[place], "components",
            study_then, _parts("components", parts),
        )  # fmt: skip


def _evidence_moved(components, others):
    """Tell for each item whether its component would count otherwise in any reading: list of bool.

    All items at once: each is looked at in a copy of its cell (its cluster and component) that
    stands for a cluster of its own.
    """
    cells = components.reset_index(names="place")
    cells = cells.merge(cells[["cluster", "component", "place"]], on=["cluster", "component"])
    cells = cells.assign(cluster=cells["place_y"], component="the cell").sort_values("place_y")
    changed = cells["status"].where(
        cells["place_x"] != cells["place_y"], cells["place_y"].map(others)
    )
    pairs = zip(_evidence(cells), _evidence(cells.assign(status=changed)), strict=True)
    return np.any([was != now for was, now in pairs], axis=0).tolist()


def _evidence(items):
    """What a component can count, with plans worth nothing, something, all; and its status."""
    columns = []
    for column in ("status", "alternative_status"):
        columns.append(component_status(items, column)["status"].to_numpy())
        for credit in (0.0, 0.5, 1.0):
            columns += [end.iloc[:, 0].to_numpy() for end in evidence_bounds(items, credit, column)]
    return columns


def _grades(study):
    """Every grade: the next higher one, the highest becomes the next lower."""
    clusters, grades = study.clusters, list(study.grades)
    for cluster, grade in clusters["grade"].items():
        place = grades.index(grade)
        other = grades[place + 1 if place + 1 < len(grades) else place - 1]
        changed = clusters["grade"].where(clusters.index != cluster, other)
        study_then = replace(study, clusters=clusters.assign(grade=changed))
        yield Change(
            "clusters.csv", cluster, "grade", grade, other, "clusters", study_then,
            _parts("clusters", set()), 1,
        )  # fmt: skip


def _regional_figures(study):
    """Every outside figure: halved, with both ends of its range."""
    context = study.context
    figures = ["value", "low", "high"]
    for place, row in context.iterrows():
        changed = context.copy()
        changed.loc[place, figures] = row[figures].astype(float) / 2
        key = f"{row['region']}, {row['period']}, {row['measure']}"
        study_then = replace(study, context=changed)
        yield Change(
            "regional_context.csv", key, "value", row["value"], row["value"] / 2, "context",
            study_then, _parts("context", set()),
        )  # fmt: skip


def _parts(table, parts):
    return frozenset((table, one) for one in {ALL, *parts})


def _figures(finding):
    """What is compared of a finding beside its verdict; a missing number equals itself."""
    numbers = (finding.value, finding.low, finding.high, finding.p_value, finding.break_even)
    return tuple(f"{number:.10g}" for number in numbers)


def _written(value):
    if isinstance(value, str):
        return value
    return "" if pd.isna(value) else in_full(value)


def _why_nothing(as_is, change):
    """Say why no claim and no published cell hangs on a value."""
    if change.table == "context":
        return "no check reads this regional figure: no cluster prints a number to hold against it"
    if change.table == "components":
        before, after = (
            component_matrix(study.components) for study in (as_is.study, change.study)
        )
        if before.equals(after):
            return "another item of the component keeps its status as it is"
        return "the component's status changes, but no rule counts it so finely that a claim moves"
    return "no claim and no published value rests on it"
