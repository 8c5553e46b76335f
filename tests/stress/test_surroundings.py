"""Clock, locale, time zone, place, umask and hash seed: other surroundings, the same bytes."""

import pytest
from elsewhere import SURROUNDINGS, needs
from processes import contents, difference
from studies import SMALL


def make_in(surroundings, start, copy_of_project, tmp_path, target="all", **places):
    """Run make in other surroundings, from a copy of the project; return that copy."""
    variables = dict(surroundings)
    folder = tmp_path / variables.pop("folder", "project")
    umask = variables.pop("umask", None)
    copy_of_project(folder)
    prefix = ["sh", "-c", f'umask {umask}; exec "$@"', "sh"] if umask else []
    run = start(folder, target, prefix=prefix, **places, **variables)
    assert run.finish() == 0, run.said
    run.gone()
    assert run.left_behind() == []
    return folder


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_the_same_bytes(name, start, copy_of_project, small, tmp_path):
    """Under another clock the tables alone: Jupyter's sockets wait for ever under libfaketime."""
    needs(SURROUNDINGS[name])
    target = "tables" if "FAKETIME" in SURROUNDINGS[name] else "all"
    folder = make_in(SURROUNDINGS[name], start, copy_of_project, tmp_path, target, **SMALL)
    out = folder / "study/out"
    made = contents(out / "results")
    wanted = small if target == "all" else {path: small[path] for path in made}
    assert made
    assert difference(made, wanted) == {}
    if "umask" in SURROUNDINGS[name]:
        assert {path.stat().st_mode & 0o077 for path in out.rglob("*") if path.is_file()} == {0}
