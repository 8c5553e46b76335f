"""Many words drawn as one artist: what `LineCollection` is to lines, for the labels of a chart.

matplotlib lays out each text by itself and renders each of its letters by a call of its own: of a
picture with a hundred labels that takes most of the time. Here the outline of a letter is taken
from the font once, and all words are filled together.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.font_manager import findfont, get_font
from matplotlib.ft2font import Kerning, LoadFlags
from matplotlib.path import Path
from matplotlib.patheffects import PathEffectRenderer, withStroke
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Bbox, IdentityTransform

from analysis.charts.style import ASCENT, DESCENT, LINE_HEIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.backend_bases import RendererBase
    from matplotlib.font_manager import FontProperties
    from numpy.typing import ArrayLike

EM = text_to_path.FONT_SCALE  # points: the size at which outlines are taken
SHAPED = {"R", "AL", "AN", "NSM", "BN"}  # classes of direction whose letters take a shaping engine
TOGETHER = 500  # lines in a path: Agg refuses one that crosses some millions of pixels
EDGE = 2.5  # points: of the edge around a letter, half of it outside
TO_THE_LEFT = {"left": 0.0, "center": 0.5, "right": 1.0}  # of its place, in parts of a line


class TextCollection(Text):
    r"""Words of one style, each at its place; a newline in a word breaks it into lines.

    In formats of pixels they are filled outlines; in others, such as svg, each line is a text.
    Words of scripts that need shaping, such as Arabic, are texts in every format.

    Parameters
    ----------
    words : what to write, as `labels.displayable` gives it: there is no mathematics in it
    places : array of x and y, a row per word, in the units of `transform`
    ground : colour of an edge around each letter where it stands on lines; default none
    style : as of `matplotlib.text.Text`: transform, fontsize, color, ha, va; no rotation

    `words` holds them, `get_text` gives them as lines. Raises ValueError where a place is missing.

    >>> from matplotlib.figure import Figure
    >>> ax = Figure().add_subplot()
    >>> words = TextCollection(["a", "b"], [(0, 0), (1, 1)], transform=ax.transData)
    >>> ax.add_artist(words).words
    ('a', 'b')
    """

    def __init__(
        self, words: Sequence[str], places: ArrayLike, *, ground: str | None = None, **style
    ) -> None:
        """Lay out the words."""
        self.words = tuple(map(str, words))
        super().__init__(text="\n".join(self.words), clip_on=False, **style)
        self.places, self.ground = np.asarray(places, dtype=float).reshape(-1, 2), ground
        if len(self.places) != len(self.words):
            raise ValueError(f"{len(self.words)} words for {len(self.places)} places")
        letters = _Letters(self.get_fontproperties())
        self.lines = [
            line._replace(word=number, start=(-TO_THE_LEFT[self.get_ha()] * line.width, height))
            for number, word in enumerate(self.words)
            for height, text in zip(*_baselines(word, self.get_va()), strict=True)
            if text.strip()
            for line in [letters.line(text)]
        ]

    def get_window_extent(
        self, renderer: RendererBase | None = None, dpi: float | None = None
    ) -> Bbox:
        """Return the box around all words, in pixels."""
        if not self.lines or not self.get_visible():
            return Bbox.null()
        em = float(self.get_fontsize()) * (dpi or self.get_figure(root=True).dpi) / 72
        x, y = self._starts(em).T
        ends = x + em * np.array([line.width for line in self.lines])
        above, below = y.max() + ASCENT * em, y.min() - DESCENT * em
        return Bbox.from_extents(x.min(), below, ends.max(), above)

    def draw(self, renderer: RendererBase) -> None:
        """Draw all words: as one path, or as texts where they are to stay some."""
        if not self.lines or not self.get_visible():
            return
        renderer.open_group("text", self.get_gid())
        starts = np.round(self._starts(renderer.points_to_pixels(float(self.get_fontsize()))))
        pixels, paths = isinstance(renderer, RendererAgg), []
        for line, start in zip(self.lines, starts, strict=True):
            if pixels and line.outline is not None:
                paths.append((line, start))
            else:
                self._write(renderer, line, start)
        if paths:
            self._fill(renderer, paths)
        renderer.close_group("text")
        self.stale = False

    def _starts(self, em):
        """Return where each line begins on its baseline, in pixels."""
        places = self.get_transform().transform(self.places)
        offsets = em * np.array([line.start for line in self.lines])
        return places[[line.word for line in self.lines]] + offsets

    def _fill(self, renderer, lines):
        """Fill the outlines of all letters together, over their edges."""
        scale = renderer.points_to_pixels(float(self.get_fontsize())) / EM
        outlines = [(line.outline[0] * scale + start, line.outline[1]) for line, start in lines]
        gc, colour = renderer.new_gc(), to_rgba(self.get_color(), self.get_alpha())
        if self.ground:
            gc.set_foreground(self.ground)
            gc.set_linewidth(renderer.points_to_pixels(EDGE))
            gc.set_joinstyle("round")
            for path in _together(outlines):
                renderer.draw_path(gc, path, IdentityTransform())
        gc.set_linewidth(0)
        for path in _together(outlines):
            renderer.draw_path(gc, path, IdentityTransform(), colour)
        gc.restore()

    def _write(self, renderer, line, start):
        """Write a line as a text."""
        x, y = start
        if renderer.flipy():
            y = renderer.get_canvas_width_height()[1] - y
        gc = renderer.new_gc()
        gc.set_foreground(to_rgba(self.get_color()), isRGBA=True)
        gc.set_alpha(self.get_alpha())
        writer = renderer
        if self.ground:
            edge = withStroke(linewidth=EDGE, foreground=self.ground)
            writer = PathEffectRenderer([edge], renderer)
        writer.draw_text(gc, x, y, line.text, self.get_fontproperties(), 0)
        gc.restore()


def _together(outlines):
    """Join the outlines of lines, as many as one path may hold."""
    for first in range(0, len(outlines), TOGETHER):
        yield Path(*_joined(outlines[first : first + TOGETHER]))


def _joined(outlines):
    """Join outlines, each of vertices and codes, to one."""
    vertices, codes = zip(*outlines, strict=True)
    return np.concatenate(vertices), np.concatenate(codes)


def _baselines(word, va):
    r"""Return how high the baseline of each line of a word is above its place, and the lines.

    In parts of the size of the font.

    >>> _baselines("one", "bottom"), _baselines("two\nlines", "top")
    (([0.24], ['one']), ([-0.86, -2.06], ['two', 'lines']))
    """
    lines = word.split("\n")
    gap = LINE_HEIGHT - ASCENT - DESCENT if len(lines) > 1 else 0
    first = ASCENT + gap / 2  # below the top
    last = first + LINE_HEIGHT * (len(lines) - 1)
    high = last + DESCENT + gap / 2
    top = {"top": 0, "center": high / 2, "bottom": high, "baseline": last}
    top["center_baseline"] = last / 2
    return [round(top[va] - first - LINE_HEIGHT * at, 9) for at in range(len(lines))], lines


class _Line(NamedTuple):
    """A line of a word; lengths in parts of the size of the font."""

    text: str
    width: float
    outline: tuple | None  # vertices and codes, at the size EM; None where it needs shaping
    word: int = 0  # the number of its word
    start: tuple = (0.0, 0.0)  # from the place of the word


class _Letter(NamedTuple):
    number: int  # of its glyph in the font
    advance: float
    outline: tuple


class _Letters:
    """The letters of a font, each looked up once, and lines of them."""

    def __init__(self, properties: FontProperties) -> None:
        self.properties, self.font = properties, get_font(findfont(properties))
        self.font.set_size(EM, 72)
        self.known, self.kerning, self.lines = {}, {}, {}

    def line(self, text):
        """Lay out a line, one that was seen before at once."""
        if text not in self.lines:
            self.lines[text] = self._laid_out(text.replace(r"\$", "$"))
        return self.lines[text]

    def _laid_out(self, text):
        letters = [self._letter(character) for character in text]
        if None in letters:
            width = text_to_path.get_text_width_height_descent(text, self.properties, False)[0]
            self.font.set_size(EM, 72)  # a font is one for all
            return _Line(text, width / self.properties.get_size_in_points(), None)
        x, starts, before = 0.0, [], None
        for letter in letters:
            x += self._kern(before, letter.number) if before is not None else 0
            starts.append(x)
            x, before = x + letter.advance, letter.number
        vertices, codes = _joined([letter.outline for letter in letters])
        vertices[:, 0] += np.repeat(starts, [len(letter.outline[1]) for letter in letters])
        return _Line(text, x / EM, (vertices, codes))

    def _letter(self, character):
        """Give a letter, or None where that is not for us to choose."""
        if character not in self.known:
            self.known[character] = self._looked_up(character)
        return self.known[character]

    def _looked_up(self, character):
        number = self.font.get_char_index(ord(character))
        if number == 0 or unicodedata.bidirectional(character) in SHAPED:
            return None
        glyph = self.font.load_glyph(number, LoadFlags.NO_HINTING)
        return _Letter(number, glyph.linearHoriAdvance / 65536, self.font.get_path())

    def _kern(self, left, right):
        if (left, right) not in self.kerning:
            self.kerning[left, right] = self.font.get_kerning(left, right, Kerning.UNFITTED) / 64
        return self.kerning[left, right]
