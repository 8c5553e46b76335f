"""The ledger: every claim has its check, every check its claim, and lack of data is a verdict."""

import math
import re
from dataclasses import replace
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from article.claims import registry, words, yardsticks
from article.claims.ledger import ClaimsError, checks, ledger, mismatches, tally
from article.claims.reading import cluster_count
from article.claims.registry import VERDICTS, Check, Finding, NoData, check, not_testable
from article.tables_named import NotNamedError

CONTRACT = [
    "id",
    "section",
    "kind",
    "claim",
    "verdict",
    "rule",
    "statistic",
    "value",
    "low",
    "high",
    "p_value",
    "at_half_threshold",
    "at_double_threshold",
    "break_even",
    "needs",
    "explanation",
    "notebook",
]


@pytest.fixture(scope="module")
def table(study):
    return ledger(study)


def test_every_claim_has_one_row_with_the_columns_of_the_contract(table, study):
    assert list(table)[: len(CONTRACT)] == CONTRACT
    assert table["id"].tolist() == study.claims["id"].tolist()
    assert {f"F{number}" for number in range(1, 71)} <= set(table["id"])
    assert set(table["verdict"]) <= set(VERDICTS)
    assert (table[["rule", "explanation", "verdict"]] != "").all(axis=None)


def test_what_is_not_testable_names_the_data_needed(table):
    lacking = table[table["verdict"] == "not testable"]
    assert len(lacking)
    assert (lacking["needs"].str.len() > 20).all()


def test_only_norms_forecasts_theory_and_literature_are_not_empirical(table):
    kinds = table.loc[table["verdict"] == "not empirical", "kind"]
    assert set(kinds) <= {"normative", "forecast", "theoretical", "literature"}


@pytest.mark.parametrize("side", ["lower", "higher"])
def test_the_thresholds_beside_one_are_tried(table, side):
    tried = table[f"{side}_threshold"].notna()
    assert tried.any()
    assert table.loc[tried, f"at_{side}_threshold"].isin(VERDICTS).all()
    assert table.loc[~tried, f"at_{side}_threshold"].isna().all()
    assert (table["lower_threshold"].dropna() > 0).all()


def test_half_and_double_stand_only_where_they_are_tried(table):
    for name, side, times in (("half", "lower", 0.5), ("double", "higher", 2)):
        told = table[f"at_{name}_threshold"].notna()
        assert told.any()
        assert (table.loc[told, f"{side}_threshold"] == times * table.loc[told, "threshold"]).all()


@pytest.mark.parametrize(
    ("threshold", "share", "lower", "higher"),
    [
        (0.5, True, 1 / 3, 2 / 3),
        (1.0, True, 2 / 3, None),
        (0.25, True, None, 1 / 3),
        (1, False, None, 2),
        (2, False, 1, 3),
        (1.0, False, 0.5, 2.0),
        (None, False, None, None),
    ],
)
def test_neighbours_of_a_threshold_mean_something(threshold, share, lower, higher):
    assert yardsticks.neighbours_of(threshold, share) == (lower, higher)


def test_a_statistic_lies_within_its_range(table):
    ranged = table.dropna(subset=["low", "high"])
    assert (ranged["low"] <= ranged["high"]).all()
    assert ((ranged["low"] <= ranged["value"]) & (ranged["value"] <= ranged["high"])).all()


def test_no_sentence_holds_an_undefined_number(table):
    texts = table["explanation"] + table["rule"] + table["needs"]
    assert not texts.str.contains(r"\bnan\b|undefined|None|\binf\b|\{|\}", regex=True).any()


@pytest.mark.parametrize("ledger_name", ["claims", "audit"])
def test_every_notebook_and_section_named_exists(study, table, ledger_name):
    from article.audit import audit

    places = (table if ledger_name == "claims" else audit(study))["notebook"]
    headings = {}
    for path in Path("notebooks").glob("*.ipynb"):
        sources = [c.source for c in nbformat.read(path, 4).cells if c.cell_type == "markdown"]
        found = re.findall(r"^#+ (.+)$", "\n".join(sources), re.MULTILINE)
        headings[path.stem] = {_slug(heading) for heading in found}
    for place in places[places != ""]:
        name, _, section = place.partition("#")
        assert name in headings, place
        assert not section or section in headings[name], place


def _slug(heading):
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_a_claim_without_a_check_is_refused_by_name(study):
    more = pd.concat([study.claims, study.claims.tail(1).assign(id="F999")], ignore_index=True)
    with pytest.raises(ClaimsError, match=r"claims\.csv: F999 has no check"):
        ledger(replace(study, claims=more))


def test_a_check_without_a_claim_is_refused_by_name(study):
    fewer = study.claims[~study.claims["id"].isin(["F54", "F20"])]
    with pytest.raises(ClaimsError) as refused:
        ledger(replace(study, claims=fewer))
    assert len(refused.value.problems) == 2
    assert "the check of F54 has no claim in claims.csv" in str(refused.value)


def test_claims_and_checks_match_in_the_project(study):
    assert mismatches(study.claims, checks()) == []


def test_a_verdict_that_is_none_is_refused():
    with pytest.raises(ValueError, match="verdict 'true'; allowed: supported, partly supported"):
        Finding("true", "Because.")


@pytest.fixture
def empty_register(monkeypatch):
    monkeypatch.setattr(registry, "CHECKS", {})
    return registry.CHECKS


def test_two_checks_of_one_claim_are_refused(empty_register):
    check("F1", "", rule="Always.")(lambda study, _: Finding("supported", "So."))
    with pytest.raises(ValueError, match="F1 has two checks"):
        check("F1", "", rule="Never.")(lambda study, _: Finding("contradicted", "So."))


def test_a_rule_whose_threshold_nothing_gives_is_refused():
    with pytest.raises(ValueError, match="F1: the rule names a threshold, and the hedge 'a n"):
        check("F1", "x", rule="Supported if {threshold}.", hedge="a number of")


def test_a_claim_that_is_not_testable_has_to_name_its_needs(empty_register):
    with pytest.raises(ValueError, match="F1: name the data"):
        not_testable("F1", why="Nothing is printed.")


def test_a_table_that_is_not_named_cannot_be_read(study):
    find = lambda study, _: Finding("supported", f"{len(study.clusters)} clusters.")  # noqa: E731
    with pytest.raises(
        NotNamedError, match=r"F1 reads the table 'clusters'.*\(\"series\", \"clusters\"\)"
    ):
        Check("F1", "", find, ("series",)).on(study)
    through_a_reader = lambda study, _: Finding("supported", f"{cluster_count(study)}.")  # noqa: E731
    with pytest.raises(NotNamedError, match="F1 reads the table 'clusters'"):
        Check("F1", "", through_a_reader, ("series",)).on(study)


def test_every_table_named_is_read(study):
    for claim, examined in checks().items():
        _, asked = examined.noted(study)
        assert asked.read >= set(examined.uses) or claim == "F32", claim  # whose data are too few


def test_what_is_no_table_cannot_be_named(study):
    with pytest.raises(ValueError, match="F1: uses= names 'tables'; wanted of these: clusters"):
        Check("F1", "", None, ("tables",)).on(study)


def test_missing_data_are_a_verdict_with_its_reason(study):
    def find(study, _):
        raise NoData("value of the indicator 'x'")

    found = Check("F1", "", find).on(study)
    assert (found.verdict, found.needs) == ("not testable", "value of the indicator 'x'")
    assert "no value of the indicator 'x'" in found.explanation


def _lacking(study):
    """Studies that lack one thing each."""
    for cluster in study.clusters.index[[0, 6]]:
        yield (
            f"without {cluster}",
            replace(
                study,
                clusters=study.clusters.drop(index=cluster),
                components=study.components.query("cluster != @cluster"),
                series=study.series.query("cluster != @cluster"),
            ),
        )
    for column in ("table", "year"):
        for value in study.series[column].unique():
            rows = study.series[study.series[column] != value]
            yield f"without {column} {value}", replace(study, series=rows)
    for component in study.component_names:
        rows = study.components[study.components["component"] != component]
        yield f"without {component}", replace(study, components=rows)
    for table in ("components", "series", "criteria", "context"):
        yield f"no {table}", replace(study, **{table: getattr(study, table).iloc[:0]})
    yield "only gaps", replace(study, series=study.series.assign(value=math.nan))
    yield "only zeros", replace(study, series=study.series.assign(value=0.0))
    targets = study.series.assign(standing="target")
    yield "only targets", replace(study, series=targets)


def test_a_study_that_lacks_something_still_has_a_verdict_on_every_claim(study):
    for lack, lesser in _lacking(study):
        for claim, examined in checks().items():
            explanation = examined.on(lesser).explanation
            assert not re.search(r"\bnan\b|\binf\b", explanation), (claim, lack)


def test_a_study_without_any_data_can_support_nothing(study):
    bare = {table: getattr(study, table).iloc[:0] for table in ("components", "series", "context")}
    counts = tally(ledger(replace(study, **bare)))
    assert counts["supported"] <= 1  # what rests on the list of clusters alone
    assert counts["contradicted"] == 0


def test_every_claim_is_shown_in_the_reading_view(table):
    source = Path("notebooks/08-claims.ipynb").read_text(encoding="utf-8")
    sections = words.first_section(table).unique()
    shown = "".join(words.of_section(table, section) for section in sections)
    for claim in table["id"]:
        assert f"**{claim} · " in shown
    for section in sections:
        assert f'words.of_section(claims, \\"{section}\\")' in source


def test_the_tally_counts_every_claim_once(table):
    counts = words.by_section(table)
    assert counts.loc["all claims"].sum() == len(table)
    assert counts.drop(index="all claims").to_numpy().sum() == len(table)
    assert counts.loc["all claims"].to_dict() == tally(table)


def test_words_from_data_are_escaped():
    line = words.escaped("<script>*a*</script> [b](c) `d` | $x$")
    assert "<" not in line
    assert line.endswith("\\*a\\*&lt;/script&gt; \\[b\\](c) \\`d\\` \\| \\$x\\$")


def test_a_study_whose_claims_tell_no_hedges_is_examined_all_the_same(study):
    bare = study.claims.drop(columns=["place", "hedge"])
    assert tally(ledger(replace(study, claims=bare))) == tally(ledger(study))
    blank = study.claims.assign(place=None, hedge=None)
    assert mismatches(blank, checks()) == []
    other = study.claims.assign(hedge=study.claims["hedge"].replace("usually", "always"))
    assert "claims.csv: the hedge of F2 is 'always'; its check has 'usually'" in mismatches(
        other, checks()
    )


# columns that a study need not have, and what a study of its own may lack of them: all, or some
OPTIONAL = {
    "series": ["table", "row", "standing", "concept", "criterion", "criterion_alternative"],
    "clusters": ["region", "activity_class", "activity_class_alternative", "grade"],
    "components": ["alternative_status", "detail"],
}
LACKING = [
    (name, column, kept) for name, columns in OPTIONAL.items() for column in columns
    for kept in (0, 3)
]  # fmt: skip


def without_column(study, name, column, kept):
    """Empty a column but for its first rows."""
    table = getattr(study, name)
    given = table[column]
    given = given.astype("Int64") if given.dtype.kind == "i" else given
    emptied = given.where(pd.Series(range(len(table)), index=table.index) < kept)
    return replace(study, **{name: table.assign(**{column: emptied})})


@pytest.mark.parametrize(("name", "column", "kept"), LACKING)
def test_a_claim_that_cannot_be_asked_says_so_and_none_fails(study, name, column, kept):
    found = ledger(without_column(study, name, column, kept))
    lacking = found[found["verdict"] == "not testable"]
    assert (lacking["needs"] != "").all()
    assert not found["explanation"].str.contains(r"\bnan\b|<NA>", regex=True).any()


def test_without_numbers_of_tables_claims_on_tables_name_what_is_lacking(study):
    plain = without_column(study, "series", "table", 0)
    found = ledger(without_column(plain, "series", "row", 0)).set_index("id")
    said = found.loc[["F16", "F41", "F44"], "explanation"]
    assert said.str.contains("the column table of series.csv").all()
    # values of two indicators are never taken for one row
    assert found.loc["F81", "value"] == ledger(study).set_index("id").loc["F81", "value"]


def test_without_grades_the_claims_on_grades_name_them(study):
    plain = replace(without_column(study, "clusters", "grade", 0), grades=())
    found = ledger(plain).set_index("id")
    assert found.loc["F20", "explanation"].startswith("This study has no grade of a cluster")
