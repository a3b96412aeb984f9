"""Forms of the door and of openings. They parse and guide; the services check and write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leases.doors.models import NOTE_LENGTH, WHY_LENGTH, Outcome, Payer, State
from leases.doors.queries.matching import Claim
from leases.doors.rules.letting_in import Method
from leases.doors.services import Reported
from leases.homes.forms import FlatField
from registry.disclosures.models import Recipient
from registry.persons import rules as of_persons
from registry.persons.forms import CustomerNumberField, TextField
from vuokra.ui.fields import NOT_REMEMBERED, ClockField, DayField
from vuokra.ui.forms import RunsService
from vuokra.ui.listing import PART
from vuokra.ui.pages import number_told

CHOOSE = ("", _("Valitse"))
OPENER = "avaaja"
OWN = 0
"""The company's own maintenance, among those who open doors."""

NAME_LENGTH = 200
REASON_LENGTH = 200


class AskForm(RunsService, forms.Form):
    """Who wants to be let into which flat, and how it was established who that is."""

    error_fields: ClassVar[Mapping[str, str]] = {"claim": "name"}
    usual_field = "name"

    flat = FlatField(label=_("Huoneiston osoite"), help_text=_("Esimerkiksi Koulukatu 5 A 2."))
    name = TextField(
        label=_("Kysyjän nimi"), max_length=NAME_LENGTH, required=False,
        help_text=_("Sukunimi ja etunimi niin kuin kysyjä ne sanoo."),
    )  # fmt: skip
    born = DayField(label=_("Syntymäaika"), required=False)
    hetu = forms.CharField(
        label=_("Henkilötunnus"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs=NOT_REMEMBERED),
        help_text=_("Riittää yksin. Muuten kirjoita nimi ja syntymäaika."),
    )
    number = CustomerNumberField(label=_("Asiakasnumero"), required=False)
    method = forms.ChoiceField(
        label=_("Miten henkilöllisyys todettiin"), choices=[CHOOSE, *Method.choices]
    )
    reason = TextField(
        label=_("Perustelu, jos huoneistoa koskee turvakielto"), max_length=REASON_LENGTH,
        required=False,
        help_text=_("Kirjoita vain, kun tiedät turvakiellosta. Perustelu jää käyttölokiin."),
    )  # fmt: skip

    def __init__(self, *args: Any, codes: bool, protection: bool, **kwargs: Any) -> None:
        """`codes` and `protection` tell whether the user may know of them: a field that the user
        may not use is not there."""
        super().__init__(*args, **kwargs)
        if not codes:
            del self.fields["hetu"]
        if not protection:
            del self.fields["reason"]

    def clean_hetu(self) -> str:
        """A code in its proper form. What is no code is nobody's."""
        typed: str = self.cleaned_data["hetu"].strip()
        if not typed:
            return ""
        code = of_persons.corrected_hetu(typed)
        if not of_persons.find_hetus(code):
            raise ValidationError(_("Tarkista henkilötunnus."), code="hetu")
        return code

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.claim.enough:
            self.add_error(
                "born" if given["name"] else "name",
                ValidationError(_("Kirjoita nimi ja syntymäaika tai asiakasnumero."), code="claim"),
            )
        return given

    @property
    def claim(self) -> Claim:
        """Who somebody says to be."""
        given = self.cleaned_data
        return Claim(
            name=given.get("name", ""), born=given.get("born"), hetu=given.get("hetu", ""),
            number=given.get("number"),
        )  # fmt: skip


class OrderForm(RunsService, forms.Form):
    """Who opens the door, and who pays."""

    error_fields: ClassVar[Mapping[str, str]] = {"category": "company", "recipient": "company"}
    usual_field = "company"

    company = forms.TypedChoiceField(label=_("Kuka avaa"), coerce=int)
    payer = forms.ChoiceField(
        label=_("Kustannuksen maksaa"), choices=Payer.choices, initial=Payer.RESIDENT
    )
    note = TextField(
        label=_("Lisätieto"), max_length=NOTE_LENGTH, required=False,
        help_text=_("Ei nimiä eikä henkilötunnuksia."),
    )  # fmt: skip

    def __init__(self, *args: Any, companies: Sequence[Recipient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._companies = {one.pk: one for one in companies}
        choices = self.fields["company"]
        choices.choices = [  # type: ignore[attr-defined]  # a field of choices
            CHOOSE, (OWN, _("Oma huolto")), *((one.pk, one.name) for one in companies)
        ]  # fmt: skip

    @property
    def chosen(self) -> Recipient | None:
        """The company that opens; None for the company's own maintenance."""
        return self._companies.get(self.cleaned_data["company"])


class ReportForm(RunsService, forms.Form):
    """How an opening went."""

    error_fields: ClassVar[Mapping[str, str]] = {
        "doors_opening_after_order": "day", "doors_correction_after_order": "day",
    }  # fmt: skip
    usual_field = "outcome"

    outcome = forms.ChoiceField(label=_("Tulos"), choices=[CHOOSE, *Outcome.choices])
    day = DayField(label=_("Päivä"))
    clock = ClockField(label=_("Kello"))
    payer = forms.ChoiceField(label=_("Kustannuksen maksaa"), choices=Payer.choices)
    note = TextField(
        label=_("Lisätieto"), max_length=NOTE_LENGTH, required=False,
        help_text=_("Ei nimiä eikä henkilötunnuksia."),
    )  # fmt: skip

    @property
    def reported(self) -> Reported:
        """What was told."""
        given = self.cleaned_data
        return Reported(
            Outcome(given["outcome"]),
            timezone.make_aware(datetime.combine(given["day"], given["clock"])),
            Payer(given["payer"]), given["note"],
        )  # fmt: skip


class CorrectForm(ReportForm):
    """How an opening went after all, and why it is put right."""

    why = TextField(label=_("Miksi oikaistaan"), max_length=WHY_LENGTH)


def chosen_filters(given: Mapping[str, str]) -> tuple[State | None, int | None]:
    """State and opener of the list, as its address tells them; None for what tells nothing."""
    state, company = given.get(PART, ""), given.get(OPENER, "")
    return (
        State(state) if state in State.values else None,
        number_told(company),
    )
