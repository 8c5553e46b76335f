"""What `make lab` tells JupyterLab."""

from pathlib import Path

from pipeline.notebooks.lab import command


def test_it_listens_on_this_machine_only_and_asks_nothing_elsewhere():
    options = command()
    assert "--ServerApp.ip=127.0.0.1" in options
    assert not any("token" in option for option in options)
    for quiet in ("news_url=None", "check_for_updates_class=jupyterlab.NeverCheckForUpdate"):
        assert f"--LabApp.{quiet}" in options
    assert Path("notebooks/welcome.ipynb").exists()
