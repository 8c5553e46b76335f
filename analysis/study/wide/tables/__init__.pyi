from .layout import Table as Table
from .layout import find_tables as find_tables
