"""Forms of the stock of homes. They parse and guide; the services check and write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import construct_instance
from django.utils.translation import gettext_lazy as _

from leases.homes import queries
from leases.homes.models import (
    Building,
    Equipment,
    Flat,
    Funding,
    Key,
    Kitchen,
    Meter,
    OutReason,
    Place,
    Site,
    SpecialGroup,
    Stair,
)
from leases.homes.models.flats import NOTE_LENGTH
from leases.homes.rules import search_address
from registry.households.picking import PickFields, who
from registry.persons.forms import TextField
from vuokra.ui.fields import NOT_REMEMBERED, DayField, NumberField
from vuokra.ui.forms import RunsService

Row = TypeVar("Row", bound=models.Model)
CHOOSE = ("", _("Valitse"))
ADDRESS_LENGTH = 120
SEVERAL = 2


class FlatField(forms.CharField):
    """A flat by its address; its value is the one flat that it names."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=ADDRESS_LENGTH,
            widget=forms.TextInput(attrs=NOT_REMEMBERED),
            **kwargs,
        )

    def clean(self, value: Any) -> Flat:
        typed = super().clean(value)
        wanted = search_address(typed)
        found = queries.search(wanted, limit=SEVERAL) if wanted else []
        if not found:
            raise ValidationError(
                _("Osoitteella ei löydy huoneistoa. Kirjoita muodossa Koulukatu 5 A 2."),
                code="no_flat",
            )
        if len(found) >= SEVERAL:
            raise ValidationError(
                _("Osoitteeseen sopii useita huoneistoja. Kirjoita myös porras ja numero."),
                code="several",
            )
        return found[0]


class StockForm(RunsService, forms.ModelForm[Row]):
    """A form of a row of the stock. It only fills the row: the service checks it."""

    def _post_clean(self) -> None:
        self.instance = construct_instance(self, self.instance, self._meta.fields)


def days(*names: str) -> dict[str, Any]:
    """The fields of these names take a day as staff write it."""
    return dict.fromkeys(names, DayField)


class SiteForm(StockForm[Site]):
    """A site."""

    usual_field = "number"

    class Meta:
        model = Site
        fields = ("number", "name", "postal_code", "town", "municipality", "plot", "taken_on",
                  "given_up_on")  # fmt: skip
        field_classes = days("taken_on", "given_up_on")
        help_texts: ClassVar[dict[str, Any]] = {
            "municipality": _("Jos muu kuin postitoimipaikka. Kunta päättää varallisuusrajat."),
            "plot": _("Esimerkiksi 241-402-12-7."),
        }


class BuildingForm(StockForm[Building]):
    """A building of a site."""

    usual_field = "street"

    class Meta:
        model = Building
        fields = ("street", "house", "kind", "built", "floors", "energy_class")
        help_texts: ClassVar[dict[str, Any]] = {
            "street": _("Kadun nimi ilman numeroa."),
            "house": _("Esimerkiksi 5, 5b tai 5-7."),
        }


class StairForm(StockForm[Stair]):
    """A stair of a building."""

    usual_field = "letter"

    class Meta:
        model = Stair
        fields = ("letter", "lift", "step_free")
        help_texts: ClassVar[dict[str, Any]] = {
            "letter": _("Tyhjä, jos talossa ei ole portaita, kuten rivitalossa.")
        }


class PlaceForm(StockForm[Place]):
    """A parking place, a store or a turn of the sauna."""

    usual_field = "code"

    class Meta:
        model = Place
        fields = ("kind", "code", "given_up_on")
        field_classes = days("given_up_on")


class FlatForm(StockForm[Flat]):
    """A flat."""

    usual_field = "number"

    stair = forms.TypedChoiceField(label=_("Talo ja porras"), coerce=int)
    equipment = forms.MultipleChoiceField(
        label=_("Varustelu"),
        choices=Equipment.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    area = NumberField(label=_("Pinta-ala, m²"), max_digits=6, decimal_places=1)
    shares = NumberField(
        label=_("Jyvitysyksiköt"),
        max_digits=8,
        decimal_places=2,
        required=False,
        help_text=_("Pinta-ala kerrottuna jyvityskertoimella, jos vuokra jyvitetään."),
    )

    class Meta:
        model = Flat
        fields = (
            "number", "suffix", "rooms", "kitchen", "area", "floor", "access", "equipment",
            "shares", "taken_on", "given_up_on",
        )  # fmt: skip
        field_classes = days("taken_on", "given_up_on")

    field_order = ("stair",)

    def __init__(self, *args: Any, stairs: Sequence[Stair], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stairs = {stair.pk: stair for stair in stairs}
        named = [(stair.pk, f"{stair.building.address} {stair.letter}".strip()) for stair in stairs]
        self.fields["stair"].choices = [CHOOSE, *named]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["kitchen"].choices = [CHOOSE, *Kitchen.choices]  # type: ignore[attr-defined]  # a ChoiceField
        if self.instance.pk:
            self.fields["stair"].initial = self.instance.stair_id

    def _post_clean(self) -> None:
        super()._post_clean()
        if "stair" in self.cleaned_data:
            self.instance.stair = self.stairs[self.cleaned_data["stair"]]


class RegimeForm(RunsService, forms.Form):
    """From when a flat is under which funding."""

    usual_field = "valid_from"

    funding = forms.ChoiceField(label=_("Rahoitusmuoto"), choices=[CHOOSE, *Funding.choices])
    group = forms.ChoiceField(label=_("Erityisryhmä"), choices=SpecialGroup.choices, required=False)
    valid_from = DayField(label=_("Alkaen"))
    valid_to = DayField(
        label=_("Rajoitus päättyy"),
        required=False,
        help_text=_("Viimeinen rajoituspäivä. Tyhjä, jos sitä ei tiedetä."),
    )


class EndForm(RunsService, forms.Form):
    """The last day of something."""

    usual_field = "on"

    on = DayField(label=_("Viimeinen päivä"))


class VacancyForm(RunsService, forms.Form):
    """Why a flat stands empty."""

    usual_field = "valid_from"

    reason = forms.ChoiceField(label=_("Syy"), choices=[CHOOSE, *OutReason.choices])
    valid_from = DayField(label=_("Alkaen"))
    valid_to = DayField(label=_("Asti"), required=False, help_text=_("Tyhjä toistaiseksi."))
    note = TextField(
        label=_("Lisätieto"),
        max_length=NOTE_LENGTH,
        required=False,
        help_text=_("Mitä tehdään. Ei nimiä."),
    )


class KeyForm(StockForm[Key]):
    """A key of a flat."""

    usual_field = "serial"

    class Meta:
        model = Key
        fields = ("kind", "serial")
        help_texts: ClassVar[dict[str, Any]] = {"serial": _("Avaimeen leimattu numero.")}


class GiveKeyForm(RunsService, PickFields):
    """To whom a key is handed over."""

    must_choose = True
    error_fields: ClassVar[dict[str, str]] = {"homes_handover_one": "q", "lost": "q"}
    usual_field = "given_on"

    q = who(_("Saaja: nimi tai asiakasnumero"))
    given_on = DayField(label=_("Luovutettu"))


class MeterForm(StockForm[Meter]):
    """A meter put into a flat."""

    usual_field = "serial"

    class Meta:
        model = Meter
        fields = ("kind", "serial", "installed_on")
        field_classes = days("installed_on")
