"""The ledger in words: the tally, the claims of a section, one claim with where it comes from."""

import pandas as pd

from analysis.tidy.wording import counted, interval, listed, number
from article.claims.registry import VERDICTS
from article.claims.yardsticks import written

SECTIONS = ("abstract", "introduction", "theory", "method", "results", "discussion")
MOST_TOLD = 3  # claims that a sentence tells
PER_VALUE = ("02-quantitative-indicators", "case-study")  # run several times: no one file to link


def in_words(study, table):
    """Write readable names for the identifiers in the sentences of claims or of the audit."""
    said = [name for name in ("computed", "explanation") if name in table]
    return table.assign(**{name: table[name].map(study.in_words) for name in said})


def by_section(table):
    """Count claims by section and verdict: index the section where a claim first appears.

    Sections stand in the article's order, any other after them; the last row, "all claims", is
    the tally.

    >>> table = pd.DataFrame({"section": ["a; b", "b"], "verdict": ["supported", "not shown"]})
    >>> by_section(table)["supported"].tolist()
    [1, 0, 1]
    """
    sections = first_section(table)
    counts = pd.crosstab(sections, table["verdict"]).reindex(columns=list(VERDICTS), fill_value=0)
    counts = counts.reindex(sorted(sections.unique(), key=_place))
    total = counts.sum().to_frame("all claims").T
    return pd.concat([counts, total]).rename_axis(index="section", columns=None)


def _place(section):
    return (SECTIONS.index(section) if section in SECTIONS else len(SECTIONS), section)


def first_section(table):
    """Return the section in which each claim appears first.

    >>> first_section(pd.DataFrame({"section": ["abstract; results"]})).tolist()
    ['abstract']
    """
    return table["section"].str.partition(";")[0].str.strip()


def of_tally(table):
    """Say in a few sentences what became of the claims."""
    empirical = table[table["verdict"] != "not empirical"]
    count = empirical["verdict"].value_counts().reindex(list(VERDICTS), fill_value=0)
    trials = [trials_of(claim) for claim in empirical.itertuples()]
    tried = [found for found in trials if found]
    steady = sum(all(same for *_, same in found) for found in tried)
    return (
        f"Of **{len(table)} claims**, {len(empirical)} are empirical. The article's own data "
        f"support **{count['supported']}** in full and **{count['partly supported']}** in part, "
        f"contradict **{count['contradicted']}**, and do not establish **{count['not shown']}**; "
        f"for **{count['not testable']}** the data that would be needed are not there. "
        f"{counted(len(tried), 'verdict')} {'was' if len(tried) == 1 else 'were'} tried again "
        f"with a lower or a higher threshold: {steady} {'stays' if steady == 1 else 'stay'} the "
        "same each time.\n\n"
        "*Caveat.* A verdict is about what these data show, not about what is true. Not shown and "
        "not testable say that the evidence is thin; they do not say that a claim is wrong, nor "
        "that activity is low. A claim that is supported by our coding is not thereby measured."
    )


def trials_of(claim):
    """List the thresholds tried beside that of a claim: (threshold, verdict, same as before)."""
    sides = [getattr(claim, f"{side}_threshold") for side in ("lower", "higher")]
    found = [getattr(claim, f"at_{side}_threshold") for side in ("lower", "higher")]
    return [(at, verdict, verdict == claim.verdict)
            for at, verdict in zip(sides, found, strict=True) if not pd.isna(at)]  # fmt: skip


def tally_title(table):
    """Say the tally in a few words.

    >>> tally_title(pd.DataFrame({"verdict": ["supported", "not empirical", "not shown"]}))
    'Of 2 empirical claims, 1 is supported in full'
    """
    empirical = table[table["verdict"] != "not empirical"]
    supported = int((empirical["verdict"] == "supported").sum())
    verb = "is" if supported == 1 else "are"
    return f"Of {len(empirical)} empirical claims, {supported} {verb} supported in full"


def of_section(table, section):
    """Write the claims of one section as a Markdown list, each with verdict, figure and source."""
    rows = table[first_section(table) == section]
    return "\n".join(_entry(claim) for claim in rows.itertuples())


def _entry(claim):
    lines = [f"- **{claim.id} · {claim.verdict}** · {escaped(claim.claim)}{_where(claim)}"]
    if claim.statistic and not pd.isna(claim.value):
        is_point = pd.isna(claim.low) or claim.low == claim.high
        span = "" if is_point else f" (from {interval(claim.low, claim.high)})"
        name = claim.statistic[:1].upper() + claim.statistic[1:]
        lines.append(f"{escaped(name)}: **{number(claim.value)}**{span}.")
    lines.append(escaped(claim.explanation))
    if trials := trials_of(claim):
        tried = [f"at {written(at, at < 1)}: {verdict}" for at, verdict, _ in trials]
        lines.append(f"*With another threshold, {'; '.join(tried)}.*")
    if not pd.isna(claim.break_even):
        lines.append(
            f"*The verdict changes if the figure is {number(claim.break_even)} times off.*"
        )
    if claim.needs:
        lines.append(f"*Needed:* {escaped(claim.needs)}.")
    if claim.notebook:
        lines.append(f"→ {_link(claim.notebook)}")
    return "  \n  ".join(lines) + "\n"


def _where(claim):
    """Say where a claim stands, and which words limit it, as far as a study tells."""
    place, hedge = (getattr(claim, name, None) for name in ("place", "hedge"))
    notes = [escaped(place)] if isinstance(place, str) and place else []
    notes += [f"limited by: {escaped(hedge)}"] if isinstance(hedge, str) and hedge else []
    return f" ({'; '.join(notes)})" if notes else ""


def _link(notebook):
    """Link the section of the notebook in which the number is derived."""
    name, _, section = notebook.partition("#")
    heading = section.replace("-", " ")
    if name in PER_VALUE or not section:
        return f"{name}{f', {heading}' if heading else ''}"
    anchor = section[:1].upper() + section[1:]
    return f"[{name}, {heading}]({name}.ipynb#{anchor})"


def of_bearing(hanging, claims=True):
    """Say how many claims would read differently without a cluster; see `sensitivity.bearing`.

    `claims`: whether the study lists any.
    """
    if not claims:
        return "The study lists no claims."
    if hanging.empty:
        return "No claim depends on this cluster."
    turned = hanging[hanging["verdict"] != hanging["without_it"]]
    changes = [
        f"{escaped(row.claim)} ({row.id}: {row.verdict} → {row.without_it})"
        for row in turned.head(MOST_TOLD).itertuples()
    ]
    more = [f"{len(turned) - MOST_TOLD} more in the table"] if len(turned) > MOST_TOLD else []
    start = (
        f"Without this cluster **{counted(len(turned), 'verdict')}** would change: "
        f"{'; '.join([*changes, *more])}."
        if changes
        else "No verdict depends on this cluster."
    )
    rest = len(hanging) - len(turned)
    if not rest:
        return start
    other = "other verdict" if changes else "verdict"
    figure, ranges = ("figure", "its range") if rest == 1 else ("figures", "their ranges")
    return f"{start} The {figure} behind {counted(rest, other)}, or {ranges}, would change."


def of_audit(table):
    """Say how many points of tension there are, and how many things are delivered as announced."""
    delivered = table["kind"].str.startswith("delivered")
    kinds = table.loc[~delivered, "kind"].value_counts()
    words = [f"{kind} ({count})" for kind, count in kinds.items()]
    return (
        f"**{counted(int((~delivered).sum()), 'place')}** where the article contradicts itself "
        f"or says more than it shows: {listed(words)}. **{int(delivered.sum())}** where it "
        f"delivers what it says. {_on_top(table)}"
    )


def _on_top(table):
    """Say which points matter most, and which least."""
    if "weight" not in table:
        return ""
    most, least = (table.loc[table["weight"] == word, "id"] for word in ("matters most", "minor"))
    return f"Those that matter most come first ({listed(most)}), minor ones last ({listed(least)})."


def escaped(text):
    """Escape characters that Markdown or HTML would interpret.

    >>> escaped("<b>")
    '&lt;b&gt;'
    """
    text = str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for character in "\\`*_[]|$":
        text = text.replace(character, "\\" + character)
    return text
