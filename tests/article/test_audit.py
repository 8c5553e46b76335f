"""The audit: facts counted again from the raw tables, facts that move, and gaps named as such."""

import csv
from collections import Counter
from dataclasses import replace
from itertools import combinations

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from article.audit import audit, registry
from article.audit.ledger import COLUMNS, MATTERS, TRIFLES, WEIGHTS, items
from article.audit.registry import KINDS, item
from tests.conftest import ROOT


def raw(table):
    with (ROOT / "data" / "raw" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


REGION = {row["cluster"]: row["region"] for row in raw("clusters")}
GRADE = {row["cluster"]: row["grade"] for row in raw("clusters")}
CLASS = {row["cluster"]: row["activity_class"] for row in raw("clusters")}
INDICATORS = {row["indicator"]: row for row in raw("indicators")}
CRITERIA = raw("criteria")
QUANTITATIVE = [row["criterion"] for row in CRITERIA if row["kind"] == "quantitative"]
INNOVATION = QUANTITATIVE[:1] + QUANTITATIVE[2:4] + QUANTITATIVE[5:]
SERIES = [row | INDICATORS[row["indicator"]] for row in raw("series")]
VALUES = [row for row in SERIES if row["value"]]
FIRST = [row for row in VALUES if row["year"] == "2016"]
ROWS = {(row["table"], row["row"]): row for row in SERIES}.values()
JOBS = [row for row in ROWS if row["concept"] == "high-performance jobs"]
FILLED = {(row["cluster"], row["criterion"]) for row in VALUES if row["criterion"]}
COVERED = Counter(cluster for cluster, _ in FILLED)
TOLD = {row["cluster"] for row in VALUES}
PUBLISHED = Counter(row["published"] for row in raw("published"))
TRADITIONAL = {cluster for cluster, name in CLASS.items() if name == "traditional"}
PROFILES, SERVICES = {}, {}
for row in raw("components"):
    PROFILES.setdefault(row["cluster"], {}).setdefault(row["component"], set()).add(row["status"])
    if row["component"] == "services":
        SERVICES.setdefault(row["cluster"], set()).add((row["item"], row["status"]))
ORDER = ["present", "planned", "unknown", "absent", "not reported"]
CELLS = {
    (cluster, component): min(statuses, key=ORDER.index)
    for cluster, profile in PROFILES.items()
    for component, statuses in profile.items()
}
STATUS = Counter(CELLS.values())
LEAST = {c: sum(s == "present" for (n, _), s in CELLS.items() if n == c) for c in GRADE}
MOST = {
    c: sum("present" in s or s & {"unknown", "not reported"} != set() for s in PROFILES[c].values())
    for c in GRADE
}
BODIES = {c for c in GRADE if CELLS[c, "management body"] == "present"}
FORMS = {r["item"] for r in raw("components") if r["component"] == "management body"
         and r["status"] == "present"}  # fmt: skip
RANKED = ["insufficient", "average", "highest"]
UNEQUAL = [sorted(pair, key=lambda c: RANKED.index(GRADE[c])) for pair in combinations(GRADE, 2)
           if GRADE[pair[0]] != GRADE[pair[1]]]  # fmt: skip
TWINS = [pair for pair in UNEQUAL if all(CELLS[pair[0], c] == CELLS[pair[1], c]
                                         for c in PROFILES[pair[0]])]  # fmt: skip
LOWEST = [c for c in GRADE if GRADE[c] == "insufficient"]
OPEN = [key for key, status in CELLS.items() if status in ("unknown", "not reported")]
CONCEPTS = {c: {r["concept"] for r in SERIES if r["cluster"] == c} for c in TOLD}
CLOSEST = max(len(a & b) / len(a | b) for a, b in combinations(CONCEPTS.values(), 2))
DENIED = [c for c in GRADE if CELLS[c, "services"] == "absent"]
SILENT = [c for c in GRADE if CELLS[c, "services"] == "not reported"]
OFFERED = [frozenset(s) for s in SERVICES.values() if ("common brand", "present") in s]
BY_SERIES = {}
for row in VALUES:
    BY_SERIES.setdefault((row["table"], row["row"]), {})[int(row["year"])] = float(row["value"])
RATES = [
    year
    for years in BY_SERIES.values()
    for year in years
    if years.get(year - 1, 0) > 0  # a rate needs the year before, above zero
]
FIRMS = BY_SERIES["3", "1"]
UNGOVERNED = {REGION[c] for c in GRADE if CELLS[c, "management body"] == "absent"}
INNOVATIVE = [r for r in FIRST if r["criterion"] in INNOVATION and float(r["value"]) > 0]


# each fact counted here from the raw tables
EXPECTED = {
    "A1": f"{len(UNGOVERNED)} of {len(set(REGION.values()))} regions",
    "A2": f"{len(INNOVATIVE)} of {len(ROWS)} rows with a measured value above zero",
    "A3": f"{sum(r['table'] == '2' for r in JOBS)} of {sum(r['table'] == '2' for r in ROWS)} rows",
    "A4": "2 of 11 clusters",  # Tables 2 and 4 have trainees and graduates, Table 1 one mention
    "A5": f"a number in {sum(r['unit'] == 'people' for r in JOBS)} of 3 tables",
    "A6": f"{len(BY_SERIES['4', '4'])} of 5 years, 0 of them measured",
    "A7": f"{len({r['table'] for r in ROWS if r['criterion'] in INNOVATION})} of 3 tables",
    "A8": "realised in 1, planned in 3 of 11 clusters",  # read off Table 1
    "A9": None,  # below
    "A10": "1 criterion placed differently",  # training
    "A11": "0 % of the members in 2016 and 2017",
    "A12": f"{BY_SERIES['4', '2'][2016]:.0f} joint projects in 2016",
    "A13": f"{len(RATES)} rates of growth could be computed, none is printed",
    "A14": f"0 of {len(ROWS)} series have the 5 measured values that a test of trend needs",
    "A15": f"{len(set(GRADE.values()))} grades, no score, for {len(GRADE)} clusters",
    "A16": f"{len(FORMS)} forms of managing body, no degree of maturity",
    "A17": "1 of 4 criteria without a column, 1 of 4 components not announced",
    "A18": f"{sum(k == 'new-technologies' for _, k in FILLED)} of 11 clusters",
    "A19": f"{len(FILLED)} of {len(GRADE) * len(QUANTITATIVE)} cells, "
    f"{len({(r['cluster'], r['criterion']) for r in FIRST if r['criterion']})} "
    "with a measured value",
    "A20": f"0 of {len(VALUES)} values are outcomes after the first year",
    "A21": f"{len(TWINS)} pair of clusters",
    "A22": f"{sum(MOST[low] < LEAST[high] for low, high in UNEQUAL)} of {len(UNEQUAL)} pairs of "
    "unequal grade",
    "A23": f"{sum(c in LOWEST for c, _ in OPEN)} of {4 * len(LOWEST)} cells not reported or unknown",
    "A24": f"{sum(r['unit'] == 'people' for r in JOBS)} of {len(JOBS)} rows on jobs are in people",
    "A25": f"{sum(r['unit_is_ours'] == 'true' for r in INDICATORS.values())} of "
    f"{len(INDICATORS)} rows",
    "A26": f"absent {STATUS['absent']}, unknown {STATUS['unknown']} and not reported "
    f"{STATUS['not reported']} of {len(CELLS)} cells",
    "A27": f"{PUBLISHED['0']} zeros and {PUBLISHED['-']} dashes",
    "A28": f"denied for {len(DENIED)} cluster, not reported for {len(SILENT)}",
    "A29": f"{len(GRADE) * len(QUANTITATIVE) - len(FILLED)} of 66 cells without any number",
    "A30": f"at most {len(FIRST)} of {len(VALUES)} values are outcomes, "
    f"{sum(int(r['year']) > 2017 for r in VALUES)} are targets",
    "A31": "3 of 14 series",  # 1 1 1 1 1; 100 to 300 by 50; 439 to 513 by 4 %
    "A32": f"1 of 11 clusters: {min(FIRMS.values()):.0f} to {max(FIRMS.values()):.0f} firms",
    "A33": f"{sum(bool(r['criterion']) for r in ROWS)} of {len(ROWS)} rows serve a criterion of "
    "potential; no table is on activity alone",
    "A34": "5 years per series, at most 1 of them measured",
    "A35": f"{len(GRADE) - len(TOLD)} of {len(GRADE)} clusters without any number",
    "A36": f"{len(TOLD & TRADITIONAL)} of {len(TRADITIONAL)} traditional clusters have a table, "
    f"{sum(2 * COVERED[c] < len(QUANTITATIVE) for c in TOLD & TRADITIONAL)} with fewer than half "
    "of the criteria covered",
    "A37": f"{sum(r['cluster'] == 'penza-it' for r in ROWS)} of {len(ROWS)} rows",
    "A38": f"1 of 11 clusters, planned growth {100 * (FIRMS[2020] / FIRMS[2016] - 1):.3g} % "
    "from 2016 to 2020",
    "A39": "of 11 clusters, size is told for 1, a tie with education or science for 2; rows on "
    "transfer: 0",
    "A40": f"class and numbers together for {len(TOLD)} of {len(GRADE)} clusters",
    "A41": f"{len(PROFILES)} of {len(GRADE)} clusters",
    "A42": f"{len(GRADE) - len(TWINS)} of {len(GRADE)} clusters fit",  # the twins cannot both
    "A43": None,  # the share is that of claim F21, tested there
    "A44": f"0 to {max(COVERED.values())} criteria covered per cluster",
    "A45": f"at most {100 * CLOSEST:.3g} % of the concepts, 0 % of the labels in common",
    "A46": f"{max(Counter(OFFERED).values())} of {len(OFFERED)} clusters with services",
    "A47": f"{len(ROWS)} of {len(ROWS)} rows whole, 3 dashes among {len(SERIES)} cells",
    "A48": f"{len(TOLD)} of {len(GRADE)} clusters, {len(VALUES)} of {len(SERIES)} cells filled",
    "A49": "3 forms of management, and 2 of 4 aspects alike in most clusters",  # read off Table 1
    "A50": f"{sum(GRADE[c] == 'insufficient' for c in BODIES)} with a body and the lowest grade, "
    f"{sum(GRADE[c] != 'insufficient' for c in set(GRADE) - BODIES)} without and higher",
    "A51": f"{len(GRADE) - len(BODIES)} of {len(GRADE)} clusters",
    "A52": "3 claims on Africa, 1 reported, none with a figure",  # F70, F83, F84
    "A53": "5 claims on Africa, Indonesia and Nigeria, 3 reported, none with a figure",
    "A54": f"0 of {len(JOBS)} rows on such jobs says what makes a job one",
    "A55": "programmes 1, trainees times 3",
    "A56": "more graduates than such jobs in 3 years of 5",  # 80 to 34, 120 to 72, 150 to 130
    "A57": f"{len({r['cluster'] for r in INNOVATIVE})} of {len(GRADE)} clusters measured to do "
    "something new, 0 to do nothing",
    "A58": "2 traditional and 1 innovative with numbers, 2 concepts in common",
    "A59": f"{len(GRADE)} of {len(GRADE)} clusters graded, {len({r['cluster'] for r in FIRST})} "
    "with a measured value",
    "A60": f"{len({(r['cluster'], r['criterion']) for r in FIRST if r['criterion']})} of "
    f"{len(GRADE) * len(QUANTITATIVE)} cells of cluster and criterion could have shown otherwise",
}
# the greatest share of the jobs in their region: the highest number over the lowest figure
EMPLOYED = {r["region"]: float(r["low"] or r["value"]) for r in raw("regional_context")
            if r["measure"] == "employed"}  # fmt: skip
SHARES = [100 * float(r["value"]) / (1000 * EMPLOYED[REGION[r["cluster"]]])
          for r in VALUES if r["indicator"] in ("hpj-number", "hpj-total")]  # fmt: skip
HIGHEST = {r["region"]: float(r["high"] or r["value"]) for r in raw("regional_context")
           if r["measure"] == "employed"}  # fmt: skip
SHARES_LOW = [100 * float(r["value"]) / (1000 * HIGHEST[REGION[r["cluster"]]])
              for r in VALUES if r["indicator"] in ("hpj-number", "hpj-total")]  # fmt: skip
EXPECTED["A9"] = f"at most {max(SHARES):.2g} % of the employed"


@pytest.fixture(scope="module")
def table(study):
    return audit(study)


@pytest.mark.parametrize("identifier", [i for i, fact in EXPECTED.items() if fact])
def test_facts_counted_again(table, identifier):
    assert table.set_index("id").loc[identifier, "computed"] == EXPECTED[identifier]


# what the sentences add, counted here as well
ADDED = {
    "A3": f"a number of jobs: {sum(r['table'] == '2' and r['unit'] == 'people' for r in JOBS)};",
    "A4": f"On the other {len(GRADE) - 2} the article says nothing",
    "A5": f"in {len({r['table'] for r in JOBS})} of 3 tables, under "
    f"{len({r['label'] for r in JOBS})} different labels",
    "A8": "Realised: vologda-wood; planned: petersburg-water, sakha-furniture and ryazan-textile.",
    "A9": f"are {min(SHARES_LOW):.2g} to {max(SHARES):.2g} %",
    "A10": "not named at the opening: institutions.",
    "A13": "count (11), share (2) and amount (1); "
    f"{sum(row['value'] != '' for row in SERIES)} values",
    "A14": "more than 1 measured value",
    "A15": f"the score of {sum(MOST[c] == LEAST[c] for c in GRADE)} of {len(GRADE)} clusters is "
    f"settled; the others have an interval, up to {max(MOST[c] - LEAST[c] for c in GRADE) / 4:g}",
    "A16": f"{len(BODIES)} of {len(GRADE)} clusters have a body",
    "A17": "Announced and not told: partnerships. Told and not announced: services.",
    "A19": f"more than {max(COVERED.values())} of {len(QUANTITATIVE)} criteria; criteria with a "
    "number for every cluster: none",
    "A21": "pestovo-industrial (insufficient) and novgorod-it (average)",
    "A22": f"in {sum(LEAST[low] > MOST[high] for low, high in UNEQUAL)} with certainly less",
    "A23": f"it is {sum(c not in LOWEST for c, _ in OPEN)} of {4 * (len(GRADE) - len(LOWEST))}",
    "A27": "Zeros in table 2, dashes in table 4.",
    "A30": f"other {sum(r['year'] == '2017' for r in VALUES)} belong to a year",
    "A34": f"First years of the clusters' series: 2016; years of targets: {2020 - 2017}.",
    "A35": f"The {len(GRADE)} clusters are in {len(set(REGION.values()))} regions",
    "A36": "vologda-wood 4 and sakha-furniture 1. The documents of the other "
    f"{len(TRADITIONAL) - len(TOLD & TRADITIONAL)} are",
    "A44": f"Of {len(GRADE) - len(COVERED)} of {len(GRADE)} clusters the article prints no number",
    "A50": "petersburg-water and ryazan-textile; without: novgorod-it",
    "A53": "inferred by the author: F83 and F84",
    "A57": "Rows on innovation: studies-certifications, software-products and sales",
}


@pytest.mark.parametrize("identifier", ADDED)
def test_sentences_counted_again(table, identifier):
    assert ADDED[identifier] in table.set_index("id").loc[identifier, "explanation"]


def test_every_item_is_expected_and_complete(table):
    assert sorted(table["id"]) == sorted(EXPECTED)
    assert list(table) == COLUMNS
    assert not (table.isna() | (table == "")).any(axis=None)


def test_every_kind_is_covered_in_order(table):
    assert set(table["kind"]) == set(KINDS)
    points = table[table["weight"] == "matters"]
    assert list(dict.fromkeys(points["kind"])) == [k for k in KINDS if k in set(points["kind"])]


def test_what_matters_most_is_on_top_and_trifles_are_below(table):
    assert table["rank"].tolist() == list(range(1, len(table) + 1))
    assert table["id"].head(len(MATTERS)).tolist() == list(MATTERS)
    assert len(MATTERS) == 10
    order = list(dict.fromkeys(table["weight"]))
    assert order == list(WEIGHTS)
    assert set(table.loc[table["weight"] == "minor", "id"]) == set(TRIFLES)


def test_what_is_delivered_is_reported_as_well(table):
    assert (table["kind"] == "delivered as announced").sum() >= 5


def test_no_point_is_made_twice(table):
    assert not table.duplicated(["place_a", "says_a", "place_b", "says_b"]).any()


def test_no_sentence_holds_an_undefined_number(table):
    texts = table["computed"] + " " + table["explanation"]
    assert not texts.str.contains(r"\bnan\b|undefined|None|\binf\b|\{|\}", regex=True).any()
    assert table["explanation"].str.fullmatch(r"[A-Z0-9].*\.").all()


def test_places_are_parts_of_the_article(table):
    parts = (
        r"(Abstract|Introduction|Theoretical basis|Method|Results|Discussion|Titles of Tables 1-4"
        r"|Tables? \d|Outside the article)(, |; |$|-\d| and \d)"
    )
    for column in ("place_a", "place_b"):
        assert table[column].str.match(parts).all(), table[column][~table[column].str.match(parts)]


def test_the_study_stays_as_it_is(study):
    before = {name: frame.copy() for name, frame in vars(study).items()
              if isinstance(frame, pd.DataFrame)}  # fmt: skip
    audit(replace(study))
    for name, frame in before.items():
        assert_frame_equal(getattr(study, name), frame)


# what moves a fact -------------------------------------------------------------------------------


def put(study, table, where, **cells):
    """Change cells of one table, in the rows where columns have these values."""
    frame = getattr(study, table).copy()
    rows = pd.Series(True, index=frame.index)
    for column, value in where.items():
        rows &= (
            frame.index if column == "cluster" and column not in frame else frame[column]
        ) == value
    for column, value in cells.items():
        frame.loc[rows, column] = value
    return replace(study, **{table: frame})


def said(cluster, component, status):
    where = {"cluster": cluster, "component": component}
    return lambda s: put(s, "components", where, status=status)


def only_first_year(study):
    return replace(study, series=study.series[study.series["year"] == 2016])


MOVES = [
    ("A1", "1 of 8 regions", said("don-valley-wine", "management body", "present")),
    ("A2", "1 of 14 rows", lambda s: put(s, "series", {"indicator": "software-products"}, value=0.0)),
    ("A3", "2 of 8 rows", lambda s: put(s, "series", {"indicator": "events"},
                                        concept="high-performance jobs")),
    ("A4", "1 of 11 clusters", lambda s: put(s, "series", {"indicator": "graduates"}, concept="x")),
    ("A5", "a number in 3 of 3", lambda s: put(s, "series", {"indicator": "hpj-share"}, unit="people")),
    ("A6", "5 of 5 years, 1 of them", lambda s: put(s, "series", {"indicator": "sales"}, value=9.0)),
    ("A7", "1 of 3 tables", lambda s: put(s, "series", {"indicator": "sales"}, criterion=None)),
    ("A8", "realised in 0, planned in 4", said("vologda-wood", "special projects", "planned")),
    ("A9", "at most 51 %", lambda s: put(s, "context", {"measure": "employed"}, low=1.0, high=1.0)),
    ("A10", "no criteria", lambda s: put(s, "criteria", {}, results_opening=None)),
    ("A11", "in no year", lambda s: put(s, "series", {"indicator": "logistics-share"}, value=5.0)),
    ("A12", "9 joint", lambda s: put(s, "series", {"indicator": "joint-projects"}, value=9.0)),
    ("A13", "no rates", only_first_year),
    ("A14", "13 of 14", lambda s: put(s, "series", {}, standing="outcome")),
    ("A15", "1 grade,", lambda s: put(s, "clusters", {}, grade="average")),
    ("A16", "1 form ", said("ryazan-textile", "management body", "absent")),
    ("A17", "0 of 4 criteria without a column, 0 of 4 components", lambda s: put(
        s, "criteria", {"criterion": "partnerships"}, component="services")),
    ("A18", "1 of 11", lambda s: put(s, "series", {"indicator": "events"},
                                     criterion="new-technologies")),
    ("A19", "7 of 66 cells, 6", lambda s: put(s, "series", {"indicator": "software-products"},
                                              value=None)),
    ("A20", "54 of 67", lambda s: put(put(s, "series", {"standing": "target"}, standing="outcome"),
                                      "series", {"standing": "unfinished"}, standing="base")),
    ("A20", "1 of 67", lambda s: put(s, "series", {"indicator": "sales", "year": 2020},
                                     standing="outcome")),
    ("A21", "no pair", said("pestovo-industrial", "special projects", "absent")),
    ("A22", "0 of 35", lambda s: put(s, "components", {}, status="present")),
    ("A23", "9 of 20 cells", said("novgorod-agro", "services", "absent")),
    ("A24", "3 of 3", lambda s: put(s, "series", {"indicator": "hpj-share"}, unit="people")),
    ("A25", "0 of 14", lambda s: put(s, "indicators", {}, unit_is_ours=False)),
    ("A26", "absent 7,", said("penza-it", "special projects", "absent")),
    ("A27", "3 zeros and no dashes", lambda s: put(s, "published", {"published": "-"}, published="1")),
    ("A28", "denied for 2 clusters, not reported for 2", said("novgorod-agro", "services", "absent")),
    ("A29", "59 of 66", lambda s: put(s, "series", {"indicator": "sales"}, value=None)),
    ("A30", "at most 67 of 67 values are outcomes, 0", lambda s: put(s, "series", {}, standing="base")),
    ("A31", "2 of 14", lambda s: put(s, "series", {"indicator": "trainees", "year": 2018}, value=201.0)),
    ("A32", "65 to 90", lambda s: put(s, "series", {"indicator": "value-chain-smes", "year": 2018},
                                      value=90.0)),
    ("A33", "8 of 14", lambda s: put(s, "series", {"indicator": "sales"}, criterion=None)),
    ("A34", "1 year per series", only_first_year),
    ("A35", "9 of 11", lambda s: put(s, "series", {"cluster": "sakha-furniture"}, value=None)),
    ("A36", "3 of 10", lambda s: put(s, "clusters", {"cluster": "novgorod-it"},
                                     activity_class="traditional")),
    ("A37", "4 of 14", lambda s: put(s, "series", {"cluster": "novgorod-it"}, cluster="penza-it")),
    ("A38", "growth 0 %", lambda s: put(s, "series", {"indicator": "value-chain-smes"}, value=65.0)),
    ("A39", "rows on transfer: 1", lambda s: put(s, "series", {"indicator": "sales"},
                                                 concept="technology transfer")),
    ("A40", "for 2 of 11", lambda s: put(s, "series", {"cluster": "sakha-furniture"}, value=None)),
    ("A41", "10 of 11", lambda s: replace(s, components=s.components[
        s.components["cluster"] != "penza-it"])),
    ("A42", "11 of 11", lambda s: put(s, "clusters", {"cluster": "pestovo-industrial"},
                                      grade="average")),
    ("A43", "rank 6 at worst", lambda s: said("sakha-tourism", "info-communication", "present")(
        said("sakha-tourism", "special projects", "present")(
            said("vologda-wood", "info-communication", "absent")(s)))),
    ("A44", "0 to 3", lambda s: put(s, "series", {"indicator": "software-products"}, value=None)),
    ("A45", "at most 100 % of the concepts", lambda s: put(s, "series", {}, concept="jobs")),
    ("A46", "6 of 7", lambda s: put(s, "components", {"cluster": "penza-it", "item": "common brand"},
                                    status="absent")),
    ("A47", "13 of 14 rows", lambda s: replace(s, published=s.published.drop(
        s.published.query("table == 2 and row == 1 and column == '2016'").index))),
    ("A48", "2 of 11", lambda s: replace(s, series=s.series[s.series["table"] != 3])),
    ("A49", "1 form of management", lambda s: put(s, "components", {"component": "management body"}, item="x")),
    ("A50", "1 with a body", lambda s: put(s, "clusters", {"cluster": "ryazan-textile"}, grade="average")),
    ("A51", "3 of 11", said("novgorod-it", "management body", "present")),
    ("A52", "2 claims on Africa", lambda s: put(s, "claims", {"id": "F83"}, claim="x")),
    ("A53", "4 claims", lambda s: put(s, "claims", {"id": "F95"}, claim="x")),
    ("A54", "1 of 3 rows", lambda s: put(s, "series", {"indicator": "hpj-share"}, label="Jobs by wage")),
    ("A55", "programmes 1 to 3", lambda s: put(s, "series", {"indicator": "education-programmes", "year": 2020}, value=3.0)),
    ("A56", "no years of 5", lambda s: put(s, "series", {"indicator": "graduates"}, value=1.0)),
    ("A57", "0 of 11 clusters measured to do something new, 2", lambda s: put(s, "series", {}, value=0.0)),
    ("A58", "1 traditional and 1 innovative", lambda s: replace(s, series=s.series[s.series["table"] != 2])),
    ("A59", "2 with a measured value", lambda s: put(s, "series", {"table": 3}, value=None)),
    ("A60", "6 of 66", lambda s: put(s, "series", {"indicator": "software-products"}, value=None)),
]  # fmt: skip


@pytest.mark.parametrize(("identifier", "fact", "change"), MOVES)
def test_changed_data_move_the_fact(study, identifier, fact, change):
    computed, explanation = items()[identifier].on(change(study))
    assert fact in computed
    assert "nan" not in explanation


def test_every_item_can_move():
    assert {identifier for identifier, _, _ in MOVES} == set(EXPECTED)


# what a study may lack ---------------------------------------------------------------------------


TABLES = ["clusters", "components", "series", "indicators", "criteria", "context", "published"]
LACKS = [
    ("vologda-wood", {"A3", "A11", "A43", "A55"}),
    ("sakha-furniture", {"A32", "A38"}),
    ("novgorod-it", {"A6", "A12", "A56"}),
    ("penza-it", {"A37"}),
    ("services", {"A28", "A46", "A49"}),
    ("special projects", {"A8", "A11", "A12", "A49"}),
    ("sales", {"A6"}),
    ("joint-projects", {"A12"}),
    ("logistics-share", {"A11"}),
    ("new-technologies", {"A18"}),
    ("employed", {"A9"}),
]


@pytest.mark.parametrize("lost", TABLES)
def test_a_missing_table_is_named(study, lost):
    table = audit(replace(study, **{lost: getattr(study, lost).iloc[:0]})).set_index("id")
    reading = {identifier for identifier, entry in items().items() if lost in entry.uses}
    assert set(table.index[table["computed"] == ""]) >= reading
    assert table.loc[list(reading), "explanation"].str.startswith("This study has no rows").all()


@pytest.mark.parametrize(("lost", "empty"), LACKS)
def test_what_a_study_lacks_is_named(study, lost, empty):
    less = replace(study, **{
        name: frame[~(frame == lost).any(axis=1) & (frame.index != lost)]
        for name, frame in vars(study).items()
        if isinstance(frame, pd.DataFrame) and name not in ("claims", "published")
    })  # fmt: skip
    table = audit(less).set_index("id")
    assert set(table.index[table["computed"] == ""]) == empty
    assert table.loc[list(empty), "explanation"].str.startswith("This study has no ").all()


def test_one_table_has_none_to_be_compared_with(study):
    alone = replace(study, series=study.series[study.series["table"] == 3])
    assert items()["A45"].on(alone) == (
        "", "This study has no second cluster with an indicator table."
    )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "value"),
    [("present", 0.0), ("planned", float("nan")), ("absent", 0.0), ("unknown", 0.0),
     ("not reported", float("nan"))],
)  # fmt: skip
def test_one_sided_studies_are_examined_whole(study, value, status):
    table = audit(put(put(study, "series", {}, value=value), "components", {}, status=status))
    assert not table["explanation"].str.contains(r"\bnan\b", regex=True).any()


# the register ------------------------------------------------------------------------------------


@pytest.fixture
def empty_register(monkeypatch):
    monkeypatch.setattr(registry, "ITEMS", {})
    return registry.ITEMS


PLACES = {"place_a": "", "says_a": "", "place_b": "", "says_b": "", "notebook": ""}


def test_two_items_of_one_id_are_refused(empty_register):
    item("A1", kind="units", **PLACES)(lambda study: ("1", "So."))
    with pytest.raises(ValueError, match="A1 has two items"):
        item("A1", kind="units", **PLACES)(lambda study: ("2", "So."))


def test_a_kind_that_is_none_is_refused():
    with pytest.raises(ValueError, match="A0 has the kind 'rumour'; allowed: text against table"):
        item("A0", kind="rumour", **PLACES)


def test_the_order_is_that_of_kinds_and_numbers_whatever_was_imported_first(study, monkeypatch):
    """A fork server imports the modules by name, a process of its own as they are asked for."""
    usual = audit(study)
    monkeypatch.setattr("article.audit.ledger.ITEMS", dict(reversed(items().items())))
    assert_frame_equal(audit(study), usual)
    alike = usual[usual["weight"] == "matters"].groupby("kind")["id"]
    assert all(list(ids) == sorted(ids, key=lambda name: int(name[1:])) for _, ids in alike)
