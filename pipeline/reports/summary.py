"""One page of a whole study: what its data are, what they show, what not, what to ask for.

Every number is taken from the results that the last make made. A study with claims shows those that
matter most with their verdicts; any other, the answers of its notebooks.
"""

import json
import re

from markupsafe import Markup

from analysis.comparative.evidence import evidence_bounds
from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, listed, year_ranges
from article.claims import KEY_CLAIMS
from pipeline.reports.conclusions import may, may_not
from pipeline.reports.data_requests import data_requests
from pipeline.reports.document import Document, template
from pipeline.reports.sources import sources_of
from pipeline.site.text import markdown_html

MOST = 5  # results on the page
LONG, WHY, NAME = 260, 180, 30  # characters of a result, of a reason, of a name
ANSWERS = (
    "06-innovation-potential", "09-integral-indicator", "04-trends", "03-comparison",
    "01-institutional-components", "05-indices", "10-integral-robustness", "07-robustness",
    "02-quantitative-indicators",
)  # fmt: skip
ID = re.compile(r"[-_.\d]")  # tells an identifier from a word


def summary(study, material):
    """Return the page as a Document."""
    names = _names(study)
    said = {
        "data": [*_clusters(study), *_components(study), *_values(study)],
        "claims": _claims(material, names),
        "answers": _answers(material, names),
        "may": may(study, material, names),
        "may_not": may_not(study, material, names),
        "asks": data_requests(study, material, names),
        "clusters": study.counted(len(study.clusters)),
        "their": "its" if len(study.clusters) == 1 else "their",
    }
    own = "summary_of_article.html" if material.places.is_default else "summary.html"
    notes = [sources_of(material, "")[""]]
    description = " ".join(said["data"])
    return Document(study.title, Markup(template(own).render(said)), notes, {}, description)


def _names(study):
    """What to call clusters and indicators instead of their identifiers: {id: name}."""
    found = {}
    for table, words in (
        (study.indicators, ("short", "label")),
        (study.clusters, ("short", "name")),
    ):
        for column in reversed([word for word in words if word in table]):
            found |= {str(key): text for key, text in table[column].dropna().items()}
    return found


def _named(text, names):
    """Write short names for the identifiers in a sentence, as far as no word looks like these.

    >>> _named("a-1 and a-12 lead.", {"a-1": "Alpha"})
    'Alpha and a-12 lead.'
    >>> _named("Jobs per 1.000 inh., 2021", {"Jobs per 1.000 inh": "Jobs per 1.000 inh."})
    'Jobs per 1.000 inh., 2021'
    """
    names = {key: name for key, name in names.items() if ID.search(key) and len(name) <= NAME}
    pattern = r"(?<![\w.-])(" + "|".join(map(re.escape, names)) + r")(?![\w-]|\.\w)"

    def name(found):
        is_named = text.startswith(names[found[1]], found.start())
        return found[1] if is_named else names[found[1]]

    return re.sub(pattern, name, text) if names else text


def _clusters(study):
    regions = study.clusters["region"].nunique() if "region" in study.clusters else 0
    within = f" in {counted(regions, 'region')}" if regions > 1 else ""
    yield f"{study.counted(len(study.clusters))}{within}."


def _components(study):
    if not study.has("components"):
        return
    low, high = evidence_bounds(study.components)
    cells = int((low < high).to_numpy().sum())
    yield (
        f"{counted(low.shape[1], 'component')} of each; for {cells} of {low.size} cells the source "
        "does not say whether the component is there, or says that it does not know."
    )


def _values(study):
    if not study.has("series"):
        return
    known = study.series.dropna(subset="value")
    who = known["cluster"].nunique()
    whose = "" if who == len(study.clusters) else f" of {study.counted(who)}"
    yield (
        f"{counted(known['indicator'].nunique(), 'indicator')} with "
        f"{counted(len(known), 'value')}{whose}, "
        f"{year_ranges(known['year'].tolist())}: {_standings(known)}."
    )


def _standings(known):
    measured = int(known["standing"].isin(MEASURED).sum())
    targets = int((known["standing"] == "target").sum())
    rest = len(known) - measured - targets
    if measured == len(known):
        return "all measured"
    words = [f"at most {measured:,} measured" if measured else "none measured"]
    words += [counted(targets, "target")] * bool(targets)
    words += [f"{rest:,} of a year under way"] * bool(rest)
    return listed(words)


def _claims(material, names):
    """The claims that matter most: claim, verdict, reason."""
    rows = {row["id"]: row for row in material.result("claims.csv")}
    return [
        {
            "id": key,
            "claim": rows[key]["claim"],
            "verdict": rows[key]["verdict"],
            "reason": _named(_begin(rows[key]["explanation"], WHY), names),
        }
        for key in KEY_CLAIMS
        if key in rows
    ][:MOST]


def _answers(material, names):
    """The answers of the notebooks that ran: (question, HTML)."""
    runs = {path.stem: path for path in material.notebooks}
    found = []
    for name in ANSWERS:
        run = next((run for run in runs if run == name or run.startswith(f"{name}--")), None)
        if run is not None and (answer := _answer(runs[run])):
            question, words = answer
            found.append((question, Markup(markdown_html(_named(_begin(words, LONG), names)))))
    return found[:MOST]


def _answer(path):
    """Return (question, answer) of an executed notebook, without its caveat."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    question = "".join(cells[0]["source"]).splitlines()[0].removeprefix("# ").strip()
    headed = False
    for cell in cells:
        if cell["cell_type"] == "markdown":
            headed = "".join(cell["source"]).startswith("## The answer")
        elif headed:
            for output in cell["outputs"]:
                words = "".join(output.get("data", {}).get("text/markdown", ""))
                if words:
                    words = words.replace(", see below)", ")")  # of the notebook
                    return question, words.partition("\n\n*Caveat.*")[0]
    return None


def _begin(text, most):
    """Keep the sentences that a text begins with, as long as they fit; one at least, two if short.

    >>> _begin("One of 2. Two (e.g. this). Three.", 12)
    'One of 2.'
    >>> _begin("None. That is what a test of all series says. More.", 40)
    'None. That is what a test of all series says.'
    """
    sentences = re.split(r"(?<=[.?!])\s+(?=[A-Z*\d])", text.strip())
    kept = [_cut(sentences[0], most)]
    for sentence in sentences[1:]:
        is_short = len(kept) == 1 and len(kept[0]) <= most / 6
        if len(" ".join([*kept, sentence])) > most and not is_short:
            break
        kept.append(sentence)
    return " ".join(kept)


def _cut(sentence, most):
    """Cut a sentence that is too long where a list in it has a comma, outside of parentheses.

    >>> _cut("Of 5: one, two, three and four.", 20)
    'Of 5: one, two, ...'
    >>> _cut("One could have more (a and b); in another, none could.", 50)
    'One could have more (a and b).'
    >>> _cut("Over 2 (a, mln; b): one 5; two 6; and three 7.", 34), _cut("Of (a; b, c): x, y", 12)
    ('Over 2 (a, mln; b): one 5; two 6; ...', 'Of (a; b, c): x, y')
    """
    if len(sentence) <= most:
        return sentence
    parts = {mark: _places(sentence, mark) for mark in ";,"}
    for mark, places in parts.items():
        fitting = [place for place in places if place < most]
        if not fitting:
            continue
        cut = sentence[: fitting[-1]]
        bold = "**" * (cut.count("**") % 2)
        # of two parts the first is a sentence; of a list something is left out
        return f"{cut}{bold}." if mark == ";" and len(places) == 1 else f"{cut}{bold}{mark} ..."
    return sentence


def _places(sentence, mark):
    """Find a mark outside of parentheses."""
    depth, found = 0, []
    for place, letter in enumerate(sentence):
        depth += (letter == "(") - (letter == ")")
        if letter == mark and not depth:
            found.append(place)
    return found
