"""The list of people as it stands in an address: filters and order; never anything of a person."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from registry.persons import segments
from registry.persons.models import Language, MarkKind
from registry.persons.queries import Customer, Filters, Missing, Sort
from vuokra.access.context import current
from vuokra.ui import listing
from vuokra.ui.listing import ANY

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ"


@lru_cache(maxsize=512)
def _choice(name: str, value: str, language: str | None) -> SafeString:
    """A field of the menu; kept, since a filter tells of nobody and drawing it takes long."""
    field = ListForm(QueryDict(urlencode({name: value})))[name]
    return format_html(
        '<label for="{}">{}</label>{}', field.id_for_label, field.label, field.as_widget()
    )


class ListForm(listing.ListForm):
    """Filters and order, from an address, a saved view or hidden fields.

    `odd` tells that something was left out: a saved view that says so is broken.
    """

    FILTERS = ("alku", "kieli", "puuttuu", "asiakkuus", "merkinta")

    alku = forms.ChoiceField(
        label=gettext_lazy("Alkukirjain"), required=False,
        choices=[*ANY, *((letter, letter) for letter in LETTERS)],
    )  # fmt: skip
    kieli = forms.ChoiceField(
        label=gettext_lazy("Asiointikieli"), required=False, choices=[*ANY, *Language.choices]
    )
    puuttuu = forms.ChoiceField(
        label=gettext_lazy("Puuttuu"), required=False, choices=[*ANY, *Missing.choices]
    )
    asiakkuus = forms.ChoiceField(
        label=gettext_lazy("Asiakkuus"), required=False, choices=[*ANY, *Customer.choices]
    )
    merkinta = forms.ChoiceField(
        label=gettext_lazy("Merkintä"), required=False, choices=[*ANY, *MarkKind.choices]
    )
    rajaus = forms.ChoiceField(required=False)
    jarjestys = forms.ChoiceField(required=False, choices=[*ANY, *Sort.choices])

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.odd = bool(self.errors) or bool(set(data) - set(self.fields))

    def prepare(self) -> None:
        """The parts that the actor may see."""
        self.parts = segments.segments_for(current().actor)
        choices = [(part.code, part.label) for part in self.parts]
        self.fields["rajaus"].choices = [*ANY, *choices]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def filters(self) -> Filters:
        """The filters as the queries take them."""
        given = self.given
        return Filters(
            initial=given.get("alku", ""),
            language=Language(given["kieli"]) if "kieli" in given else None,
            missing=Missing(given["puuttuu"]) if "puuttuu" in given else None,
            customer=Customer(given["asiakkuus"]) if "asiakkuus" in given else None,
            marked=MarkKind(given["merkinta"]) if "merkinta" in given else None,
            segment=given.get("rajaus", ""),
        )

    @property
    def segments(self) -> list[dict[str, Any]]:
        """Everybody and the parts of the list; none when there are no parts for the user."""
        return super().segments if self.parts else []

    @property
    def sort(self) -> Sort:
        """The order of the list, by name when none was asked for."""
        return Sort(self.given.get("jarjestys", Sort.NAME))

    @property
    def choices(self) -> list[Any]:
        """The fields of the *Suodata* menu, with their labels."""
        return [_choice(name, self.given.get(name, ""), get_language()) for name in self.FILTERS]

    def columns(self) -> dict[str, dict[str, Any]]:
        """The heads that sort, by the order they give."""
        return {
            "nimi": self.column(Sort.NAME, _("Nimi")),
            "asiakas": self.column(Sort.NUMBER, _("Asiakas"), number=True),
            "alkoi": self.column(Sort.SINCE, _("Asiakkuus alkoi")),
        }
