"""Pack the whole study into one zip that says what is in it: data, code, results, RO-Crate.

The same files give the same bytes: sorted names, fixed times. Unpacked in an empty folder it is
the project again, and `make` works.
"""

import json
import os
import subprocess
import zipfile
from pathlib import Path
from urllib.parse import unquote

from analysis.tidy.wording import listed
from pipeline.build.up_to_date import make
from pipeline.errors import UsageError
from pipeline.outputs.canonical import ZIP_TIME, replacing
from pipeline.outputs.crate import METADATA, crate
from pipeline.places import places

DEFAULT = "dist/sme-cluster-study.zip"
MANIFEST = Path("results/manifest.json")
RUNS = (".ci/run",)  # files that are programs
NAMED = 4  # files left out that are named on the screen


def write_archive(environment=os.environ):
    """Write the zip OUT; return the exit status.

    What is stale is made first. Raises UsageError where that fails, for another study than the
    project's own, or where OUT lies inside what is packed.
    """
    if environment.get("DATA"):
        raise UsageError(
            "make archive packs this project with its own study; to hand on a study of your own, "
            "pack the folders DATA and OUT"
        )
    out = Path(environment.get("OUT", "") or DEFAULT)
    parts = sorted({path.parts[0] for path in project_files()} | {"results"})
    if out.suffix != ".zip" or any(out.resolve().is_relative_to(Path(p).resolve()) for p in parts):
        raise UsageError(f"OUT={out}: wanted a .zip outside of {', '.join(parts)}")
    if make(places({})) or not MANIFEST.is_file():
        raise UsageError("results/ is not whole, so there is nothing to pack")
    paths = packed()
    with replacing(out) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        contents = {METADATA: crate(paths, _manifest())}
        contents |= {path.as_posix(): path.read_bytes() for path in paths}
        for name in sorted(contents):
            archive.writestr(_member(name), contents[name])
    print(f"{out} ({out.stat().st_size / 1e6:.1f} MB, {len(paths) + 1} files)")
    return 0


def packed():
    """List the files that the archive holds, sorted: the project's, and what the last make made.

    Nothing behind a link is packed; what is left out for that is said on the screen.
    """
    found = {*project_files(), MANIFEST, *map(Path, _manifest()["outputs"])}
    links = sorted(path for path in found if _is_linked(path))
    if links:
        print(f"Left out, since no link is followed: {listed(links, most=NAMED)}")
    return sorted(path for path in found.difference(links) if path.is_file())


def project_files():
    """List the files that belong to the project: those that git tracks.

    Where there is no git, as in an unpacked archive, those that its own description lists. Raises
    UsageError where neither says.
    """
    tracked = [path for path in _git("ls-files", "-z") if path.parts[0] != "results"]
    if Path("Makefile") in tracked:
        strays = _git("ls-files", "-z", "--others", "--exclude-standard")
        if strays:
            print(f"Left out, since git does not track it: {listed(strays, most=NAMED)}")
        edited = set(_git("diff", "--name-only", "-z", "HEAD")).intersection(tracked)
        if edited:
            print(f"Packed as it stands, not as committed: {listed(sorted(edited), most=NAMED)}")
        return tracked
    if not Path(METADATA).is_file():
        raise UsageError(
            f"neither git nor {METADATA} says here which files are the project's: make the archive "
            "in a git clone, or in an unpacked archive"
        )
    graph = json.loads(Path(METADATA).read_text(encoding="utf-8"))["@graph"]
    root = next(entity for entity in graph if entity["@id"] == "./")
    parts = [Path(unquote(part["@id"])) for part in root["hasPart"]]
    return [path for path in parts if path.parts[0] != "results" and not path.is_absolute()]


def _git(*arguments):
    """List the paths that a git command names; none where there is no git, or no clone."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        run = subprocess.run(["git", *arguments], capture_output=True, check=True, env=own)
    except (OSError, subprocess.CalledProcessError):
        return []
    return [Path(os.fsdecode(name)) for name in run.stdout.split(b"\0") if name]


def _manifest():
    return json.loads(MANIFEST.read_text(encoding="utf-8"))


def _is_linked(path):
    return any(part.is_symlink() for part in (path, *path.parents))


def _member(name):
    member = zipfile.ZipInfo(name, ZIP_TIME)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = (0o100755 if name in RUNS else 0o100644) << 16
    return member
