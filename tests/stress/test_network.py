"""Servers listen on this machine only, and the hashes of the lock are enforced."""

import hashlib
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from processes import ROOT
from studies import SMALL

LISTENING = "0A"


def listening(run):
    """List the addresses at which the processes of a run listen, from /proc."""
    found = set()
    for pid in run.processes():
        sockets = set()
        try:
            for path in Path(f"/proc/{pid}/fd").iterdir():
                sockets |= set(re.findall(r"socket:\[(\d+)\]", str(path.readlink())))
            tables = [Path(f"/proc/{pid}/net/{table}").read_text() for table in ("tcp", "tcp6")]
        except OSError:
            continue  # ended while we looked
        rows = [line.split() for table in tables for line in table.splitlines()[1:]]
        found |= {row[1] for row in rows if row[3] == LISTENING and row[9] in sockets}
    return found


def only_loopback(addresses):
    """Tell whether every address in the notation of /proc/net is this machine's own."""
    loopback = ("0100007F:", "00000000000000000000000001000000:")
    return all(address.startswith(loopback) for address in addresses)


def test_lab_listens_on_this_machine_only(start, project):
    run = start(project, "lab", BROWSER="true", JUPYTER_PORT="0")
    run.until(lambda: "127.0.0.1" in run.said and listening(run), "JupyterLab to listen")
    assert only_loopback(listening(run)), listening(run)
    assert "token=" in run.said
    run.clear()


def test_kernels_listen_on_this_machine_only(start, project):
    run = start(project, FRESH="1", **SMALL)
    run.until(lambda: len(listening(run)) >= 5, "a kernel to listen")
    assert only_loopback(listening(run)), listening(run)
    run.clear()


def test_forked_kernels_listen_nowhere(start, project):
    run = start(project, **SMALL)
    first = run.until(run.kernels, "a kernel")
    assert listening(run) == set()
    run.until(lambda: {*run.kernels()}.difference(first), "another kernel")
    assert listening(run) == set()
    run.clear()


def wheel(folder, name):
    """Write the smallest package there is; return its requirement with the right hash."""
    path, info = folder / f"{name}-1.0-py3-none-any.whl", f"{name}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return f"{name}==1.0 --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.mark.parametrize("tampered", ["requirements-uv.lock", "requirements.lock"])
def test_a_package_with_another_hash_is_refused(start, project, tmp_path, tampered):
    (project / ".venv").unlink()  # it makes its own, from a folder of packages and no index
    lines = {
        "requirements-uv.lock": wheel(tmp_path, "first"),
        "requirements.lock": wheel(tmp_path, "second"),
    }
    lines[tampered] = re.sub(r"sha256:.{8}", "sha256:" + "0" * 8, lines[tampered])
    for name, line in lines.items():
        (project / name).write_text(line)
    run = start(
        project,
        command=["make", ".venv/ready", f"PYTHON={sys.executable}"],
        PIP_NO_INDEX="1",
        PIP_FIND_LINKS=tmp_path,
    )
    assert run.finish() != 0
    assert "DO NOT MATCH THE HASHES" in run.said
    assert not (project / ".venv/ready").exists()


def test_uv_refuses_another_hash_too(tmp_path):
    makes = [(ROOT / name).read_text("utf-8") for name in ("Makefile", "pipeline/environment.py")]
    lines = [
        line for text in makes for line in text.splitlines() if re.search('-r"?,? "?req', line)
    ]
    assert len(lines) > 3 and all("--require-hashes" in line for line in lines)
    line = wheel(tmp_path, "second")
    lock = tmp_path / "requirements.lock"
    for text, status in ((line, 0), (re.sub(r"sha256:.{8}", "sha256:" + "0" * 8, line), 1)):
        lock.write_text(text)
        uv, words = Path(sys.executable).parent / "uv", "pip install --no-index --no-cache"
        places = ["--find-links", tmp_path, "--target", tmp_path / f"target{status}"]
        run = subprocess.run(
            [uv, *words.split(), *places, "--require-hashes", "-r", lock],
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == status, run.stderr
    assert "Hash mismatch" in run.stderr
