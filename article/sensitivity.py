"""Sensitivity to each raw value: change one at a time, and list the claims and cells that change.

What differs with each of the `changes` is compared with the study as it stands: the published
values (against `published.csv`) and the verdicts and statistics of the claims.
"""

from dataclasses import replace

import pandas as pd

from analysis.comparative.evidence import component_matrix
from analysis.tidy.wording import in_full
from article.changes import changes
from article.claims.ledger import checks
from article.claims.reading.caching import is_same
from article.claims.registry import NoData
from article.tables import compared

COLUMNS = [
    "file", "key", "field", "from", "to", "moves", "published", "verdicts", "statistics",
    "explanation",
]  # fmt: skip


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


def bearing(study, cluster):
    """List the claims that would read differently if one cluster were not in the study.

    Returns one row per claim whose verdict or statistic differs: id, claim, verdict, without_it
    (the verdict then), statistic, value, value_without; turned verdicts first. A claim on how many
    clusters there are is left out, since it is the same for each. Empty where the study has no
    claims.

    >>> from analysis.study.loading import load_study
    >>> "F21" in set(bearing(load_study(), "vologda-wood")["id"])
    True
    """
    name, registered = study.cluster(cluster).name, _registered(study)
    without = _without(study, name) if registered else study  # copies all else, for the checks
    texts = dict(zip(study.claims["id"], study.claims["claim"], strict=True))
    rows = []
    for claim, check in registered.items():
        if all(getattr(without, table) is getattr(study, table) for table in check.uses):
            continue  # it reads nothing of the cluster, so it finds the same
        was, then = check.on(study), check.on(without)
        if (was.value, then.value) == (len(study.clusters), len(without.clusters)):
            continue  # it counts the clusters: without any of them it would read otherwise
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
        self.published = {}  # by the number of the table
        for number, published in study.published.groupby("table"):
            self.published[number] = published
        self.cells = {number: self.printed(study, number) for number in self.published}
        self.found = {claim: check.noted(study) for claim, check in registered.items()}
        self.answers, self.resting = {}, {}  # of the readers, and the claims that rest on each
        self.seeing = {}  # by table: the readers that see something of it
        for claim, (_, asked) in self.found.items():
            self.answers |= asked.answers
            for source in (*asked.answers, *asked.whole):  # a reader, or a whole table
                self.resting.setdefault(source, set()).add(claim)
        for key, (parts, _) in self.answers.items():
            for table in parts:
                self.seeing.setdefault(table, []).append(key)
        self.last = {}  # (claim, table): the same with the last change of that table that mattered

    def printed(self, study, number):
        """Return the published cells of one table, each equal to what is regenerated or not."""
        only = replace(study, published=self.published[number])
        return {tuple(cell): status for *cell, _, _, status in compared(only)}

    def moved_cells(self, change):
        """Name the published cells that are no longer as they were."""
        if change.printed not in self.published:
            return []
        was, now = self.cells[change.printed], self.printed(change.study, change.printed)
        return ["/".join(map(str, cell)) for cell in now if now[cell] != was[cell]]

    def moved_claims(self, change):
        """Name the claims whose verdict turns, and those of which only the statistic moves."""
        verdicts, statistics = [], []
        answers = _Answers(change, self.answers)
        differing = [
            key
            for key in self.seeing.get(change.table, ())
            if not answers.unseen(key) and answers.differ(key, self.answers[key])
        ]
        affected = set().union(*(self.resting.get(key, ()) for key in [change.table, *differing]))
        for claim in [claim for claim in self.found if claim in affected]:
            (was, _), now = self.found[claim], self.found_with(change, claim, answers)
            if was.verdict != now.verdict:
                verdicts.append(f"{claim} {was.verdict} -> {now.verdict}")
            elif _figures(was) != _figures(now):
                statistics.append(f"{claim} value")
        return verdicts, statistics

    def found_with(self, change, claim, answers):
        """Return what a check finds of the changed study.

        Where all that it reads is as with the change before (another item of the same component,
        say), it finds the same.
        """
        key = claim, change.table
        if key in self.last:
            finding, asked = self.last[key]
            if change.table not in asked.whole and not any(
                answers.differ(*noted) for noted in asked.answers.items()
            ):
                return finding
        self.last[key] = self.registered[claim].noted(change.study, ask=answers.asked)
        return self.last[key][0]


class _Answers:
    """What the readers answer of a changed study, each asked once."""

    def __init__(self, change, before):
        self.change, self.before, self.now = change, before, change.row | change.cells
        self.given, self.compared = {}, {}

    def differ(self, key, noted):
        """Tell whether a reader answers otherwise than was noted, of whatever study that was."""
        (parts, answer), table = noted, self.change.table
        if table not in parts:
            return False
        place = key, id(answer)
        if place not in self.compared:  # with the answer, or another could take its place in memory
            self.compared[place] = answer, not is_same(self.given_to(key), answer)
        return self.compared[place][1]

    def asked(self, key):
        """Answer a reader's question, or raise NoData."""
        answer = self.given_to(key)
        if isinstance(answer, NoData):
            raise answer
        return answer

    def given_to(self, key):
        """Return the answer to a reader, NoData if there is none: as before if it cannot differ."""
        if key not in self.given:
            self.given[key] = self.before[key][1] if self.unseen(key) else self.read(*key)
        return self.given[key]

    def unseen(self, key):
        """Tell whether the row that is changed is outside of the part that a reader sees."""
        if key not in self.before:
            return False
        part = self.before[key][0].get(self.change.table)
        return part is None or not part.shows(self.change.row, self.now)

    def read(self, reader, arguments, options):
        """Have a reader read the changed study."""
        try:
            return reader(self.change.study, *arguments, **dict(options))
        except NoData as lack:
            return lack


def _registered(study):
    """Return the checks of the claims that the study lists."""
    listed = set(study.claims["id"])
    return {claim: check for claim, check in checks().items() if claim in listed}


def _without(study, cluster):
    """Return the study as if it had never had a cluster; a table without its rows is the same."""
    tables = {"clusters": study.clusters.drop(index=cluster)}
    for name in ("components", "series"):
        table = getattr(study, name)
        others = table["cluster"] != cluster
        tables[name] = table if others.all() else table[others]
    return replace(study, **tables)


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


def _figures(finding):
    """What is compared of a finding beside its verdict; a missing number equals itself."""
    numbers = (finding.value, finding.low, finding.high, finding.p_value, finding.break_even)
    return tuple(f"{number:.10g}" for number in numbers)


def _written(value):
    if isinstance(value, str):
        return value
    return "" if pd.isna(value) else in_full(value)


def _why_nothing(as_is, change):
    """Say why no claim and no published cell depends on a value."""
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
