"""Steps that write tables of results read the study once, and again when a file of it changed."""

import shutil
from types import SimpleNamespace

from analysis.study.loading import PROCESSED, load_study
from pipeline.outputs import results

TARGET = "pipeline.outputs.results:trends"


def test_a_study_is_read_again_only_after_one_of_its_files_changed(tmp_path, monkeypatch):
    places = SimpleNamespace(processed=tmp_path / "processed", results=tmp_path / "results")
    shutil.copytree(PROCESSED, places.processed)
    read = []
    monkeypatch.setattr(results, "load_study", lambda folder: read.append(1) or load_study(folder))
    results.write_result(places, TARGET)
    before = (places.results / "trends.csv").read_bytes()
    results.write_result(places, TARGET)
    assert len(read) == 1
    series = places.processed / "series.csv"
    series.write_text(series.read_text(encoding="utf-8").replace("2160", "2161"), encoding="utf-8")
    results.write_result(places, TARGET)
    assert len(read) == 2
    assert (places.results / "trends.csv").read_bytes() != before
