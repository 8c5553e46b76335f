"""Canonical output: same content, same bytes, written atomically."""

import hashlib
import io
import json
import os
import re
import shutil
import tempfile
import zipfile
from contextlib import ExitStack, contextmanager
from pathlib import Path

ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can hold: results have no date
NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    # all but the version, which would differ from one Python to the next
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}
# the view of a widget: a random name for something in a kernel that has ended, so there is nothing
# to see; a notebook with widgets gives its answer as an ordinary output too
PICTURE, SAID = "image/png", "Picture: "  # and how the words begin that ours come with
WIDGET = "application/vnd.jupyter.widget-view+json"
LISTED = ".files"  # in a folder that is made: the names of its files
PART = ".part-"  # begins the name of a file that is not whole yet
OVERWRITTEN = re.compile(r".*\r(?=[^\n])")  # what a carriage return goes back over
ADDRESS = re.compile(r" at 0x[0-9a-f]{6,}")
# rows of a notebook's head that are true of the article's study only; the last has no line end
OF_THE_ARTICLE = re.compile(r"\n\| (?:Reproduces|To change a parameter) \|.*")


@contextmanager
def replacing(path):
    """Yield a temporary path beside `path`; rename it into place on success.

    Whoever reads `path` sees the old file or the new one, never a part. The bytes are on the disk
    before the rename, so a full disk is an error here and not a short file later.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=PART, suffix=path.suffix)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def replacing_folder(path):
    """Give a folder beside `path` to work in; what is made there as `new` takes its place.

    What stood there stays until the new one is whole, and comes back where it cannot be put there.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=path.parent, prefix=PART))
    try:
        yield work
        if path.exists():
            path.rename(work / "old")
        try:
            (work / "new").rename(path)
        except OSError:
            (work / "old").rename(path)
            raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def files_in(path):
    """List the files in a folder that were made, sorted; a file is its own list.

    A folder of ours lists its files in one of them; what else lies in it is somebody's own.
    """
    path = Path(path)
    if path.is_file():
        return [path]
    listed = path / LISTED
    if listed.is_file():
        names = listed.read_text(encoding="utf-8").splitlines()
        return sorted(file for file in map(path.joinpath, [*names, LISTED]) if file.is_file())
    return sorted(file for file in path.rglob("*") if file.is_file())


def list_files(folder):
    """Write into a folder the list of its files."""
    names = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    write_text(folder / LISTED, "".join(f"{name}\n" for name in names if name != LISTED))


def keep_foreign(old, new):
    """Copy into the folder that takes the place of another what somebody else put in that one."""
    if not (old / LISTED).is_file():
        return
    own = set(files_in(old))
    for path in old.rglob("*"):
        target = new / path.relative_to(old)
        if (path.is_symlink() or path.is_file()) and path not in own and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target, follow_symlinks=False)


def remove_parts(*folders):
    """Remove the temporary files of a killed run."""
    for folder in folders:
        for part in list(Path(folder).rglob(f"{PART}*")):
            if part.is_dir():
                shutil.rmtree(part, ignore_errors=True)
            else:
                part.unlink(missing_ok=True)


def write_bytes(path, data):
    """Write bytes to a file atomically."""
    with replacing(path) as part:
        part.write_bytes(data)


def write_text(path, text):
    """Write text as UTF-8 with Unix line ends, atomically."""
    write_bytes(path, text.encode("utf-8"))


def write_csv(path, frame):
    """Write a table: UTF-8, one header line, `.` as decimal point, empty where undefined.

    Numbers as `in_full` writes them.
    """
    write_text(path, csv_text(frame))


def csv_text(frame, form=None):
    """Give a table as `write_csv` writes it, or with numbers in another form: a `%` pattern."""
    from analysis.tidy.wording import in_full  # brings pandas, and only tables need it

    write = form.__mod__ if form else in_full
    frame = frame.copy(deep=False)
    for place, kind in enumerate(frame.dtypes):
        if kind.kind == "f" and _has_fractions(frame.iloc[:, place]):
            frame.isetitem(place, [_pointed(v, write) for v in frame.iloc[:, place].tolist()])
    return frame.to_csv(index=False, float_format=form or in_full, lineterminator="\n")


def _has_fractions(column):
    """Tell whether numbers are not all whole: then the column should look so from its first row.

    A program that guesses the kind of a column from its first rows stops at the first fraction.
    """
    return bool((column % 1 > 0).any())


def _pointed(value, write):
    """Write a number of such a column with a decimal point; nothing where it is undefined.

    >>> _pointed(1.0, str), _pointed(1.0, "{:g}".format), _pointed(float("nan"), str)
    ('1.0', '1.0', '')
    """
    text = write(value) if value == value else ""
    return f"{text}.0" if text.lstrip("-").isdigit() else text


def write_together(texts):
    """Write several files, {path: text}: all are on disk before the first is renamed into place.

    They take their places from the first to the last.
    """
    with ExitStack() as stack:
        for path, text in reversed(texts.items()):
            stack.enter_context(replacing(path)).write_bytes(text.encode("utf-8"))


def sha256(path):
    """Return a file's sha256 as hex."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


class TimelessZip(zipfile.ZipFile):
    """A zip archive with fixed timestamps: the format has none before 1980."""

    def __init__(self, file):
        """Begin a new archive."""
        super().__init__(file, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False)

    def writestr(self, name, data):
        """Write a member under a name."""
        super().writestr(zipfile.ZipInfo(name, ZIP_TIME), data, zipfile.ZIP_DEFLATED)


def fixed_zip(data, edits=None):
    """Rewrite a zip archive (such as a workbook) with fixed timestamps and order.

    `edits` maps a member's name to a function that rewrites its bytes.
    """
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with TimelessZip(target) as archive:
        for name in sorted(source.namelist()):
            content = (edits or {}).get(name, bytes)(source.read(name))
            archive.writestr(name, content)
    return target.getvalue()


def canonical_notebook(notebook, *, of_another_study=False):
    """Remove from an executed notebook what differs between two runs of the same content.

    Metadata of the run, times, random cell ids, addresses and views of widgets go; code, text and
    all other outputs stay, but for what the head says of the article in a run of another study.
    """
    from nbformat import from_dict  # slow to import, and only notebooks need it

    notebook.metadata = from_dict(NOTEBOOK_METADATA)
    if of_another_study:
        notebook.cells[0].source = OF_THE_ARTICLE.sub("", notebook.cells[0].source)
    for position, cell in enumerate(notebook.cells):
        tags = cell.metadata.get("tags")
        injected = bool(tags) and "injected-parameters" in tags
        cell.id = "parameters-of-this-run" if injected else _cell_id(cell, position)
        cell.metadata = {"tags": list(tags)} if tags else {}
        if cell.cell_type == "code":
            shown = [o for o in cell.outputs if WIDGET not in o.get("data", {})]
            cell.outputs = _merged_streams(shown)
        for output in cell.get("outputs", []):
            _clean_output(output)
    return notebook


def content_of(notebook):
    """Return a checksum of what a notebook says: its cells and outputs, not how often they ran.

    Saving it unchanged, as JupyterLab may by itself, leaves the checksum as it is.
    """
    content = []
    for cell in notebook.cells:
        outputs = [
            {key: value for key, value in output.items() if key != "execution_count"}
            for output in cell.get("outputs", [])
        ]
        content.append([cell.cell_type, cell.source, outputs])
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _cell_id(cell, position):
    """Ids that editors give at random become the cell's position; chosen ones stay."""
    chosen = re.fullmatch(r"[a-z]+(-[a-z]+)*", cell.get("id", ""))
    return cell.id if chosen else f"cell-{position + 1:02d}"


def _merged_streams(outputs):
    """Make one output of all that a cell wrote to stdout, and one of stderr, as Jupyter shows it.

    Which of the two came first is chance where they meet: then it is stdout.
    """
    merged, streams = [], {}
    for output in outputs:
        if output.output_type != "stream":
            merged.append(output)
        elif output.name in streams:
            streams[output.name].text += output.text
        else:
            streams[output.name] = output
            errors = merged and merged[-1].get("name") == "stderr"
            merged.insert(len(merged) - bool(errors), output)
    for output in streams.values():
        output.text = OVERWRITTEN.sub("", output.text)
    return merged


def _clean_output(output):
    output.pop("metadata", None) if output.output_type in ("stream", "error") else None
    if "text" in output:
        output.text = ADDRESS.sub("", output.text)
    data = output.get("data", {})
    if "text/plain" in data:
        data["text/plain"] = ADDRESS.sub("", data["text/plain"])
        if PICTURE in data and data["text/plain"].startswith(SAID):
            _tell_picture(output, data["text/plain"].removeprefix(SAID))


def _tell_picture(output, words):
    """Give a picture its alternative text, where JupyterLab and nbconvert look for it."""
    kept = output.metadata.get(PICTURE, {})
    output.metadata[PICTURE] = {**kept, "alt": " ".join(words.split())}


def _umask():
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
