"""Clock, locale, time zone, place, umask and hash seed: other surroundings, the same bytes."""

import pytest
from elsewhere import SURROUNDINGS, possible
from processes import contents, difference
from studies import SMALL


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_the_same_bytes(name, start, copy_of_project, small, tmp_path, record_property):
    variables, lacking = possible(name, tmp_path)
    record_property("ran", f"{name}{''.join(f'; left out: {what}' for what in lacking)}")
    folder, umask = tmp_path / variables.pop("folder", "project"), variables.pop("umask", "022")
    copy_of_project(folder)
    prefix = ["sh", "-c", f'umask {umask}; exec "$@"', "sh"]
    run = start(folder, prefix=prefix, **SMALL, **variables)
    assert run.finish() == 0, run.said
    run.gone()
    assert run.left_behind() == []
    out = folder / "study/out"
    assert difference(contents(out / "results"), small) == {}
    if umask == "077":
        assert {path.stat().st_mode & 0o077 for path in out.rglob("*") if path.is_file()} == {0}
