"""A study is read from its files whenever it is loaded, and is wholly its owner's."""

import os
import shutil

import pytest

from analysis.study.loading import load_study


@pytest.fixture
def folder(tmp_path):
    shutil.copytree("data/processed", tmp_path / "study")
    return tmp_path / "study"


@pytest.mark.parametrize("how", ["put in its place", "written in place"])
def test_a_table_that_was_written_anew_is_read_anew(folder, how):
    load_study(folder)
    path = folder / "series.csv"
    look = path.stat()
    text = path.read_text(encoding="utf-8")
    new = folder / "new" if how == "put in its place" else path
    new.write_text(text.replace(",55,", ",56,", 1), encoding="utf-8")
    os.utime(new, ns=(look.st_atime_ns, look.st_mtime_ns))  # as long, and of the same moment
    new.replace(path)
    assert load_study(folder).series["value"].tolist()[0] == 56


def test_a_study_that_is_gone_is_not_found_in_memory(folder):
    load_study(folder)
    (folder / "clusters.csv").unlink()
    with pytest.raises(FileNotFoundError, match="clusters"):
        load_study(folder)


def test_what_is_done_to_a_study_is_not_done_to_the_next(folder):
    one, whole = load_study(folder), load_study("data/processed")
    one.series.loc[0, "value"] = -1
    one.series["new"] = 0
    one.clusters.index.name = "mine"
    one.clusters.columns = one.clusters.columns.str.upper()
    one.components.attrs["mine"] = True
    one.components["item"].array[0] = "mine"  # behind the back of pandas
    one.indicators.iloc[:, 0] = "mine"
    next_one = load_study(folder)
    for name in ("series", "clusters", "components", "indicators"):
        assert getattr(next_one, name).equals(getattr(whole, name))
        assert getattr(next_one, name).attrs == {}
    assert next_one.clusters.index.name == "cluster"
