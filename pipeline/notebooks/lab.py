"""JupyterLab in the project's environment: on this machine only, with its token, and offline."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

from pipeline.places import PROJECT

WELCOME = "notebooks/welcome.ipynb"
OWN_FOLDER = Path(".build/lab")  # of JupyterLab's settings and data
# no question about news; cells rendered at once
DEFAULTS = PROJECT / "pipeline/notebooks/jupyter"
# reachable from this machine only; Jupyter makes a new token at every start
SETTINGS = {
    "ServerApp.ip": "127.0.0.1",
    "ServerApp.allow_remote_access": "False",
    "ServerApp.allow_origin": "",
    "ServerApp.allow_root": "True",  # as one is in a container; the two lines above keep it shut
    "ServerApp.root_dir": ".",
    "LabApp.default_url": f"/lab/tree/{WELCOME}",
    # no network: no news, no check for updates, no extension manager
    "LabApp.news_url": "None",
    "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    "LabApp.extension_manager": "readonly",
}


def lab(_places):
    """Open JupyterLab at the welcome page; never returns. Raises ImportError where it is not."""
    if not find_spec("jupyterlab"):
        raise ModuleNotFoundError("No module named 'jupyterlab'", name="jupyterlab")
    os.execve(sys.executable, command(), environment())


def command(**settings):
    """Return the command line; `settings` replace those above, with `__` for the dot.

    >>> "--ServerApp.ip=127.0.0.1" in command(ServerApp__port=0)
    True
    """
    changed = {name.replace("__", "."): value for name, value in settings.items()}
    options = [f"--{name}={value}" for name, value in (SETTINGS | changed).items()]
    return [sys.executable, "-m", __name__, *options]


def environment(folder=None):
    """Return the environment variables that keep JupyterLab's settings and data in the project.

    Nothing is written to the user's home, and no setting there opens the server to others.
    """
    folder = Path(folder or PROJECT / OWN_FOLDER)
    places = {"CONFIG_DIR": "config", "DATA_DIR": "data", "RUNTIME_DIR": "runtime"}
    own = {f"JUPYTER_{name}": str(folder / part) for name, part in places.items()}
    own |= {
        f"JUPYTERLAB_{name}_DIR": str(folder / name.lower()) for name in ("SETTINGS", "WORKSPACES")
    }
    own |= {"JUPYTER_CONFIG_PATH": str(DEFAULTS), "IPYTHONDIR": str(folder / "ipython")}
    return os.environ | own


if __name__ == "__main__":
    # started from here it is ready two seconds sooner: see pipeline/__init__.py
    from jupyterlab.labapp import main

    sys.exit(main())
