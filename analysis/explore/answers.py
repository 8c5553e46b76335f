"""What-if analysis of the evidence score: ranks under other choices, or with one cell changed.

The sliders that ask these questions are in `widgets.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from analysis.charts.style import ACCENT, GREY, PALE
from analysis.comparative.evidence import component_matrix, evidence_bounds, status_bounds
from analysis.comparative.monotone_rule import best_monotone_rule
from analysis.composite.score import MONOTONE, evidence_score
from analysis.robustness.choices import COPELAND, METHOD
from analysis.tidy.refusals import plain_reason
from analysis.tidy.showing import Readable, shown
from analysis.tidy.wording import counted, interval, number

if TYPE_CHECKING:
    from analysis.study.loading import Study

NORMALISATIONS = ("goalposts", *MONOTONE)
# copeland is left out: it has no score in an interval, only a count of pairs
AGGREGATIONS = {name: p for name, p in METHOD["aggregation"].items() if name != COPELAND}
RANKED = ["grade", "score_low", "score_high", "rank_best", "rank_worst"]
MOVED = [f"{figure}_{when}" for when in ("before", "after") for figure in RANKED[1:]]
LONGEST = 60  # rows of the ranking that are drawn
WIDTH, DOT = 150, 7  # of the picture of one interval and of a point in it, in pixels


@dataclass(frozen=True)
class Setting:
    """One set of choices for the evidence score."""

    planned_credit: float = 0.0  # what a planned component counts, in [0, 1]
    weights: tuple = ()  # one number per component, in the study's order; empty is equal
    normalisation: str = "goalposts"  # one of NORMALISATIONS
    aggregation: str = "arithmetic"  # one of AGGREGATIONS


@dataclass(frozen=True, repr=False)
class Ranking(Readable):
    """Scores and ranks under one setting, or the sentence that says why it makes no sense."""

    scores: pd.DataFrame  # index cluster, columns RANKED, best first; no row where refused
    low: pd.DataFrame  # index cluster, one column per component: the least that each counts
    refused: str  # empty where the setting makes sense
    accent: str = ""  # the cluster whose row is marked

    def named(self, names: dict[str, str]) -> Ranking:
        """Call the clusters by their names: {identifier: name}."""
        scores, low = (table.rename(index=names) for table in (self.scores, self.low))
        refused = plain_reason(self.refused, names)
        accent = names.get(self.accent, self.accent)
        return replace(self, scores=scores, low=low, refused=refused, accent=accent)

    def _repr_html_(self):
        """Draw each cluster's score and rank interval beside its published grade."""
        return _refusal(self.refused) if self.refused else _picture(self.scores, self.accent)


@dataclass(frozen=True, repr=False)
class Change(Readable):
    """What would follow if one cell had another status."""

    cluster: str
    component: str
    status: tuple  # (as coded, as supposed)
    grade: str  # published; empty where the study has no grades
    rule: tuple  # ((lowest, highest) grade of the best monotone rule as coded, as supposed)
    exceptions: tuple  # (fewest exceptions of any rule as coded, as supposed)
    before: Ranking  # as coded
    after: Ranking  # as supposed

    def named(self, names: dict[str, str]) -> Change:
        """Call the clusters by their names: {identifier: name}."""
        before, after = self.before.named(names), self.after.named(names)
        called = names.get(self.cluster, self.cluster)
        return replace(self, cluster=called, before=before, after=after)

    @property
    def refused(self) -> str:
        """Why the setting makes no sense; empty where it does."""
        return self.before.refused or self.after.refused

    @property
    def moved(self) -> pd.DataFrame:
        """Scores and ranks of this cluster and of the others that move; columns MOVED."""
        figures = [ranked.scores[RANKED[1:]] for ranked in (self.before, self.after)]
        both = figures[0].add_suffix("_before").join(figures[1].add_suffix("_after"))[MOVED]
        coded, supposed = (both[MOVED[place : place + 4]].to_numpy() for place in (0, 4))
        is_own = both.index == self.cluster
        return pd.concat([both[is_own], both[(coded != supposed).any(axis=1) & ~is_own]])

    def sentence(self) -> str:
        """Say in plain words what would follow."""
        if self.refused:
            return f"No answer: {plain_reason(self.refused)}."
        moved = self.moved
        own, others = moved.loc[self.cluster], len(moved) - 1
        score, place = (
            [interval(own[f"{low}_{w}"], own[f"{high}_{w}"]) for w in ("before", "after")]
            for low, high in (("score_low", "score_high"), ("rank_best", "rank_worst"))
        )
        return (
            f"If {self.component} of {self.cluster} were {self.status[1]} (as coded: "
            f"{self.status[0]}), its score would be {score[1]} (as coded {score[0]}) and its rank "
            f"{place[1]} (as coded {place[0]}). "
            f"{counted(others, 'other cluster').capitalize()} would move.{self._grade_words()}"
        )

    def _grade_words(self):
        if not self.rule:
            return ""
        given = [" to ".join(dict.fromkeys(grades)) for grades in self.rule]
        return (
            f" The best monotone rule would give it {given[1]} (as coded {given[0]}; published: "
            f"{self.grade}). With the grades as published, the rule with the fewest exceptions "
            f"would leave {counted(self.exceptions[1], 'exception')} (as coded "
            f"{self.exceptions[0]})."
        )

    def _repr_html_(self):
        """Say what would follow, and list what moves."""
        if self.refused:
            return _refusal(self.refused)
        moved = self.moved
        table = pd.DataFrame(
            {
                f"{what}, {words}": [
                    interval(low, high)
                    for low, high in moved[[f"{c}_{when}" for c in ends]].to_numpy()
                ]
                for what, ends in (("score", RANKED[1:3]), ("rank", RANKED[3:5]))
                for when, words in (("before", "as coded"), ("after", "as supposed"))
            },
            index=moved.index,
        )
        return f"<p>{escape(self.sentence())}</p>\n{shown(table)._repr_html_()}"


def rank_clusters(study: Study, setting: Setting | None = None, *, accent: str = "") -> Ranking:
    """Score and rank the clusters under one setting.

    Parameters
    ----------
    study : Study; setting : Setting, default the plain one; accent : cluster to mark

    Returns a `Ranking`. A setting that makes no sense (zeros under a geometric mean, weights that
    do not match) is not an error but an answer: `refused` says why, `scores` has no row.

    >>> from analysis.study.loading import load_study
    >>> rank_clusters(load_study()).scores["rank_worst"].head(3).to_dict()
    {'vologda-wood': 1, 'penza-it': 6, 'sakha-furniture': 10}
    >>> rank_clusters(load_study(), Setting(planned_credit=2)).refused
    'planned_credit is 2; wanted a number from 0 to 1'
    """
    setting = setting or Setting()
    try:
        low, high = evidence_bounds(study.components, setting.planned_credit)
        scores = _scores(low, high, setting)
    except ValueError as refusal:
        return Ranking(pd.DataFrame(columns=RANKED), pd.DataFrame(), str(refusal), accent)
    if study.grades:
        scores.insert(0, "grade", study.clusters["grade"].astype(str))
    ordered = scores.sort_values(["score_low", "score_high"], ascending=False, kind="stable")
    return Ranking(ordered, low, "", accent)


def what_if(
    study: Study,
    setting: Setting | None = None,
    *,
    cluster: str = "",
    component: str = "",
    status: str = "present",
    with_rule: bool = True,
) -> Change:
    """Answer what would change if one component of one cluster had another status.

    Parameters
    ----------
    study : Study; setting : Setting, default the plain one
    cluster, component : the cell; empty: see `open_cell`
    status : one of `evidence.STATUSES`; it replaces what is said of every item of the component
    with_rule : False leaves out the rule, which takes seconds for hundreds of clusters

    Returns a `Change`. The best monotone rule is the one of the study as coded, asked for the
    supposed profile; its exceptions are counted anew with the supposed cell. Raises KeyError for a
    cluster, component or status that is not known.

    >>> from analysis.study.loading import load_study
    >>> change = what_if(load_study(), cluster="penza-it", component="special projects")
    >>> change.status, change.rule
    (('not reported', 'present'), (('average', 'average'), ('highest', 'highest')))
    >>> change.moved.loc["penza-it", ["score_low_before", "score_low_after"]].tolist()
    [0.75, 1.0]
    """
    setting = setting or Setting()
    status_bounds(status)
    cluster, component = open_cell(study, cluster, component)
    supposed = with_status(study, cluster=cluster, component=component, status=status)
    coded = component_matrix(study.components).loc[cluster, component]
    before, after = rank_clusters(study, setting), rank_clusters(supposed, setting)
    rule, exceptions = (), ()
    if with_rule and study.grades and not (before.refused or after.refused):
        rule, exceptions = _graded(study, (before.low, after.low), cluster)
    grade = str(study.clusters.loc[cluster, "grade"]) if study.grades else ""
    return Change(cluster, component, (coded, status), grade, rule, exceptions, before, after)


def with_status(study: Study, *, cluster: str, component: str, status: str) -> Study:
    """Return the study with one component of one cluster in another status, as one item.

    Raises KeyError for a cluster or component that the study does not have.

    >>> from analysis.study.loading import load_study
    >>> other = with_status(load_study(), cluster="penza-it", component="services", status="absent")
    >>> component_matrix(other.components).loc["penza-it", "services"]
    'absent'
    """
    rows = study.components
    cell = (rows["cluster"] == study.cluster(cluster).name) & (rows["component"] == component)
    if not cell.any():
        known = ", ".join(rows["component"].unique())
        raise KeyError(f"no component {component!r} of {cluster!r}; there are: {known}")
    again = cell & rows.duplicated(["cluster", "component"])
    own = {"item": "as supposed", "status": status, "alternative_status": None, "detail": None}
    changed = rows.assign(**{name: rows[name].mask(cell, value) for name, value in own.items()})
    return replace(study, components=changed[~again].reset_index(drop=True))


def open_cell(study: Study, cluster: str = "", component: str = "") -> tuple[str, str]:
    """Return (cluster, component); what is left empty is chosen where asking tells most.

    That is the cluster with the most open components, and its first open component.

    >>> from analysis.study.loading import load_study
    >>> open_cell(load_study(), component="services")
    ('novgorod-agro', 'services')
    """
    if cluster and component:
        return study.cluster(cluster).name, component
    low, high = evidence_bounds(study.components)
    is_open = low < high
    cluster = study.cluster(cluster or is_open.sum(axis=1).idxmax()).name
    return cluster, component or is_open.loc[cluster].idxmax()


def _scores(low, high, setting):
    if setting.aggregation not in AGGREGATIONS:
        known = ", ".join(AGGREGATIONS)
        raise ValueError(f"aggregation is {setting.aggregation!r}; allowed: {known}")
    weights, exponent = list(setting.weights) or None, AGGREGATIONS[setting.aggregation]
    return evidence_score(
        low, high, weights=weights, exponent=exponent, normalisation=setting.normalisation
    )[RANKED[1:]]


def _graded(study, lows, cluster):
    """Return the grades that the study's rule gives the cluster, and the exceptions of any rule.

    `lows` are as coded and as supposed. The rule reads what is shown, so only they matter to it.
    """
    given = tuple(study.clusters.loc[lows[0].index, "grade"])
    rules = [_rule(tuple(map(tuple, low.to_numpy().tolist())), given, study.grades) for low in lows]
    grades = tuple(rules[0].grade_range(low.loc[cluster]) for low in lows)
    return grades, tuple(rule.exception_count for rule in rules)


@lru_cache(maxsize=64)  # weights do not change the rule, and a moving slider asks again and again
def _rule(profiles, given, grades):
    low = pd.DataFrame(profiles)
    return best_monotone_rule(low, low, pd.Series(pd.Categorical(given, grades, ordered=True)))


def _refusal(reason):
    return f"<p>This combination of choices makes no sense: {escape(plain_reason(reason))}.</p>"


def _picture(scores, accent):
    """Draw the ranking as an HTML table: every figure as text, and its interval beside it."""
    best = max(1.0, scores["score_high"].max())
    graded = "grade" in scores
    heads = ["cluster", *["published grade"] * graded, "score", f"0 to {number(best)}", "rank"]
    heads.append(f"1 (best) to {len(scores)}")
    rows = []
    for row in scores.head(LONGEST).itertuples():
        colour = ACCENT if row.Index == accent or not accent else GREY
        score, place = (row.score_low, row.score_high), (row.rank_best, row.rank_worst)
        cells = [
            escape(f"{row.Index}"),
            *([escape(f"{row.grade}")] if graded else []),
            interval(*score),
            _drawn(*score, 0, best, colour),
            interval(*place),
            _drawn(*place, 1, max(2, len(scores)), colour),
        ]
        weight = "bold" if row.Index == accent else "normal"
        cells = "".join(f'<td style="text-align: left">{cell}</td>' for cell in cells)
        rows.append(f'<tr style="font-weight: {weight}">{cells}</tr>')
    head = "".join(f'<th style="text-align: left">{text}</th>' for text in heads)
    more = len(scores) - LONGEST
    note = f"<p>and {more:,} more clusters</p>" if more > 0 else ""
    body = "\n".join(rows)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>{note}"


def _drawn(low, high, least, most, colour):
    """Draw an interval on its scale, a point as a dot; the text beside it says the same.

    Boxes and not SVG, which JupyterLab does not show before a notebook is run. Borders and not
    backgrounds, which are not printed.
    """
    begin, end = ((WIDTH - DOT) * (float(v) - least) / (most - least) for v in (low, high))
    inner = f"margin-left: {begin:.0f}px; width: {end - begin + DOT:.0f}px"
    return (
        f'<div style="width: {WIDTH}px; border-bottom: 1px solid {PALE}">'
        f'<div style="{inner}; border-top: {DOT}px solid {colour}"></div></div>'
    )
