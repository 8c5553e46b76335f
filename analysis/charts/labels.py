"""Labels of a chart: written along its sides and into cells, shortened and escaped."""

from __future__ import annotations

import re
import textwrap
from functools import cache
from typing import TYPE_CHECKING

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.transforms import ScaledTranslation

from analysis.charts.style import INK, MOST, SMALL, TEXT
from analysis.charts.text_collection import TextCollection

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from numpy.typing import ArrayLike


# words along a side: their place in parts of the axes, the direction away from it, their alignment
SIDES = {
    "left": (0, (-1, 0), {"ha": "right", "va": "center_baseline"}),
    "right": (1, (1, 0), {"ha": "left", "va": "center_baseline"}),
    "bottom": (0, (0, -1), {"ha": "center", "va": "top"}),
    "top": (1, (0, 1), {"ha": "center", "va": "bottom"}),
}


LONGEST_HEAD = 48  # characters of a name above a narrow column
UNKNOWN = "\N{WHITE SQUARE}"  # stands for a character that the font does not have


def label_rows(ax: Axes, words: list[str], side: str = "left") -> None:
    """Write a word beside each row, at one side."""
    label_side(ax, side, range(len(words)), words)


def column_heads(names: Iterable[str], letters: int = 12, longest: int = 12) -> list[str]:
    """Write names in lines of so many letters, to stand above narrow columns.

    A word of more than `longest` letters is parted by hyphens into parts of about one length; a
    long name is shortened.

    >>> column_heads(["Internationalisation", "new products and services", "Überlandleitung"])
    ['Internatio-\\nnalisation', 'new products\\nand services', 'Überland-\\nleitung']
    """
    long = re.compile(rf"[^\s-]{{{longest + 1},}}")
    short = [shorten(str(name), LONGEST_HEAD) for name in names]
    words = [long.sub(lambda found: _hyphened(found[0], longest), name) for name in short]
    return [textwrap.fill(name, letters, break_long_words=False) for name in words]


def _hyphened(word, longest):
    """Part a word by hyphens into as few parts as fit, with a blank after each hyphen."""
    count = -(-len(word) // (longest - 1))
    size = -(-len(word) // count)
    return "- ".join(word[at : at + size] for at in range(0, len(word), size))


def label_columns(ax: Axes, words: list[str], size: int = TEXT) -> None:
    """Write words above each column."""
    label_side(ax, "top", range(len(words)), words, size=size, gap=5)


def label_side(
    ax: Axes,
    side: str,
    places: Iterable[float],
    words: Iterable[str],
    *,
    size: int = TEXT,
    gap: float = 6,
) -> list[Artist]:
    """Write words along a side of axes, each at its place; as labels of ticks they take far longer.

    `gap` is in points. Where there is no word, nothing is drawn. Returns what is drawn.
    """
    edge, away, alignment = SIDES[side]
    off = offset_points(ax, *(gap * direction for direction in away))
    beside = away[0] != 0
    place = (ax.get_yaxis_transform() if beside else ax.get_xaxis_transform()) + off
    written = [(at, word) for at, word in zip(places, words, strict=True) if word]
    if not written:
        return []
    spots = [(edge, at) if beside else (at, edge) for at, _ in written]
    style = alignment | {"transform": place, "fontsize": size, "color": INK}
    return [ax.add_artist(TextCollection([word for _, word in written], spots, **style))]


def write_at(
    ax: Axes, spots: ArrayLike, words: Sequence[str], away: tuple[float, float], **style: object
) -> None:
    """Write words at places in the units of the axes, moved so many points away from them."""
    style = {"transform": ax.transData + offset_points(ax, *away), "fontsize": SMALL} | style
    ax.add_artist(TextCollection(words, spots, color=INK, **style))


def offset_points(ax: Axes, right: float, up: float) -> ScaledTranslation:
    """Move what is drawn so many points: to be added to its transform."""
    return ScaledTranslation(right / 72, up / 72, ax.figure.dpi_scale_trans)


def mark_cells(
    ax: Axes,
    words: Sequence[str],
    places: ArrayLike,
    colour: str,
    *,
    size: int = TEXT,
    ground: str | None = None,
) -> None:
    """Write words in the middle of their places: drawn much faster than a text for each.

    `places` is an array of x and y, in the units of the axes; `ground` the colour of an edge
    around each letter, where it stands on a pattern.
    """
    if not len(words):
        return
    style = {"ha": "center", "va": "center_baseline", "fontsize": size, "color": colour}
    cells = TextCollection(words, places, ground=ground, transform=ax.transData, zorder=3, **style)
    cells.set_in_layout(False)  # they are inside
    ax.add_artist(cells)


def write_beside(
    ax: Axes, places: Sequence[float], words: Sequence[str], colours: Sequence[str]
) -> None:
    """Write words at the right of axes, each at its row and in its colour."""
    across = ax.get_yaxis_transform()  # x in parts of the axes, y in rows
    rows = list(zip(places, words, colours, strict=True))
    for colour in dict.fromkeys(colours):
        spots = [(1.02, place) for place, _, its in rows if its == colour]
        own = [word for _, word, its in rows if its == colour]
        style = {"va": "center_baseline", "fontsize": SMALL, "color": colour}
        ax.add_artist(TextCollection(own, spots, transform=across, **style))


def shorten(text: str, width: int = 40) -> str:
    """Shorten a label to a width, at a word where that can be, with an ellipsis.

    >>> shorten("Cluster of manufacturers of furniture, woodworking and allied industries", 30)
    'Cluster of manufacturers of …'
    >>> shorten("cluster-of-manufacturers-of-furniture", 20)
    'cluster-of…furniture'
    """
    words = " ".join(str(text).split())
    if len(words) > width and " " not in words:  # an identifier: its end tells it from others
        return displayable(f"{words[: width // 2]}…{words[width // 2 + 1 - width :]}")
    short = words if len(words) <= width else textwrap.shorten(words, width, placeholder=" …")
    return displayable(words[: width - 1] + "…" if short.strip() == "…" else short)


def displayable(text: str) -> str:
    """Escape a text for a picture: no formulas, no character that the font lacks.

    >>> displayable("$5 for \N{CJK UNIFIED IDEOGRAPH-6728}")
    '\\\\$5 for □'
    """
    for character in set(text):
        text = text if _in_font(character) else text.replace(character, UNKNOWN)
    return text.replace("$", r"\$")


@cache
def _in_font(character):
    font = get_font(findfont(FontProperties()))
    return character.isspace() or font.get_char_index(ord(character)) != 0


def rows_left_out(total: int, most: int = MOST, what: str = "rows") -> list[str]:
    """Say in a list of one word or none that there are more rows than a picture can hold."""
    return [f"{most} of {total:,} {what}"] if total > most else []
