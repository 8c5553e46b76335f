"""For every check two sets of data: one that makes the claim supported, and one that does not.

Each is a function of the article's study that returns the study with other data. A new check
brings its two at the end of this file; see docs/guides/add-a-claim.md.
"""

from dataclasses import replace

import pandas as pd

INNOVATION = ["studies-certifications", "software-products"]


def rows(study, *, table=None, indicator=None, concept_is=None, year=None, **cells):
    """Put cells in rows of `series`: all, or those of a table, an indicator, a concept, a year."""
    series, asked = study.series.copy(), pd.Series(True, index=study.series.index)
    wanted = {"table": table, "indicator": indicator, "concept": concept_is, "year": year}
    for column, value in wanted.items():
        if value is not None:
            asked &= series[column].isin(value if isinstance(value, list) else [value])
    for column, value in cells.items():
        series[column] = series[column].mask(asked, value)
    return replace(study, series=series)


def without(study, **where):
    """Leave out rows of `series`."""
    series = study.series
    for column, value in where.items():
        series = series[~series[column].isin(value if isinstance(value, list) else [value])]
    return replace(study, series=series)


def everywhere(study, like, values, /, *, years=(2016,), names=None, **cells):
    """Give clusters measured values of a row like that of an indicator, in place of all series."""
    names = study.clusters.index.tolist() if names is None else names
    values = values if isinstance(values, list) else [values] * len(names)
    row = study.series[study.series["indicator"] == like].iloc[:1].assign(**cells)
    frames = [row.assign(cluster=name, value=value, year=year, standing="base")
              for name, value in zip(names, values, strict=True) for year in years]  # fmt: skip
    return replace(study, series=pd.concat(frames, ignore_index=True))


def beside(study, other):
    """Put the series of another study beside those of this one."""
    return replace(study, series=pd.concat([study.series, other.series], ignore_index=True))


def said(study, status, *, component=None, item=None, names=None, other=None):
    """Say a status, and its other reading, of items, components or clusters."""
    frame, asked = study.components.copy(), pd.Series(True, index=study.components.index)
    for column, value in (("component", component), ("item", item), ("cluster", names)):
        if value is not None:
            asked &= frame[column].isin(value if isinstance(value, list) else [value])
    frame.loc[asked, "status"] = status
    frame.loc[asked, "alternative_status"] = other
    return replace(study, components=frame)


def coded(study, names=None, **cells):
    """Put cells in rows of `clusters`."""
    frame = study.clusters.copy()
    for column, value in cells.items():
        frame.loc[frame.index if names is None else names, column] = value
    return replace(study, clusters=frame)


def component(study, cells):
    """Have one item of each cluster in each of some components: {component: {cluster: status}}."""
    told = [
        (cluster, name, name, status)
        for name, by in cells.items()
        for cluster, status in by.items()
    ]
    frame = pd.DataFrame(told, columns=["cluster", "component", "item", "status"])
    return replace(study, components=frame.assign(alternative_status=None, detail=None))


def moving(study, indicator, first, last):
    """Have an indicator measured in two years in every cluster."""
    one, two = (everywhere(study, indicator, value, years=(year,))
                for value, year in ((first, 2016), (last, 2017)))  # fmt: skip
    return beside(one, two)


def plans(study, value):
    """Have the last planned value of every row."""
    return rows(study, year=2020, value=value)


def same(study):
    """The article's own data."""
    return study


BODIES = "management body"
NAMED = (BODIES, "services", "special projects", "info-communication")
HALF = [
    "vologda-wood",
    "penza-it",
    "omsk-agrobio",
    "petersburg-water",
    "novgorod-it",
    "sakha-tourism",
]
SPECIALISED = [
    "vologda-wood",
    "penza-it",
    "omsk-agrobio",
    "petersburg-water",
    "sakha-furniture",
    "sakha-tourism",
]


def _all_named(study, rarer):
    """All four components in every cluster, and a fifth that is as common or rarer."""
    names = study.clusters.index.tolist()
    status = dict.fromkeys(names, "present")
    fifth = {
        name: "present" if place or not rarer else "absent" for place, name in enumerate(names)
    }
    return component(study, dict.fromkeys(NAMED, status) | {"a fifth": fifth})


def _ahead(study):
    """The leader alone has all."""
    less = said(study, "absent", names=[c for c in study.clusters.index if c != "vologda-wood"])
    frame = less.components.assign(alternative_status=None)
    return replace(less, components=frame)


def _bodies_of_their_own(study):
    """Two regions with several bodies, each of one form."""
    names = {"novgorod-agro": "A", "pestovo-industrial": "B", "sakha-tourism": "C"}
    frame = study.components.copy()
    for cluster, body in names.items():
        of_body = (frame["cluster"] == cluster) & (frame["component"] == BODIES)
        frame.loc[of_body, "detail"] = body
    return replace(study, components=frame)


def _sized(study, state):
    """Five clusters of growing size; the larger three have projects in some state."""
    names = study.clusters.index[:5].tolist()
    larger = everywhere(study, "value-chain-smes", [10.0, 20.0, 30.0, 40.0, 50.0], names=names)
    states = dict(zip(names, ["absent"] * 2 + [state] * 3, strict=True))
    return component(larger, {"special projects": states, BODIES: states})


def _linked(study, innovating):
    """Six clusters with links and four without; innovation goes with links, or does not."""
    names = study.clusters.index.tolist()
    links = everywhere(study, "graduates", [0.0] * 6 + [5.0] * 5, names=names)
    new = everywhere(study, "software-products", [0.0] * 6 + [innovating] * 5, names=names,
                     concept="software", criterion="intellectual-property")  # fmt: skip
    return beside(links, new)


def _founded(study):
    row = everywhere(study, "joint-projects", 2014.0, names=["penza-it"], concept="founding")
    return beside(rows(study, year=2017, standing="outcome"), row)


def _sales_second(study, share):
    """Sales in row 2, in every year, measured, with the share of new goods in them."""
    frame = study.series.copy()
    sales = frame["indicator"] == "sales"
    frame.loc[sales, ["row", "value"]] = [2, 900.0]
    frame.loc[frame["indicator"] == "joint-projects", "row"] = 4
    full = replace(study, series=frame)
    goods = everywhere(study, "sales", share, names=["novgorod-it"], kind="share", row=9,
                       indicator="new-goods", concept="new goods")  # fmt: skip
    return beside(full, goods)


def _comparable(study):
    """A second innovative cluster with a number."""
    row = everywhere(study, "hpj-total", 9.0, names=["penza-it"], table=5)
    return beside(study, row)


def _quality(study, share):
    """Measured jobs and sales of innovative products of every cluster beside figures of regions."""
    row, regions = study.context.iloc[:1], study.clusters["region"].unique()
    figures = [
        row.assign(region=region, measure=measure, unit=unit, value=100.0, low=100.0, high=100.0)
        for region in regions
        for measure, unit in (("employed", "thousand"), ("product", "million roubles"))
    ]
    indicators = study.indicators.copy()
    indicators.loc["sales", "scale_measure"] = "product"
    told = beside(everywhere(study, "hpj-number", 9.0), everywhere(study, "sales", share))
    context = pd.concat(figures, ignore_index=True).assign(period="2016")
    return replace(told, context=context, indicators=indicators)


def _each_criterion(study, value, links=False):
    """A measured value of every cluster on every criterion; `links`: partnerships are told, too."""
    series = [
        everywhere(study, "sales", value, indicator=name, criterion=name, row=place, table=9)
        for place, name in enumerate(study.criteria.query("kind == 'quantitative'")["criterion"])
    ]
    full = replace(study, series=pd.concat([one.series for one in series], ignore_index=True))
    if not links:
        return full
    frame = study.criteria.copy()
    frame["component"] = frame["component"].where(frame["kind"] != "institutional", BODIES)
    return replace(full, criteria=frame)


def _every_criterion_in(study, table):
    """A row of one table on every criterion."""
    full = _each_criterion(study, 1.0).series
    cluster = study.series.loc[study.series["table"] == table, "cluster"].iloc[0]
    more = full[full["cluster"] == cluster].assign(table=table, row=full["row"] + 20)
    return replace(study, series=pd.concat([study.series, more], ignore_index=True))


def _kinds(study):
    """All three kinds of project in two clusters."""
    row = study.components[study.components["item"] == "business centre"]
    more = row.assign(cluster="petersburg-water")
    return replace(study, components=pd.concat([study.components, more], ignore_index=True))


def _same_names(study):
    """Table 4 takes over two labels and concepts of Table 2."""
    frame = study.series.copy()
    for own, theirs in (("hpj-total", "hpj-share"), ("graduates", "trainees")):
        frame.loc[frame["indicator"] == own, "label"] = frame.loc[
            frame["indicator"] == theirs, "label"
        ].iloc[0]
    return replace(study, series=frame)


def _documents(study):
    """A document of every cluster, without a row on innovation."""
    full = everywhere(study, "graduates", 9.0)
    frame = full.series.assign(table=range(2, 2 + len(full.series)))
    return replace(full, series=frame)


def _places(study, trained, jobs=None):
    """Three measured years of jobs and graduates."""
    years = [2016, 2017, 2018]
    told = rows(study, table=4, year=years, standing="outcome")
    told = told if jobs is None else rows(told, indicator="hpj-total", year=2017, value=jobs)
    zero = rows(told, concept_is="training", year=2016, value=trained)
    return rows(zero, indicator="graduates", year=years, value=80.0)


def _each_its_own(study):
    """No two clusters alike in anything, and nothing open."""
    frame = study.components.copy()
    frame["item"] = [
        f"{item} of {cluster}"
        for item, cluster in zip(frame["item"], frame["cluster"], strict=True)
    ]
    return replace(study, components=frame.assign(status="present", alternative_status=None))


TURNS = {
    "F2": (
        lambda s: coded(everywhere(s, "software-products", 0.0), activity_class="traditional"),
        lambda s: coded(s, activity_class="innovative", activity_class_alternative=None),
    ),
    "F3": (
        lambda s: everywhere(s, "software-products", 0.0),
        lambda s: everywhere(s, "software-products", 1.0),
    ),
    "F4": (lambda s: _each_criterion(s, 0.0), same),
    "F5": (
        lambda s: _quality(s, 0.5),
        lambda s: rows(s, indicator=["hpj-number", "hpj-total"], value=1e6),
    ),
    "F7": (lambda s: _linked(s, 1.0), lambda s: everywhere(s, "graduates", 9.0)),
    "F9": (lambda s: _sized(s, "planned"), lambda s: _sized(s, "present")),
    "F11": (lambda s: everywhere(s, "graduates", 9.0), lambda s: _each_criterion(s, 1.0)),
    "F14": (lambda s: everywhere(s, "value-chain-smes", 20.0), same),
    "F15": (
        lambda s: _each_criterion(s, 1.0, links=True),
        lambda s: rows(s, criterion=None, criterion_alternative=None),
    ),
    "F16": (lambda s: rows(s, indicator="sales", value=float("nan")), lambda s: said(s, "present")),
    "F18": (same, lambda s: rows(s, concept="jobs", label="jobs")),
    "F19": (lambda s: _all_named(s, True), lambda s: _all_named(s, False)),
    "F20": (
        lambda s: coded(s, "pestovo-industrial", grade="average"),
        lambda s: coded(s, HALF[:4], grade="insufficient"),
    ),
    "F21": (_ahead, same),
    "F22": (
        lambda s: coded(s, grade="insufficient"),
        lambda s: coded(said(s, "present"), grade="highest"),
    ),
    "F23": (
        lambda s: said(s, "absent", component="services", names=["novgorod-agro"]),
        lambda s: said(s, "present"),
    ),
    "F24": (
        _bodies_of_their_own,
        lambda s: replace(
            s,
            components=s.components.assign(
                item=s.components["item"].mask(s.components["component"] == BODIES, "one form")
            ),
        ),
    ),
    "F25": (
        lambda s: everywhere(
            s, "sales", [9.0 if c in SPECIALISED else 1.0 for c in s.clusters.index]
        ),
        lambda s: everywhere(s, "sales", 1.0),
    ),
    "F26": (
        lambda s: said(s, "present", component=BODIES),
        lambda s: said(s, "absent", component=BODIES),
    ),
    "F27": (
        lambda s: replace(
            s,
            components=s.components.assign(
                item=s.components["item"].replace("coordinator only", "department")
            ),
        ),
        same,
    ),
    "F28": (_kinds, same),
    "F29": (same, lambda s: said(s, "absent", component="services", names=HALF)),
    "F30": (
        lambda s: replace(
            s,
            components=s.components.assign(
                item=s.components["item"].replace("common brand", "platform for dialogue")
            ),
        ),
        lambda s: said(s, "absent", component="services"),
    ),
    "F31": (lambda s: everywhere(s, "graduates", 9.0), lambda s: everywhere(s, "graduates", 0.0)),
    "F32": (
        lambda s: everywhere(s, "sales", [float(n) for n in range(11)]),
        lambda s: everywhere(s, "sales", [float(c) for c in s.clusters["grade"].cat.codes]),
    ),
    "F33": (
        lambda s: rows(s, indicator="trainees", concept="high-performance jobs"),
        lambda s: plans(s, 0.0),
    ),
    "F34": (
        lambda s: rows(s, table=2, criterion_alternative=None),
        lambda s: rows(s, table=2, criterion="innovative-products", criterion_alternative=None),
    ),
    "F35": (same, lambda s: rows(s, table=2, criterion=None, criterion_alternative=None)),
    "F36": (lambda s: rows(s, table=2, criterion_alternative=None), lambda s: plans(s, 0.0)),
    "F37": (lambda s: rows(s, table=3, concept="training"), lambda s: _every_criterion_in(s, 2)),
    "F39": (lambda s: without(s, table=2), lambda s: without(s, indicator=["graduates", "sales"])),
    "F41": (same, lambda s: _every_criterion_in(s, 3)),
    "F42": (same, lambda s: rows(s, table=3, criterion="research-development")),
    "F43": (lambda s: everywhere(s, "graduates", 9.0), lambda s: _each_criterion(s, 1.0)),
    "F44": (lambda s: plans(s, 0.0), lambda s: rows(s, table=3, criterion="research-development")),
    "F45": (_same_names, lambda s: rows(s, table=4, concept="other")),
    "F46": (same, lambda s: without(s, indicator="hpj-total")),
    "F47": (lambda s: _sales_second(s, 95.0), same),
    "F48": (
        lambda s: rows(s, indicator="joint-projects", criterion="research-development"),
        lambda s: rows(s, table=4, criterion=None),
    ),
    "F49": (same, lambda s: _every_criterion_in(s, 4)),
    "F51": (lambda s: _each_criterion(s, 0.0), same),
    "F52": (_documents, same),
    "F53": (
        lambda s: without(s, indicator="trainees"),
        lambda s: without(s, indicator=["hpj-number", "hpj-share"]),
    ),
    "F54": (same, lambda s: rows(s, indicator=["hpj-number", "hpj-total"], value=1e6)),
    "F55": (
        lambda s: rows(s, indicator=INNOVATION, value=5.0),
        lambda s: rows(s, indicator=[*INNOVATION], year=2020, value=1e4),
    ),
    "F60": (
        lambda s: beside(
            s, everywhere(s, "studies-certifications", 0.0, names=["sakha-furniture"])
        ),
        lambda s: beside(
            s, everywhere(s, "studies-certifications", 3.0, names=["sakha-furniture"])
        ),
    ),
    "F61": (lambda s: _places(s, 0.0), lambda s: _places(s, 9.0, jobs=1e4)),
    "F68": (lambda s: moving(s, "sales", 1.0, 2.0), same),
    "F69": (lambda s: everywhere(s, "value-chain-smes", 20.0), same),
    "F73": (_founded, lambda s: rows(s, standing="unfinished")),
    "F74": (same, lambda s: rows(s, value=float("nan"), table=[2, 3])),
    "F76": (
        lambda s: rows(s, table=3, criterion="professional-training"),
        lambda s: rows(s, table=3, criterion=None),
    ),
    "F78": (
        lambda s: beside(
            said(everywhere(s, "logistics-share", 5.0), "present"),
            rows(moving(s, "sales", 2.0, 1.0), concept="costs"),
        ),
        same,
    ),
    "F81": (lambda s: moving(s, "sales", 1.0, 2.0), lambda s: moving(s, "sales", 2.0, 1.0)),
    "F87": (same, _each_its_own),
    "F88": (_comparable, lambda s: without(s, table=4)),
    "F89": (same, lambda s: rows(s, table=3, criterion="research-development")),
}
