"""Ratios of indicators, against figures worked out by hand from the printed tables."""

import math

import pytest

from analysis.index.indicator_ratios import COLUMNS, ratios


@pytest.fixture(scope="module")
def table(study):
    return ratios(study.series, study.indicators).set_index(["ratio", "indicator", "by", "year"])


@pytest.mark.parametrize(
    ("ratio", "indicator", "by", "year", "expected"),
    [
        ("per", "hpj-number", "value-chain-smes", 2016, 439 / 65),
        ("per", "hpj-number", "value-chain-smes", 2020, 513 / 83),
        ("per", "sales", "hpj-total", 2017, 823 / 72),
        ("per", "sales", "hpj-total", 2020, 2160 / 250),
        ("increase per", "hpj-total", "graduates", 2017, (72 - 34) / 120),
        ("increase per", "hpj-total", "graduates", 2020, (250 - 200) / 200),
    ],
)
def test_ratios_of_the_article(table, ratio, indicator, by, year, expected):
    assert table.loc[(ratio, indicator, by, year), "value"] == pytest.approx(expected)


def test_a_gap_has_a_reason_and_no_value(table):
    gap = table.loc[("per", "sales", "hpj-total", 2018)]
    assert math.isnan(gap["value"])
    assert gap["reason"].startswith("not reported")


def test_the_first_year_has_no_increase_and_a_skipped_year_no_yearly_one(study):
    series = study.series[study.series["year"] != 2018]
    table = ratios(series, study.indicators).query("ratio == 'increase per'")
    assert table["year"].tolist() == [2017, 2019, 2020]
    assert table["value"].isna().tolist() == [False, True, False]


def test_a_zero_divisor_is_a_reason_not_an_infinity(study):
    zero = study.series.assign(
        value=study.series["value"].where(study.series["indicator"] != "graduates", 0.0)
    )
    table = ratios(zero, study.indicators).query("ratio == 'increase per'")
    assert (table["reason"] == "divisor is zero").all()
    assert table["value"].isna().all()


def test_no_pairs_give_an_empty_table_with_its_columns(study):
    none = study.indicators.assign(per=None, increase_per=None)
    assert list(ratios(study.series, none)) == COLUMNS
