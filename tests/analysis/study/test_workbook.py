"""A study in one workbook: the same tables as the folder, and every error with sheet and cell."""

import datetime
import json
import re
import zipfile
from types import SimpleNamespace

import openpyxl
import pandas as pd
import pytest

from analysis.study.loading import load_study, read_raw
from analysis.study.package import BadDataError
from analysis.study.validation import validate
from analysis.study.workbook import read_workbook, workbook_warnings
from pipeline.outputs import results
from pipeline.own_study.new_study import write_workbook_of
from tests.pipeline.build.test_make import contents, make_here


@pytest.fixture(scope="session")
def article(tmp_path_factory):
    """The article's data as a workbook."""
    path = tmp_path_factory.mktemp("book") / "study.xlsx"
    assert write_workbook_of({"DATA": "data/raw", "OUT": str(path)}) == 0
    return path


@pytest.fixture(scope="session")
def short(article, tmp_path_factory):
    """The same with every cluster and little else: what is wrong with a cell is so there, too."""
    opened = openpyxl.load_workbook(article)
    for sheet in opened:
        sheet.delete_rows(13, sheet.max_row)
    path = tmp_path_factory.mktemp("short") / "study.xlsx"
    opened.save(path)
    return path


@pytest.fixture
def book(short, tmp_path):
    """Change a workbook: book(function of the opened workbook) gives the problems found."""

    def changed(edit):
        opened = openpyxl.load_workbook(short)
        edit(opened)
        opened.save(tmp_path / "study.xlsx")
        _, tables, problems = read_workbook(tmp_path / "study.xlsx")
        return [str(problem) for problem in problems], tables

    return changed


@pytest.fixture(scope="session")
def parts(short):
    """The workbook as it is zipped: `of` is {sheet: its part}, `content` {part: bytes}."""
    names = openpyxl.load_workbook(short, read_only=True).sheetnames
    with zipfile.ZipFile(short) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    # openpyxl numbers the sheets in order
    of = {name: f"xl/worksheets/sheet{number}.xml" for number, name in enumerate(names, 1)}
    return SimpleNamespace(of=of, content=content)


@pytest.fixture
def sheets(parts, tmp_path):
    """Change a sheet as it is written: sheets(its name, function of its text) gives the file."""

    def changed(sheet, edit):
        name = parts.of[sheet]
        text = edit(parts.content[name].decode()).encode()
        assert text != parts.content[name]
        return _write_parts(tmp_path / "study.xlsx", parts.content | {name: text})

    return changed


def _write_parts(path, content):
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return path


def test_the_articles_data_survive_a_workbook(article):
    frames, about = read_raw("data/raw")
    again, about_again = read_raw(article)
    assert about | {"sources": []} == about_again  # a workbook has no place for them
    for name, frame in frames.items():
        pd.testing.assert_frame_equal(frame, again[name])


def test_results_from_the_workbook_are_the_same_bytes(article, tmp_path):
    for name, source in (("folder", "data/raw"), ("book", article)):
        study = load_study(source)
        for write in (results.growth, results.indices, results.composite, results.verification):
            write(study, tmp_path / name)
    assert contents(tmp_path / "folder") == contents(tmp_path / "book")


def test_the_same_study_gives_the_same_workbook(article, tmp_path):
    write_workbook_of({"DATA": "data/raw", "OUT": str(tmp_path / "again.xlsx")})
    assert (tmp_path / "again.xlsx").read_bytes() == article.read_bytes()


def test_make_reads_it_names_sheet_and_cell_and_touches_nothing(article, tmp_path):
    path, out = tmp_path / "study.xlsx", tmp_path / "out"
    path.write_bytes(article.read_bytes())
    assert make_here("data", DATA=path, OUT=out).returncode == 0
    before = contents(out / "processed")
    opened = openpyxl.load_workbook(path)
    opened["components"]["D7"] = "presnt"
    opened["series"]["F3"] = "many"
    opened["clusters"]["A4"] = "../omsk"
    opened.save(path)
    run = make_here("data", DATA=path, OUT=out)
    assert run.returncode == 2
    assert (
        "study.xlsx, sheet components, cell D7 (status): 'presnt' unknown status; allowed: present,"
        in run.stdout
    )
    assert "sheet series, cell F3 (value): 'many' wrong type; allowed: a number" in run.stdout
    assert "sheet clusters, cell A4 (cluster): '../omsk' cluster is not well formed" in run.stdout
    assert "Traceback" not in run.stdout + run.stderr
    assert contents(out / "processed") == before


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "said"),
    [
        ("series", "F2", datetime.date(2016, 5, 1), "cell F2 (value): '2016-05-01 00:00:00' is a date"),
        ("series", "F2", True, "cell F2 (value): 'true' is a truth value"),
        ("series", "F2", "=1+1", "cell F2 (value): is a formula without its value"),
        ("series", "F2", "#N/A", "cell F2 (value): '#N/A' is an error of the spreadsheet"),
        ("series", "J2", "note", "cell J2: 'note' stands beside the table"),
        ("study", "A2", datetime.date(2016, 5, 1), "cell A2 (title): '2016-05-01 00:00:00' is a date"),
        ("study", "B3", True, "cell B3 (grade): 'true' is a truth value"),
        ("study", "B3", '="low"&1', "cell B3 (grade): is a formula without its value"),
        ("study", "C3", "#N/A", "cell C3 (component): '#N/A' is an error of the spreadsheet"),
        ("study", "A2", "x" * 301, "column title: '"),
        ("study", "F1", "grade", "row 1, column grade: 'grade' the column stands twice; allowed: each once"),
    ],
)  # fmt: skip
def test_a_cell_that_is_no_text_or_number_is_named(book, sheet, cell, value, said):
    problems, _ = book(lambda opened: opened[sheet].__setitem__(cell, value))
    assert len(problems) == 1
    assert problems[0].startswith(f"study.xlsx, sheet {sheet}, ")
    assert said in problems[0]


DAMAGE = [
    (r'(<row r="2".*?</row>)(<row r="3".*?</row>)', r"\2\1", "row 2"),
    (r'<row r="3"', '<row r="2"', "row 2"),
    (r'(<row r="2".*?</row>)', r"\1\1", "row 2"),
    (r'<c r="B2"', '<c r="A2"', "cell A2"),
    (r'<c r="B2"', '<c r="B7"', "cell B7"),
]


@pytest.mark.parametrize("sheet", ["series", "study"])
@pytest.mark.parametrize(("found", "put", "place"), DAMAGE)
def test_a_row_or_cell_that_would_get_lost_is_named(sheets, sheet, found, put, place):
    path = sheets(sheet, lambda text: re.sub(found, put, text, count=1, flags=re.DOTALL))
    _, _, problems = read_workbook(path)
    (line,) = map(str, problems)
    assert line.startswith(f"study.xlsx, sheet {sheet}: the workbook is damaged: {place} stands")


def test_a_number_shown_in_per_cent_is_named(book):
    """Typed as 45%, a spreadsheet keeps 0.45: read as it is, it would be a hundredth."""

    def edit(opened):
        cell = opened["series"]["F2"]
        cell.value, cell.number_format = 0.45, "0%"

    problems, _ = book(edit)
    assert len(problems) == 1
    assert "cell F2 (value): '0.45' is shown in per cent" in problems[0]
    assert "allowed: 45 where per cent are meant" in problems[0]


@pytest.mark.parametrize(
    "shown", ['0.0"%"', "0.0\\%", "0.00\\%", '0" %"', '#,##0" %"', '[Red]0"%";-0"%"']
)
def test_a_per_cent_sign_in_quotes_changes_no_number(book, shown):
    """The cell holds 45 and shows 45%: what is stored is what is shown."""

    def edit(opened):
        cell = opened["series"]["F2"]
        cell.value, cell.number_format = 45, shown

    problems, _ = book(edit)
    assert problems == []


@pytest.mark.parametrize("shown", ["0%;-0%", "0.00 %", '0.0%;[Red]-0.0%;"none"'])
def test_a_per_cent_sign_that_multiplies_is_refused_in_any_format(book, shown):
    def edit(opened):
        cell = opened["series"]["F2"]
        cell.value, cell.number_format = 0.45, shown

    (problem,), _ = book(edit)
    assert "allowed: 45 where per cent are meant" in problem


def test_one_cell_has_one_problem(article, tmp_path):
    opened = openpyxl.load_workbook(article)
    opened["clusters"]["C3"] = "#REF!"
    opened.save(tmp_path / "study.xlsx")
    _, _, problems = validate(tmp_path / "study.xlsx", read_workbook)
    assert [problem.cell for problem in problems] == ["cell C3 (name)"]


def test_the_value_of_a_formula_is_read(sheets):
    cell, formula = r'<c r="F2"[^>]*><v>55</v></c>', '<c r="F2"><f>50+5.5</f><v>55.5</v></c>'
    _, tables, problems = read_workbook(sheets("series", lambda text: re.sub(cell, formula, text)))
    assert problems == []
    assert tables["series"].rows[0][1][5] == "55.5"


@pytest.mark.parametrize("told", [b'<calcPr calcId="124519" fullCalcOnLoad="1"/>', b"<calcPr/>"])
def test_a_formula_that_was_never_computed_is_no_zero(parts, tmp_path, told):
    """XlsxWriter writes 0 for the value of every formula, and asks for them to be computed."""
    cell, formula = rb'<c r="F2"[^>]*><v>55</v></c>', b'<c r="F2"><f>10+2</f><v>0</v></c>'
    sheet, book = parts.of["series"], "xl/workbook.xml"
    changed = {
        sheet: re.sub(cell, formula, parts.content[sheet]),
        book: re.sub(rb"<calcPr[^>]*/>", told, parts.content[book]),
    }
    path = _write_parts(tmp_path / "study.xlsx", parts.content | changed)
    _, tables, problems = read_workbook(path)
    if b"fullCalcOnLoad" in told:
        (problem,) = problems
        assert str(problem).startswith(
            "study.xlsx, sheet series, cell F2 (value): '0' is a formula"
        )
    else:  # a zero that was computed
        assert (problems, tables["series"].rows[0][1][5]) == ([], "0")


def test_a_title_above_the_table_is_one_problem(book):
    def edit(opened):
        opened["series"].insert_rows(1, 2)
        opened["series"]["A1"] = "Series of our clusters"

    problems, tables = book(edit)
    (problem,) = problems
    assert problem.startswith(
        "study.xlsx, sheet series, row 1: 'Series of our clusters' stands above"
    )
    assert "row 3 looks like it" in problem
    assert "series" not in tables


def test_merged_cells_are_refused_and_empty_rows_and_formats_are_not(book):
    def edit(opened):
        sheet = opened["clusters"]
        sheet.merge_cells("D3:D5")
        sheet["A900"].font = openpyxl.styles.Font(bold=True)
        sheet["ZZ2"].font = openpyxl.styles.Font(bold=True)
        opened["series"].insert_rows(3)

    problems, tables = book(edit)
    assert problems == [
        "study.xlsx, sheet clusters: 'D3:D5' the cells are merged; allowed: one value per cell"
    ]
    assert len(tables["clusters"].rows) == 11
    assert [number for number, _ in tables["series"].rows[:3]] == [2, 4, 5]


def test_sheets_may_be_missing_or_more(book, tmp_path):
    def edit(opened):
        del opened["claims"]
        opened.create_sheet("my notes")["A1"] = "call Omsk"
        opened.create_sheet("Claims")["A1"] = "what others say"
        opened["series"].row_dimensions[4].hidden = True

    problems, tables = book(edit)
    assert problems == []
    assert "claims" not in tables
    assert workbook_warnings(tmp_path / "study.xlsx") == [
        "study.xlsx, sheet series: hidden rows are read too (1)",
        "study.xlsx, sheet my notes: not read, no table has this name",
        "study.xlsx, sheet Claims: not read, no table has this name",
    ]


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda b: b.remove(b["clusters"]), "study.xlsx: the sheet clusters is missing"),
        (lambda b: b["study"].__setitem__("E2", "x" * 301), "is no unit_noun"),
        (lambda b: b["study"].__setitem__("B3", "highest"), "sheet study, column grade"),
        (lambda b: b["claims"].delete_rows(1, 100), "sheet claims: the sheet is empty"),
    ],
)  # fmt: skip
def test_what_a_workbook_lacks_is_named(book, edit, said):
    problems, _ = book(edit)
    assert len(problems) == 1
    assert said in problems[0]


def test_a_header_that_is_wrong_is_named(short, tmp_path):
    opened = openpyxl.load_workbook(short)
    opened["clusters"]["C1"] = "naem"
    opened.save(tmp_path / "study.xlsx")
    said = r"sheet clusters, row 1, column name: the column is missing; .* is it naem\?"
    with pytest.raises(BadDataError, match=said):
        read_raw(tmp_path / "study.xlsx")


def test_a_column_of_another_name_is_not_read_and_named(short, tmp_path):
    opened = openpyxl.load_workbook(short)
    opened["clusters"]["D1"] = "regoin"
    opened.save(tmp_path / "study.xlsx")
    assert (
        "study.xlsx, sheet clusters: the column regoin is not read: no column of clusters has this "
        "name; did you mean region?"
    ) in workbook_warnings(tmp_path / "study.xlsx")


def test_a_workbook_needs_no_more_than_its_tables(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "clusters"
    for row in (["cluster", "name"], ["UKC1", "Tees Valley"], ["Алтайский край", "Алтай"]):
        book["clusters"].append(row)
    book.create_sheet("components")
    for row in (["cluster", "component", "status"], ["UKC1", "licence", "present"]):
        book["components"].append(row)
    book.save(tmp_path / "Portals.xlsx")
    frames, about = read_raw(tmp_path / "Portals.xlsx")
    assert (about["title"], about["grades"]) == ("Portals", [])
    assert frames["components"]["status"].tolist() == ["present", "not reported"]


def _zip(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)


def test_what_is_no_workbook_is_refused_in_a_sentence(article, tmp_path, monkeypatch):
    path = tmp_path / "study.xlsx"

    def said(content=None):
        if content is not None:
            path.write_bytes(content)
        _, tables, problems = read_workbook(path)
        assert tables == {}
        (problem,) = problems
        return str(problem)

    assert "there is no such file" in said()
    assert "is no workbook" in said(b"cluster,no,name\n")
    assert "is no workbook" in said(b"")
    assert "locked with a password" in said(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    assert "is no workbook" in said(article.read_bytes()[:3000])
    _zip(path, word__document="<w/>")
    assert "is no workbook" in said()
    _zip(path, xl__workbook="<workbook><broken")
    assert "the workbook is damaged (KeyError)" in said()
    monkeypatch.setattr("analysis.study.workbook.files.MAX_BYTES", 1_000_000)
    _zip(path, xl__workbook="<workbook/>", xl__bomb=b"0" * 2_000_000)
    assert "the workbook unpacks to 2,000,011 bytes; allowed: at most 1,000,000 bytes" in said()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/vbaProject.bin", "Sub Auto_Open()")
    assert "holds macros" in said()


def test_a_part_that_is_gone_is_missed(short, parts, tmp_path):
    _, whole, _ = read_workbook(short)
    sheet = parts.of["components"]
    for gone in (sheet, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"):
        assert gone in parts.content
        left = {name: content for name, content in parts.content.items() if name != gone}
        _, tables, problems = read_workbook(_write_parts(tmp_path / "study.xlsx", left))
        assert problems or tables == whole, gone
        if gone == sheet:  # openpyxl would leave it out
            assert f"the workbook is damaged (no {gone})" in str(problems[0])


def test_entities_are_not_expanded(sheets):
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet'
    path = sheets("clusters", lambda text: text.replace("<worksheet", bomb, 1))
    _, tables, problems = read_workbook(path)
    assert tables == {}
    assert "the workbook is damaged (EntitiesForbidden)" in str(problems[0])


def test_a_sheet_that_claims_to_be_huge_is_read_at_once(sheets):
    true, claimed = '<dimension ref="A1:H12"', '<dimension ref="A1:XFD1048576"'
    _, tables, problems = read_workbook(
        sheets("clusters", lambda text: text.replace(true, claimed))
    )
    assert problems == []
    assert len(tables["clusters"].rows) == 11


def test_links_to_other_files_are_not_followed(book):
    def edit(opened):
        opened["clusters"]["D2"] = "='[other.xlsx]Sheet1'!A1"

    problems, _ = book(edit)
    assert ["is a formula without its value" in problem for problem in problems] == [True]


def test_drop_down_lists_and_formats(article):
    opened = openpyxl.load_workbook(article)
    sheet = opened["components"]
    lists = {str(v.sqref).split(":")[0]: v.formula1 for v in sheet.data_validations.dataValidation}
    assert lists["A2"] == "clusters!$A$2:$A$2000"
    assert lists["B2"] == "study!$C$2:$C$2000"
    sheet_name, _, address = lists["D2"].partition("!")
    words = [cell.value for (cell,) in opened[sheet_name][address.replace("$", "")]]
    assert words == ["present", "planned", "absent", "unknown", "not reported"]
    assert [cell.value for cell in opened["study"]["B"]][1:4] == [
        "insufficient",
        "average",
        "highest",
    ]
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["A"].number_format == "@"
    assert "One of: present, planned" in sheet["D1"].comment.text


def test_a_text_that_looks_like_a_formula_stays_a_text(raw, tmp_path):
    for row, text in enumerate(["=cmd|' /C calc'!A0", "+1", "-1", "@x", "\t=1"], 2):
        raw.set("clusters", row, "name", text)
    out = tmp_path / "study.xlsx"
    write_workbook_of({"DATA": str(raw.path), "OUT": str(out)})
    sheet = openpyxl.load_workbook(out)["clusters"]
    cells = [sheet.cell(row, 3) for row in range(2, 7)]
    assert [cell.data_type for cell in cells] == ["s"] * 5
    assert all(cell.quotePrefix for cell in cells)
    frames, _ = read_raw(out)
    assert frames["clusters"]["name"][0] == "=cmd|' /C calc'!A0"
    assert json.dumps(frames["clusters"]["name"][4]) == '"\\t=1"'


@pytest.mark.parametrize("name", ["SERIES", "series ", "Series"])
def test_a_sheet_whose_name_is_written_otherwise_is_not_left_out_in_silence(book, name):
    def rename(opened):
        sheet = opened["series"]
        for title in ("between", name):  # openpyxl takes a name in other letters for the same one
            sheet.title = title

    problems, _ = book(rename)
    assert any(
        f"the sheet {name!r} would not be read; allowed: the name series" in line
        for line in problems
    )


def _merge(book):
    book["series"].merge_cells("C2:C5")


def _date(book):
    book["series"]["E2"] = datetime.datetime(2016, 1, 1)


@pytest.mark.parametrize(("edit", "said"), [
    (_merge, "sheet series: 'C2:C5' the cells are merged"), (_date, "cell E2 (year): '2016-01-01"),
])  # fmt: skip
def test_merged_cells_and_a_date_for_a_year_are_one_line(article, tmp_path, edit, said):
    opened = openpyxl.load_workbook(article)
    edit(opened)
    opened.save(tmp_path / "study.xlsx")
    with pytest.raises(BadDataError) as refused:
        read_raw(tmp_path / "study.xlsx")
    (problem,) = refused.value.problems
    assert said in str(problem)
