"""Every string of the screen is in the English catalogue, translated, and compiled."""

from __future__ import annotations

import polib
import pytest

from tests.checks.project import ROOT
from vuokra.ui import translations

PO = translations.catalogue_path(ROOT)


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(PO))


def test_every_string_is_in_the_catalogue_and_none_is_left_over(catalogue: polib.POFile) -> None:
    used = translations.collect(ROOT)
    held = {(entry.msgctxt, entry.msgid) for entry in catalogue}
    assert sorted(msgid for _context, msgid in used.keys() - held) == [], "update_messages"
    assert sorted(msgid for _context, msgid in held - used.keys()) == [], "update_messages"


def test_every_string_has_its_english(catalogue: polib.POFile) -> None:
    assert translations.untranslated(catalogue) == []
    assert [entry.msgid for entry in catalogue if entry.fuzzy or entry.obsolete] == []


def test_the_compiled_catalogue_is_the_written_one(catalogue: polib.POFile) -> None:
    compiled = polib.mofile(str(PO.with_suffix(".mo")))

    def content(entries: polib.POFile | polib.MOFile) -> dict[object, object]:
        return {(e.msgctxt, e.msgid): e.msgstr_plural or e.msgstr for e in entries}

    assert content(compiled) == content(catalogue)


@pytest.mark.parametrize(
    ("code", "messages"),
    [
        ('_("Tallenna")', [(None, "Tallenna", "")]),
        ('ngettext("%d hakija", "%d hakijaa", n)', [(None, "%d hakija", "%d hakijaa")]),
        ('pgettext_lazy("kk", "Loka")', [("kk", "Loka", "")]),
        ('self._("ei ole")', []),
        ('len("Tallenna")', []),
    ],
)
def test_strings_are_found_in_code(code: str, messages: list[tuple[str | None, str, str]]) -> None:
    found = translations.in_code(code, "x.py")
    assert [(m.context, m.msgid, m.plural) for m in found] == messages


def test_a_string_that_is_no_literal_is_refused() -> None:
    with pytest.raises(translations.UnreadableMessage, match=r"x\.py:1"):
        list(translations.in_code("_(name)", "x.py"))


@pytest.mark.parametrize(
    ("template", "messages"),
    [
        ('<p title="x">{% translate "Tallenna (nyt)" %}</p>', [("Tallenna (nyt)", "")]),
        ('{% include "a.html" with label=_("Avaa") %} ja {% translate \'B\' %}',
         [("Avaa", ""), ("B", "")]),
        ("{% blocktranslate count n=x trimmed %}\n {{ n }} kohta\n{% plural %}\n {{ n }} kohtaa\n"
         "{% endblocktranslate %}", [("%(n)s kohta", "%(n)s kohtaa")]),
        ("{# _('ei') #}<b>teksti</b>", []),
    ],
)  # fmt: skip
def test_strings_are_found_in_templates(template: str, messages: list[tuple[str, str]]) -> None:
    found = translations.in_template("{% load i18n %}" + template, "x.html")
    assert [(m.msgid, m.plural) for m in found] == messages


def test_merging_keeps_english_adds_new_and_drops_unused() -> None:
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Avaa", msgstr="Open"))
    catalogue.append(polib.POEntry(msgid="Vanha", msgstr="Old"))
    wanted = [translations.Message("Avaa"), translations.Message("%(n)s uusi")]

    assert translations.merge(catalogue, {m.key: m for m in wanted}) == (1, 1)
    assert {e.msgid: e.msgstr for e in catalogue} == {"Avaa": "Open", "%(n)s uusi": ""}
    assert translations.untranslated(catalogue) == ["no English: %(n)s uusi"]
    catalogue.find("%(n)s uusi").msgstr = "new"
    assert translations.untranslated(catalogue) == ["placeholders differ: %(n)s uusi"]
