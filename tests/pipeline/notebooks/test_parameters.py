"""Parameters: a misspelt, wrongly typed or impossible one is refused before a kernel starts."""

import csv
import math
import re
from pathlib import Path

import nbformat
import papermill
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.study import parameters
from pipeline.build.entries import entries
from pipeline.notebooks.parameters import (
    ParameterError,
    check_parameters,
    numbers_to_own,
    parameters_of,
    parse_assignments,
)

CELL = """\
data_folder = "data/processed"  # a folder that make data wrote
credit = 0.5  # from 0 to 1: what a planned component counts
base_year = 0  # from 0 to 2100: 0 is the first
weights = "equal"  # one of equal, entropy: how to weigh
draft = False
cluster = ""  # a cluster of clusters.csv; empty is the first
table = 0  # a table of series.csv
shares = []  # a number for each component, from 0 to 5; empty is equal
names = ["a"]  # what to call them
choices = "coding weights"  # some of coding, weights, missing: what to vary
"""


@pytest.fixture
def notebook():
    cell = nbformat.v4.new_code_cell(CELL, metadata={"tags": ["parameters"]})
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# t"), cell])


REFUSED = [
    ({"credti": 1.0}, "credti is no parameter of this notebook; it has: data_folder, credit"),
    ({"credit": "half"}, "credit = 'half' is text; wanted a number"),
    ({"credit": 1.5}, "credit = 1.5 is out of range; allowed: 0 to 1"),
    ({"credit": float("nan")}, "credit = nan is not a finite number"),
    ({"credit": float("inf")}, "credit = inf is not a finite number"),
    ({"credit": True}, "credit = True is True or False; wanted a number"),
    ({"credit": None}, "credit = None is NoneType; wanted a number"),
    ({"base_year": 2016.0}, "base_year = 2016.0 is a number; wanted a whole number"),
    ({"base_year": 10**30}, "is out of range; allowed: 0 to 2100"),
    ({"weights": "equl"}, "weights = 'equl' is unknown; allowed: equal, entropy"),
    ({"data_folder": "x" * 1001}, "data_folder is longer than 1000 characters"),
    ({"draft": 1}, "draft = 1 is a whole number; wanted True or False"),
    ({"data_folder": ["a"]}, "data_folder = ['a'] is list; wanted text"),
    ({"data_folder": "nowhere"}, "data_folder = 'nowhere' holds no study; make data writes one"),
    ({"data_folder": "a\0"}, "holds no study"),
    ({"credit": 10**5000}, "is a whole number; wanted a number"),
    ({"base_year": 10**5000}, "base_year = a number of thousands of digits is out of range"),
    ({"cluster": "Penza-IT"}, "'Penza-IT' is unknown; allowed: vologda-wood, penza-it"),
    ({"cluster": 3}, "a whole number; wanted text (in quotation marks; of papermill: -r cluster)"),
    ({"table": 9}, "table = 9 is unknown; allowed: 2, 3, 4"),
    ({"choices": "coding wieghts"}, "'wieghts' is unknown; allowed: coding, weights, missing"),
    ({"choices": ""}, "choices = '' is unknown"),
    ({"shares": (1, 2)}, "shares = (1, 2) is tuple; wanted list"),
    ({"shares": [1, "x"]}, "shares, item 2, = 'x' is text; wanted a number"),
    ({"shares": [True]}, "shares, item 1, = True is True or False; wanted a number"),
    ({"shares": [None]}, "shares, item 1, = None is NoneType; wanted a number"),
    ({"shares": [[1]]}, "shares, item 1, = [1] is list; wanted a number"),
    ({"shares": [1, math.nan]}, "shares, item 2, = nan is not a finite number"),
    ({"shares": [-math.inf]}, "shares, item 1, = -inf is not a finite number"),
    ({"shares": [1, -1]}, "shares, item 2, = -1.0 is out of range; allowed: 0 to 5"),
    ({"shares": [1, 2, 3]}, "shares has 3 numbers; wanted a number for each component, 4: manage"),
    (
        {"shares": [1]},
        "shares has 1 number; wanted a number for each component, 4: management body",
    ),
    ({"shares": [1.0] * 5}, "shares has 5 numbers; wanted a number for each component, 4"),
    ({"shares": [0, 0.0, 0, 0]}, "shares = [0, 0.0, 0, 0] is all zeros; wanted a number for each"),
    ({"names": ["b", 1]}, "names, item 2, = 1 is a whole number; wanted text"),
]


@pytest.mark.parametrize(
    ("values", "said"), REFUSED, ids=[f"{next(iter(v))}-{said[:30]}" for v, said in REFUSED]
)
def test_refused_with_a_sentence(notebook, values, said):
    with pytest.raises(ParameterError) as error:
        check_parameters("04-trends", notebook, values)
    assert said in str(error.value)
    assert str(error.value).startswith("04-trends: parameters refused:")


def test_all_problems_at_once(notebook):
    with pytest.raises(ParameterError) as error:
        check_parameters("x", notebook, {"credit": 2.0, "credti": 1.0})
    assert str(error.value).count("\n") == 2


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"credit": 1},
        {"credit": 0.0},
        {"weights": "entropy"},
        {"table": 3},
        {"cluster": "penza-it"},
        {"cluster": ""},
        {"choices": "missing coding"},
        {"shares": []},
        {"shares": [0, 1, 2.5, 0]},
        {"names": []},
        {"names": ["b", "c"]},
    ],
    ids=str,
)
def test_accepted(notebook, values):
    check_parameters("x", notebook, values)


@given(
    st.dictionaries(
        st.text(), st.one_of(st.none(), st.floats(), st.integers(), st.text(), st.binary())
    )
)
def test_never_anything_but_a_sentence(values):
    cell = nbformat.v4.new_code_cell(CELL, metadata={"tags": ["parameters"]})
    try:
        check_parameters("x", nbformat.v4.new_notebook(cells=[cell]), values)
    except ParameterError as error:
        assert str(error)


def test_the_words_of_a_study_are_known_to_every_notebook():
    """What a comment says in passing is no list of what is allowed."""
    for name in ("explore", "case-study"):
        notebook = nbformat.read(f"notebooks/{name}.ipynb", as_version=4)
        check_parameters(name, notebook, {"cluster": "penza-it"})
        with pytest.raises(ParameterError, match=r"cluster = 'penza' is unknown; allowed: vologda"):
            check_parameters(name, notebook, {"cluster": "penza"})
    explore = nbformat.read("notebooks/explore.ipynb", as_version=4)
    check_parameters("explore", explore, {"weights": [1, 2, 0.5, 0]})
    with pytest.raises(
        ParameterError, match=r"weights = \[1, 2, -3, 4\] has a negative number; want"
    ):
        check_parameters("explore", explore, {"weights": [1, 2, -3, 4]})
    check_parameters("explore", explore, {"component": "services"})
    with pytest.raises(ParameterError, match=r"component = 'nothing' is unknown; allowed: manage"):
        check_parameters("explore", explore, {"component": "nothing"})


def test_assignments_as_typed():
    assert parse_assignments("table=3 cluster=penza-it") == {"table": 3, "cluster": "penza-it"}
    assert parse_assignments("weights=5,5 year=2019") == {"weights": [5, 5], "year": 2019}
    assert parse_assignments("choices='coding weights'") == {"choices": "coding weights"}
    with pytest.raises(ParameterError, match="'table' is no assignment; wanted name=value"):
        parse_assignments("table")
    with pytest.raises(ParameterError, match="is no list of assignments: No closing quotation"):
        parse_assignments("table='3")
    with pytest.raises(ParameterError, match="table is given twice: table=1 table=2"):
        parse_assignments("table=1 table=2")


def test_as_many_numbers_are_wanted_as_the_study_in_the_folder_has_components(notebook):
    for folder in ("examples/synthetic", "data/raw"):
        with Path(folder, "components.csv").open(encoding="utf-8", newline="") as file:
            count = len({row["component"] for row in csv.DictReader(file)})
        given = {"data_folder": folder, "shares": [1] * count}
        check_parameters("x", notebook, given)
        with pytest.raises(ParameterError, match=f"has {count + 1} numbers; .* {count}: "):
            check_parameters("x", notebook, given | {"shares": [1] * (count + 1)})


def test_a_table_with_a_short_row_offers_what_it_has(notebook, tmp_path):
    (tmp_path / "study.json").write_text("{}")
    (tmp_path / "clusters.csv").write_text("no,cluster\n1,a\n2\n")
    with pytest.raises(ParameterError, match=r"cluster = 'b' is unknown; allowed: a$"):
        check_parameters("x", notebook, {"cluster": "b", "data_folder": str(tmp_path)})


@pytest.mark.parametrize("notebook", sorted({run["notebook"] for run in entries("run")}))
def test_every_notebook_has_plain_parameters_that_papermill_sees(notebook):
    path = f"notebooks/{notebook}.ipynb"
    ours = parameters_of(nbformat.read(path, as_version=4))
    assert "data_folder" in ours
    seen = papermill.inspect_notebook(path)
    assert set(ours) == set(seen)
    # what `papermill --help-notebook` shows
    for name, parameter in ours.items():
        kind, words = seen[name]["inferred_type_name"], seen[name]["help"]
        assert (kind, words) == (type(parameter.default).__name__, parameter.help)
    for run in entries("run"):
        if run["notebook"] == notebook and "each" in run:
            assert run["each"]["parameter"] in ours


IN_NOTEBOOK = """\
data_folder: str = "data/processed"  # a folder that make data wrote
significance: float = 0.05  # from 0 to 1: largest p-value called significant
base_year: int = 0  # a year of series.csv; 0 is the first year of the study
standings: str = "all"  # one of all, measured
weights: list = []  # a number for each component, in the study's order; empty is equal
"""


def run_cells(*cells):
    """Run cells as IPython does, and let the notebook check its parameters."""
    namespace = {"In": ["", *cells]}
    for cell in cells:
        exec(cell, namespace)
    parameters.check_parameters(namespace)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("significance", "5", "significance = 5 is out of range; allowed: 0 to 1"),
        ("significance", "-1", "significance = -1 is out of range; allowed: 0 to 1"),
        ("significance", "'5 %'", "significance = '5 %' is text; wanted a number"),
        ("base_year", "1850", "base_year = 1850 is unknown; allowed: 2016, 2017, 2018, 2019, 2020"),
        ("base_year", "2017.5", "base_year = 2017.5 is a number; wanted a whole number"),
        ("standings", "'plans'", "standings = 'plans' is unknown; allowed: all, measured"),
        ("weights", "[1, -2, 3, 4]", "has a negative number; wanted a number for each component"),
        ("weights", "[1, 2]", "weights has 2 numbers; wanted a number for each component, 4"),
        ("weights", "[1, 2, 3, 'x']", "weights, item 4, = 'x' is text; wanted a number"),
    ],
)
def test_a_notebook_refuses_what_was_set_in_it_by_hand_and_by_a_tool(name, value, told):
    by_hand = re.sub(rf"({name}: \w+ =) [^#]+", rf"\1 {value}  ", IN_NOTEBOOK)
    assert by_hand != IN_NOTEBOOK
    injected = f"# Parameters\n{name} = {value}\n"
    for cells in ([by_hand], [IN_NOTEBOOK, injected], [by_hand.replace(": float", "")]):
        with pytest.raises(parameters.ParameterError) as refused:
            run_cells(*cells)
        assert told in str(refused.value).replace(".0 is", " is")
        assert refused.value._render_traceback_() == [str(refused.value)]


@pytest.mark.parametrize(
    "injected", ["significance = 1", "base_year = 2017\nweights = [1, 2, 3, 0]"]
)
def test_a_notebook_takes_its_defaults_and_what_its_rules_allow(injected):
    run_cells(IN_NOTEBOOK)
    run_cells(
        IN_NOTEBOOK, injected, "x = 5  # from 0 to 1", "%matplotlib inline".replace("%", "# ")
    )
    parameters.check_parameters({"In": ["", "%matplotlib inline", "x +"], "data_folder": ""})
    parameters.check_parameters({})


def test_all_that_is_wrong_is_reported_at_once():
    with pytest.raises(parameters.ParameterError) as refused:
        run_cells(IN_NOTEBOOK, "significance = 5\nbase_year = 1850")
    assert len(refused.value._render_traceback_()) == 2


@pytest.mark.parametrize("path", sorted(Path("notebooks").glob("*.ipynb")), ids=lambda p: p.stem)
def test_every_notebook_checks_its_parameters_in_the_first_cell_behind_them(path):
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert "parameters" in code[0].metadata.tags
    assert code[1].source.endswith("\ncheck_parameters(globals())")
    assert parameters.parameters_in(code[0].source)
    run_cells(code[0].source)  # the defaults are allowed


def test_numbers_given_for_a_choice_of_weights_are_own_weights():
    known = {
        "weights": parameters.Parameter("weights", "equal"),
        "own_weights": parameters.Parameter("own_weights", []),
        "year": parameters.Parameter("year", 0),
    }
    typed = parse_assignments("weights=5,5,0.5 year=2019", ["weights"])
    assert numbers_to_own(typed, known) == {"own_weights": [5, 5, 0.5], "year": 2019}
    assert numbers_to_own({"weights": "entropy"}, known) == {"weights": "entropy"}
    assert numbers_to_own({"weights": "5"}, known) == {"weights": "5"}
