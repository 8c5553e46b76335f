"""Forked kernels and ordinary ones give the same bytes, pictures included."""

import json

from processes import contents, difference


def pictures(results):
    """Count the pictures in the executed notebooks."""
    return sum(
        mime in output.get("data", {})
        for name, content in results.items()
        if name.endswith(".ipynb")
        for cell in json.loads(content)["cells"]
        for output in cell.get("outputs", [])
        for mime in ("image/png", "image/svg+xml")
    )


def test_forked_and_ordinary_kernels_give_the_same_bytes(
    start, whole_project, whole, record_property
):
    run = start(whole_project, FRESH=1)
    assert run.finish() == 0, run.said
    fresh = contents(whole_project / "results")
    assert difference(fresh, whole) == {}
    notebooks = [name for name in fresh if name.endswith(".ipynb")]
    # a picture lost both ways would be equal, too
    assert pictures(fresh) >= len(notebooks)
    record_property(
        "ran", f"{len(notebooks)} notebooks, {pictures(fresh)} pictures, {len(fresh)} files"
    )
