"""Which verdicts moved since a release, and why; a move that the changelog does not name fails."""

import csv

import pytest

from article.claims import history
from article.claims.ledger import checks


def about(**verdicts):
    return {
        claim: {"verdict": v, "rule": "r", "data": "d", "signed_by": ""}
        for claim, v in verdicts.items()
    }


def test_every_release_records_each_claim_once_with_a_verdict():
    with history.RECORD.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(history.COLUMNS)
    assert len({(row["release"], row["id"]) for row in rows}) == len(rows)
    signed = [row for row in rows if any(row[name] for name in history.COLUMNS[5:])]
    assert all(row["signed_by"] and row["signed_on"] for row in signed)
    assert {row["agrees"] for row in signed} <= {"yes", "no"}


def test_what_changed_is_the_reason():
    after = about(F1="supported", F2="contradicted", F3="not shown", F4="supported")
    after["F1"]["rule"] = after["F2"]["data"] = "another"
    before = about(F1="not shown", F2="not shown", F3="supported")
    assert [(row[0], row[3]) for row in history.moved(before, after)] == [
        ("F1", "rule"), ("F2", "data"), ("F3", "code"),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "status"), [("- F1: by the rule", 0), ("- F10 moved", 1)])
def test_a_verdict_that_moved_has_to_be_named(tmp_path, monkeypatch, capsys, text, status):
    changes = tmp_path / "CHANGELOG.md"
    changes.write_text(f"## [Unreleased]\n{text}\n## [0.1.0]\n- F1\n", encoding="utf-8")
    monkeypatch.setattr(history, "CHANGES", changes)
    assert history._report(about(F1="supported"), about(F1="not shown"), "0.1.0") == status
    said = capsys.readouterr().out
    assert "F1: supported -> not shown (code)" in said
    assert ("does not say why they moved: F1" in said) == bool(status)


def test_a_claim_that_is_gone_is_an_error(capsys):
    assert history._report(about(F1="supported"), {}, "0.1.0") == 1
    assert "claims.csv lacks F1" in capsys.readouterr().out


def test_the_projects_own_moves_are_named(capsys):
    assert history.main([]) == 0, capsys.readouterr().out


def test_a_release_is_recorded_once(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(history, "RECORD", tmp_path / "verdicts.csv")
    assert history.main([""]) == 1
    assert "no release is recorded" in capsys.readouterr().out
    assert [history.main(["0.2.0"]), history.main(["0.2.0"])] == [0, 1]
    with history.RECORD.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(checks())


def test_another_column_is_no_change_of_data(tmp_path):
    for name in history.READ:
        text = (history.RAW / f"{name}.csv").read_text(encoding="utf-8")
        lines = [f"{line},more" for line in text.splitlines() if '"' not in line]
        (tmp_path / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    wider = history.hashes_of(tmp_path)
    assert wider["components"] != ""
    assert wider["criteria"] == history.hashes_of(history.RAW)["criteria"]
