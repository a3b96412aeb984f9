"""The list of people as it stands in an address: filters and order; never anything of a person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar
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

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ"
ANY = [("", "–")]


@lru_cache(maxsize=512)
def _choice(name: str, value: str, language: str | None) -> SafeString:
    """A field of the menu; kept, since a filter tells of nobody and drawing it takes long."""
    field = ListForm(QueryDict(urlencode({name: value})))[name]
    return format_html(
        '<label for="{}">{}</label>{}', field.id_for_label, field.label, field.as_widget()
    )


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on: what it says, and the address of the list without it."""

    label: StrOrPromise
    value: StrOrPromise
    without: str


@dataclass(frozen=True, slots=True)
class Column:
    """A head of the table: the order it gives next, and how it sorts now."""

    label: StrOrPromise
    url: str
    sorted: str
    number: bool = False


class ListForm(forms.Form):
    """Filters and order, from an address, a saved view or hidden fields; anything odd is left out.

    `odd` tells that something was: a saved view that says so is broken.
    """

    CHOICES: ClassVar[dict[str, list[tuple[str, StrOrPromise]]]] = {
        "alku": [(letter, letter) for letter in LETTERS],
        "kieli": list(Language.choices),
        "puuttuu": list(Missing.choices),
        "asiakkuus": list(Customer.choices),
        "merkinta": list(MarkKind.choices),
        "jarjestys": list(Sort.choices),
    }
    FILTERS = ("alku", "kieli", "puuttuu", "asiakkuus", "merkinta")

    alku = forms.ChoiceField(
        label=gettext_lazy("Alkukirjain"), required=False, choices=[*ANY, *CHOICES["alku"]]
    )
    kieli = forms.ChoiceField(
        label=gettext_lazy("Asiointikieli"), required=False, choices=[*ANY, *CHOICES["kieli"]]
    )
    puuttuu = forms.ChoiceField(
        label=gettext_lazy("Puuttuu"), required=False, choices=[*ANY, *CHOICES["puuttuu"]]
    )
    asiakkuus = forms.ChoiceField(
        label=gettext_lazy("Asiakkuus"), required=False, choices=[*ANY, *CHOICES["asiakkuus"]]
    )
    merkinta = forms.ChoiceField(
        label=gettext_lazy("Merkintä"), required=False, choices=[*ANY, *CHOICES["merkinta"]]
    )
    rajaus = forms.ChoiceField(required=False)
    jarjestys = forms.ChoiceField(required=False, choices=[*ANY, *CHOICES["jarjestys"]])

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.parts = segments.segments_for(current().actor)
        choices = [(part.code, part.label) for part in self.parts]
        self.fields["rajaus"].choices = [*ANY, *choices]  # type: ignore[attr-defined]  # a ChoiceField
        self.is_valid()
        self.odd = bool(self.errors) or bool(set(data) - set(self.fields))
        self.given: dict[str, str] = {
            name: value for name, value in self.cleaned_data.items() if value
        }

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
        """Everybody and the parts of the list, as links that keep the filters; none when there are
        no parts for the user."""
        if not self.parts:
            return []
        here = self.given.get("rajaus", "")
        parts = [("", _("Kaikki")), *((part.code, part.label) for part in self.parts)]
        return [
            {"label": label, "url": f"?{self._with('rajaus', code)}", "current": code == here,
             "count": None}
            for code, label in parts
        ]  # fmt: skip

    @property
    def sort(self) -> Sort:
        """The order of the list, by name when none was asked for."""
        return Sort(self.given.get("jarjestys", Sort.NAME))

    @property
    def query(self) -> str:
        """The address of the list as it is, without the page."""
        return self._address(self.given)

    @property
    def choices(self) -> list[SafeString]:
        """The fields of the *Suodata* menu, with their labels."""
        return [_choice(name, self.given.get(name, ""), get_language()) for name in self.FILTERS]

    @property
    def chips(self) -> list[Chip]:
        """The filters that are on, in the order of the menu."""
        return [
            Chip(self.fields[name].label or "", self._label(name), self._without(name))
            for name in self.FILTERS
            if name in self.given
        ]

    def columns(self) -> dict[str, Column]:
        """The heads that sort, by the order they give."""
        return {
            "nimi": self._column(Sort.NAME, _("Nimi")),
            "asiakas": self._column(Sort.NUMBER, _("Asiakas"), number=True),
            "alkoi": self._column(Sort.SINCE, _("Asiakkuus alkoi")),
        }

    def _column(self, up: Sort, label: str, *, number: bool = False) -> Column:
        down = Sort(f"-{up.value}")
        state = {up: "ascending", down: "descending"}.get(self.sort, "")
        order = down if state == "ascending" else up
        return Column(label, f"?{self._with('jarjestys', order.value)}", state, number)

    def _without(self, name: str) -> str:
        return self._with(name, "")

    def _with(self, name: str, value: str) -> str:
        return self._address({key: v for key, v in {**self.given, name: value}.items() if v})

    def _label(self, name: str) -> StrOrPromise:
        return next(label for value, label in self.CHOICES[name] if value == self.given[name])

    @staticmethod
    def _address(values: dict[str, str]) -> str:
        query = QueryDict(mutable=True)
        query.update(values)
        return query.urlencode()
