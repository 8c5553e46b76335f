"""Read what a picture says, whatever it is drawn with."""

from analysis.charts.labels import SIDES


def words_along(ax, side):
    """Give what is written along the left or the right side of a picture, from above."""
    texts = [text for text in ax.texts if text.get_ha() == SIDES[side][-1]["ha"]]
    texts.sort(key=lambda text: ax.transData.transform((0, text.get_position()[1]))[1])
    return [text.get_text() for text in reversed(texts)]
