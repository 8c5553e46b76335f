"""Validation of values and years given to the methods on series."""

from __future__ import annotations

from collections.abc import Mapping, Set
from numbers import Integral, Real
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


LARGEST = 1e150  # a ratio of two values between 1/LARGEST and LARGEST never overflows
FIRST_YEAR = 1000  # in the index of a Series: the row numbers of a sorted table are no years
LAST_YEAR = 9999


def observations(
    values: Iterable[float] | Mapping[int, float], years: Iterable | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Return the observed (years, values) of one series by year, gaps left out.

    Parameters
    ----------
    values : sequence of float, shape (n,), Series indexed by year, or {year: value}; NaN, or a
        masked value, is a gap
    years : sequence of whole numbers, shape (n,), each once, in any order; default: the years of a
        Series or a dict; of a Series numbered 0, 1, ... in its order, and of anything else, that

    Raises TypeError or ValueError that names argument, position and value.

    >>> years, values = observations([3.0, None, 1.0], years=[2018, 2017, 2016])
    >>> years.tolist(), values.tolist()
    ([2016, 2018], [1.0, 3.0])
    >>> years, values = observations({2018: 3.0, 2016: 1.0})
    >>> years.tolist(), values.tolist()
    ([2016, 2018], [1.0, 3.0])
    """
    if isinstance(values, Mapping):
        if years is not None:
            raise TypeError("values is a dict, whose keys are the years; wanted no other years")
        values, years = list(values.values()), whole_years(list(values), _key_of("values"))
    elif years is None and isinstance(values, pd.Series):
        years = _years_of_index(values.index)
    values = finite_values(values)
    years = np.arange(len(values)) if years is None else whole_years(years)
    if len(years) != len(values):
        raise ValueError(f"years has {len(years)} items and values {len(values)}; wanted as many")
    order = np.argsort(years, kind="stable")
    years, values = years[order], values[order]
    twice = np.flatnonzero(np.diff(years) == 0)
    if len(twice):
        raise ValueError(f"years has {years[twice[0]]} twice; wanted each year once")
    observed = ~np.isnan(values)
    return years[observed], values[observed]


def _key_of(name):
    return lambda position: f"{name}, key {position},"


def _years_of_index(index):
    """Return the years in the index of a Series; None for a default index."""
    if index.equals(pd.RangeIndex(len(index))):
        return None
    if isinstance(index, pd.MultiIndex) or not pd.api.types.is_integer_dtype(index.dtype):
        raise TypeError(
            f"values is a Series whose index begins with {index[0]!r}; wanted years as whole "
            "numbers in its index, or the argument years (values.to_numpy() takes their order)"
        )
    refuse_row_numbers(index)
    return whole_years(index.to_numpy(), lambda position: f"values.index[{position}]")


def refuse_row_numbers(index: pd.Index) -> None:
    """Refuse the row numbers of a sorted or filtered table as years: by them its order is undone.

    Numbers of less than four digits are taken for years only in an index named year.

    >>> refuse_row_numbers(pd.Index([2, 0, 1]))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    TypeError: values is a Series whose index holds 2, a row number; wanted years in it, ...
    """
    if index.name == "year" or not pd.api.types.is_integer_dtype(index.dtype):
        return
    small = index[np.abs(index) < FIRST_YEAR]
    if len(small) and not index.equals(pd.RangeIndex(len(index))):
        raise TypeError(
            f"values is a Series whose index holds {small[0]}, a row number; wanted years in it, "
            "or reset_index(drop=True)"
        )


def finite_values(
    given: Iterable, place: Callable = lambda position: f"values[{position}]"
) -> np.ndarray:
    """Return numbers as a float array; NaN, None, NA and masked values all become NaN.

    Refuses (TypeError, ValueError) text, truth values, infinities, and magnitudes so far from 1
    that a ratio of two of them would overflow. `place` words the position of a culprit.

    >>> finite_values([1, None, 2.5])
    array([1. , nan, 2.5])
    """
    # adding 0 makes a copy and turns -0.0 into 0.0
    numbers = _as_floats(given, place, "a number, or NaN where nothing is reported") + 0.0
    size = np.abs(numbers)
    wrong = (size > LARGEST) | ((size < 1 / LARGEST) & (size > 0))
    if wrong.any():
        position = int(np.argmax(wrong))
        wanted = f"0, a magnitude from {1 / LARGEST:g} to {LARGEST:g}, or NaN"
        raise ValueError(f"{place(position)} is {numbers[position]}; wanted {wanted}")
    return numbers


def whole_years(
    given: Iterable, place: Callable = lambda position: f"years[{position}]"
) -> np.ndarray:
    """Return years as an int array.

    Refuses (TypeError, ValueError) what is missing, not whole, or not between -9999 and 9999.

    >>> whole_years([2016.0, 2020.0])
    array([2016, 2020])
    """
    wanted = f"a whole year from {-LAST_YEAR} to {LAST_YEAR}"
    numbers = _as_floats(given, place, wanted)
    wrong = ~(np.abs(numbers) <= LAST_YEAR) | (numbers != np.trunc(numbers))
    if wrong.any():
        position = int(np.argmax(wrong))
        raise ValueError(f"{place(position)} is {numbers[position]}; wanted {wanted}")
    return numbers.astype("int64")


def _as_floats(given, place, wanted):
    if isinstance(given, np.ma.MaskedArray):
        given = _unmasked(given)
    if isinstance(given, np.ndarray) and given.ndim == 1 and given.dtype.kind in "iuf":
        return given.astype("float64")
    if not isinstance(given, pd.Series):
        given = _as_series(given, place, wanted)
    if pd.api.types.is_any_real_numeric_dtype(given.dtype):
        return given.to_numpy(dtype="float64", na_value=np.nan)
    numbers = np.empty(len(given))
    for position, item in enumerate(given):
        numbers[position] = _as_float(item, lambda at=position: place(at), wanted)
    return numbers


def _unmasked(given):
    """Return a masked array as a plain one, with None where something is masked."""
    masked = np.ma.getmaskarray(given)
    if not masked.any():
        return given.data
    plain = given.data.astype(object)
    plain[masked] = None
    return plain


def _as_series(given, place, wanted):
    if isinstance(given, np.ndarray) and given.ndim != 1:
        name = place(0).split("[")[0]
        raise ValueError(f"{name} has {given.ndim} dimensions; wanted one")
    if isinstance(given, Mapping | Set):
        name, kind = place(0).split("[")[0], type(given).__name__
        raise TypeError(f"{name} is a {kind}; wanted a sequence, each {wanted}")
    try:
        listed = given if isinstance(given, np.ndarray) else list(given)
    except TypeError:
        name = place(0).split("[")[0]
        raise TypeError(f"{name} is {given!r}; wanted a sequence, each {wanted}") from None
    return pd.Series(listed) if isinstance(listed, np.ndarray) else pd.Series(listed, dtype=object)


def _as_float(item, place, wanted):
    if item is None or item is pd.NA or item is pd.NaT or item is np.ma.masked:
        return np.nan
    if isinstance(item, bool | np.bool_) or not isinstance(item, Real):
        raise TypeError(f"{place()} is {item!r}; wanted {wanted}")
    if isinstance(item, Integral) and abs(item) > LARGEST:
        raise ValueError(f"{place()} is out of range; wanted {wanted}")
    return float(item)
