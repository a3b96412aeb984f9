"""The list of flats as it stands in an address: filters and order (huoneistoluettelo)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leases.homes.models import Access, Funding, OutReason, Site
from leases.homes.queries import MANY_ROOMS, Filters, Part, Sort

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ANY = [("", "–")]
ROOMS = [("1", "1"), ("2", "2"), ("3", "3"), (str(MANY_ROOMS), gettext_lazy("4 tai enemmän"))]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on: what it says, and the address of the list without it."""

    label: StrOrPromise
    value: StrOrPromise
    without: str


class ListForm(forms.Form):
    """Filters and order from an address; anything odd is left out."""

    FILTERS: ClassVar[tuple[str, ...]] = (
        "kohde", "huoneita", "rahoitus", "esteettomyys", "syy",
    )  # fmt: skip

    kohde = forms.ChoiceField(label=gettext_lazy("Kohde"), required=False)
    huoneita = forms.ChoiceField(
        label=gettext_lazy("Huoneita"), required=False, choices=[*ANY, *ROOMS]
    )
    rahoitus = forms.ChoiceField(
        label=gettext_lazy("Rahoitusmuoto"), required=False, choices=[*ANY, *Funding.choices]
    )
    esteettomyys = forms.ChoiceField(
        label=gettext_lazy("Esteettömyys"), required=False, choices=[*ANY, *Access.choices]
    )
    syy = forms.ChoiceField(
        label=gettext_lazy("Tyhjäkäynnin syy"), required=False, choices=[*ANY, *OutReason.choices]
    )
    rajaus = forms.ChoiceField(required=False, choices=[*ANY, *Part.choices])
    jarjestys = forms.ChoiceField(required=False, choices=[*ANY, *Sort.choices])

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        named = [(str(row.pk), str(row)) for row in Site.objects.order_by("number")]
        self.fields["kohde"].choices = [*ANY, *named]  # type: ignore[attr-defined]  # a ChoiceField
        self.is_valid()
        self.given: dict[str, str] = {
            name: value for name, value in self.cleaned_data.items() if value
        }

    @property
    def filters(self) -> Filters:
        """The filters as the queries take them."""
        given = self.given
        return Filters(
            part=Part(given["rajaus"]) if "rajaus" in given else None,
            site=int(given["kohde"]) if "kohde" in given else None,
            rooms=int(given["huoneita"]) if "huoneita" in given else None,
            funding=Funding(given["rahoitus"]) if "rahoitus" in given else None,
            access=Access(given["esteettomyys"]) if "esteettomyys" in given else None,
            reason=OutReason(given["syy"]) if "syy" in given else None,
        )

    @property
    def sort(self) -> Sort:
        """The order of the list, by address when none was asked for."""
        return Sort(self.given.get("jarjestys", Sort.ADDRESS))

    @property
    def query(self) -> str:
        """The address of the list as it is, without the page."""
        return self._address(self.given)

    @property
    def choices(self) -> list[Any]:
        """The fields of the *Suodata* menu."""
        return [self[name] for name in self.FILTERS]

    @property
    def segments(self) -> list[dict[str, Any]]:
        """All flats and the parts of the list, as links that keep the filters."""
        here = self.given.get("rajaus", "")
        parts: list[tuple[str, Any]] = [("", _("Kaikki")), *Part.choices]
        return [
            {"label": label, "url": f"?{self._with('rajaus', code)}", "current": code == here,
             "count": None}
            for code, label in parts
        ]  # fmt: skip

    @property
    def chips(self) -> list[Chip]:
        """The filters that are on, in the order of the menu."""
        return [
            Chip(self.fields[name].label or "", self._label(name), self._with(name, ""))
            for name in self.FILTERS
            if name in self.given
        ]

    def columns(self) -> list[dict[str, Any]]:
        """The heads of the table."""
        return [
            self._column(Sort.ADDRESS, _("Osoite")),
            {"label": _("Kohde")},
            {"label": _("Tyyppi")},
            self._column(Sort.AREA, _("Pinta-ala"), number=True),
            {"label": _("Kerros"), "number": True},
            {"label": _("Rahoitusmuoto")},
            {"label": _("Tila")},
        ]

    def _column(self, up: Sort, label: str, *, number: bool = False) -> dict[str, Any]:
        down = Sort(f"-{up.value}")
        state = {up: "ascending", down: "descending"}.get(self.sort, "")
        order = down if state == "ascending" else up
        url = f"?{self._with('jarjestys', order.value)}"
        return {"label": label, "url": url, "sorted": state, "number": number}

    def _label(self, name: str) -> StrOrPromise:
        choices: list[tuple[str, StrOrPromise]] = self.fields[name].choices  # type: ignore[attr-defined]  # a ChoiceField
        return next(label for value, label in choices if value == self.given[name])

    def _with(self, name: str, value: str) -> str:
        return self._address({key: v for key, v in {**self.given, name: value}.items() if v})

    @staticmethod
    def _address(values: dict[str, str]) -> str:
        query = QueryDict(mutable=True)
        query.update(values)
        return query.urlencode()
