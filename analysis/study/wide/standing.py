"""Measured, estimated or planned: what words at years, columns and names say of the values.

A plan or forecast is a target, never an outcome; an estimate or a preliminary value keeps its word
as a flag. Where one year stands twice, told apart by such words, a person says which is meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis.study.wide.tables.meaning import Axis
from analysis.study.wide.texts.labels import note_key, plain, without_notes
from analysis.study.wide.texts.periods import period
from analysis.study.wide.texts.standings import UNSURE, WORDS, standing_at_name, standing_of
from analysis.study.wide.understood import listed

if TYPE_CHECKING:
    from analysis.study.wide.blocks import Block
    from analysis.study.wide.tidy import Tidy
    from analysis.study.wide.understood import Understood

NO_WORD = "no word"


def resolve_standing(blocks: list, told: dict, understood: Understood) -> None:
    """Find what is a target; ask on letters that may say so, and on years that stand twice."""
    for block in blocks:
        _words_at_years(block, told, understood)
    _say_unknown_years(blocks, told, understood)
    chosen, clashes = told.get("same_year"), {}
    for block in blocks:
        for by, pairs in _clashes(block):
            clashes.setdefault(block.table.sheet.place, []).extend(pairs)
            if chosen is not None:
                _choose(block, by, pairs, chosen)
    words = list(dict.fromkeys(word for pairs in clashes.values() for _, word, _ in pairs))
    if clashes and chosen not in (*words, "both"):
        place, pairs = next(iter(clashes.items()))
        shown = listed(dict.fromkeys(text for *_, text in pairs), 6)
        understood.ask(
            "same_year",
            f"{place}: one year stands more than once, told apart by words ({shown}); which of "
            "them are the values of the year? With both, those of a plan are indicators of "
            "their own",
            " or ".join(f'"{word}"' for word in (*words, "both")),
        )


def _say_unknown_years(blocks, told, understood):
    """Say which years that were told for targets are no years of the table."""
    there = {plain(text) for block in blocks for text in block.meaning.year.values}
    there |= {str(year) for block in blocks for year in block.years.values()}
    lost = [repr(year) for year in told.get("target_years", ()) if plain(str(year)) not in there]
    if lost:
        understood.unknown.append(f"target_years: no year of the table is {listed(lost)}")


def _words_at_years(block, told, understood):
    """Collect the words of a block's years: {text of the year: (standing, word)}."""
    targets = {plain(str(text)) for text in told.get("target_years", ())}
    unsure = []
    for text in dict.fromkeys(block.meaning.year.values):
        one = period(plain(text))
        if one is None:
            continue
        mark = note_key(one.mark) if one.mark else ""
        note = _note_of(block, mark) if mark.isalpha() else ""
        said = _said_by_note(note)
        if plain(text) in targets or str(one.year) in targets:
            block.words[text] = "target", one.word or "target"
        elif one.word:
            block.words[text] = one.standing, one.word
        elif said:
            block.words[text] = said, mark
        elif mark in UNSURE and not note and "target_years" not in told:
            unsure.append(plain(text))
    if unsure:
        understood.ask(
            "target_years",
            f"{block.table.sheet.place}: the letter at {listed(unsure)} may say that these are "
            "forecasts or plans; which years are?",
            "[" + ", ".join(f'"{text}"' for text in unsure) + "]  (or [] where all were measured)",
        )


def _note_of(block, mark):
    """Give the note of a letter: "p) preliminary", or a line below such as "p - preliminary"."""
    if mark in block.notes:
        return block.notes[mark]
    shape = re.compile(rf"\(?{re.escape(mark)}\)?\s*[-–—:=]\s*(\S.*)", re.IGNORECASE)
    found = (shape.fullmatch(line.strip()) for line in block.table.notes)
    text = next((match[1] for match in found if match), "")
    if text:
        block.notes[mark] = text
    return text


def _said_by_note(note):
    """Tell whether the note of a mark says that values are plans or not final."""
    words = note.casefold().replace(",", " ").replace(".", " ").split()
    for standing in ("target", "provisional"):
        known = {word.strip() for word in WORDS[standing].split(";")}
        if words and len(words) < 8 and known & {*words, note.casefold()}:
            return standing
    return ""


def _clashes(block):
    """Find rows or columns that differ by a word alone: [(by, [(place, word, text)])]."""
    meaning, found = block.meaning, []
    for by, places in (("row", block.rows), ("column", block.columns)):
        axes = [a for a in (meaning.region, meaning.code, *meaning.names) if _is_by(a, by)]
        has_words = meaning.year.by == by or _is_by(meaning.standing, by)
        if not has_words or not (block.words or _is_by(meaning.standing, by)):
            continue
        groups = {}
        for at in places:
            year = block.years.get(meaning.year.values[at]) if meaning.year.by == by else 0
            key = (year, *(without_notes(axis.values[at])[0] for axis in axes))
            groups.setdefault(key, []).append(at)
        pairs = []
        for group in groups.values():
            words = [_word(block, by, at) for at in group]
            if len(group) > 1 and len(set(words)) == len(group):
                pairs += [
                    (at, word, _text(block, by, at)) for at, word in zip(group, words, strict=True)
                ]
        if pairs:
            found.append((by, pairs))
    return found


def _is_by(axis, by):
    return axis is not None and axis.by == by


def _word(block, by, at):
    meaning = block.meaning
    own = meaning.standing.values[at] if _is_by(meaning.standing, by) else ""
    if not own and meaning.year.by == by:
        own = block.words.get(meaning.year.values[at], ("", ""))[1]
    return own.casefold().strip("()[]") or NO_WORD


def _text(block, by, at):
    meaning = block.meaning
    year = plain(meaning.year.values[at]) if meaning.year.by == by else ""
    own = meaning.standing.values[at] if _is_by(meaning.standing, by) else ""
    return " ".join(filter(None, [year, own]))


def _choose(block, by, pairs, chosen):
    """Keep of each pair what was told, or give what is not measured a name of its own."""
    if chosen == "both":
        _named_apart(block, by, {word for _, word, _ in pairs})
        return
    lost = {at for at, word, _ in pairs if word != chosen}
    if len(lost) == len(pairs):
        return
    if by == "row":
        block.rows = [at for at in block.rows if at not in lost]
    else:
        block.columns = [at for at in block.columns if at not in lost]
    shown = listed(dict.fromkeys(text for at, _, text in pairs if at in lost), 6)
    block.meaning.dropped.append(f"values of the same years, left out as told: {shown}")


def _named_apart(block, by, words):
    """Add the word to the names of what is not the measured one of its years."""
    ranks = {"outcome": 0, "": 1, "provisional": 2, "target": 3}
    plain_word = min(sorted(words), key=lambda word: ranks[standing_of(word)])
    axis = block.meaning.year if block.meaning.year.by == by else block.meaning.standing
    texts = [_word(block, by, at) for at in range(len(axis.values))]
    texts = ["" if text == plain_word or text not in words else f"({text})" for text in texts]
    block.apart = Axis(by, texts)


def mark_standing(tidy: Tidy, block: Block, start: int) -> None:
    """Note the targets among a block's values, and the words of what is not final as flags."""
    meaning, height = block.meaning, len(block.rows)
    names = [axis for axis in meaning.names if any(map(standing_at_name, set(axis.values)))]
    if not (block.words or meaning.standing is not None or names):
        return
    for at, column in enumerate(block.columns):
        for line, row in enumerate(block.rows):
            standing, word = block.words.get(meaning.year.at(row, column), ("", ""))
            if meaning.standing is not None:
                word = meaning.standing.at(row, column) or word
                standing = standing_of(word) or standing
            for axis in names:
                if said := standing_at_name(axis.at(row, column)):
                    standing, word = said, word or said
            number = start + at * height + line
            if standing == "target":
                tidy.targets[number] = word
            elif standing == "provisional":
                own = tidy.flags.get(number, "")
                tidy.flags[number] = " ".join(filter(None, [own, word]))


def tell_standing(tidy: Tidy, understood: Understood) -> None:
    """Say which values are targets."""
    if tidy.targets:
        years = sorted({int(tidy.period[row]) for row in tidy.targets})
        words = listed(dict.fromkeys(tidy.targets.values()), 4)
        understood.values.append(
            f"{len(tidy.targets)} values are targets, no outcomes ({words}; of {listed(years, 8)})"
        )
