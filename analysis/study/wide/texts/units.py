"""Units of measure: told apart from names, and taken out of headers."""

from __future__ import annotations

import re
from functools import lru_cache

UNITS = re.compile(
    r"[%％]|‰|€|£|¥|₽|\$|\bper ?cent(age)?( points?)?\b|\bpp\b|\bprocent\w*|\bпроцент\w*|"
    r"\bprozent\b|\bporcenta\w+|\bpourcentages?\b|\bpercentual[ei]?\b|"
    r"\bper\b|\bpro\b|\bje\b|\bpor\b|\b1[ ,.]?000\b|\b(thousand|million|billion|trillion)s?\b|"
    r"\b(lakhs?|crores?|mil|mill|milhões|milhares|millones|miles|milioni|migliaia|milliers|millions|"
    r"tys|тис|млн|млрд|osoba|osób|osoby|людей|людина|осіб|грн|тенге|pessoas|personas|reais|inr|"
    r"jpy|cny|brl|uah|kzt|pct|proc|p\.p|п\.п|人|円|千人|百万円|억원|명)\b|"
    r"\b(mln|mlrd|mld|mrd|mio|bn|bln|ths|thous|tsd|миллион\w*|миллиард\w*|млн|млрд|тыс\w*|трлн)\b|"
    r"\b(rub|руб\w*|kč|czk|huf|ft|lei|sek|nok|dkk|eur|euros?|usd|gbp|dollars?|pounds?|zł|pln|kr|tkr|mkr|aantal|antal|chf|cad|aud|pps|ppp)\b|"
    r"\b(persons?|people|employees|inhabitants|чел\w*|einwohner|personen|abitanti|habitantes|"
    r"households|firms|enterprises|единиц\w*|ед|шт|штук|units?|number|anzahl|numero|número|head)\b|"
    r"\b(km2?|км|кв|га|ha|hectares?|tonnes?|тонн\w*|kg|кг|gwh|kwh|mwh|toe|m2|м2|metres?|miles?|"
    r"days?|hours?|years?|лет|раз|days|points?|баллов|баллы|index|индекс|ratio|score|scale)\b|"
    r"\b([µμnm]?g/(?:m[³3]|l)|mg|ppm|kwh|[tpgmk]j|twh|km²|m²|m³|km³|m3|km3|toneladas|tonnellate|szt|"
    r"osob|fte|eur/\w+)(?!\w)|°[cf]\b|[千万億百]+[円人]|"
    r"(?<!\w)(?:人|件|戸|台|社|世帯|개|원|대)(?!\w)|\d{4} ?= ?100",
    re.IGNORECASE,
)
MULTIPLIED = re.compile(
    r"\b(thousands?|millions?|billions?|mln|mlrd|mld|mrd|mio|bn|ths|thous|tsd|тыс\w*|млн|млрд|"
    r"миллион\w*|миллиард\w*|mill?|lakhs?|crores?|tys|тис)\b|\b1[ ,.]?000\b|'000\b|^000s?$|10\^",
    re.IGNORECASE,
)
JOINT = re.compile(r"\S\s+(?:in|в)\s+\S")
_PAREN = re.compile(r"^(?P<name>.*\S)\s*[(（](?P<unit>[^()（）]*)[)）]$", re.DOTALL)
AGES = re.compile(r"(?:aged?\s*)?\d+\s*(?:[-–]\s*\d|\+)", re.IGNORECASE)  # (15-64 years)
MONEY = re.compile(r"[€$£¥₽]|\b(?:eur\w*|usd|gbp|dollars?|pounds?|руб\w*)\b", re.IGNORECASE)
_BRACKET = re.compile(r"^(?P<name>.*\S)\s*[\[【](?P<unit>[^\[\]【】]*)[\]】]$", re.DOTALL)
# how a table is divided, as in "Firms, por Unidade da Federação"; "por habitante" is a unit
OF_PLACES = re.compile(
    r"(?:por|per|by|pro|nach|par|по)\s+(?:unidades?\s+(?:da|de)\s+federa|regi|comunidad|provinc|"
    r"estado|munic|entidad|départ|commune|land\b|länd|kreis|count(?:y|ies)|state|area|субъект|район)",
    re.IGNORECASE,
)
# the end of "Population by region, sex and year"
DIVIDED = re.compile(r"\b(?:and|by)\s+(?:years?|time|periods?)$", re.IGNORECASE)


@lru_cache(4096)
def split_unit(text: str) -> tuple:
    """Part a header into name and unit; the unit is "" where none is named.

    >>> split_unit("Turnover (mln EUR)"), split_unit("Доля организаций, %")
    (('Turnover', 'mln EUR'), ('Доля организаций', '%'))
    >>> split_unit("Umsatz in Tsd. Euro"), split_unit("PM10 (µg/m³)"), split_unit("Jobs (15-64)")
    (('Umsatz', 'Tsd. Euro'), ('PM10', 'µg/m³'), ('Jobs (15-64)', ''))
    >>> split_unit("Ostervald (NUTS 2016)"), split_unit("Wages, salaries")
    (('Ostervald (NUTS 2016)', ''), ('Wages, salaries', ''))
    """
    text = text.strip()
    for shape in (_PAREN, _BRACKET):
        found = shape.match(text)
        if found and is_unit_like(found["unit"]):
            unit = re.sub(r"^(?:in|в)\s+", "", found["unit"].strip())
            return found["name"].rstrip(" ,;:"), unit
    for sign in (", ", "; ", " - ", " – ", ": "):
        name, comma, unit = text.rpartition(sign)
        if comma and name and len(unit) < 60 and is_unit_like(unit) and not OF_PLACES.search(unit):
            # "per cent, in prices of 2010": the unit begins at the first part that is one
            return name.strip(), unit.strip()
    name, joint, unit = re.split(r"\s+(in|в)\s+", text)[-3:] if JOINT.search(text) else ("", "", "")
    begins = text[: len(text) - len(unit)].removesuffix(" ").removesuffix(f" {joint}")
    if name and is_unit_alone(unit) and (MULTIPLIED.search(unit) or MONEY.search(unit)):
        return begins.rstrip(" ,"), unit
    if name and len(unit) < 30 and re.match(r"(?:%|per ?cent|процентах)", unit):
        return begins.rstrip(" ,"), unit
    if found := re.match(r"^(.*\S)\s+(?:in|в)\s+(.{0,12}(?:mln|млн|тыс)\b.*)$", text):
        return found[1].rstrip(" ,"), found[2]
    if text.endswith("%") and len(text) > 1:
        return text[:-1].rstrip(" ,("), "%"
    return text, ""


NAMED_UNIT = re.compile(
    r"(?:index|индекс|score)$|(?:number|anzahl|число) (?:of )?\w", re.IGNORECASE
)
FILL_UNITS = re.compile(
    r"\b(of|in|the|at|a|de|del|di|der|на|в|за|от|к|и|and|current|constant|prices?|цен\w*|всего|"
    r"precios|preços|prezzi|preisen|pesos|"
    r"фактически|действовавш\w+|каждые|душу|населения|population|capita|inhabitant\w*)\b|[\W\d_]+",
    re.IGNORECASE,
)


@lru_cache(4096)
def is_unit_alone(text: str) -> bool:
    """Tell whether a text is made of words for units alone, so that it cannot be a name.

    >>> is_unit_alone("Тысяча рублей"), is_unit_alone("mln EUR"), is_unit_alone("Number of firms")
    (True, True, False)
    """
    if not is_unit_like(text) or len(text) > 40:
        return False
    rest = UNITS.sub(" ", text)
    return not FILL_UNITS.sub("", rest) and not NAMED_UNIT.match(text)


def is_unit_like(text: str) -> bool:
    """Tell whether a short text can be a unit.

    >>> is_unit_like("mln EUR"), is_unit_like("%"), is_unit_like("NUTS 2016")
    (True, True, False)
    >>> is_unit_like("sex and year"), split_unit("総人口【人】")
    (False, ('総人口', '人'))
    """
    if text.strip().casefold() in (
        "no.",
        "nr.",
        "n",
        "no",
        "n.º",
        "nº",
        "n°",
        "núm.",
        "'000",
        "000",
        "000s",
        "'000s",
        "th.",
        "1000",
        "1 000",
        "1.000",
    ):
        return True
    if AGES.match(text) or DIVIDED.search(text):
        return False
    return 0 < len(text) < 80 and UNITS.search(text) is not None
