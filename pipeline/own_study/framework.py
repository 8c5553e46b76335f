"""What a study says of its indicators in the integral indicator: told, or in the table itself."""

from analysis.study.wide.doubts import toml
from analysis.study.wide.texts.units import split_unit
from analysis.study.wide.understood import listed
from pipeline.own_study.import_settings import LONGEST_PILLAR, MOST

# columns of indicators.csv
FRAMEWORK = ("direction", "weight", "pillar", "denominator", "goalpost_low", "goalpost_high")
UP = frozenset(
    ("+", "+1", "1", "up", "positive", "higher", "higher is better", "more is better", "↑",
     "positiv", "steigend", "positiva", "positivo", "прямая", "стимулятор", "больше", "рост")
)  # fmt: skip
DOWN = frozenset(
    ("-", "−", "–", "-1", "−1", "down", "negative", "lower", "lower is better", "less is better",
     "↓", "negativ", "fallend", "negativa", "negativo", "обратная", "дестимулятор", "меньше")
)  # fmt: skip


def with_framework(tidy, told, understood):
    """Add what the table says of its indicators to the settings, which go before it.

    Says which words of it are not understood; these are left out.
    """
    found = {"pillars": {}, "directions": {}, "weights": {}}
    strange = {}
    for block in tidy.blocks:
        for kind, axis in block.meaning.about.items():
            for row in block.rows:
                text = axis.values[row]
                name = block.indicator(row, block.columns[0])[0]
                value = _read(kind, text)
                if value is not None:
                    found[f"{kind}s"][name] = value
                elif text:
                    strange.setdefault(kind, []).append(f"{text!r} of {name!r}")
    _add_sheet(tidy, found, strange, understood)
    for kind, texts in strange.items():
        understood.unknown.append(
            f"no {kind} is read from {texts[0]}"
            + (f" and {len(texts) - 1} more" if texts[1:] else "")
            + f"; set it under [{kind}s]"
        )
    return told | {table: values | told.get(table, {}) for table, values in found.items() if values}


def _add_sheet(tidy, found, strange, understood):
    """Add what a sheet of its own tells, by the names of indicators with or without their unit."""
    names = {name.casefold(): name for name, _ in tidy.indicators}
    unknown = {}
    for kind, told in understood.framework.items():
        for text, cell in told.items():
            name = names.get(text.casefold()) or names.get(split_unit(text)[0].casefold())
            value = _read(kind, cell)
            if name is None:
                unknown[text] = repr(text)
            elif value is not None:
                found[f"{kind}s"].setdefault(name, value)
            elif cell:
                strange.setdefault(kind, []).append(f"{cell!r} of {name!r}")
    if unknown:
        understood.unknown.append(
            f"told of, and no indicator of the table: {listed(unknown.values(), 6)}"
        )


def _read(kind, text):
    """Read one cell; None where it holds nothing of its kind.

    >>> _read("direction", "+"), _read("direction", "Lower is better"), _read("weight", "2,5")
    ('up', 'down', 2.5)
    >>> _read("direction", "?"), _read("weight", "a lot"), _read("pillar", "Inputs")
    (None, None, 'Inputs')
    """
    if kind == "pillar":
        return text[:LONGEST_PILLAR] or None
    if kind == "direction":
        word = text.casefold()
        return "up" if word in UP else "down" if word in DOWN else None
    try:
        weight = float(text.replace(",", ".").removesuffix("%"))
    except ValueError:
        return None
    return weight if 0 <= weight <= MOST else None


def name_denominators(indicators, understood):
    """Write the identifiers of denominators for their names; refuse those that are no indicator."""
    ids = {one["name"]: one["id"] for one in indicators}
    for one in indicators:
        if (name := one["denominator"]) and name not in ids:
            understood.refusals.append(
                f"[denominators]: {one['name']!r} is divided by {name!r}, which is no indicator; "
                f"there are {listed(map(repr, ids), 6)}"
            )
        one["denominator"] = ids.get(name, "")


def say_undirected(indicators, understood):
    """Say which indicators that take part lack a direction, and how one is written."""
    grouped = any(one["pillar"] for one in indicators)
    divisors = {one["denominator"] for one in indicators}
    part = [one for one in indicators if one["pillar"] or not grouped]
    without = [o["name"] for o in part if not o["direction"] and o["id"] not in divisors]
    if len(indicators) < 2 or not without:
        return
    of_some = len(without) < len(indicators)
    which = f" is not said of {listed(map(repr, without), 6)}" if of_some else ""
    understood.unknown.append(
        f"whether more of an indicator is better{which}: set it under [directions], as in "
        f'{toml(without[0])} = "up" or "down", else values are ranked without a judgement and '
        "there is no integral indicator"
        + (" (or give those that are to count a pillar under [pillars])" if of_some else "")
    )


def say_unweighted(indicators, understood):
    """Say which indicators have no weight where others have one."""
    without = [repr(one["name"]) for one in indicators if one["weight"] == ""]
    if 0 < len(without) < len(indicators):
        understood.unknown.append(
            f"no weight, and so counted 1: {listed(without, 6)}; set it under [weights]"
        )
