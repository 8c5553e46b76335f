"""Digits of other scripts in cells: numbers and years are written with 0 to 9, names stay."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from analysis.study.wide.texts.numbers import kind
from analysis.study.wide.texts.periods import period
from analysis.study.wide.understood import listed

if TYPE_CHECKING:
    from analysis.study.wide.files.cells import Sheet
    from analysis.study.wide.understood import Understood

# signs of numbers: of Arabic and Persian (a group sign has no other meaning), and of full width
SIGNS = {0x066B: ".", 0x066C: "", 0x066A: "%"}
SIGNS |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
# marks that only tell the direction of writing
SIGNS |= dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "")
DECIMAL_SIGN = "\u066b"
SLASH = re.compile(r"\s*-?\d+/\d+\s*")  # a decimal of Persian, or a fraction
YEARS = re.compile(r"(?<!\d)\d{4}(?!\d)")


def with_ascii_digits(sheet: Sheet, told: dict, understood: Understood) -> None:
    """Write the numbers and years of a sheet with the digits 0 to 9, whatever their script.

    Other texts keep their digits, but for a year of four digits inside them. What the sheet holds
    is said in `how`; where it has the Arabic decimal sign, `known` says what a point means. What a
    slash between such digits means is told, or asked.
    """
    first, slashes = {}, []  # {script: (as it stands, as it is read)}
    is_decimal = told.get("slash_means", "decimal") == "decimal"
    for row in sheet.rows:
        if all(map(str.isascii, row)):
            continue
        for at, text in enumerate(row):
            read = text if text.isascii() else ascii_digits(text)
            if read == text and not text.isascii() and SLASH.fullmatch(text):
                slashes.append(text.strip())
                read = ascii_digits(text.replace("/", DECIMAL_SIGN)) if is_decimal else text
            if read != text:
                row[at] = read
                first.setdefault(_script(text), (text.strip(), read.strip()))
                if DECIMAL_SIGN in text or ("." in read and "/" in text):
                    sheet.known["point_means"] = "decimal"
    if slashes and "slash_means" not in told:
        understood.ask(
            "slash_means",
            f"{sheet.place}: {listed(slashes, 4)}: does the slash part decimals?",
            '"decimal", or "none" where it does not',
        )
    for script, (text, read) in first.items():
        shown = f"{script} digits: {text!r} is read as {read!r}"
        sheet.how = f"{sheet.how}, {shown}" if sheet.how else shown


def ascii_digits(text: str) -> str:
    """Write a number, or a year, with the digits 0 to 9; a name stays as it is.

    >>> ascii_digits("۱٬۲۰۴٫۵"), ascii_digits("１２．５％"), ascii_digits("२०१८"), ascii_digits("²")
    ('1204.5', '12.5%', '2018', '²')
    >>> ascii_digits("第１地区"), ascii_digits("Turnover ２０１８")
    ('第１地区', 'Turnover 2018')
    """
    written = "".join(_written(sign) for sign in text)
    if written == text:
        return text
    if not any(map(str.isdecimal, text)):
        return text
    if kind(written) == "number" or period(written.strip()) is not None:
        return written
    return YEARS.sub(lambda found: _year(found[0]), text)


def _written(sign):
    if sign.isascii():
        return sign
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else SIGNS.get(ord(sign), sign)


def _year(digits):
    written = "".join(map(_written, digits))
    return written if period(written) is not None else digits


def _script(text):
    """Name the script of a text's first digit that is not 0 to 9: "Arabic-Indic"."""
    sign = next((s for s in text if s.isdecimal() and not s.isascii()), "")
    return unicodedata.name(sign, "FULLWIDTH").partition(" DIGIT")[0].title()
