"""The tests, and the make that they start, have no network where the machine can cut it."""

import os
import socket
import subprocess
import sys

import pytest
from offline import CUT

ELSEWHERE = ("192.0.2.1", 443)  # kept free for examples: nobody is there
TRY = f"import socket; socket.create_connection({ELSEWHERE}, timeout=5)"


@pytest.fixture(autouse=True)
def _cut():
    if os.environ["STUDY_TESTS_NETWORK"] != CUT:
        pytest.skip(os.environ["STUDY_TESTS_NETWORK"])


def test_nothing_leaves_this_machine():
    with pytest.raises(OSError, match="Network is unreachable"):
        socket.create_connection(ELSEWHERE, timeout=5)


def test_nor_does_what_the_tests_start():
    run = subprocess.run(
        [sys.executable, "-c", TRY], capture_output=True, text=True, check=False, timeout=60
    )
    assert "Network is unreachable" in run.stderr


def test_the_machine_still_hears_itself():
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname(), timeout=5) as client:
            client.sendall(b"here")
        heard, _ = server.accept()
        with heard:
            assert heard.recv(4) == b"here"
