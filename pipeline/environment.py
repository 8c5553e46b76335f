"""Create or repair the environment .venv; `make` calls this with any Python it finds.

It is called when `.venv/ready` does not say what is wanted: the folder the project stands in, and
the checksums of pyproject.toml and the locks. Nothing is installed when it runs, and an old Python
must understand enough of it to say that it is too old. What stands is put aside until the new
environment stands, and comes back where that cannot be made.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

VENV, OLD = Path(".venv"), Path(".venv-before")
READY = VENV / "ready"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = str(BIN / "python")
PIP = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
UV = [str(BIN / "uv"), "pip", "install", "-q", "--compile-bytecode", "--python", PYTHON]
LOCKED = ["--require-hashes", "-r", "requirements.lock"]
PROJECT = [*PIP, "--no-deps", "--no-build-isolation", "--no-index", "-e", "."]
# the project's folder by its way from the environment: a copy of both imports its own code
RELATIVE = [
    PYTHON, "-I", "-c",
    "import os, sysconfig; site = sysconfig.get_path('purelib'); "
    "print(os.path.relpath('.', site), file=open(os.path.join(site, 'this_project.pth'), 'w'))",
]  # fmt: skip
NEEDED = "import ensurepip, sqlite3, ssl, venv"  # of a Python that can make the environment


class StepError(Exception):
    """A failed step of the installation; the message is the last output of its program."""


def main(wanted, may_choose):
    """Make .venv for what is `wanted`, with this Python or, where it may choose, a better one."""
    _refuse(Path.cwd(), sys.version_info)
    if OLD.exists():  # a run was killed while it made a new one
        _remove(VENV)
        OLD.rename(VENV)
    before = READY.read_text(encoding="utf-8") if READY.is_file() else ""
    (place, sums), (_, wanted_sums) = _parts(before), _parts(wanted)
    if sums == wanted_sums and not VENV.is_symlink() and _mended(place):
        READY.write_text(wanted, encoding="utf-8")
    else:
        _replace(wanted, chosen() if may_choose else sys.executable, before)


def _parts(ready):
    """Parse a folder, whose name may contain spaces, and three lines of `cksum`."""
    words = ready.split(" ")
    return " ".join(words[:-9]), words[-9:]


def _remove(folder):
    if folder.is_symlink():
        folder.unlink()
    else:
        shutil.rmtree(str(folder), ignore_errors=True)


def _refuse(folder, version):
    """End with a sentence where an environment cannot be made here, or with this Python."""
    text = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    asked = re.search(r'requires-python = ">=([\d.]+),<([\d.]+)"', text)
    oldest, beyond = (tuple(map(int, text.split("."))) for text in asked.groups())
    newest = beyond[0], beyond[1] - 1
    this = "this is {}.{}.{}".format(*version[:3])
    if version[:2] < oldest:
        needed = "Python {}.{} or newer is needed (make PYTHON=path/to/python); "
        sys.exit(needed.format(*oldest) + this)
    if version[:2] >= beyond:
        sys.exit(
            "The locked packages are for Python {}.{} to {}.{}; ".format(*oldest, *newest)
            + this
            + ".\nName one of those (make PYTHON=path/to/python); or, with one of them, raise "
            "requires-python in pyproject.toml and renew the locks (make lock)."
        )
    if re.search("[{}$\n\r\udc80-\udcff]", str(folder)):
        what = "The name of this folder holds a character that Python packages cannot be built with"
        sys.exit(what + ": " + ascii(str(folder)))


def chosen():
    """Return the distribution's own Python of this version where there is one, else this one.

    It is built with the profile of a run: make takes an eighth less time than with one compiled by
    pyenv.
    """
    own = "/usr/bin/python{}.{}".format(*sys.version_info)
    asked = [own, "-I", "-c", NEEDED]
    works = Path(own).exists() and not subprocess.call(asked, stderr=subprocess.DEVNULL)
    return own if works else sys.executable


def _mended(place):
    """Repair an environment that was copied or moved to this folder; return whether it worked."""
    print("This folder was copied or moved: its environment is mended ...", flush=True)
    old, here = (os.fsencode(str(folder)) + b"/.venv" for folder in (place, Path.cwd()))
    try:
        for path in BIN.iterdir():
            text = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
            names = text[:2] == b"#!" or path.name.lower().startswith("activate")
            if names and here not in text:  # it is there after a run that was killed
                path.write_bytes(text.replace(old, here))
        _install_project()
    except (OSError, StepError):
        return False
    return True


def _replace(wanted, python, before):
    """Make a new environment; the one that stood `before` is kept aside until it is complete."""
    print("Making the environment .venv ({}) ...".format("anew" if before else "once"), flush=True)
    if python != sys.executable:
        print(f"with {python} (PYTHON= decides)", flush=True)
    if VENV.exists():
        VENV.rename(OLD)
    failure = None
    try:
        _make(python)
        READY.write_text(wanted, encoding="utf-8")
    except StepError as error:
        failure = error
    finally:
        if not READY.is_file() and OLD.exists():
            _remove(VENV)
            OLD.rename(VENV)
        if OLD.exists():
            _remove(OLD)
    if failure:
        print(f"The environment could not be made:\n{failure}", file=sys.stderr)
        _go_on_with_what_stood(wanted, before)


def _go_on_with_what_stood(wanted, before):
    """Bring what stood to this folder, so that it runs the code here; end where none runs."""
    if not before:
        sys.exit(1)
    (place, sums), (here, _) = _parts(before), _parts(wanted)
    elsewhere = place != here
    if not _runs() or (elsewhere and (VENV.is_symlink() or not _mended(place))):
        sys.exit("The one that stood does not run here, and is left as it was.")
    if elsewhere:
        READY.write_text(" ".join([here, *sums]), encoding="utf-8")
    print("What stood works on, made for another lock; the next make tries again.", flush=True)


def _runs():
    """Tell whether the environment's Python starts and finds its packages."""
    try:
        return not subprocess.call([PYTHON, "-I", "-c", "import pip"], stderr=subprocess.DEVNULL)
    except OSError:
        return False


def _make(python):
    _run([python, "-m", "venv", str(VENV)])
    _run([*PIP, "--require-hashes", "-r", "requirements-uv.lock"])
    try:
        _run([*UV, *LOCKED])
    except StepError:  # uv does not run here, or does not see the index configured for pip
        _run([*PIP, *LOCKED])
    _install_project()


def _install_project():
    _run(PROJECT)
    _run(RELATIVE)


def _run(command):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except OSError as error:
        raise StepError(str(error)) from error
    if done.returncode:
        said = done.stdout.decode("utf-8", "replace").strip().splitlines()
        raise StepError("\n".join("  " + line for line in said[-8:]))


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        main(os.environ["ENVIRONMENT_WANTED"], may_choose="--choose" in sys.argv)
    except KeyboardInterrupt:
        print("\nInterrupted: the environment that stood stands, the next make tries again.")
        sys.exit(130)
