"""A study of one's own: what is written to begin with, and that nothing that stands is lost."""

import csv
import json
import re
import shlex
import shutil
from pathlib import Path

import openpyxl
import pytest

from analysis.study.loading import read_raw
from analysis.study.package import BadDataError, checksum_warnings
from analysis.study.schema import table_schemas
from pipeline.errors import UsageError
from pipeline.own_study.new_study import TABLES, new_study, renew_checksums, write_workbook_of
from pipeline.places import PROJECT
from tests.carried_out import contents, make_here


@pytest.fixture(scope="session")
def begun(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own") / "x"
    new_study({"NAME": str(folder)})
    return folder


def test_every_table_is_there_with_its_header(begun):
    assert {path.name for path in begun.iterdir()} == {
        "README.md", "datapackage.json", "study.xlsx", *(f"{name}.csv" for name in TABLES)
    }  # fmt: skip
    text, book = (
        (begun / "README.md").read_text("utf-8"),
        openpyxl.load_workbook(begun / "study.xlsx"),
    )
    assert book.sheetnames == ["study", *(n for n in table_schemas() if n in TABLES), "lists"]
    for name in TABLES:
        columns = [spec["name"] for spec in table_schemas()[name]["schema"]["fields"]]
        with (begun / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            (needed,) = list(csv.reader(file))
        shown = [cell.value for cell in book[name][1]]
        assert shown[: len(needed)] == needed
        assert sorted(shown) == sorted(columns)
        assert [cell.value for cell in book[name][1] if cell.font.bold] == needed
        for column in columns:
            assert f"| `{column}` |" in text


@pytest.mark.parametrize("source", ["", "study.xlsx"])
def test_an_empty_study_says_what_it_wants(begun, source):
    with pytest.raises(BadDataError, match="one row per cluster, at least one") as refused:
        read_raw(begun / source)
    assert len(refused.value.problems) == 1


def test_what_it_says_to_type_can_be_typed(tmp_path, capsys):
    new_study({"NAME": str(tmp_path / "Порты и $HOME")})
    line = capsys.readouterr().out.splitlines()[-1]
    written = (tmp_path / "Порты и $HOME" / "README.md").read_text("utf-8")
    assert line.strip() in written
    assert shlex.split(line)[1:] == [
        f"DATA={tmp_path}/Порты и $HOME/study.xlsx", f"OUT={tmp_path}/Порты и $HOME-results"
    ]  # fmt: skip


def test_one_cluster_is_a_study(begun, tmp_path):
    shutil.copytree(begun, tmp_path / "x")
    with (tmp_path / "x" / "clusters.csv").open("a", encoding="utf-8") as file:
        file.write("north-port,North port\n")
    out = tmp_path / "out"
    run = make_here("tables", DATA=tmp_path / "x", OUT=out)
    assert run.returncode == 0, run.stderr
    assert "Warning: clusters.csv: the checksum differs" in run.stdout
    assert "Left out           verification: the study has no published" in run.stdout
    assert (
        (out / "results/tables/clusters.csv")
        .read_text("utf-8")
        .splitlines()[1]
        .startswith("North port")
    )


@pytest.mark.parametrize("name", ["", "  ", "data/raw", "README.md", "README.md/x"])
def test_nothing_that_exists_is_written_over(name):
    with pytest.raises(UsageError, match="NAME"):
        new_study({"NAME": name})


@pytest.mark.parametrize("name", ["results/mine", "examples/synthetic/mine", "examples/a{b}"])
def test_no_study_is_begun_where_make_would_refuse_it(name):
    with pytest.raises(UsageError):
        new_study({"NAME": str(PROJECT / name)})
    assert not (PROJECT / name).exists()


def test_refusals_end_in_status_2_and_write_nothing(begun):
    before = contents(begun)
    run = make_here("new-study", NAME=begun)
    assert (run.returncode, run.stdout) == (2, "")
    assert "it exists already, and nothing is written over; name another" in run.stderr
    assert "Traceback" not in run.stderr
    assert contents(begun) == before


def test_checksums_are_renewed_and_nothing_else(raw, capsys):
    before = contents(raw.path)
    renew_checksums({"DATA": str(raw.path)})
    assert contents(raw.path) == before
    raw.set("clusters", 2, "name", "Another name")
    edited, old = contents(raw.path), raw.descriptor()
    assert len(checksum_warnings(raw.path)) == 1
    renew_checksums({"DATA": str(raw.path)})
    assert checksum_warnings(raw.path) == []
    after, new = contents(raw.path), raw.descriptor()
    assert {path for path in after if after[path] != edited[path]} == {
        path for path in after if path.name == "datapackage.json"
    }
    for resource in (*old["resources"], *new["resources"]):
        resource.pop("hash")
    assert old == new
    assert "1 of 8 checksums renewed: clusters.csv" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("call", "variables", "said"),
    [
        (renew_checksums, {"DATA": "no/such"}, "there is no such folder"),
        (write_workbook_of, {"DATA": "data/raw"}, "wanted: make workbook"),
        (write_workbook_of, {"OUT": "x.xlsx"}, "wanted: make workbook"),
        (write_workbook_of, {"DATA": "data/raw", "OUT": "README.md"}, "wanted: make workbook"),
        (write_workbook_of, {"DATA": "no/such", "OUT": "x.xlsx"}, "there is no such folder"),
    ],
)
def test_a_call_that_cannot_be_carried_out_is_refused(call, variables, said):
    with pytest.raises(UsageError, match=said):
        call(variables)


def test_the_words_of_a_study_are_short_texts_each_once(raw):
    descriptor = raw.descriptor()
    grade = descriptor["resources"][0]["schema"]["fields"][-2]["constraints"]
    for words in (["low", "low"], [], ["x" * 101], ["bell\x07"], [3]):
        grade["enum"] = words
        raw.write_descriptor(descriptor)
        with pytest.raises(
            BadDataError, match=r"column clusters\.grade\.enum: .* is no vocabulary"
        ):
            read_raw(raw.path)
    assert json.loads((raw.path / "datapackage.json").read_text())["title"]


def described(raw, edit):
    descriptor = raw.descriptor()
    edit(descriptor)
    raw.write_descriptor(descriptor)


@pytest.fixture
def few(raw):
    """The article's clusters and indicators and few values: for what a study says of itself."""
    for name in ("components", "series", "claims", "regional_context", "published"):
        raw.write(name, raw.rows(name)[:12])
    return raw


@pytest.mark.parametrize("title", [None, ""])
@pytest.mark.parametrize("description", [None, 5])
def test_a_study_that_says_little_of_itself_becomes_a_workbook(few, tmp_path, title, description):
    def edit(descriptor):
        descriptor["title"] = title
        spec = descriptor["resources"][0]["schema"]["fields"][0]
        spec["description"] = description
        for part, name in ((descriptor, "title"), (spec, "description")):
            if part[name] is None:
                del part[name]

    described(few, edit)
    write_workbook_of({"DATA": str(few.path), "OUT": str(tmp_path / "x.xlsx")})
    assert read_raw(tmp_path / "x.xlsx")[1]["title"] == "Untitled study"


def test_a_study_without_components_survives_a_workbook(raw, tmp_path):
    def edit(descriptor):
        gone = ("components", "criteria")
        del descriptor["sources"]  # for which a workbook has no place
        descriptor["resources"] = [r for r in descriptor["resources"] if r["name"] not in gone]

    described(raw, edit)
    for name in ("components", "criteria"):
        (raw.path / f"{name}.csv").unlink()
    header, *rows = raw.rows("indicators")
    criteria = [at for at, name in enumerate(header) if name.startswith("criterion")]
    rows = [["" if at in criteria else cell for at, cell in enumerate(row)] for row in rows]
    raw.write("indicators", [header, *rows])
    frames, about = read_raw(raw.path)
    write_workbook_of({"DATA": str(raw.path), "OUT": str(tmp_path / "x.xlsx")})
    again, about_again = read_raw(tmp_path / "x.xlsx")
    assert about_again == about
    assert all(again[name].equals(frame) for name, frame in frames.items())


def test_a_link_to_nothing_is_not_written_over(tmp_path):
    (tmp_path / "x.xlsx").symlink_to(tmp_path / "nothing.xlsx")
    with pytest.raises(UsageError, match="it exists already"):
        write_workbook_of({"DATA": "data/raw", "OUT": str(tmp_path / "x.xlsx")})
    assert (tmp_path / "x.xlsx").is_symlink()


OF_THE_ARTICLE = r"\bprinted\b|\barticle\b|\bprints\b|\b(our|we)\b|\bT\d\b|Tables? [02-9]"


def test_the_schema_says_what_a_column_is_for_any_study():
    """What a column is in the article stands in the article's own descriptor."""
    for name, table in table_schemas().items():
        words = [table["description"], *(f["description"] for f in table["schema"]["fields"])]
        if name != "published":  # the printed values of a source, by its nature
            assert not [text for text in words if re.search(OF_THE_ARTICLE, text)], name


def test_the_article_keeps_its_own_words_for_its_columns():
    descriptor = json.loads(Path("data/raw/datapackage.json").read_text(encoding="utf-8"))
    fields = {
        (resource["name"], spec["name"]): spec["description"]
        for resource in descriptor["resources"]
        for spec in resource["schema"]["fields"]
    }
    assert "the source prints a dash" in fields["series", "value"]
    assert "T1 is Table 1" in fields["claims", "evidence"]
