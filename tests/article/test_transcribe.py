"""The second transcription, on a made-up text in the article's layout."""

import csv

import pytest

from article.transcribe import main, transcribe

TITLES = {1: "Average level", 2: "Insufficient level", 3: "The highest level"}


def made_up_text(rows=(8, 2, 4), grades=11):
    entries = "\n\n".join(
        f"{n}. Cluster\nin region {n}\n\nsome words of 2016\n\n{TITLES[n % 3 + 1]} of\ndevelopment"
        for n in range(1, grades + 1)
    )
    text = f"as in (Table 1).\n\nTable 1.\nHeading\n\n{entries}\n\nThe data in Table 1 show more.\n"
    for table, count in zip((2, 3, 4), rows, strict=True):
        lines = "\n\n".join(f"Label {r},\nunits {r} - 3 4 {table}" for r in range(1, count + 1))
        text += f"\n Table {table}. \nHeading\n\nIndicator name 2016 2017 2018 2019 2020\n\n{lines}\n\nAnd so on.\n"
    return text


def test_every_cell_is_found_in_its_place():
    rows = transcribe(made_up_text())
    assert len(rows) == 81
    assert rows[:3] == [
        (1, 1, "level", "insufficient"), (1, 2, "level", "highest"), (1, 3, "level", "average"),
    ]  # fmt: skip
    assert (2, 8, "2016", "8") in rows
    assert (3, 2, "2017", "-") in rows
    assert rows[-1] == (4, 4, "2020", "4")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            made_up_text(rows=(7, 2, 4))[: made_up_text(rows=(7, 2, 4)).index(" Table 3.")],
            "Table 2",
        ),
        (made_up_text(grades=10), "found 10 numbered entries in Table 1, expected 11"),
        ("", "no line with only 'Table 1.' in the text"),
    ],
    ids=["a row lost", "an entry lost", "no table"],
)
def test_a_text_that_does_not_fit_is_refused(text, said):
    with pytest.raises(ValueError, match=said):
        transcribe(text)


def test_the_command_writes_the_file(tmp_path):
    (tmp_path / "article.txt").write_text(made_up_text(), encoding="utf-8")
    assert main([str(tmp_path / "article.txt"), str(tmp_path / "p.csv")]) == 0
    with (tmp_path / "p.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["table", "row", "column", "published"]
    assert len(rows) == 82


def test_the_command_asks_for_the_text(capsys):
    assert main(["", "out.csv"]) == 2
    assert "ARTICLE=" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "No such file or directory: "),
        (b"", "is not the text of the article: no line with only 'Table 1.' in the text"),
        ("Таблица".encode("cp1251"), "is not the text of the article: 'utf-8' codec can't decode"),
    ],
    ids=["no file", "empty", "no UTF-8"],
)
def test_what_cannot_be_transcribed_is_refused_and_nothing_is_written(
    tmp_path, capsys, content, said
):
    article, out = tmp_path / "article.txt", tmp_path / "p.csv"
    out.write_text("as it was")
    if content is not None:
        article.write_bytes(content)
    assert main([str(article), str(out)]) == 1
    assert said in capsys.readouterr().err
    assert out.read_text() == "as it was"


def test_a_folder_is_no_text_and_no_place_to_write(tmp_path, capsys):
    (tmp_path / "article.txt").write_text(made_up_text(), encoding="utf-8")
    assert main([str(tmp_path), str(tmp_path / "p.csv")]) == 1
    assert main([str(tmp_path / "article.txt"), str(tmp_path / "no" / "p.csv")]) == 1
    assert main([str(tmp_path / "article.txt"), str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("directory") == 3
    assert [path.name for path in tmp_path.iterdir()] == ["article.txt"]
