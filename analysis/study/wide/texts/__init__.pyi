from .labels import without_notes as without_notes
from .numbers import read_column as read_column
from .units import split_unit as split_unit
from .words import role_of as role_of
