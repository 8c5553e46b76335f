"""Words drawn together look as those that matplotlib draws one by one."""

import io

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analysis.charts import text_collection
from analysis.charts.text_collection import TextCollection

WORDS = [
    "Sales, mln (100 %)",
    "Число рабочих мест",
    "AVATAR To Wk",
    "Öl, für: q_j",
    "two\nlines here",
]
PLACES = [(0.5, 0.1 + 0.18 * row) for row in range(len(WORDS))]
ALIGNED = [
    ("left", "center"),
    ("center", "top"),
    ("right", "center_baseline"),
    ("center", "bottom"),
]


@pytest.fixture(autouse=True)
def letters_as_designed():
    """As the project draws: by default matplotlib bends letters to the pixels, and a collection not."""
    with matplotlib.rc_context({"text.hinting": "none"}):
        yield


def figures(words, places, ground=None, **style):
    """Give one figure of texts and one of a collection."""
    one_by_one, together = Figure(figsize=(6, 4)), Figure(figsize=(6, 4))
    for word, place in zip(words, places, strict=True):
        one_by_one.text(*place, word.replace("$", r"\$"), **style)
    escaped = [word.replace("$", r"\$") for word in words]
    style["transform"] = together.transFigure
    together.add_artist(TextCollection(escaped, places, ground=ground, **style))
    return one_by_one, together


def ink(figure):
    """Give how dark each pixel is, from 0 to 1."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return 1 - np.asarray(canvas.buffer_rgba(), float)[..., :3].mean(axis=-1) / 255


@pytest.mark.parametrize(("ha", "va"), ALIGNED)
@pytest.mark.parametrize("look", [{"fontsize": 8}, {"fontsize": 11, "fontweight": "bold"}])
def test_each_word_is_where_matplotlib_would_put_it(ha, va, look):
    for word, place in zip(WORDS, PLACES, strict=True):
        wanted, drawn = map(ink, figures([word], [place], ha=ha, va=va, **look))
        assert drawn.sum() == pytest.approx(wanted.sum(), rel=0.03)
        for axis in (0, 1):
            ends = [np.flatnonzero(page.max(axis=axis) > 0.3)[[0, -1]] for page in (wanted, drawn)]
            assert abs(ends[0] - ends[1]).max() <= 2  # pixels, of some hundred


def test_the_box_around_words_holds_all_that_is_drawn():
    _, together = figures(WORDS, PLACES, ha="center", va="center", fontsize=9)
    (words,) = together.texts or together.artists
    box, page = words.get_window_extent(), ink(together)
    rows, columns = (np.flatnonzero(page.max(axis=axis) > 0.3) for axis in (1, 0))
    assert box.x0 - 1 <= columns[0] and columns[-1] <= box.x1 + 1
    assert box.y0 - 1 <= page.shape[0] - rows[-1] and page.shape[0] - rows[0] <= box.y1 + 3


def test_a_vector_format_gets_the_same_texts():
    pages = []
    for figure in figures(["Jobs, $ a head", "Число"], PLACES[:2], fontsize=8):
        figure.savefig(file := io.StringIO(), format="svg")
        pages.append(file.getvalue())
    for page in pages:
        assert page.count("<!-- Jobs, $ a head -->") == page.count("<!-- Число -->") == 1
        assert page.count("<use ") == len("Jobs, $ a head" + "Число")


@pytest.mark.parametrize(
    "word", ["قطاع", "e\N{COMBINING ACUTE ACCENT}te", "\N{HEBREW LETTER ALEF}b"]
)
def test_what_needs_shaping_is_left_to_matplotlib(word):
    wanted, drawn = map(ink, figures([word], [(0.5, 0.5)], fontsize=20))
    assert drawn.sum() == pytest.approx(wanted.sum(), rel=0.03) and drawn.sum() > 1


def test_an_edge_keeps_what_is_behind_away_from_the_letters():
    pages = []
    for ground in (None, "white"):
        _, together = figures(["Ill"], [(0.5, 0.5)], ground=ground, fontsize=20, color="red")
        together.set_facecolor("black")
        canvas = FigureCanvasAgg(together)
        canvas.draw()
        pages.append((np.asarray(canvas.buffer_rgba())[..., :3].min(axis=-1) > 200).sum())
    assert pages[0] == 0 and pages[1] > 20  # white pixels


def test_many_words_are_drawn_part_by_part(monkeypatch):
    whole = ink(figures(WORDS, PLACES, fontsize=9)[1])
    monkeypatch.setattr(text_collection, "TOGETHER", 7)
    assert np.abs(ink(figures(WORDS, PLACES, fontsize=9)[1]) - whole).max() < 0.02


def test_nothing_to_write_takes_no_room():
    _, together = figures(["", "  "], [(0, 0), (1, 1)])
    assert ink(together).sum() == 0


def test_a_word_without_a_place_is_refused():
    with pytest.raises(ValueError, match="2 words for 1 places"):
        TextCollection(["a", "b"], [(0, 0)])
