"""What is built from what: the steps of a study, read from the table in `graph.toml`."""

from functools import partial
from pathlib import Path

from analysis.study.schema import table_schemas
from analysis.tidy.refusals import in_one_line
from pipeline.build.calls import call, call_in_process
from pipeline.build.entries import entries
from pipeline.build.sources import sources_of
from pipeline.build.steps import Step
from pipeline.build.study_features import INTEGRAL, features_of

LOCK = Path("requirements.lock")
NOTEBOOKS = Path("notebooks")
NAMED = 4  # problems, or names of one, that a line of the summary has


def data_step(places):
    """Return the first step, validation: no other step starts before it has passed."""
    raw = [path for path in places.raw.glob("*") if path.suffix in (".csv", ".json")]
    raw.append(places.raw)  # a workbook is its own only file
    modules = sources_of("pipeline.outputs.processed", "pipeline.outputs.tidied")
    code = [*modules, Path("analysis/study/schema.json"), LOCK]
    outputs = [places.processed / name for name in (*_processed_files(), "study.json")]
    make = partial(call, "pipeline.outputs.processed:write_processed", places)
    return Step("data", make, sorted(filter(Path.is_file, raw)) + code, outputs)


def study_steps(places, wanted=None):
    """Return (steps that the study's data allow, one line for each that is left out).

    `wanted` restricts the steps to the entries of these names.
    """
    chosen, left_out, without = [], [], []
    have = features_of(places.processed)
    for kind, name, expand in (("result", "name", _results), ("run", "notebook", _runs)):
        for entry in entries(kind):
            if wanted and entry[name] not in wanted:
                continue
            if (missing := lacking(entry, have)) == [INTEGRAL]:
                without.append(entry[name])
            elif missing:
                left_out.append(f"{entry[name]}: the study has no {', '.join(missing)}")
            else:
                chosen += expand(places, entry)
    _after_results(places, chosen)
    if without:
        left_out.append(f"{', '.join(without)}: {_why_no_integral(places)}")
    return chosen, left_out


def _why_no_integral(places):
    """Say in one line why there is no integral indicator, and where all of it stands."""
    reason = places.about()["why_no_integral"]
    short = in_one_line(reason, NAMED)
    whole = f"; {places.processed}/study.json names all" if reason.count("\n- ") > NAMED else ""
    return f"no integral indicator of numbers ({short}{whole})"


def _after_results(places, chosen):
    """Make verification depend on the result files with published values."""
    named = {places.results / file for file in places.values("published", "file") if file}
    made = {path for step in chosen for path in step.outputs}
    for step in chosen:
        if step.name == "verification":
            step.inputs.extend(sorted(named & made - {*step.outputs}))


def table_names(places):
    """Name the tables that a study's results hold: by their number where the source prints them.

    Else the components and the indicators, as far as there are any, or the clusters alone.
    """
    numbers = places.values("series", "table")
    if numbers or places.values("published", "table"):
        return [f"table{number}" for number in ["1", *numbers]]
    own = {"components": "components", "indicators": "series"}
    return [name for name, table in own.items() if table in places.tables()] or ["clusters"]


def lacking(entry, have):
    """List the features that an entry needs and a study lacks; of `this or that` one is enough.

    >>> lacking({"needs": ["components or series", "claims"]}, {"series"})
    ['claims']
    """
    return sorted(need for need in entry["needs"] if have.isdisjoint(need.split(" or ")))


def site_step(places, chosen):
    """Return the step that makes web pages of everything the other steps made."""
    made = sorted(path for step in chosen for path in step.outputs)
    own = [path for path in Path("pipeline/site").rglob("*.*") if path.suffix != ".pyc"]
    docs = [Path("docs/methods.md"), *Path("docs/guides").glob("*.md")]
    texts = [*docs, *Path("article").glob("*.html")]
    library = [*Path("analysis").rglob("*.py"), Path("analysis/study/schema.json")]
    modules = sources_of("pipeline.site.write", "pipeline.site.sources")
    code = {*modules, *own, *texts, *library, LOCK}
    descriptor = [path for path in [places.raw / "datapackage.json"] if path.is_file()]
    inputs = [*made, *_inputs(places, _tables()), *descriptor, *sorted(code)]
    make = partial(call, "pipeline.site.write:make_site", places, made)
    return Step("site", make, inputs, [places.results / "site"])


def manifest_step(places, chosen):
    """Return the last step: a list of every input and output with its checksum."""
    outputs = sorted(path for step in chosen for path in step.outputs)
    inputs = sorted({path for step in chosen for path in step.inputs} - set(outputs))
    make = partial(call, "pipeline.outputs.manifest:write_manifest", places, inputs, outputs)
    code = sources_of("pipeline.outputs.manifest")
    return Step("manifest", make, outputs + code, [places.results / "manifest.json"])


def run_output(places, notebook, value=""):
    """Name the file of a notebook's run: NAME.ipynb, or NAME--VALUE.ipynb."""
    suffix = f"--{value}" if value else ""
    return places.results / "notebooks" / f"{notebook}{suffix}.ipynb"


def _results(places, entry):
    files = entry.get("files", []) + _figure_files(entry.get("figures", []))
    for name in table_names(places):
        files += [file.format(name) for file in entry.get("each_table", [])]
    for number in places.values("series", "table") or [""]:
        names = entry.get("figures_each_table", [])
        files += _figure_files(name.format(number) if number else "indicators" for name in names)
    make = partial(call_in_process, "pipeline.outputs.results:write_result", places, entry["make"])
    inputs = [*_inputs(places, _tables()), *sources_of(*entry["make"].split(":")[:1]), LOCK]
    yield Step(entry["name"], make, inputs, [places.results / file for file in files])


def _runs(places, entry):
    notebook, each = entry["notebook"], entry.get("each")
    source = NOTEBOOKS / f"{notebook}.ipynb"
    inputs = [
        source,
        *_inputs(places, entry["inputs"]),
        *sources_of(source, "pipeline.notebooks.runner"),
        LOCK,
    ]
    data = {} if places.is_default else {"data_folder": places.processed.as_posix()}
    for value in places.values(each["of"], each["parameter"]) or [""] if each else [""]:
        own = {each["parameter"]: _typed(each, value)} if value else {}
        output = run_output(places, notebook, value)
        make = partial(call, "pipeline.notebooks.runner:run_notebook", notebook, output, data | own)
        yield Step(output.stem, make, inputs, [output], {"parameters": repr(data | own)})


def _figure_files(names):
    return [f"figures/{name}.{kind}" for name in names for kind in ("svg", "png", "csv")]


def _typed(each, text):
    fields = table_schemas()[each["of"]]["schema"]["fields"]
    kind = next(spec["type"] for spec in fields if spec["name"] == each["parameter"])
    return int(text) if kind == "integer" else text


def _inputs(places, tables):
    return [places.processed / "study.json", *(places.processed / f"{t}.csv" for t in tables)]


def _tables():
    return list(table_schemas())


def _processed_files():
    return [f"{table}.csv" for table in _tables()]
