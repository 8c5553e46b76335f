"""Text files as sheets: which encoding, which separator, and the cells in their rows."""

from __future__ import annotations

import csv
import io
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from analysis.study.wide.files.cells import Sheet, UnreadableError

if TYPE_CHECKING:
    from typing import Any

SEPARATORS = {"\t": "tab", ";": "semicolon", ",": "comma", "|": "vertical bar"}
# eight-bit encodings of tables, the usual ones first
EIGHT_BIT = ("cp1252", "cp1251", "cp1250", "cp1254", "cp1257", "cp866", "koi8-r")
NAMES = {
    "cp1251": "windows-1251 (cp1251)",
    "cp1252": "windows-1252 (cp1252, latin-1)",
    "cp1250": "windows-1250 (cp1250)",
    "cp1254": "windows-1254 (cp1254)",
    "cp1257": "windows-1257 (cp1257)",
}
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")  # signs that no text holds
LONGEST_FIELD = 200_000
SAMPLE = 400  # lines that tell the separator


def read_text(name: str, content: bytes, told: dict) -> list:
    """Read a text file as one sheet."""
    text, how = decode(name, content, told.get("encoding"))
    if "\x00" in text:
        raise UnreadableError(f"{name}: no text and no workbook: save the table as .xlsx or .csv")
    if found := re.match(r"sep=(.)\r?\n", text):  # a line of Excel
        text = text[found.end() :]
        told = {"separator": found[1], **told}
    separator = _told_separator(name, told) or find_separator(text)
    rows = _rows(name, text, separator)
    if max(map(len, rows), default=0) < 2:
        raise UnreadableError(
            f"{name}: no line has two columns, parted by tab, semicolon or comma: this is no table"
        )
    shown = SEPARATORS.get(separator, repr(separator))
    return [Sheet(name, "", rows, how=f"{how}, separator: {shown}", separator=separator)]


def decode(name: str, content: bytes, told: Any = None) -> tuple:
    """Decode a file: (text, how, in words). What is told is used; else what fits.

    >>> decode("a.csv", "Регионы;1".encode("cp1251"))[1]
    "encoding: windows-1251 (cp1251), shown by 'Регионы'; if wrong, set encoding"
    >>> decode("a.csv", "a;1".encode())
    ('a;1', 'encoding: utf-8')
    """
    if told:
        try:
            return content.decode(told), f"encoding: {told} (told)"
        except LookupError:
            raise UnreadableError(f"{name}: encoding = {told!r} is not known; try cp1251") from None
        except UnicodeDecodeError as error:
            raise UnreadableError(
                f"{name}: is not in the encoding {told} ({error.reason})"
            ) from None
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace"), "encoding: utf-16"
    if encoding := utf16_without_mark(content):
        return content.decode(encoding, errors="replace"), f"encoding: {encoding}, without a mark"
    try:
        return content.decode("utf-8-sig"), "encoding: utf-8"
    except UnicodeDecodeError:
        pass
    encoding, text = _eight_bit(content)
    word = _telling_word(text)
    named = NAMES.get(encoding, encoding)
    return text, f"encoding: {named}, shown by {word!r}; if wrong, set encoding"


def utf16_without_mark(content: bytes) -> str:
    r"""Tell UTF-16 without a byte order mark by its zero bytes: "utf-16-le", "utf-16-be" or "".

    >>> utf16_without_mark("a;1\n".encode("utf-16-be")), utf16_without_mark(b"a;1\n")
    ('utf-16-be', '')
    """
    head = content[: 4000 - len(content) % 2]
    even, odd = head[::2].count(0), head[1::2].count(0)
    found = ""
    if odd * 5 > len(head) // 2 and even * 50 < odd:
        found = "utf-16-le"
    elif even * 5 > len(head) // 2 and odd * 50 < even:
        found = "utf-16-be"
    is_text = found and not CONTROL.search(head.decode(found, errors="replace"))
    return found if is_text else ""


def _eight_bit(content):
    """Choose the encoding whose letters make the least odd words; the usual ones win a tie."""
    tried = []
    sample = b"\n".join(line for line in content.splitlines() if not line.isascii())[:200_000]
    for at, encoding in enumerate(EIGHT_BIT):
        try:
            text = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        tried.append((_oddness(text), at, encoding))
    if not tried:
        return "latin-1", content.decode("latin-1")
    encoding = min(tried)[2]
    return encoding, content.decode(encoding, errors="replace")


def _oddness(text):
    """Count what no language writes: signs inside words, scripts mixed, capitals after small."""
    words = re.findall(r"[^\s\d.,;:\"'()\[\]|/<>=+*%-]+", text)
    words = [word for word in words if not word.isascii()]
    odd = 0
    for word in words:
        letters = [c for c in word if c.isalpha()]
        is_cyrillic = [("\u0400" <= c <= "\u04ff") for c in letters if not c.isascii()]
        has_latin = any(c.isascii() for c in letters) or not all(is_cyrillic)
        odd += 3 * (any(is_cyrillic) and has_latin)
        odd += 2 * sum(not c.isalnum() and c not in "–—«»„“”’‘…№° \u00a0\u00ad·•" for c in word)
        odd += 2 * (len(letters) > 1 and any(c in "¹²³ªº¼½¾" for c in word[:-1]))
        odd += sum(b.isupper() and a.islower() for a, b in pairwise(word))
        # letters beyond ASCII are few in a word of a Latin language
        if len(letters) > 3 and not any(is_cyrillic):
            odd += 2 * (sum(not c.isascii() for c in letters) > len(letters) * 0.6)
        odd += sum("\u2500" <= c <= "\u259f" for c in word)
    return odd / max(1, len(words)) // 0.02


def _telling_word(text):
    found = re.search(r"[\w'’-]*[^\x00-\x7f\s\u00a0][\w'’-]*(?: [\w'’-]+)?", text)
    return found[0].strip()[:40] if found else ""


def _told_separator(name, told):
    given = told.get("separator")
    by_name = {word: sign for sign, word in SEPARATORS.items()}
    given = by_name.get(given, given)
    if given is not None and (not isinstance(given, str) or len(given) != 1):
        raise UnreadableError(f"{name}: separator = {given!r}; allowed: {', '.join(by_name)}")
    return given


def find_separator(text: str) -> str:
    """Find the separator that gives the most lines the same number of fields.

    >>> find_separator("a;b\\n1,5;2,5\\n"), find_separator("a,b\\tc\\n1,2\\t3\\n")
    (';', '\\t')
    """
    size = max(200_000, 20 * (text.find("\n") + 1))  # of a wide table some lines will do
    lines = [line for line in text[:size].splitlines() if line.strip()][:SAMPLE]
    lines = lines[:-1] if len(text) > size and len(lines) > 1 else lines  # the last may be cut
    best = (0.0, 0, ",")
    for order, separator in enumerate(SEPARATORS):
        widths = []
        try:
            for row in csv.reader(lines, delimiter=separator, skipinitialspace=True):
                while row and not row[-1].strip():
                    row.pop()
                widths.append(len(row))
        except csv.Error:
            continue
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        # empty cells at a line's end are no cells: what counts is how many lines have several
        share = len(wide) / len(widths)
        same = max(wide.count(width) for width in set(wide)) / len(wide)
        best = max(best, (round(share * (1 + same) / 2, 2), -order, separator))
    return best[2]


def _rows(name, text, separator):
    mark = re.escape(separator)
    # a quoted text after a blank; elsewhere leading blanks are indents, which are kept
    has_blanks = ' "' in text and re.search(rf"(?:^|{mark}) +\"", text, re.MULTILINE) is not None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if '"' not in text:  # nothing is quoted: a line is a row
        lines = text.removesuffix("\n").split("\n")
        return [line.split(separator) if line else [] for line in lines]
    source = io.StringIO(text, newline="")
    csv.field_size_limit(LONGEST_FIELD)
    try:
        reader = csv.reader(source, delimiter=separator, skipinitialspace=has_blanks)
        rows, begins, line = [], [], 1
        for row in reader:
            rows.append(row)
            begins.append(line)
            line = reader.line_num + 1
        _refuse_unclosed(name, text, separator, rows, begins)
        return rows
    except csv.Error as error:
        raise UnreadableError(
            f"{name}: a quotation mark is not closed, or a cell is endless ({error})"
        ) from error


def _refuse_unclosed(name, text, separator, rows, begins):
    """Refuse a quotation mark that swallows the lines after it; name the line where it stands."""
    typical = max(map(len, rows[:50]), default=0) - 1
    for row, line in zip(rows, begins, strict=True):
        for cell in row:
            if "\n" not in cell or cell.count(separator) < max(1, typical):
                continue
            end = line + cell.count("\n")
            lost = (
                "is not closed"
                if text.count('"') % 2 and row is rows[-1]
                else f"is closed in line {end} only"
            )
            raise UnreadableError(
                f"{name}: a quotation mark in line {line} {lost}, so that the lines after it would "
                f"be one cell ({cell.strip()[:30]!r}...): close it, or take it away"
            )
