"""Reading CSV and XLSX: alphabets, separators, headers, kinds of cells."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vuokra.imports.files import COLUMNS, csv_file, xlsx_file
from vuokra.imports.columns import column_letter, header_key
from vuokra.imports.errors import FileRefused
from vuokra.imports.reader import parse_day, read_table

TEXT = "Nimi;Postinumero;Päivä\r\nÄijälä Åsa;00100;1.2.2003\r\nPöyhönen;97999;\r\n"


def refusal(file: io.BytesIO) -> str:
    with pytest.raises(FileRefused) as caught:
        read_table(file, COLUMNS)
    return " ".join(caught.value.messages)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
def test_finnish_letters_come_through_in_every_alphabet(encoding: str) -> None:
    first, second = read_table(csv_file(TEXT, encoding), COLUMNS)
    assert first.values == {"name": "Äijälä Åsa", "code": "00100", "day": dt.date(2003, 2, 1)}
    assert second.values == {"name": "Pöyhönen", "code": "97999"}
    assert (first.number, second.number) == (2, 3)


@pytest.mark.parametrize("name", ["Wiśniewska", "Đurđevan", "Nguyễn", "О’Коннор", "Šakki"])
def test_other_letters_come_through_in_utf_8(name: str) -> None:
    assert read_table(csv_file(f"Nimi\n{name}\n"), COLUMNS)[0].values["name"] == name


@pytest.mark.parametrize("name", ["Šakki", "Žižka", "Maršal", "D’Angelo", "Œuvre", "50 €"])
def test_letters_of_windows_1252_beyond_latin_1(name: str) -> None:
    rows = read_table(csv_file(f"Nimi;Päivä\nMäki {name};\n", "cp1252"), COLUMNS)
    assert rows[0].values["name"] == f"Mäki {name}"


@pytest.mark.parametrize("encoding", ["cp850", "cp437", "mac_roman"])
def test_another_alphabet_is_refused_not_guessed(encoding: str) -> None:
    assert "merkistö" in refusal(csv_file("Nimi\nMäkelä\nPöllönen\n", encoding))


def test_letters_broken_before_are_refused() -> None:
    twice = "Nimi\nMäkelä\n".encode().decode("cp1252")
    assert "menneet rikki" in refusal(csv_file(twice))


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzåäöÅÄÖ -", min_size=1, max_size=40))
def test_both_alphabets_give_the_same_text(text: str) -> None:
    name = f"x{text}x"
    file = f"Nimi\n{name}\n"
    read = [read_table(csv_file(file, code), COLUMNS)[0].values for code in ("utf-8", "cp1252")]
    assert read == [{"name": name}, {"name": name}]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_separator_is_found(delimiter: str) -> None:
    text = f'Nimi{delimiter}Postinumero\n"Mäki; Åsa, o.s. Ö"{delimiter}00100\n'
    assert read_table(csv_file(text), COLUMNS)[0].values == {
        "name": "Mäki; Åsa, o.s. Ö", "code": "00100",
    }  # fmt: skip


def test_a_separator_that_the_file_names() -> None:
    rows = read_table(csv_file("sep=|\r\nNimi|Postinumero\r\nMäki|00100\r\n"), COLUMNS)
    assert rows[0].values == {"name": "Mäki", "code": "00100"}


def test_headers_in_any_order_case_and_language() -> None:
    text = "POSTAL_code ; day;  nImi \n00100;2003-02-01;Mäki\n"
    assert read_table(csv_file(text), COLUMNS)[0].values == {
        "code": "00100", "day": dt.date(2003, 2, 1), "name": "Mäki",
    }  # fmt: skip


def test_what_our_own_export_marked_as_text_is_text() -> None:
    rows = read_table(csv_file("Nimi\n'=Mäki\n'+358\n'tavallinen'\n"), COLUMNS)
    assert [row.values["name"] for row in rows] == ["=Mäki", "+358", "'tavallinen'"]


def test_empty_rows_are_counted_and_left_out() -> None:
    rows = read_table(csv_file("\n;;\nNimi;Päivä\n;\nMäki;\n\n ; \nÖö;\n"), COLUMNS)
    assert [(row.number, row.values["name"]) for row in rows] == [(5, "Mäki"), (8, "Öö")]


def test_line_breaks_within_quotes_are_one_row() -> None:
    rows = read_table(csv_file('Nimi;Postinumero\n"Mäki\nÅsa";00100\nÖö;1\n'), COLUMNS)
    assert [row.number for row in rows] == [2, 3]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "tyhjä"),
        ("\n\n;;\n", "tyhjä"),
        ("Nimi;Postinumero\n", "ei yhtään riviä"),
        ("Nimi;Hattu\nx;y\n", "Sarake B (Hattu): otsikko on tuntematon"),
        ("Postinumero\n1\n", "Sarake Nimi puuttuu"),
        ("Nimi;name\nx;y\n", "Nimi on tiedostossa kahteen kertaan"),
        ("Nimi;SECRET\nx;y\n", "Sarake B (SECRET): poista sarake"),
        ("Mäki;0401234567\n", "yhtään tuttua"),
        ('Nimi\n"Mäki\n', "lainausmerkit"),
        ("Nimi\nM\0ki\n", "ei ole taulukko"),
        ("Nimi\n" + "x" * 200_000 + "\n", "lainausmerkit tai solun pituus"),
        (";".join(["Nimi"] + ["a"] * 10_000) + "\n", "liian monta saraketta"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_said(text: str, said: str) -> None:
    assert said in refusal(csv_file(text))


def test_everything_wrong_with_the_headers_is_said_at_once() -> None:
    with pytest.raises(FileRefused) as caught:
        read_table(csv_file("Hattu;Salainen;Day;Päivä\n1;2;3;4\n"), COLUMNS)
    assert len(caught.value.messages) == 4


def test_what_may_be_somebodys_data_is_not_repeated() -> None:
    said = refusal(csv_file("Mallikas;150685-906N;meri@example.fi\n"))
    assert "Mallikas" not in said
    said = refusal(csv_file("Nimi;150685-906N\nx;y\n"))
    assert "150685" not in said


def test_cells_outside_the_headers_are_errors() -> None:
    first, second = read_table(csv_file("Nimi;;Päivä\nx;liikaa;\ny;;;liikaa\n"), COLUMNS)
    assert "ei ole otsikkoa" in first.problems[""]
    assert "enemmän soluja" in second.problems[""]


def test_a_bad_day_and_a_long_cell_are_told_at_their_column() -> None:
    (row,) = read_table(csv_file(f"Nimi;Päivä\n{'x' * 1001};31.2.2003\n"), COLUMNS)
    assert set(row.problems) == {"name", "day"}


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1.2.2003", dt.date(2003, 2, 1)),
        ("01.02.2003", dt.date(2003, 2, 1)),
        ("1. 2. 2003", dt.date(2003, 2, 1)),
        ("2003-02-01", dt.date(2003, 2, 1)),
        ("2003-02-01 00:00:00", dt.date(2003, 2, 1)),
        ("29.2.2001", None),
        ("1.2.03", None),
        ("2/1/2003", None),
        ("0.1.2003", None),
        ("1.1.0000", None),
        ("", None),
    ],
)
def test_days(typed: str, day: dt.date | None) -> None:
    assert parse_day(typed) == day


def test_cells_of_a_workbook_are_what_they_look_like() -> None:
    file = xlsx_file(
        [
            ["Nimi", "Postinumero", "Päivä"],
            ["Mäki", 100, dt.datetime.fromisoformat("2003-02-01")],
            ["Öö", 97999.0, dt.date(2003, 2, 1)],
            [401234567, "00100", "1.2.2003"],
            [True, 1.5, dt.datetime.fromisoformat("2003-02-01T12:30")],
            [dt.date(2003, 2, 1), None, 37653],
        ],
        {"B2": "00000"},
    )
    rows = read_table(file, COLUMNS)
    assert [row.values.get("code") for row in rows] == ["00100", "97999", "00100", "1.5", None]
    assert [row.values.get("day") for row in rows] == [dt.date(2003, 2, 1)] * 3 + [None, None]
    assert rows[2].values["name"] == "401234567"
    assert rows[4].text("name") == "1.2.2003"
    assert set(rows[3].problems) == set(rows[4].problems) == {"day"}


def test_the_first_visible_sheet_is_read() -> None:
    assert read_table(xlsx_file([["Nimi"], ["Mäki"]], hidden=True), COLUMNS)[0].values["name"]


def test_the_kind_is_told_by_the_content_not_by_the_name() -> None:
    file = xlsx_file([["Nimi"], ["Mäki"]])
    file.name = "a.csv"  # type: ignore[attr-defined]  # as uploads have
    assert read_table(file, COLUMNS)[0].values == {"name": "Mäki"}


@given(st.binary(max_size=400))
def test_any_bytes_give_rows_or_words(content: bytes) -> None:
    try:
        rows = read_table(io.BytesIO(content), COLUMNS)
    except FileRefused as refused:
        assert refused.messages
    else:
        assert rows


@given(
    st.lists(st.lists(st.text(max_size=12), max_size=5), max_size=5),
    st.sampled_from([";", ",", "\t"]),
)
def test_any_cells_give_rows_or_words(cells: list[list[str]], delimiter: str) -> None:
    lines = [delimiter.join(["Nimi", "Postinumero", "Päivä"]), *map(delimiter.join, cells)]
    try:
        rows = read_table(io.BytesIO("\n".join(lines).encode("utf-8", "replace")), COLUMNS)
    except FileRefused as refused:
        assert refused.messages
    else:
        assert all(row.values or row.problems for row in rows)


def test_letters_over_columns() -> None:
    assert [column_letter(index) for index in (0, 25, 26, 701, 702)] == [
        "A", "Z", "AA", "ZZ", "AAA",
    ]  # fmt: skip
    assert header_key("E-mail  Address") == header_key("e_mailADDRESS")
