"""Composite indicators: normalise, weigh, aggregate, rank, and say what the gaps leave open.

The integral indicator of numbers, from a study or a frame to a ranking:

>>> import pandas as pd
>>> from analysis import indicator_matrix, integral_indicator
>>> data = pd.DataFrame({"jobs": [9, 4, 2], "waste": [5, 1, 7]}, index=["north", "south", "west"])
>>> matrix = indicator_matrix(data, direction={"jobs": "up", "waste": "down"})
>>> result = integral_indicator(matrix)
>>> result.ranking["rank_best"].to_dict()
{'north': 1, 'south': 2, 'west': 3}

`result.steps`, `scores`, `treatment`, `changes`, `weights`, `contributions` are its tables. The
choices - gaps, treatment, normalisation, weights, aggregation - are fields of `Settings`.

No file is opened, nothing is drawn or kept: methods take matrices and return tables.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
