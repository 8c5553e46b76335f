"""What all pictures share: colours, and sizes in points, inches and characters.

One accent colour, greys, and shapes that differ without colour: every picture can be read in
greyscale.
"""

ACCENT, INK, GREY, PALE = "#1f5a94", "#222222", "#6b6b6b", "#c8c8c8"
SMALL, TEXT = 8, 9  # points
ROW, LEAST_ROW = 0.34, 0.2  # inches a row of a list takes, and takes where there are many
GAP = 3.5  # points between what is drawn and what is written beside it
MARK = 2  # points of a mark of a scale
PAD = 0.05  # inches around all that is drawn
USUAL, WIDEST = 5.4, 7.6  # inches of a picture's width: as narrow as a phone can show, and at most
LETTER, BOLD = 0.58, 0.63  # width of a letter, in parts of the size of the font
MANY, MOST = 25, 60  # rows: more than the one are narrow, more than the other are not drawn
ASCENT, DESCENT, LINE_HEIGHT = (
    0.76,
    0.24,
    1.2,
)  # of a line of text, in parts of the size of the font
