"""Commands on notebooks: run one with other parameters, update the committed ones."""

import os
from dataclasses import replace
from pathlib import Path

from analysis.study.parameters import has_file
from pipeline.build.graph import NOTEBOOKS, run_output, study_steps
from pipeline.build.make import make
from pipeline.errors import UsageError
from pipeline.kernels.preparing import prepare_kernels
from pipeline.notebooks.parameters import numbers_to_own, parameters_of, parse_assignments
from pipeline.notebooks.runner import prepare, run_notebook


def run_one(places, environment=os.environ):
    """Run the notebook NAME with the parameters SET; the copy goes to the study's runs.

    Raises UsageError for an unknown notebook or one that the study has no tables for,
    ParameterError for parameters it does not take.
    """
    name, typed = environment.get("NAME", ""), environment.get("SET", "")
    known = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
    if name not in known:
        raise UsageError(f"NAME={name} is no notebook; there are: {', '.join(known)}")
    prepare_kernels(one=True)  # they import while all the rest is looked at
    parameters = _parameters(name)
    # an identifier may be all digits
    texts = [key for key, one in parameters.items() if isinstance(one.default, str)]
    values = numbers_to_own(parse_assignments(typed, texts), parameters)
    if not places.is_default:
        values = {"data_folder": places.processed.as_posix()} | values
    if status := make(places, ["data"]):
        return status
    _refuse_without_tables(places, name, values)
    output = run_output(places, name, "own")
    run_notebook(name, output, values)
    print(output)
    return 0


def _refuse_without_tables(places, name, values):
    """Refuse a notebook that make would leave out for this study, by the same rule."""
    folder = Path(str(values.get("data_folder", places.processed)))
    if has_file(folder, "study.json"):  # of any other the notebook has to tell
        _, left_out = study_steps(replace(places, processed=folder), [name])
        if left_out:
            raise UsageError(left_out[0])


def _parameters(name):
    """Read the parameters of a notebook: {name: Parameter}."""
    import nbformat

    return parameters_of(nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4))


def refresh(places):
    """Update the committed outputs in `notebooks/`, for the default parameters."""
    if status := make(places, ["data"]):
        return status
    prepare()
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        run_notebook(path.stem, path)
        print(path)
    return 0
