"""Words at years and names that say whether a value was measured, estimated or planned."""

from __future__ import annotations

import re
from functools import lru_cache

# what each word says: measured, measured but not final, or a plan
WORDS = {
    "outcome": "actual; actuals; fact; observed; realised; realized; outturn; achieved; "
    "факт; факт.; фактически; фактическое; фактическое значение; фактические; отчет; отчёт; "
    "отчет.; ist; ist-wert; istwert; réel; réalisé; réalisation; realizado; executado; "
    "consuntivo; effettivo; wykonanie; realizacja; skutečnost; тек. факт; виконано; факт. значение",
    "provisional": "estimate; estimated; estimates; est.; est; preliminary; prelim.; prelim; "
    "provisional; prov.; revised; rev.; flash; flash estimate; оценка; оценочно; предварительно; "
    "предварительные; предварительные данные; предв.; предв; предварит.; уточнено; уточненные; "
    "уточнённые; уточненный; schätzung; geschätzt; vorläufig; vorl.; revidiert; estimation; "
    "provisoire; révisé; estimado; provisional; provisorio; preliminar; revisado; stima; "
    "provvisorio; rivisto; szacunek; wstępne; dane wstępne; odhad; předběžné; оцінка; попередні",
    "target": "plan; plans; planned; target; targets; forecast; forecasts; projection; "
    "projections; projected; budget; budgeted; goal; scenario; план; план.; планируемое; плановое; "
    "плановое значение; плановый; прогноз; прогн.; прогнозное; цель; целевое; целевое значение; "
    "целевой показатель; soll; soll-wert; sollwert; ziel; zielwert; prognose; geplant; planung; "
    "prévision; prévisions; prévu; objectif; cible; previsión; previsto; meta; objetivo; "
    "previsione; previsioni; obiettivo; prognoza; cel; plán; cíl; прогнозні; ціль",
}
STANDINGS = {
    word.strip(): standing for standing, words in WORDS.items() for word in words.split(";")
}
# letters that stand for a forecast or plan at some offices and for a note at others
UNSURE = frozenset(("f", "п", "пр"))
_WORD = "|".join(re.escape(word) for word in sorted(STANDINGS, key=len, reverse=True))
_AROUND = r"[\s,;:_\-–—/()\[\]]"
BEFORE = re.compile(rf"^[(\[]?(?P<word>{_WORD})[)\]]?(?={_AROUND}){_AROUND}*", re.IGNORECASE)
AFTER = re.compile(rf"(?:{_AROUND}+)(?P<word>{_WORD})\s*[)\]]?$", re.IGNORECASE)
# at a name the word has to be parted from it: "Turnover (plan)", "Turnover, plan", "Plan: Turnover"
AT_NAME = re.compile(rf"(?:[(\[]|[,;:] |\s[-–—] )(?P<word>{_WORD})[)\]]?$", re.IGNORECASE)
BESIDE = re.compile(rf"{_AROUND}*(?P<word>{_WORD})(?!\w)[)\]]?", re.IGNORECASE)
BEHIND = re.compile(rf"(?:^|{_AROUND}+)(?P<word>{_WORD})[)\]]?{_AROUND}*$", re.IGNORECASE)


@lru_cache(4096)
def standing_of(text: str) -> str:
    """Tell what a word alone says: outcome, provisional, target, or "" for any other text.

    >>> standing_of("Plan"), standing_of("(оценка)"), standing_of("ist"), standing_of("Planet")
    ('target', 'provisional', 'outcome', '')
    """
    return STANDINGS.get(" ".join(text.split()).strip("()[]").casefold(), "")


@lru_cache(8192)
def without_word(text: str) -> tuple:
    """Take the word for its standing off a year: (the text without it, the word).

    >>> without_word("2018 (actual)"), without_word("план 2020"), without_word("2018")
    (('2018', 'actual'), ('2020', 'план'), ('2018', ''))
    """
    for shape in (AFTER, BEFORE):
        if (found := shape.search(text)) and any(map(str.isdecimal, text)):
            rest = text[: found.start()] + text[found.end() :]
            return rest.strip().rstrip(" ,;:_-–—/(["), found["word"]
    return text, ""


def word_around(before: str, after: str) -> tuple:
    """Find the word for its standing beside a year in a header: (before, after, the word).

    >>> word_around("Turnover ", " plan"), word_around("Plan turnover ", "")
    (('Turnover ', '', 'plan'), ('Plan turnover ', '', ''))
    """
    if found := BESIDE.match(after):
        return before, after[found.end() :], found["word"]
    if found := BEHIND.search(before):
        return before[: found.start()], after, found["word"]
    return before, after, ""


def standing_at_name(text: str) -> str:
    """Tell what the last word of a name says of its values.

    >>> standing_at_name("Turnover (plan)"), standing_at_name("Turnover plan")
    ('target', '')
    """
    found = AT_NAME.search(text)
    return standing_of(found["word"]) if found else ""
