"""The first screen of any study, the footer, the glossary, and texts for a search without network."""

import json
from types import SimpleNamespace

import pytest

from pipeline.site.excerpts import finish_pages
from pipeline.site.glossary import terms, with_terms
from pipeline.site.material import Material
from pipeline.site.pages import answers
from pipeline.site.pages.answers import change
from pipeline.site.pages.footer import footer
from pipeline.site.pages.front import front_page
from tests.small_study import EVIL, small_study


@pytest.fixture
def material(tmp_path):
    return Material(*small_study(tmp_path))


def test_a_foreign_study_is_described_by_its_own_results(material):
    body = front_page(material, [("Tables", "tables", "all of them")]).body
    assert "2 clusters in 2 regions" in body
    assert "No cluster is certainly first; 2 of 2 could be" in body
    assert "1 of 2 places has no value" in body
    for word in ("Korchagina", "Russia", "Vologda", "article"):
        assert word not in body
    assert EVIL not in body and "<script" not in body


def test_values_that_the_source_marks_are_counted(material):
    for row in material.values:
        row |= {"standing": "outcome", "flag": "p"}
    count = len(material.values)
    said = f"No value is a target. The source marks {count} of them: p ({count})."
    assert said in list(answers.subjects(material))


def test_bars_stand_where_the_scores_are(material):
    rows = answers.scores_of(material)
    assert [(row["left"], row["width"], row["ends"]) for row in rows] == [
        ("0", "100", "0 to 1")
    ] * 2


def test_below_a_foreign_study_only_it_is_cited(material):
    words = footer(material)
    assert "Korchagina" not in words and "@misc{study" in words
    assert "<script" not in words
    assert 'href="@/files/claims.csv"' in words


def test_a_term_leads_to_the_glossary_once_and_never_from_within_a_link():
    page = '<h1>bd-article</h1><p>A <a href="x">target</a>, a target, targets.</p><p>target</p>'
    linked = with_terms(page, "")
    assert linked.count('<a class="term"') == 1
    assert '<a href="x">target</a>, a <a class="term" href="glossary.html#term-target">' in linked
    assert len(terms()) >= 15


def test_the_texts_of_pages_are_handed_to_the_search_as_text(tmp_path):
    (tmp_path / "_static").mkdir()
    page = '<nav>menu</nav><article class="bd-article"><p>5 &lt; 6 <b>jobs</b></p></article>\n'
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    finish_pages(tmp_path)
    script = (tmp_path / "_static" / "excerpts.js").read_text(encoding="utf-8")
    texts = json.loads(script.removeprefix("window.pageTexts = ").rstrip(";\n"))
    assert texts == {"index": "5 < 6 jobs"}


def of_one_year(material, monkeypatch, share="0.25"):
    """A study of three units, one indicator less known, whose scores are all certain."""
    scores = [("a-b", 9.0), ("c", 5.0), ("d", 2.0), ("e", 1.0)]
    results = {
        "integral.csv": [
            {"level": "total", "year": "2030", "cluster": c, "score_low": str(s), "score_high": str(s),
             "rank_best": str(at), "rank_worst": str(at)}
            for at, (c, s) in enumerate(scores, 1)
        ],
        "integral_ranks.csv": [
            {"cluster": c, "p_first": share, "combinations": "24", "rank_worst": "2"}
            for c, share in (("c", "0.75"), ("a-b", share))
        ],
        "indicator_ranks.csv": [
            {"indicator": i, "year": "2030", "cluster": cluster, "rank": rank}
            for i in ("i", "j") for cluster, rank in (("c", "1"), ("a-b", "2"))
        ],
    }  # fmt: skip
    monkeypatch.setattr(material, "result", lambda name: results.get(name, []))
    return material


def test_the_first_screen_answers_of_numbers_too_and_says_nothing_of_what_is_not_unknown(
    material, monkeypatch
):
    study = of_one_year(material, monkeypatch)
    assert "first of 4 clusters, with a score of 9." in answers.leading(study)
    assert "unknown" not in answers.leading(study) + answers.what_is_scored(study)
    after, choices, firsts = answers.standing(study)
    assert after == "Plain <name> (5) and d (2) follow; e (1) is last."
    assert choices.startswith(
        "Of 24 combinations of methods that were tried, Plain <name> is first"
    )
    assert firsts == (
        "Indicator by indicator, Plain <name> is first in 2 of 2, more than any other."
    )
    assert next(answers.movements(study)).startswith("All values are of 2030: nothing can be said")
    assert [row["left"] for row in answers.scores_of(study)] == ["0"] * 4  # bars from zero


def test_nobody_leads_where_each_is_first_as_often_and_no_indicator_counts_that_has_no_order(
    material, monkeypatch
):
    study = of_one_year(material, monkeypatch)
    one, other = list(study.names)[:2]
    orders = {"i": "12", "k": "21", "level": "11", "alone": "1"}
    ranks = [
        {"indicator": indicator, "cluster": cluster, "year": "2030", "rank": rank}
        for indicator, order in orders.items()
        for cluster, rank in zip((one, other), order, strict=False)
    ]
    tables = {"indicator_ranks.csv": ranks}
    monkeypatch.setattr(study, "result", lambda name: tables.get(name, []))
    monkeypatch.setattr(study, "names", {one: "One", other: "Other"})
    (said,) = answers.standing(study)
    assert said == "Indicator by indicator, One and Other are first in 1 of 2 each."


def test_the_order_of_the_only_indicator_is_told_and_a_rank_of_one_is_none(material, monkeypatch):
    study = of_one_year(material, monkeypatch)
    clusters, name = list(study.names), study.table("indicators")[0]["indicator"]
    ranks = [
        {
            "indicator": name,
            "cluster": cluster,
            "year": "2030",
            "rank": rank,
            "value": value,
            "n": n,
        }
        for cluster, rank, value, n in zip(
            [*clusters[:2], "x"], ["1", "2", "2"], ["9.5", "4", "4"], ["3"] * 3, strict=True
        )
    ]
    alone = {"indicator": "k", "cluster": "x", "year": "2030", "rank": "1", "value": "1", "n": "1"}
    tables = {"indicator_ranks.csv": [*ranks, alone]}
    monkeypatch.setattr(study, "result", lambda name: tables.get(name, []))
    (said,) = answers.standing(study)
    label = study.table("indicators")[0]["label"]
    first, last = (study.names[cluster] for cluster in clusters[:2])
    assert said.startswith(f"{label}, 2030: {first} is first of 3 clusters (9.5), ")
    assert f"{last} and x are last (4)" in said


def test_the_year_of_the_scores_is_told_where_there_are_others(material, monkeypatch):
    study = of_one_year(material, monkeypatch)
    assert answers.leading(study).endswith("first of 4 clusters, with a score of 9.")
    values = [{"year": "2030", "value": "1"}, {"year": "2031", "value": "1"}]
    monkeypatch.setattr(study, "values", values)
    assert "first of 4 clusters in 2030, with a score" in answers.leading(study)


def test_nothing_is_said_of_other_indicators_where_there_are_none(material, monkeypatch):
    verdicts = [{"slope": "-1", "verdict": "those behind catch up"}] * 2
    monkeypatch.setattr(material, "result", lambda name: verdicts if "catching" in name else [])
    said = list(answers.movements(material))[-1]
    assert said == "Those behind catch up in 2 of 2 indicators and fall further behind in none."


@pytest.mark.parametrize(("share", "is_told"), [("0.25", False), ("0.5", True)])
def test_shares_that_add_up_to_more_than_all_are_explained(material, monkeypatch, share, is_told):
    _, choices, _ = answers.standing(of_one_year(material, monkeypatch, share))
    told = "; a first place that several share counts for each."
    assert choices.endswith(told if is_told else "%."), choices


def test_only_a_score_of_components_depends_on_their_coding(material, monkeypatch):
    ends = [("a-b", "5", "9", "1"), ("c", "1", "5", "2")]
    rows = [
        {"level": "total", "year": "2030", "cluster": cluster, "score_low": low,
         "score_high": high, "rank_best": rank, "rank_worst": rank}
        for cluster, low, high, rank in ends
    ]  # fmt: skip
    for name, is_coded in (("integral.csv", False), ("composite.csv", True)):
        results = {name: rows}
        monkeypatch.setattr(material, "result", lambda name, own=results: own.get(name, []))
        said = answers.leading(material)
        assert "first whatever is unknown" in said
        assert ("components are coded" in said) == is_coded


def test_every_question_of_the_first_screen_is_answered(material):
    body = front_page(material, [("Tables", "tables", "all of them")]).body
    for lead in ("What it is about.", "Who stands where.", "What these data cannot show."):
        assert f"<strong>{lead}</strong>" in body
    assert len(list(answers.unsayable(material))) >= 2


def test_one_series_of_one_unit_is_told_in_the_singular(material, monkeypatch):
    row = {"s": "1", "p_two_sided": "0.3", "p_min": "0.02", "cluster": "c", "indicator": "i"}
    growth = {
        "cluster": "c",
        "indicator": "i",
        "cagr_pct": "9.5",
        "first_year": "1",
        "last_year": "2",
    }
    results = {"trends.csv": [row], "growth_summary.csv": [growth]}
    monkeypatch.setattr(material, "result", lambda name: results.get(name, []))
    assert answers.moving(material).startswith("None of 1 series rises significantly, none fall")
    row["p_min"] = "0.08"  # four values: no order of them is rare enough
    assert answers.moving(material) == (
        "Whether 1 series rises or falls cannot be seen: it is too short, or has too many equal "
        "values."
    )
    assert "Plain <name> (9.5 % a year, 1 to 2)." in list(answers.movements(material))[-1]


def test_all_that_grew_as_little_are_counted():
    rows = [
        {
            "indicator": "jobs",
            "cluster": name,
            "cagr_pct": rate,
            "first_year": "2019",
            "last_year": "2021",
        }
        for name, rate in (("a", "2.5"), ("b", "0"), ("c", "0"), ("d", ""))
    ]
    some = SimpleNamespace(
        result=lambda name: rows, table=lambda name: [], names={}, clusters=[], nouns=("r", "rs")
    )
    assert list(change._fastest(some)) == [
        "Highest mean growth: jobs, a (2.5 % a year, 2019 to 2021); "
        "lowest: jobs, b and 1 more (0 % a year, 2019 to 2021)."
    ]
