"""Rules that the tables of a study have to keep: between tables, of rows, of identifiers.

No file is opened here, and nothing is converted: tables are text, and problems are told.
"""

__all__ = []
