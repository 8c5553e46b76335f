"""JupyterLab as `make lab` starts it: the notebook runs, a slider moves, the ranking changes."""

import json
import shutil
import signal
import socket
import subprocess
import time
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from pipeline.notebooks.lab import command, environment

pytestmark = pytest.mark.long
PATIENCE = 60  # seconds for one thing to happen; a busy machine needs several


@pytest.fixture(scope="module")
def server(chromium, tmp_path_factory):
    """A JupyterLab with copies of the notebooks, on a port of its own; gives (address, token)."""
    tmp_path = tmp_path_factory.mktemp("lab")
    shutil.copytree("notebooks", tmp_path / "notebooks")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {"ServerApp__root_dir": str(tmp_path), "ServerApp__open_browser": "False"}
    run = subprocess.Popen(
        command(ServerApp__port=port, **own),
        env=environment(tmp_path / "memory") | {"JUPYTER_TOKEN": "secret"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: ask(address, "status", "secret"))
        yield address, "secret"
    finally:
        run.send_signal(signal.SIGTERM)
        run.wait(timeout=PATIENCE)


def ask(address, what, token):
    """Ask the server's interface; None while it does not answer."""
    request = Request(f"{address}/api/{what}", headers={"Authorization": f"token {token}"})
    try:
        with urlopen(request, timeout=5) as answer:
            return json.load(answer)
    except (URLError, ConnectionError):
        return None


def wait_for(condition):
    end = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.1)
    return found


def idle(address, token):
    """Whether a kernel is there, connected to the page and not at work."""
    kernels = [session["kernel"] for session in ask(address, "sessions", token) or []]
    return any(k["execution_state"] == "idle" and k["connections"] for k in kernels)


def test_a_slider_moves_and_the_ranking_on_the_screen_changes(server, page):
    address, token = server
    page.set_default_timeout(1000 * PATIENCE)
    page.goto(f"{address}/lab/tree/notebooks/explore.ipynb?token={token}")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    wait_for(lambda: idle(address, token))
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    slider = page.locator(".noUi-handle").first  # what a plan counts
    slider.wait_for()
    ranking = page.locator(".widget-html-content table").last
    before = ranking.inner_text()
    slider.focus()
    for _ in range(5):
        slider.press("ArrowRight")
    wait_for(lambda: ranking.inner_text() != before)
    assert page.locator(".widget-readout").first.inner_text() == "0.25"
    assert page.away == []


def test_without_the_token_nothing_is_shown(server):
    address, token = server
    assert ask(address, "contents", "wrong") is None
    assert ask(address, "contents", token)
