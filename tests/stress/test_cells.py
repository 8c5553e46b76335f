"""Cells that fail, hang, end their kernel or exhaust the memory: named, and only they come again."""

import json
import re

from processes import contents, difference
from studies import SMALL

HARM = {
    "01-institutional-components": "nothing + 1",
    "06-innovation-potential": "while True: pass",
    "case-study": """
import os, resource
if cluster == "vologda-wood":
    os._exit(3)
if cluster == "penza-it":
    resource.setrlimit(resource.RLIMIT_AS, (1 << 32, 1 << 32))
    everything = bytearray(1 << 34)
""",
}
SAID = {
    "01-institutional-components": "NameError: name 'nothing' is not defined",
    "06-innovation-potential": "the cell ran longer than the limit of 20 seconds",
    "case-study--vologda-wood": "the kernel ended: memory exhausted, or the code ended the process",
    "case-study--penza-it": "MemoryError",
}


AFTER = ("site", "manifest")  # need every notebook


def spoil(path, code):
    """Put a cell at the end of a notebook."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = {"cell_type": "code", "id": "harm", "metadata": {}, "source": code}
    notebook["cells"].append(cell | {"outputs": [], "execution_count": None})
    path.write_text(json.dumps(notebook), encoding="utf-8")


def begun(said):
    """Names of the steps that a run did or tried, as its lines tell."""
    return set(re.findall(r"^\[\d+/\d+\] ([\w-]+)[ :]", said, re.MULTILINE))


def test_a_bad_cell_is_named_and_only_it_comes_again(start, project, small):
    places, out = SMALL | {"CELL_SECONDS": 20}, project / "study/out"
    sound = {name: (project / f"notebooks/{name}.ipynb").read_bytes() for name in HARM}
    for name, code in HARM.items():
        spoil(project / f"notebooks/{name}.ipynb", code)

    run = start(project, **places)
    assert run.finish() != 0
    assert "Traceback" not in run.said
    for name, reason in SAID.items():
        block = run.said.split(f"{name}: FAILED")[1].split("\n[")[0]
        assert f"{name.partition('--')[0]}.ipynb" in block
        assert "stopped in cell" in block
        assert reason in block
    results = contents(out / "results")
    assert {f"notebooks/{name}.ipynb" for name in SAID}.isdisjoint(results)
    assert "notebooks/case-study--novgorod-agro.ipynb" in results  # the others finished
    assert "composite.csv" in results
    assert "Notebooks          1 run" in run.said
    assert "Web pages" not in run.said  # those that stand are of another run, or none
    run.gone()
    assert run.left_behind() == []

    again = start(project, **places)
    assert again.finish() != 0
    assert begun(again.said) == {*SAID, *AFTER}

    for name, content in sound.items():
        (project / f"notebooks/{name}.ipynb").write_bytes(content)
    healed = start(project, **places)
    assert healed.finish() == 0, healed.said
    # the other case studies were made of the spoilt notebook, and are made again
    assert begun(healed.said) >= {*SAID, *AFTER}
    assert "composite" not in begun(healed.said)
    assert difference(contents(out / "results"), small) == {}
