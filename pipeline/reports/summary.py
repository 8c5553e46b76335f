"""One page of a whole study: what its data are, what they show, what not, what to ask for.

Every number is taken from the results that the last make made. A study with claims shows those that
matter most with their verdicts; any other, the answers of its notebooks.
"""

import json
import re
from collections import Counter

from markupsafe import Markup

from analysis.comparative.evidence import evidence_bounds
from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, listed, year_ranges
from article.claims import KEY_CLAIMS
from pipeline.reports.asks import asks
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
SIGNIFICANT = 0.05  # largest p or q called significant
ID = re.compile(r"[-_.\d]")  # tells an identifier from a word


def summary(study, material):
    """Return the page as a Document."""
    names = _names(study)
    said = {
        "data": [*_clusters(study), *_components(study), *_values(study)],
        "claims": _claims(material, names),
        "answers": _answers(material, names),
        "may": _may(study, material, names),
        "may_not": _may_not(study, material, names),
        "asks": asks(study, material, names),
        "clusters": study.counted(len(study.clusters)),
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
            known = table[column].dropna()
            known = known[known.str.len() <= NAME]
            found |= {str(key): text for key, text in known.items() if ID.search(str(key))}
    return found


def _named(text, names):
    """Write names for the identifiers in a sentence.

    >>> _named("a-1 and a-12 lead.", {"a-1": "Alpha"})
    'Alpha and a-12 lead.'
    """
    pattern = r"(?<![\w.-])(" + "|".join(map(re.escape, names)) + r")(?![\w-]|\.\w)"
    return re.sub(pattern, lambda found: names[found[1]], text) if names else text


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
        f"{counted(low.shape[1], 'component')} of each as the source tells of them: of "
        f"{low.size} cells {cells} {'is' if cells == 1 else 'are'} open, since it says nothing or "
        "does not know."
    )


def _values(study):
    if not study.has("series"):
        return
    known = study.series.dropna(subset="value")
    who = known["cluster"].nunique()
    yield (
        f"{counted(known['indicator'].nunique(), 'indicator')} with "
        f"{counted(len(known), 'value')} of {study.counted(who)}, "
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
                    return question, words.partition("\n\n*Caveat.*")[0]
    return None


def _begin(text, most):
    """Keep the sentences that a text begins with, as long as they fit; one at least.

    >>> _begin("One of 2. Two (e.g. this). Three.", 12)
    'One of 2.'
    """
    sentences = re.split(r"(?<=[.?!])\s+(?=[A-Z*\d])", text.strip())
    kept = [_cut(sentences[0], most)]
    for sentence in sentences[1:]:
        if len(" ".join([*kept, sentence])) > most:
            break
        kept.append(sentence)
    return " ".join(kept)


def _cut(sentence, most):
    """Cut a sentence that is too long where a list in it has a comma.

    >>> _cut("Of 5: one, two, three and four.", 20)
    'Of 5: one, two, ...'
    """
    if len(sentence) <= most or "," not in sentence[:most]:
        return sentence
    cut = sentence[: sentence.rindex(",", 0, most) + 1]
    return f"{cut}{'**' * (cut.count('**') % 2)} ..."


def _may(study, material, names):
    """What follows from the results, whatever is silent."""
    verified = Counter(row["status"] for row in material.result("verification.csv"))
    if verified and set(verified) == {"equal"}:
        count = verified["equal"]
        yield f"The tables are copied right: all {count} published values come out again."
    if verdicts := Counter(row["verdict"] for row in material.result("claims.csv")):
        empirical = verdicts.total() - verdicts["not empirical"]
        yield (
            f"Of {empirical} claims that data could decide, the source's own data support "
            f"{verdicts['supported']} in full and {verdicts['partly supported']} in part."
        )
    yield from _order(material, names)
    yield from _measured_trends(study, material)


def _order(material, names):
    """Say who is certainly first on the evidence, and how many pairs have a certain order."""
    rows = material.result("composite.csv")
    if len(rows) < 2:
        return
    ends = [(float(row["score_low"]), float(row["score_high"])) for row in rows]
    sure = sum(low > high for low, _ in ends for _, high in ends)
    pairs = len(rows) * (len(rows) - 1) // 2
    first = [names.get(row["cluster"], row["cluster"]) for row in rows if _is_first(row)]
    none = f"none can have more evidence than {listed(first, most=4)}, whatever is not said; "
    order = f"of {pairs:,} pairs {sure:,} {'has' if sure == 1 else 'have'} a certain order."
    lead = f"As the components are coded, {none if first else ''}"
    yield lead + order


def _is_first(row):
    return float(row["rank_worst"]) == 1


def _measured_trends(study, material):
    """Count the series that rise or fall, where all that is tested was measured."""
    rows = material.result("trends.csv")
    known = study.series.dropna(subset="value")
    if not rows or not known["standing"].isin(MEASURED).all():
        return
    chance = [row.get("q_two_sided") or row["p_two_sided"] for row in rows]
    moved = sum(bool(q) and float(q) <= SIGNIFICANT for q in chance)
    yield (
        f"{counted(moved, 'series', 'series')} of {len(rows):,} rise or fall steadily, by more "
        "than chance explains."
    )


def _may_not(study, material, names):
    """What does not follow, and why."""
    if study.has("series"):
        known = study.series.dropna(subset="value")
        measured = known[known["standing"].isin(MEASURED)]
        if len(measured) < len(known):
            most = measured.groupby(["cluster", "indicator"]).size().max() if len(measured) else 0
            rest = len(known) - len(measured)
            yield (
                f"That anything was reached: {rest:,} of {len(known):,} values are plans or of "
                f"a year under way; no series has more than {most} measured."
            )
        bare = len(study.clusters) - known["cluster"].nunique()
        if bare > 0:
            yield (
                f"That little is done: for {bare} of {study.counted(len(study.clusters))} no "
                "number is printed, and thin evidence is not low activity."
            )
    if study.has("components"):
        low, high = evidence_bounds(study.components)
        if (cells := int((low < high).to_numpy().sum())) > 0:
            yield (
                f"That what is not mentioned is absent: {cells} of {low.size} cells are open, and "
                "a declared component is not a working one."
            )
    yield from _untested(material)
    yield "That one thing brought about another: the tables show what moved, not why."


def _untested(material):
    verdicts = Counter(row["verdict"] for row in material.result("claims.csv"))
    if verdicts:
        yield (
            f"That a claim is wrong because it is not shown ({verdicts['not shown']}) or not "
            f"testable ({verdicts['not testable']}); {verdicts['contradicted']} "
            f"{'is' if verdicts['contradicted'] == 1 else 'are'} contradicted by the data."
        )
