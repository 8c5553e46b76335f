"""The README and the codebook say what is: generated parts agree, and every path named exists."""

import json
import re
from importlib import import_module
from pathlib import Path

import pytest

from pipeline.build.graph import entries
from pipeline.outputs.documents.codebook import CODEBOOK, codebook
from pipeline.outputs.documents.readme import PARTS, README, filled
from pipeline.outputs.results import claims, composite

TEXT = README.read_text(encoding="utf-8")


def test_the_codebook_agrees_with_the_data_package():
    descriptor = json.loads(Path("data/raw/datapackage.json").read_text(encoding="utf-8"))
    assert CODEBOOK.read_text(encoding="utf-8") == codebook(descriptor)


def test_the_results_in_the_readme_are_those_of_the_study(study, tmp_path):
    composite(study, tmp_path)
    claims(study, tmp_path)
    assert filled(TEXT, tmp_path) == TEXT
    for name in PARTS:
        assert f"<!-- begin: {name} -->\n|" in TEXT


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\(([^)#]+)\)", TEXT))))
def test_every_link_leads_somewhere(path):
    assert Path(path).exists()


def test_every_notebook_and_data_file_is_listed():
    for run in entries("run"):
        assert f"notebooks/{run['notebook']}.ipynb" in TEXT
    for path in Path("data/raw").glob("*.csv"):
        assert f"`{path.name}`" in TEXT


def test_every_function_of_the_methods_table_exists():
    table = TEXT.split("## What the article announces")[1].split("\n## ")[0]
    named = re.findall(r"`(\w+)\.(\w+)`", table)
    assert len(named) >= 12
    for module, name in named:
        assert hasattr(import_module(f"analysis.{module}"), name)


def test_every_make_target_named_exists():
    targets = set(re.findall(r"^([a-z-]+):", Path("Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)", TEXT)) | set(
        re.findall(r"^make ([a-z-]+)", TEXT, re.M)
    )
    assert named <= targets


def test_every_table_of_results_is_listed():
    for result in entries("result"):
        for file in result.get("files", []):
            name = Path(file).name
            assert name.startswith("tables.") or name in TEXT


def test_every_figure_is_listed():
    for result in entries("result"):
        for figure in result.get("figures", []):
            assert f"`{figure}`" in TEXT


WORDS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


def _sentences_about_results():
    """Prose of the sections that tell results: no block made from them, no table, no code."""
    text = re.sub(r"<!-- begin: (\w+) -->.*?<!-- end: \1 -->", "", TEXT, flags=re.DOTALL)
    sections = re.split(r"^## ", text, flags=re.MULTILINE)
    told = [
        s for s in sections if s.startswith(("One result", "Every claim", "What is reproduced"))
    ]
    assert len(told) == 3
    return [
        line
        for section in told
        for line in section.splitlines()[1:]
        if line and not line.startswith("|")
    ]


def test_every_number_typed_in_a_sentence_about_results_is_that_of_the_study(study):
    cells = len(study.published)
    known = {
        r"Tables? (\d)(?:-(\d))?": {1, *study.series["table"]},
        r"(?:[Nn]otebooks?|and) (\d\d)": {
            int(run["notebook"][:2]) for run in entries("run") if run["notebook"][0].isdigit()
        },
        r"values of (\d{4})": set(study.series.query("standing == 'base'")["year"]),
        r"from (\d{4}) on": {study.series.query("standing == 'target'")["year"].min()},
        r"(\w+) clusters": {len(study.clusters)},
        r"(\w+) components": {len(study.component_names)},
        r"(\d+) published values": {cells},
    }
    for line in _sentences_about_results():
        rest = line
        for pattern, allowed in known.items():
            for found in re.finditer(pattern, line):
                for token in filter(None, found.groups()):
                    number = WORDS.index(token) if token in WORDS else token
                    if str(number).isdigit():
                        assert int(number) in allowed, found.group()
                rest = rest.replace(found.group(), "")
        assert not re.search(r"\d", rest), f"a number that no result stands behind: {rest}"
        stray = [word for word in WORDS[2:] if re.search(rf"\b{word}\b", rest)]
        assert not stray, f"{stray} in: {rest}"


def test_the_five_lines_run_as_they_stand():
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    assert len([line for line in code.splitlines() if line]) == 5
    names = {}
    exec(code, names)
    assert len(names["scores"]) == len(names["study"].clusters)
