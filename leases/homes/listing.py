"""The list of flats as it stands in an address: filters and order (huoneistoluettelo)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leases.homes.models import Access, Funding, OutReason, Site
from leases.homes.queries import MANY_ROOMS, Filters, Part, Sort
from vuokra.ui import listing
from vuokra.ui.listing import ANY

ROOMS = [("1", "1"), ("2", "2"), ("3", "3"), (str(MANY_ROOMS), gettext_lazy("4 tai enemmän"))]


class ListForm(listing.ListForm):
    """Filters and order of the list of flats."""

    FILTERS = ("kohde", "huoneita", "rahoitus", "esteettomyys", "syy")

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

    def prepare(self) -> None:
        """The sites that there are."""
        named = [(str(row.pk), str(row)) for row in Site.objects.order_by("number")]
        self.fields["kohde"].choices = [*ANY, *named]  # type: ignore[attr-defined]  # a ChoiceField

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

    def columns(self) -> list[dict[str, Any]]:
        """The heads of the table."""
        return [
            self.column(Sort.ADDRESS, _("Osoite")),
            {"label": _("Kohde")},
            {"label": _("Tyyppi")},
            self.column(Sort.AREA, _("Pinta-ala"), number=True),
            {"label": _("Kerros"), "number": True},
            {"label": _("Rahoitusmuoto")},
            {"label": _("Tila")},
        ]
