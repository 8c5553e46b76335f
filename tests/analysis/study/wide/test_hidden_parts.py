"""Rows and columns that an OpenDocument file hides are read, and named."""

import zipfile

import pytest

from analysis import read_wide

SPACES = "urn:oasis:names:tc:opendocument:xmlns"
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
KIND = "application/vnd.oasis.opendocument.spreadsheet"


def _row(*texts, more=""):
    cells = "".join(
        f'<table:table-cell office:value-type="float" office:value="{text}"/>'
        if text.isdecimal()
        else '<table:table-cell office:value-type="string">'
        f"<text:p>{text}</text:p></table:table-cell>"
        for text in texts
    )
    return f"<table:table-row {more}>{cells}</table:table-row>"


def _document(path, hidden):
    group = _row("Birch", "20", "21", "22", more=hidden)
    content = (
        "<office:document-content "
        + " ".join(f'xmlns:{name}="{SPACES}:{name}:1.0"' for name in ("office", "table", "text"))
        + '><office:body><office:spreadsheet><table:table table:name="Data">'
        '<table:table-column table:number-columns-repeated="2"/>'
        f"<table:table-column {hidden}/><table:table-column/>"
        + _row("Region", "2019", "2020", "2021")
        + _row("Alder", "10", "11", "12")
        + f"<table:table-row-group>{group}</table:table-row-group>"
        + _row("Cedar", "30", "31", "32")
        + "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", KIND)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{MANIFEST}"><manifest:file-entry '
            f'manifest:full-path="/" manifest:media-type="{KIND}"/></manifest:manifest>',
        )
    return path


@pytest.mark.parametrize("word", ["collapse", "filter"])
def test_hidden_rows_and_columns_of_an_opendocument_file_are_named(tmp_path, word):
    table = read_wide(_document(tmp_path / "data.ods", f'table:visibility="{word}"'))
    assert "hidden rows 3 and hidden columns C: read too" in str(table.understood)
    assert "cannot be told" not in str(table.understood)
    assert set(table["region"]) == {"Alder", "Birch", "Cedar"}
    assert set(table["period"]) == {2019, 2020, 2021}


def test_without_hidden_parts_none_is_said(tmp_path):
    table = read_wide(_document(tmp_path / "data.ods", ""))
    assert "hidden" not in str(table.understood)
