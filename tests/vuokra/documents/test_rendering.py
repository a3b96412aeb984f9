"""Typesetting: what a PDF says of itself, and that no value is ever markup (DP-A24)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vuokra.documents.conftest import SHOWING, pdf_of, reader, text_of
from vuokra.documents import rendering
from vuokra.documents.errors import Fault, NotMade
from vuokra.documents.rendering import printable, typeset

STRANGE = [
    '#eval("x")',
    "*a* _b_ `c`",
    "$ 2 + 2 $",
    "@viite <leima>",
    "= Otsikko",
    "// huomautus /* toinen */",
    "\\ #set page(width: 1mm)",
    "O'Brien; DROP TABLE",
    "<script>alert(1)</script>",
    '"] #panic() [',
    "Łukasz Żółć",
    "Ştefan Nguyễn",
    "Саша Ξένος",
    "Äijälä ßtraße",
]


@pytest.mark.parametrize("value", STRANGE)
def test_DP_A24_a_value_prints_literally(value: str) -> None:
    assert value.replace(" ", "") in text_of(pdf_of(SHOWING, {"name": value})).replace(" ", "")


@pytest.mark.parametrize("value", ["محمد", "שלום"])
def test_DP_A24_names_written_from_the_right_are_there(value: str) -> None:
    text = text_of(pdf_of(SHOWING, {"name": value}))
    assert value in text or value[::-1] in text


def test_DP_A24_three_hundred_characters_stay_on_the_page() -> None:
    pdf = pdf_of(SHOWING, {"name": "x" * 300})
    assert "x" * 300 in text_of(pdf)
    page = reader(pdf).pages[0]
    longest = max(len(line) for line in page.extract_text().replace("\u200b", "").splitlines())
    assert longest < 150  # it was broken into lines, none ran off the page


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("Onni 😀", "Onni [U+1F600]"),
        ("中文", "[U+4E2D][U+6587]"),
        ("a\u202eb", "a[U+202E]b"),
        ("a\x00b", "a[U+0000]b"),
        ("a\ud800b", "a[U+D800]b"),
        ("a\u200bb", "a[U+200B]b"),
    ],
)
def test_DP_A24_what_cannot_be_printed_shows_its_code(value: str, printed: str) -> None:
    assert printed in text_of(pdf_of(SHOWING, {"name": value}))


@settings(max_examples=25)
@given(st.text(max_size=40))
def test_any_text_can_be_printed(value: str) -> None:
    assert pdf_of(SHOWING, {"name": value}).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_it_is_accessible_and_fit_for_the_archive(lang: str) -> None:
    """PDF/UA-1 and PDF/A-2a: tagged, in a language, with a title (data-protection 14)."""
    found = reader(pdf_of(SHOWING, {"name": "Saimi"}, lang=lang))
    root = found.trailer["/Root"]
    assert root["/StructTreeRoot"] and root["/MarkInfo"]["/Marked"].value  # type: ignore[index]
    assert str(root["/Lang"]).startswith(lang)  # type: ignore[index]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value  # type: ignore[index]
    metadata = root["/Metadata"].get_data().decode()  # type: ignore[index]
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "Vastaus pyyntöön" in metadata and "Saimi" not in metadata
    assert "/K" in root["/StructTreeRoot"]  # type: ignore[index]


def test_the_letter_has_its_head_and_pages() -> None:
    receiver = ["Saimi Aarnivuori", "Koulukatu 5 A 2", "97999 Hillakoski"]
    template = "#show: letter\n#for n in range(90) [Rivi #n. #parbreak()]"
    pdf = pdf_of(template, {"receiver": receiver})
    text = text_of(pdf)
    for part in (*receiver, "Hillakosken Vuokra-asunnot Oy", "26.11.2026", "TP-2026-7"):
        assert part in text
    pages = reader(pdf).pages
    assert len(pages) > 1 and f"1 / {len(pages)}" in pages[0].extract_text()


def test_tables_and_facts_print_values_literally() -> None:
    template = "#show: paper\n#facts(data.facts)\n#rows(data.head, data.body)"
    data = {"facts": [["Nimi", "*a*"]], "head": ["A", "B"], "body": [["#x", "$y$"], ["1", "2"]]}
    text = text_of(pdf_of(template, data))
    assert all(part in text for part in ("*a*", "#x", "$y$"))


@pytest.mark.parametrize(
    "template",
    ["#nothing", "#data.missing", '#read("/etc/hostname")', '#import "@preview/x:1.0.0"'],
)
def test_a_template_with_an_error_says_no_value(template: str) -> None:
    with pytest.raises(NotMade) as refused:
        pdf_of(f"#show: paper\n{template}", {"name": "Salainen"})
    assert refused.value.fault is Fault.TEMPLATE
    assert refused.value.__cause__ is None and "Salainen" not in str(refused.value)


def test_only_plain_data_reaches_a_template() -> None:
    with pytest.raises(TypeError, match="not object"):
        printable({"name": object()})


def test_a_character_without_a_glyph_is_known_for_one_document(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries: list[str] = []
    real = rendering._compiled
    monkeypatch.setattr(
        rendering, "_compiled", lambda *given: (tries.append(given[1]), real(*given))[1]
    )
    pdf_of(SHOWING, {"name": "🦉"})
    pdf_of(SHOWING, {"name": "🦉"})
    assert len(tries) == 4 and "U+1F989" not in tries[2]


@pytest.mark.parametrize("mark", ["\u0951", "\U0001f3fb"])
def test_a_mark_without_a_glyph_spoils_neither_its_letter_nor_the_next_letter(mark: str) -> None:
    code = f"[U+{ord(mark):04X}]"
    odd = text_of(pdf_of(SHOWING, {"name": f"Mä{mark}kelä 中 5€{mark}"}))
    assert f"Mä{code}kelä [U+4E2D] 5€{code}" in odd
    assert "Mäkelä 5 €" in text_of(pdf_of(SHOWING, {"name": "Mäkelä 5 €"}))


def test_the_error_of_typst_is_not_kept_as_context() -> None:
    with pytest.raises(NotMade) as refused:
        typeset("#panic(sys.inputs.data)", {"data": "Salainen"}, at=rendering.datetime.now())
    assert refused.value.__context__ is None or refused.value.__suppress_context__
