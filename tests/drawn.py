"""Read what a picture says, whatever it is drawn with."""

from analysis.charts.labels import SIDES
from analysis.charts.text_collection import TextCollection


def words_of(ax):
    """Give every word of a picture, those of a collection one by one."""
    return [word for text in ax.texts for word in getattr(text, "words", [text.get_text()])]


def words_along(ax, side):
    """Give what is written along the left or the right side of a picture, from above."""
    style = SIDES[side][-1]["ha"]
    found = [
        (ax.transData.transform((0, y))[1], word)
        for text in ax.texts
        if isinstance(text, TextCollection) and text.get_ha() == style
        for word, (_, y) in zip(text.words, text.places, strict=True)
    ]
    return [word for _, word in sorted(found, key=lambda one: -one[0])]


def panel_titles(figure):
    """Give what stands above each panel of a figure of panels."""
    above = [text for text in figure.axes[0].texts if text.get_va() == "baseline"]
    (titles,) = [text.words for text in above if text.ground is None]  # not the ends of lines
    return list(titles)
