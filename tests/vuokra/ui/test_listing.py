"""A list as its address tells it: parts, filters and order."""

from __future__ import annotations

import pytest
from django import forms
from django.db import models
from django.http import QueryDict

from vuokra.ui import listing
from vuokra.ui.listing import ANY, Parts


class Part(models.TextChoices):
    OPEN = "avoimet", "Avoimet"
    DONE = "tehdyt", "Tehdyt"


class Sort(models.TextChoices):
    NAME = "nimi", "Nimi"
    NAME_DOWN = "-nimi", "Nimi, lopusta"


class ListForm(listing.ListForm):
    FILTERS = ("kieli",)

    kieli = forms.ChoiceField(
        label="Kieli", required=False, choices=[*ANY, ("fi", "suomi"), ("sv", "ruotsi")]
    )
    rajaus = forms.ChoiceField(required=False, choices=[*ANY, *Part.choices])
    jarjestys = forms.ChoiceField(required=False, choices=[*ANY, *Sort.choices])

    @property
    def sort(self) -> Sort:
        return Sort(self.given.get("jarjestys", Sort.NAME))


@pytest.mark.parametrize(
    ("given", "chosen", "query"),
    [
        ("", None, ""), ("rajaus=tehdyt&sivu=2", Part.DONE, "rajaus=tehdyt"),
        ("rajaus=outo", None, ""), ("rajaus=", None, ""),
    ],
)  # fmt: skip
def test_a_list_is_asked_for_whole_or_by_parts(given: str, chosen: Part | None, query: str) -> None:
    parts = Parts(Part, QueryDict(given))
    assert parts.chosen is chosen and parts.query == query
    assert [one["url"] for one in parts.segments] == ["?", "?rajaus=avoimet", "?rajaus=tehdyt"]
    current = [one["url"] for one in parts.segments if one["current"]]
    assert current == [f"?{query}"]


def test_links_of_a_list_keep_what_else_is_asked_for() -> None:
    form = ListForm(QueryDict("kieli=sv&rajaus=avoimet&jarjestys=outo&muu=1"))
    assert form.query == "kieli=sv&rajaus=avoimet", "anything odd is left out"
    assert [(one.label, one.value, one.without) for one in form.chips] == [
        ("Kieli", "ruotsi", "rajaus=avoimet")
    ]
    assert [one["url"] for one in form.segments] == [
        "?kieli=sv", "?kieli=sv&rajaus=avoimet", "?kieli=sv&rajaus=tehdyt",
    ]  # fmt: skip


def test_a_column_turns_its_order_round() -> None:
    for given, state, leads_to in (
        ("kieli=fi", "ascending", "?kieli=fi&jarjestys=-nimi"),
        ("jarjestys=nimi", "ascending", "?jarjestys=-nimi"),
        ("jarjestys=-nimi", "descending", "?jarjestys=nimi"),
    ):
        head = ListForm(QueryDict(given)).column(Sort.NAME, "Nimi")
        assert (head["sorted"], head["url"]) == (state, leads_to)
