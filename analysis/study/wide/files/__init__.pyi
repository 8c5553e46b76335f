from .cells import read_sheets as read_sheets
