"""The library as an analyst meets it: five lines, names with help and an example, short reprs."""

import ast
import subprocess
import sys
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import analysis
from analysis.tidy.showing import Readable
from tests.drawn import words_along

FIVE_LINES = """\
from analysis import evidence_bounds, evidence_score, growth_summary, interval_dots, load_study
study = load_study()
table = growth_summary(study.series)
scores = evidence_score(*evidence_bounds(study.components))
chart = interval_dots(scores, ends=("score_low", "score_high"))
"""


def test_five_lines_give_a_table_a_score_and_a_chart():
    assert FIVE_LINES.count("\n") == 5
    found = {}
    exec(FIVE_LINES, found)
    assert len(found["table"]) == 14
    assert found["scores"].loc["penza-it", ["score_low", "score_high"]].tolist() == [0.75, 1.0]
    assert len(words_along(found["chart"], "left")) == 11


def test_the_welcome_page_shows_these_lines():
    text = Path("notebooks/welcome.ipynb").read_text(encoding="utf-8")
    for call in (
        "growth_summary(study.series)",
        "evidence_score(*evidence_bounds(",
        "interval_dots(",
    ):
        assert call in text


@pytest.mark.parametrize("name", analysis.__all__)
def test_every_exported_name_has_help_with_an_example(name):
    value = getattr(analysis, name)
    first, *rest = value.__doc__.splitlines()
    assert first.endswith((".", ":"))
    assert any(line.strip().startswith(">>> ") for line in rest)
    room = value.__module__.rpartition(".")[0]
    assert getattr(import_module(room), name) is value  # by its room, too


def rooms():
    return [
        "analysis",
        *(room.name for room in walk_packages(analysis.__path__, "analysis.") if room.ispkg),
    ]


@pytest.mark.parametrize("room", rooms())
def test_what_a_room_exports_is_there_and_hides_no_module(room):
    package = import_module(room)
    modules = {module.name for module in walk_packages(package.__path__)}
    alike = modules.intersection(package.__all__)
    assert not alike, f"{room}: a module has the name of what it exports, name it otherwise"
    for name in package.__all__:
        assert getattr(package, name).__module__.startswith(room) if name.islower() else True


def test_completion_finds_the_names_and_a_wrong_one_is_refused():
    assert set(analysis.__all__) <= set(dir(analysis))
    with pytest.raises(AttributeError, match="No analysis attribute laod_study"):
        analysis.laod_study  # noqa: B018
    with pytest.raises(ImportError, match="laod_study"):
        exec("from analysis import laod_study")


@pytest.mark.parametrize(
    ("modules", "dear"),
    [
        ("analysis", {"numpy", "pandas", "matplotlib"}),
        (
            "analysis.trend.mann_kendall_test, analysis.composite",
            {"scipy.special", "scipy.optimize"},
        ),
    ],
)
def test_importing_a_module_imports_nothing_dear_that_it_may_not_need(modules, dear):
    code = f"import sys, {modules}; print(sorted({dear} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ast.literal_eval(told.stdout) == []


def results():
    """Every public dataclass of the methods that a notebook may show."""
    for module in walk_packages(analysis.__path__, "analysis."):
        for value in vars(import_module(module.name)).values():
            own = getattr(value, "__module__", "") == module.name
            if (
                own
                and isinstance(value, type)
                and issubclass(value, Readable)
                and is_dataclass(value)
            ):
                yield value


@pytest.mark.parametrize("kind", list(results()), ids=lambda kind: kind.__name__)
def test_results_show_themselves_short(kind):
    import pandas as pd

    frame = pd.DataFrame({"<b>": [1 / 3] * 500}, index=[f"c{place}" for place in range(500)])
    shown = [kind(*[value] * len(fields(kind))) for value in (1 / 3, frame, None, "", ("a", "b"))]
    for result in shown[:4]:
        assert len(repr(result)) < 600
        assert repr(result).startswith(kind.__name__)
    if kind._repr_html_ is Readable._repr_html_:
        for result in shown:
            assert "<b>" not in result._repr_html_()
        assert "0.3333" in shown[0]._repr_html_()
        assert "and 440 more rows" in shown[1]._repr_html_()
