"""Write a study that is made up, and says so: other years, grades, components and indicators.

    python -m examples.make_synthetic FOLDER [CLUSTERS INDICATORS YEARS]

Nothing in it is a fact about any place. The same numbers come out every time.
"""

import csv
import json
import random
import sys
from pathlib import Path

from analysis.study.descriptor import new_descriptor, with_checksums
from analysis.study.schema import table_schemas

FIRST_YEAR, UNFINISHED, TARGETS = 2001, 1, 2  # the last years are not measured
WORDS = {
    "grade": ["seedling", "sapling", "tree", "grove"],
    "component": ["steering board", "shared laboratory", "export desk", "training", "seed fund"],
    "activity_class": ["sea", "soil", "workshop"],
}
REGIONS = [f"{side} {shape}" for side in ("North", "South", "East", "West", "Inner")
           for shape in ("Coast", "Plain", "Hills")]  # fmt: skip
TRADES = [
    ("sea", "kelp"), ("sea", "boats"), ("sea", "salt"), ("sea", "oysters"),
    ("soil", "hops"), ("soil", "honey"), ("soil", "walnuts"), ("soil", "linen"),
    ("workshop", "clocks"), ("workshop", "bells"), ("workshop", "lenses"), ("workshop", "violins"),
]  # fmt: skip
CRITERIA = ["skills", "output", "reach", "novelty"]
# label, unit, kind, stock or flow, concept, criterion, direction, first value, growth a year
INDICATORS = [
    ("Firms in the cluster", "firms", "count", "stock", "members", "reach", "up", 24, 1.03),
    ("Turnover of the firms", "crowns", "amount", "flow", "sales", "output", "up", 90, 1.06),
    ("Apprentices in training", "people", "count", "flow", "training", "skills", "up", 15, 1.05),
    ("Share of sales abroad", "percent", "share", "flow", "exports", "reach", "up", 12, 1.04),
    ("Profit or loss after tax", "crowns", "balance", "flow", "profit", "output", "up", 2, 1.1),
    ("New products", "products", "count", "flow", "innovation", "novelty", "up", 1, 1.08),
    ("Rejects in production", "percent", "share", "flow", "quality", "novelty", "down", 9, 0.95),
    ("Hours taught", "thousand hours", "amount", "flow", "training", "skills", "up", 3.5, 1.02),
    ("Energy used", "GWh", "amount", "flow", "energy", "output", "down", 6.2, 0.99),
    ("Patents held", "patents", "count", "stock", "innovation", "novelty", "up", 0, 1.12),
]  # fmt: skip
STATUSES = ("present", "planned", "absent", "unknown", "not reported")


def write_study(folder, clusters=50, indicators=8, years=12, seed=1):
    """Write the data package; return its folder."""
    folder, chance = Path(folder), random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    measures, listed = _indicators(indicators), _clusters(clusters, chance)
    tables = {
        "clusters": listed,
        "components": list(_components(listed, chance)),
        "indicators": measures,
        "series": list(_series(listed, measures, years, chance)),
        "criteria": _criteria(),
        "regional_context": _context(years),
    }
    columns = {name: _columns(name, rows) for name, rows in tables.items()}
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns[name], restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    descriptor = new_descriptor(
        "Synthetic study: made up, no facts about any place",
        WORDS,
        tables,
        columns=columns,
        description=f"Written by examples/make_synthetic.py with seed {seed}.",
    )
    text = json.dumps(with_checksums(descriptor, folder), indent=2, ensure_ascii=False)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")
    return folder


def _columns(table, rows):
    """The columns of the schema that any of the rows fills in, in its order."""
    used = {name for row in rows for name in row}
    fields = table_schemas()[table]["schema"]["fields"]
    return [spec["name"] for spec in fields if spec["name"] in used]


def _clusters(count, chance):
    rows = []
    for number in range(1, count + 1):
        kind, trade = TRADES[number % len(TRADES)]
        region = chance.choice(REGIONS)
        arguable = chance.random() < 0.1
        others = [word for word in WORDS["activity_class"] if word != kind]
        rows.append(
            {
                "cluster": f"{trade}-{number:03d}",
                "no": number,
                "name": f"Made-up cluster of {trade}, no. {number}, {region}",
                "region": region,
                "activity_class": kind,
                "activity_class_alternative": chance.choice(others) if arguable else "",
                "grade": chance.choices(WORDS["grade"], weights=(4, 3, 2, 1))[0],
            }
        )
    return rows


def _components(clusters, chance):
    """The higher the grade, the more is present; most of the rest is silence."""
    for row in clusters:
        level = 1 + WORDS["grade"].index(row["grade"])
        for component in WORDS["component"]:
            for item in range(1, chance.choice((1, 1, 2)) + 1):
                status = chance.choices(STATUSES, weights=(2 * level, 1, 1, 1, 6 - level))[0]
                other = chance.choice(STATUSES) if chance.random() < 0.08 else ""
                yield {
                    "cluster": row["cluster"],
                    "component": component,
                    "item": f"{component}, item {item}",
                    "status": status,
                    "alternative_status": "" if other == status else other,
                    "detail": "made up",
                }


def _indicators(count):
    rows = []
    for number in range(count):
        label, unit, kind, stock, concept, criterion, direction, *_ = INDICATORS[number]
        rows.append(
            {
                "indicator": _identifier(label),
                "label": label,
                "unit": unit,
                "unit_is_ours": "false",
                "kind": kind,
                "stock_or_flow": stock,
                "concept": concept,
                "criterion": criterion,
                "criterion_alternative": "output" if concept == "exports" else "",
                "direction": direction,
                "per": _identifier(INDICATORS[0][0]) if concept == "sales" else "",
                "increase_per": "",
                "scale_measure": "apprentices" if label.startswith("Apprentices") else "",
            }
        )
    return rows


def _identifier(label):
    return label.lower().replace(" ", "-")


def _series(clusters, measures, years, chance):
    """A table per indicator; three clusters in five report it, with gaps here and there."""
    for number, measure in enumerate(measures):
        row = 0
        for cluster in clusters:
            if chance.random() < 0.4:
                continue
            row += 1
            for year, value in _values(number, measure["kind"], years, chance):
                yield {
                    "table": 11 + number,
                    "row": row,
                    "cluster": cluster["cluster"],
                    "indicator": measure["indicator"],
                    "year": FIRST_YEAR + year,
                    "value": "" if chance.random() < 0.06 else value,
                    "standing": _standing(year, years),
                }


def _values(number, kind, years, chance):
    *_, start, growth = INDICATORS[number]
    level = start * chance.uniform(0.5, 2)
    for year in range(years):
        level *= growth * chance.uniform(0.9, 1.1)
        value = level - 3 * chance.random() if kind == "balance" else level
        value = min(value, 100) if kind == "share" else value
        yield year, str(round(value)) if kind == "count" else f"{value:.1f}"


def _standing(year, years):
    if year >= years - TARGETS:
        return "target"
    return "unfinished" if year >= years - TARGETS - UNFINISHED else "outcome"


def _criteria():
    quantitative = [{"criterion": c, "kind": "quantitative", "name": c.title()} for c in CRITERIA]
    institutional = [
        {
            "criterion": component.replace(" ", "-"),
            "kind": "institutional",
            "name": f"Has a {component}" if component != "training" else "Trains people",
            "results_opening": component if number % 2 else "",
            "component": component,
        }
        for number, component in enumerate(WORDS["component"])
    ]
    return institutional + quantitative


def _context(years):
    return [
        {
            "region": region,
            "period": str(FIRST_YEAR + years - 4),
            "measure": "apprentices",
            "value": 1000 + 150 * number,
            "low": 900 + 150 * number,
            "high": 1200 + 150 * number,
            "unit": "people",
            "kind": "derived",
            "certainty": ("good", "fair", "weak")[number % 3],
            "source": "made up",
        }
        for number, region in enumerate(REGIONS)
    ]


if __name__ == "__main__":
    print(write_study(sys.argv[1], *map(int, sys.argv[2:5])))
