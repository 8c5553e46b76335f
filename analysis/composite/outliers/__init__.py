"""Outliers of an indicator: the rule that finds them, transformations, treatment of a matrix.

No score is computed here, and no value is changed unless a treatment is asked for.
"""

__all__ = []
