"""Places in the article: how a text is cut, what is confirmed, and what no longer holds."""

import csv
from pathlib import Path

import pytest

from article.claims import places

TEXT = "\n".join([
    " A TITLE ", "", "Accelerated development is good. It is", "", "so in towns.", "Keywords: one. Two.",
    "Introduction", "", "First one. And a half", "", "of a sentence, in St. Petersburg. Third [1].", "",
    "A new paragraph. I. V. Korchagina", "Theoretical Basis", "Theory.", "Method and Data", "Method.",
    "Results", "Before the table.", "", "Table 1.", "No prose. At all.", "",
    "The data in Table 1 are prose.", "                                           ",
    "1 Compiled by. URL: https://example.org/a ", " Next page begins.", "R-Economy Vol. 3", "",
    "Discussion and Implications", "Done.",
])  # fmt: skip


def test_a_text_is_cut_into_sections_paragraphs_and_sentences():
    found = places.sentences(TEXT)
    assert found["abstract 1.2"] == "It is so in towns."
    assert found["introduction 1.2"] == "And a half of a sentence, in St. Petersburg."
    assert found["introduction 2.1"] == "A new paragraph."
    assert "Two" not in " ".join(found.values())
    assert [s for p, s in found.items() if p.startswith("results")] == [
        "Before the table.", "The data in Table 1 are prose.", "Next page begins.",
    ]  # fmt: skip
    assert found["discussion 1.1"] == "Done."


def test_another_text_is_refused_by_name():
    with pytest.raises(ValueError, match="no section 'theory'"):
        places.sentences(TEXT.replace("Theoretical Basis", "Something"))


def test_layout_changes_no_hash_and_another_word_does():
    assert places.hash_of("medium-\nsized  Firms") == places.hash_of("medium-sized firms.")
    assert places.hash_of("small firms") != places.hash_of("smaller firms")


def test_what_holds_what_moved_and_what_is_another_sentence():
    found = places.sentences(TEXT)
    hashes = {place: places.hash_of(found[place]) for place in ("abstract 1.1", "introduction 1.1")}
    hashes |= {"theory 1.1": places.hash_of("Theorem."), "theory 9.9": places.hash_of("Never."),
               "method 1.1": places.hash_of("Done.")}  # fmt: skip
    claims = {"F1": "abstract 1.1; introduction 1.1", "F2": "theory 1.1; abstract 1.1",
              "F3": "theory 9.9; method 1.1; results 1.1", "F4": ""}  # fmt: skip
    told = {place: (ids, status) for place, ids, status in places.compared(claims, hashes, found)}
    assert told["abstract 1.1"] == (["F1", "F2"], "holds")
    assert told["theory 1.1"] == (["F2"], "another sentence")
    assert told["theory 9.9"][1] == "not in the text"
    assert told["method 1.1"][1] == "stands at discussion 1.1"
    assert told["results 1.1"][1] == "never read"


def rows(path):
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_place_of_the_article_has_a_hash_and_no_sentence():
    recorded = rows(places.HASHES)
    assert all(places.PLACE.fullmatch(row["place"]) and len(row["hash"]) == 64 for row in recorded)
    named = {place for row in rows(places.CLAIMS) for place in places.places_of(row["place"])}
    assert {row["place"] for row in recorded} <= named


def test_the_articles_own_claims_all_have_a_place():
    without = [row["id"] for row in rows(places.CLAIMS)[:95] if not row["place"]]
    assert without == []


@pytest.mark.parametrize(
    ("arguments", "status"), [([""], 2), (["a", "b"], 2), (["nowhere.txt"], 1)]
)
def test_a_mistake_is_reported_in_a_sentence(arguments, status, capsys):
    assert places.main(arguments) == status
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    assert said.out or "nowhere.txt" in said.err


def test_the_command_compares_and_records(tmp_path, monkeypatch, capsys):
    article, claims = tmp_path / "a.txt", tmp_path / "claims.csv"
    article.write_text(TEXT, encoding="utf-8")
    claims.write_text("id,place\nF1,abstract 1.1\nF2,\n", encoding="utf-8")
    monkeypatch.setattr(places, "CLAIMS", claims)
    monkeypatch.setattr(places, "HASHES", tmp_path / "places.csv")
    assert places.main([str(article), "--record"]) == 0
    assert places.main([str(article)]) == 0
    assert "1 of 1 places hold" in capsys.readouterr().out
    article.write_text(TEXT.replace("is good", "is bad"), encoding="utf-8")
    assert places.main([str(article)]) == 1
    assert "abstract 1.1 (F1): another sentence" in capsys.readouterr().out
    claims.write_text("id,place\nF1,abstract 9.1\n", encoding="utf-8")
    assert places.main([str(article), "--record"]) == 1
    assert "the text does not have: abstract 9.1" in capsys.readouterr().out
