"""make as a user calls it: exit status, what is said, and that nothing that stands is lost."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline import __main__ as commands
from pipeline.build.steps import Step
from pipeline.build.summary import summarise
from pipeline.errors import UsageError
from pipeline.places import PROJECT, places
from tests.carried_out import NOT_HANDED_ON, contents, make, make_here, naming


def test_bad_data_end_in_status_2_and_touch_nothing(raw, tmp_path):
    out = tmp_path / "out"
    assert make_here("tables", DATA=raw.path, OUT=out).returncode == 0
    before = contents(out / "processed") | contents(out / "results")
    assert len(before) > 20
    assert (
        naming(out / "results", tmp_path, PROJECT) == []
    )  # no path of this machine, in workbooks neither
    raw.set("series", 2, "value", "many")
    raw.set("clusters", 2, "grade", "top")
    run = make_here("tables", DATA=raw.path, OUT=out)
    assert run.returncode == 2
    assert "2 problems in the data:" in run.stdout
    assert "series.csv, row 2, column value: 'many' wrong type" in run.stdout
    assert "Traceback" not in run.stdout + run.stderr
    assert contents(out / "processed") | contents(out / "results") == before


def test_a_package_that_is_gone_is_named_and_a_module_of_ours_is_a_fault(monkeypatch, capsys):
    monkeypatch.setitem(commands.COMMANDS, "all", "a_package_that_is_gone:make")
    assert commands.main(["all"]) == 1
    said = capsys.readouterr().err
    assert "not whole: No module named 'a_package_that_is_gone'. Delete .venv/ready, and" in said
    monkeypatch.setitem(commands.COMMANDS, "all", "pipeline.gone:make")
    with pytest.raises(ModuleNotFoundError):
        commands.main(["all"])


def terminate_twice(_places):
    """Get the signal again while the first is dealt with, as make hands it on."""
    try:
        os.kill(os.getpid(), signal.SIGTERM)
    finally:
        os.kill(os.getpid(), signal.SIGTERM)


def test_a_run_that_is_terminated_ends_like_one_that_is_interrupted(monkeypatch, capsys):
    monkeypatch.setitem(commands.COMMANDS, "all", f"{__name__}:terminate_twice")
    monkeypatch.setitem(sys.modules, __name__, SimpleNamespace(terminate_twice=terminate_twice))
    before = signal.getsignal(signal.SIGTERM)
    try:
        assert commands.main(["all"]) == 130
    finally:
        signal.signal(signal.SIGTERM, before)
    assert capsys.readouterr().out.startswith("\nInterrupted: ")


def test_an_edited_value_is_a_warning_and_a_difference(raw, tmp_path):
    raw.set("series", 2, "value", "56")
    run = make_here("tables", DATA=raw.path, OUT=tmp_path / "out")
    assert run.returncode == 1
    assert "Warning: series.csv: the checksum differs" in run.stdout
    assert "80 of 81 reproduced" in run.stdout
    assert "Table 2, row 1, 2016: published 55, regenerated 56" in run.stdout


def test_make_data_writes_exactly_what_is_committed(tmp_path):
    run = make_here("data", DATA="data/raw", OUT=tmp_path)
    assert run.returncode == 0, run.stderr
    assert contents(tmp_path / "processed") == contents(Path("data/processed"))


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"DATA": "x"}, "DATA and OUT go together"),
        ({"OUT": "x"}, "DATA and OUT go together"),
        ({"DATA": "x", "OUT": "."}, "would write over other files"),
        ({"DATA": "x", "OUT": "x"}, "would write over other files"),
        ({"DATA": "x", "OUT": "a{b}"}, "may hold no {"),
        ({"DATA": "a\nb", "OUT": "y"}, "characters that cannot be printed"),
        ({"DATA": "x", "OUT": "a\udce9"}, "characters that cannot be printed"),
    ],
)
def test_a_call_that_cannot_be_carried_out_is_refused(variables, said):
    with pytest.raises(UsageError, match=said):
        places(variables)


def test_a_refused_call_ends_in_status_2():
    run = make("all", DATA="x")
    assert (run.returncode, run.stdout) == (2, "")
    assert "DATA and OUT go together" in run.stderr


def test_a_data_folder_that_can_be_no_folder_is_refused():
    setting = f"data_folder={'9' * 400}"
    run = make_here("notebook", NAME="01-institutional-components", SET=setting)
    assert run.returncode == 2
    assert "data_folder = " in run.stderr


def test_a_folder_that_is_not_there_is_named(tmp_path):
    run = make_here("data", DATA=tmp_path / "none", OUT=tmp_path / "out")
    assert run.returncode == 2
    assert "there is no such folder" in run.stdout


@pytest.mark.parametrize(("data", "out", "said"), [
    ("own/results/site", "own", "DATA lies in it"),
    ("own/processed", "own", "DATA lies in it"),
    ("own/.build", "own", "DATA lies in it"),
    ("raw", "foreign", "results is not empty, and no make wrote it"),
])  # fmt: skip
def test_what_no_make_wrote_is_not_written_over(raw, tmp_path, data, out, said):
    if not (tmp_path / data).exists():
        (tmp_path / data).parent.mkdir(parents=True)
        raw.path.rename(tmp_path / data)
    page = tmp_path / "foreign/results/site/mine.html"
    page.parent.mkdir(parents=True)
    page.write_text("mine")
    before = contents(tmp_path)
    run = make_here("data", DATA=tmp_path / data, OUT=tmp_path / out)
    assert run.returncode == 2
    assert said in run.stderr
    assert contents(tmp_path) == before


@pytest.mark.parametrize("out", [
    "data", "analysis", "results/x", "notebooks", ".git", "data/raw", "Data", "examples/synthetic/x",
])  # fmt: skip
def test_no_study_is_written_among_the_projects_own_files(raw, out):
    with pytest.raises(UsageError, match=r"would write over other files .* the project's own"):
        places({"DATA": str(raw.path), "OUT": out})


@pytest.mark.parametrize("out", ["my-results", "data/my-results", "examples/my-results", ".mine"])
def test_a_study_may_have_its_folder_in_the_project(raw, out):
    assert places({"DATA": str(raw.path), "OUT": out}).results == Path(out, "results")


def test_no_study_is_written_into_another_copy_of_the_project(raw, tmp_path):
    (tmp_path / "copy/pipeline/build").mkdir(parents=True)
    (tmp_path / "copy/pipeline/build/graph.toml").touch()
    with pytest.raises(UsageError, match="it is a copy of the project"):
        places({"DATA": str(raw.path), "OUT": str(tmp_path / "copy")})


def test_a_study_is_written_again_where_a_make_was(raw, tmp_path):
    given = {"DATA": str(raw.path), "OUT": str(tmp_path)}
    for name in ("results/manifest.json", ".build/state.db", ".build/other"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert places(given).results == tmp_path / "results"
    (tmp_path / "results/manifest.json").unlink()
    assert places(given).results == tmp_path / "results"
    (tmp_path / ".build/state.db").unlink()
    with pytest.raises(UsageError, match=r"\.build is not empty, and no make wrote it"):
        places(given)


@pytest.mark.parametrize("name", ["DATA", "OUT"])
def test_a_home_that_is_not_there_is_named(tmp_path, name):
    given = {"DATA": str(tmp_path), "OUT": str(tmp_path / "out")} | {name: "~nobody-here/x"}
    with pytest.raises(UsageError, match=f"{name}=~nobody-here/x: there is no such home folder"):
        places(given)


@pytest.mark.skipif(os.name == "nt", reason="a shell closes the streams")
def test_nobody_has_to_look_or_listen(raw, tmp_path):
    script = f"{sys.executable} -m pipeline data <&- >&- 2>&-"
    environment = os.environ | {"DATA": str(raw.path), "OUT": str(tmp_path / "out")}
    assert subprocess.run(["sh", "-c", script], env=environment, check=False).returncode == 0
    assert (tmp_path / "out/processed/study.json").is_file()


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("08-claims", "claims"),
        ("03-comparison", "series, shared indicator or quantitative criteria"),
    ],
)
def test_a_notebook_that_the_study_has_no_tables_for_is_refused_in_a_sentence(
    tmp_path, monkeypatch, name, missing
):
    shutil.copytree("examples/synthetic", tmp_path / "raw")
    for table in ("series", "criteria", "indicators"):
        path = tmp_path / "raw" / f"{table}.csv"
        path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    monkeypatch.setattr("pipeline.notebooks.commands.prepare_kernels", lambda **_: None)
    monkeypatch.setattr(
        "pipeline.notebooks.commands.run_notebook", lambda *_: pytest.fail("it is run")
    )
    run = make_here("notebook", NAME=name, DATA=tmp_path / "raw", OUT=tmp_path / "out")
    assert (run.returncode, run.stderr) == (2, f"{name}: the study has no {missing}\n")
    assert not (tmp_path / "out/results/notebooks").exists()


def test_the_tables_of_another_data_folder_are_looked_at(tmp_path, monkeypatch):
    ran = []
    monkeypatch.setattr("pipeline.notebooks.commands.prepare_kernels", lambda **_: None)
    monkeypatch.setattr(
        "pipeline.notebooks.commands.run_notebook", lambda name, *_: ran.append(name)
    )
    own = {"DATA": "examples/synthetic", "OUT": tmp_path}
    run = make_here("notebook", NAME="08-claims", SET="data_folder=data/processed", **own)
    assert run.returncode == 0
    assert ran == ["08-claims"]


@pytest.mark.parametrize(
    ("out", "said"),
    [
        (
            "mine",
            "make lab, then open notebooks/01.ipynb, set data_folder to mine/processed; edits there "
            "are safe",
        ),
        ("/elsewhere/mine", "open /elsewhere/mine/results/site/index.html in a browser"),
    ],
)
def test_where_to_look_next_can_be_opened(out, said):
    """JupyterLab shows the project's folder: what lies outside of it is opened as a web page."""
    own = places({"DATA": "examples/synthetic", "OUT": out})
    outputs = [own.results / "notebooks/01.ipynb", own.results / "site"]
    lines, _ = summarise(own, [Step("all", None, [], outputs)], [])
    assert [line.split(maxsplit=2)[2] for line in lines if line.startswith("Look next")] == [said]


def folder_with(tmp_path, link, end):
    """A folder for results in which `link` leads to `end`."""
    (tmp_path / "out" / link).parent.mkdir(parents=True)
    (tmp_path / "out" / link).symlink_to(Path(end).absolute())
    return {"DATA": "examples/synthetic", "OUT": str(tmp_path / "out")}


@pytest.mark.parametrize("link", ["processed", "results/tables", "results/claims.csv", ".build"])
@pytest.mark.parametrize("end", ["data/processed", "data/raw/series.csv", "examples/synthetic"])
def test_no_link_in_out_may_lead_to_the_data_of_the_project_or_the_study(tmp_path, link, end):
    with pytest.raises(UsageError, match=f"{link} is a link that leads to files of the project"):
        places(folder_with(tmp_path, link, end))


def test_a_loop_of_links_in_out_leads_nowhere(tmp_path):
    given = folder_with(tmp_path, "results/loop", tmp_path / "out/results/loop")
    with pytest.raises(UsageError, match="results is not empty, and no make wrote it"):
        places(given)
    (tmp_path / "out/processed").mkdir()
    (tmp_path / "out/processed/study.json").touch()
    assert places(given)


def test_a_link_in_out_may_lead_to_another_disk(tmp_path):
    (tmp_path / "disk").mkdir()
    assert places(folder_with(tmp_path, "results", tmp_path / "disk"))


HANDED_ON = (
    "DATA",
    "OUT",
    "NAME",
    "SET",
    "CLUSTER",
    "ARTICLE",
    "FRESH",
    "CELL_SECONDS",
    "STRESS_SEED",
)


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
@pytest.mark.parametrize("given", ["command line", "environment"])
def test_what_is_typed_arrives_as_typed(tmp_path, given):
    """make itself would put in its own variables: of cost$tudy would be left costudy."""
    show = "; ".join(f'printf "%s\\n" "$${name}"' for name in HANDED_ON)
    (tmp_path / "more").write_text(f"include Makefile\nshow: ; @{show}\n")
    typed = {name: f"cost$tudy $(HOME) $$ 'x' {name} #1" for name in HANDED_ON}
    on_line = [f"{k}={v}" for k, v in typed.items()] if given == "command line" else []
    environment = {k: v for k, v in os.environ.items() if k not in (*NOT_HANDED_ON, "MAKEFLAGS")}
    run = subprocess.run(
        ["make", "-s", "-f", str(tmp_path / "more"), "show", *on_line],
        env=environment if on_line else environment | typed,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.splitlines() == list(typed.values())


def test_the_process_that_runs_all_others_imports_nothing_that_only_they_need():
    own = "pipeline.build.make, pipeline.notebooks.runner, pipeline.outputs.processed"
    dear = "{'pandas', 'jinja2', 'markdown_it', 'pygments'}"
    code = f"import sys, {own}, pipeline.site.write; print({dear} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "set()\n"
