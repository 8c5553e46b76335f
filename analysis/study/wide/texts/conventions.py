"""What point and comma mean in a table: found from numbers that can be read in one way only."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007\u2008\u200a\u2006\u2002\u2003", " "))
SIGNS = SPACES | str.maketrans({"\u2212": "-", "\ufeff": "", "\u200b": "", "’": "'", "\u02bc": "'"})
RARE = ("-9", "-8", "999999")  # without one of these there is no sentinel: asked first
SENTINEL = re.compile(r"^[ \t]*(?:-9{2,5}|-8888|9{6,7})(?:[.,]0+)?[ \t]*$", re.MULTILINE)
PLAIN = re.compile(r"(?:-?[0-9]+(?:\.[0-9]+)?)?+(?:\n(?:-?[0-9]+(?:\.[0-9]+)?)?+)*+")
# numbers that can be read in one way only, and those that can be read in two, by decimal sign
_BEGIN = r"^[^\w\n(]{0,3}"
_END = r"(?![0-9.,])"


def _shapes(sign, other):
    s, o = re.escape(sign), re.escape(other)
    return {
        "decimal": re.compile(
            rf"{_BEGIN}(?:[0-9]{{1,3}}(?:[{o} "
            rf"'][0-9]{{3}})+|[0-9]+){s}(?:[0-9]{{1,2}}|[0-9]{{4,}}){_END}"
            rf"|{_BEGIN}(?:0|[0-9]{{4,}}|[0-9]{{1,3}}(?:[{o} '][0-9]{{3}})+){s}[0-9]{{3}}{_END}",
            re.MULTILINE,
        ),
        "thousands": re.compile(
            rf"{_BEGIN}[1-9][0-9]{{0,2}}(?:{s}[0-9]{{2,3}})*{s}[0-9]{{3}}(?:{s}[0-9]{{3}}|{o}[0-9]+){_END}"
            rf"|{_BEGIN}[1-9][0-9]?(?:{s}[0-9]{{2}})+{s}[0-9]{{3}}{_END}",
            re.MULTILINE,
        ),
        "either": re.compile(rf"{_BEGIN}[1-9][0-9]{{0,2}}{s}[0-9]{{3}}{_END}", re.MULTILINE),
    }


SHAPES = {".": _shapes(".", ","), ",": _shapes(",", ".")}


@dataclass
class Convention:
    """What the signs in a table's numbers mean: decimal, thousands, or "" where unknown."""

    point: str = "decimal"
    comma: str = "thousands"
    remarks: list = field(default_factory=list)
    doubts: dict = field(default_factory=dict)  # sign: (column, row) of a number of two readings
    parentheses: str = ""  # negative, uncertain or missing
    missing: frozenset = frozenset()  # marks that a person called missing
    plain: list = field(default_factory=list)  # per column: whether it holds plain numbers alone
    has_sentinels: bool = False  # whether a column may hold -9999 and its like

    def __hash__(self):
        """Two conventions with the same signs read alike."""
        return hash((self.point, self.comma, self.parentheses, self.missing))

    def __eq__(self, other):
        """Compare what the signs mean."""
        return hash(self) == hash(other)


def conventions(columns: list, told: dict, beside: Any = None) -> Convention:
    """Find what point and comma mean in columns of texts; `told` may hold point_means, comma_means.

    `beside` are the columns whose plain numbers show the size of one with a comma, where its comma
    is hardly a decimal sign: in a file parted by commas, or where numbers are stored as numbers.

    >>> conventions([["12,5", "1 204,6"]], {}).comma, conventions([["1,204", "2,118.5"]], {}).comma
    ('decimal', 'thousands')
    >>> conventions([["1.234", "2.050"]], {}).doubts
    {'.': (0, 0)}
    """
    found = Convention()
    texts = ["\n".join(column) for column in columns]
    found.plain = [PLAIN.fullmatch(text) is not None for text in texts]
    found.has_sentinels = any(map(holds_sentinels, texts))
    texts = [text if text.isascii() else text.translate(SIGNS) for text in texts]
    found.point = _meaning(".", texts, told.get("point_means"), found)
    found.comma = _meaning(",", texts, told.get("comma_means"), found)
    for sign, other, name in ((".", ",", "point"), (",", ".", "comma")):
        meaning = getattr(found, "comma" if sign == "." else "point")
        if sign in found.doubts and meaning and other not in found.doubts:
            shape = SHAPES[other][meaning]
            if any(shape.search(text) for text in texts if other in text):
                # one sign is known from numbers elsewhere: the other is the other thing
                setattr(found, name, "thousands" if meaning == "decimal" else "decimal")
                at, row = found.doubts.pop(sign)
                found.remarks.append(
                    f"{columns[at][row].strip()!r} read with the {name} as "
                    f"{getattr(found, name)} sign, as other numbers of the table show"
                )
    if "," in found.doubts and beside is not None and _is_near(texts, beside, *found.doubts[","]):
        at, row = found.doubts.pop(",")
        found.comma = "thousands"
        found.remarks.append(f"the comma parts thousands: {columns[at][row].strip()}")
    return found


def holds_sentinels(text: str) -> bool:
    """Tell whether any line of a text is a number that may stand for a missing value.

    >>> holds_sentinels("12\\n-9999"), holds_sentinels("12\\n1999")
    (True, False)
    """
    return any(part in text for part in RARE) and SENTINEL.search(text) is not None


def _meaning(sign, texts, told, found):
    if told in ("decimal", "decimals", "thousands"):
        return told.rstrip("s") if told == "decimals" else told
    usual = "decimal" if sign == "." else "thousands"
    held = [(at, text) for at, text in enumerate(texts) if sign in text]
    # a column of plain numbers has one point a number: no thousands to be found there
    signed = [(at, text) for at, text in held if not found.plain[at]]
    seen = {
        meaning
        for meaning, there in (("decimal", held), ("thousands", signed))
        if any(SHAPES[sign][meaning].search(text) for _, text in there)
    }
    if len(seen) == 1:
        return seen.pop()
    for at, text in held:
        if doubt := SHAPES[sign]["either"].search(text):
            found.doubts[sign] = (at, text.count("\n", 0, doubt.start()))
            return ""
    return "decimal" if seen else usual


def _is_near(texts, beside, at, row):
    """Tell whether a number with a comma is near the plain ones of its row if read as thousands."""
    number = float(re.sub(r"[^0-9]", "", texts[at].split("\n")[row]) or 0)
    cells = (column[row].strip() for column in beside)
    plain = [float(cell) for cell in cells if re.fullmatch(r"[0-9]+(\.[0-9]+)?", cell)]
    return any(other and 1 / 20 < number / other < 20 for other in plain)
