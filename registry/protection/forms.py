"""Forms of turvakielto. They parse and guide; the services check and write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from registry.persons.forms import DayField, RunsService, TextField
from registry.protection import rules
from registry.protection.models import REASON_LENGTH
from registry.protection.rule_rows import FIRST_YEARS, MORE_YEARS
from registry.protection.rules import PeriodDoubt, PlainAddress
from vuokra.access.stated import SHORTEST_REASON
from vuokra.policy.roles import Purpose
from vuokra.policy.sources import Source
from vuokra.rules.queries import rule

DOUBTS = {
    PeriodDoubt.FIRST_TOO_LONG: _(
        "Ensimmäinen turvakielto on enintään %(years)s vuotta (laki 661/2009 36 §)."
    ),
    PeriodDoubt.MORE_TOO_LONG: _(
        "Turvakieltoa jatketaan enintään %(years)s vuotta kerrallaan tai toistaiseksi "
        "(laki 661/2009 36 §)."
    ),
    PeriodDoubt.FIRST_UNTIL_FURTHER: _(
        "Ensimmäisellä turvakiellolla on päättymispäivä, enintään %(years)s vuoden päässä "
        "(laki 661/2009 36 §)."
    ),
    PeriodDoubt.OVER_ALREADY: _("Päivä on jo mennyt."),
}


class PeriodForm(RunsService, forms.Form):
    """How long a ban holds by its paper. What is unusual is asked once, not refused."""

    usual_field = "until"

    until = DayField(
        label=_("Voimassa asti"),
        required=False,
        help_text=_("Päätöksen viimeinen päivä. Tyhjä: toistaiseksi."),
    )
    confirmed = forms.BooleanField(label=_("Päätöksessä on näin"), required=False)
    first = False

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if not self.is_bound:
            del self.fields["confirmed"]

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        if "until" not in given or given.get("confirmed"):
            return
        years = rule(FIRST_YEARS if self.first else MORE_YEARS, self.today).integer
        doubt = rules.period_doubt(
            given.get("begins") or self.today,
            given["until"],
            first=self.first,
            years=years,
            today=self.today,
        )
        if doubt is not None:
            words = str(DOUBTS[doubt]) % {"years": years}
            text = _("%(doubt)s Tarkista päätöksestä ja vahvista alla.")
            self.add_error(
                "until", ValidationError(text, code=doubt.value, params={"doubt": words})
            )


class RecordForm(PeriodForm):
    """A new ban."""

    begins = DayField(label=_("Voimassa alkaen"))
    origin = forms.ChoiceField(
        label=_("Lähde"), choices=Source.choices, initial=Source.POPULATION_REGISTER
    )
    household = forms.BooleanField(
        label=_("Koskee koko ruokakuntaa"),
        required=False,
        initial=True,
        help_text=_("Muuten muiden jäsenten osoite kertoo, missä henkilö asuu."),
    )
    field_order = ["begins", "until", "confirmed", "origin", "household"]

    def __init__(self, *args: Any, today: date, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.first = first
        self.fields["begins"].initial = today


class EndingForm(RunsService, forms.Form):
    """Why a ban should end; the words are for whoever approves."""

    usual_field = "grounds"

    grounds = TextField(
        label=_("Peruste"),
        max_length=REASON_LENGTH,
        help_text=_("Mistä tiedetään, että kielto on päättynyt. Ei osoitteita."),
    )


class ContactAddressForm(RunsService, forms.Form):
    """A contact address that may be told."""

    error_fields: ClassVar[Mapping[str, str]] = {"postal_code": "postal_code"}
    usual_field = "street"

    street = TextField(
        label=_("Yhteysosoite"), max_length=200, help_text=_("Esimerkiksi PL 12. Ei kotiosoitetta.")
    )
    postal_code = TextField(label=_("Postinumero"), max_length=12)
    town = TextField(label=_("Postitoimipaikka"), max_length=100)
    source = forms.ChoiceField(label=_("Lähde"), choices=Source.choices, initial=Source.PERSON)
    valid_from = DayField(label=_("Voimassa alkaen"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = today

    @property
    def address(self) -> PlainAddress:
        given = self.cleaned_data
        return PlainAddress(given["street"], given["postal_code"], given["town"])


class RevealForm(forms.Form):
    """Why one protected detail is opened: a purpose of the role, and words about the matter."""

    reason = forms.ChoiceField(label=_("Peruste"))
    reason_text = TextField(
        label=_("Asia tai sen tunnus"),
        max_length=REASON_LENGTH,
        min_length=SHORTEST_REASON,
    )

    def __init__(self, *args: Any, purposes: Iterable[Purpose], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(purpose.value, purpose.label) for purpose in purposes]
        self.fields["reason"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
