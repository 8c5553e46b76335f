"""Clock, locale, time zone, place, umask and hash seed: other surroundings, the same bytes."""

import pytest
from elsewhere import SURROUNDINGS, clock, needs
from processes import contents, difference
from studies import SMALL


def make_in(surroundings, start, copy_of_project, tmp_path, **places):
    """Run make in other surroundings, from a copy of the project; return that copy."""
    variables = dict(surroundings)
    if day := variables.pop("clock", None):
        variables |= clock(day, tmp_path)
    folder = tmp_path / variables.pop("folder", "project")
    umask = variables.pop("umask", None)
    copy_of_project(folder)
    prefix = ["sh", "-c", f'umask {umask}; exec "$@"', "sh"] if umask else []
    run = start(folder, prefix=prefix, **places, **variables)
    assert run.finish() == 0, run.said
    run.gone()
    assert run.left_behind() == []
    return folder


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_the_same_bytes(name, start, copy_of_project, small, tmp_path):
    needs(SURROUNDINGS[name])
    folder = make_in(SURROUNDINGS[name], start, copy_of_project, tmp_path, **SMALL)
    out = folder / "study/out"
    assert difference(contents(out / "results"), small) == {}
    if "umask" in SURROUNDINGS[name]:
        assert {path.stat().st_mode & 0o077 for path in out.rglob("*") if path.is_file()} == {0}
