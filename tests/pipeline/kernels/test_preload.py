"""What kernels have from the process that they are forked from."""

import io
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.font_manager import FontManager

import analysis
import pipeline.kernels.preload
from analysis.charts.matrices import component_matrix
from analysis.charts.sparklines import series_rows
from analysis.comparative.evidence import component_status
from pipeline.kernels.forkserver import ENVIRONMENT, KERNEL
from pipeline.places import PROJECT


def test_no_font_is_looked_for_after_the_preload(study, monkeypatch):
    assert pipeline.kernels.preload.__name__ in KERNEL
    compared = []
    monkeypatch.setattr(FontManager, "score_family", lambda *_: compared.append(1) or 0.0)
    for ax in (
        component_matrix(component_status(study.components), title="All"),
        series_rows(study.series, "penza-it", title="One"),
    ):
        FigureCanvasAgg(ax.figure).print_png(io.BytesIO())
    assert compared == []


def test_a_draft_that_cannot_be_imported_stops_nothing(tmp_path, monkeypatch):
    (tmp_path / "analysis").mkdir()
    for name, code in (("draft", "unfinished"), ("half", "def ("), ("sound", "done = True")):
        (tmp_path / "analysis" / f"{name}.py").write_text(code)
    monkeypatch.setattr("pipeline.places.PROJECT", tmp_path)
    monkeypatch.setattr(analysis, "__path__", [str(tmp_path / "analysis")])
    runpy.run_path(PROJECT / "pipeline/kernels/project_modules.py")
    assert sys.modules.pop("analysis.sound").done
    assert not {"analysis.draft", "analysis.half"} & set(sys.modules)


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no threads to count here")
def test_after_the_preload_there_is_still_one_thread():
    code = "import os, pipeline.kernels.preload; print(len(os.listdir('/proc/self/task')))"
    environment = os.environ | ENVIRONMENT
    said = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True)
    assert said.stdout.strip() == b"1"
