"""Forms of what was given: by telephone or on paper, its correction, and article 19."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from registry.disclosures.forms.fields import CodesField, CopyField, MomentForm, NumbersField
from registry.disclosures.models import (
    ASKED_LENGTH,
    NOTE_LENGTH,
    REFERENCE_LENGTH,
    Channel,
    NotifyState,
    Recipient,
    RestrictionGround,
)
from registry.disclosures.queries import Line
from registry.disclosures.services import Given
from registry.persons.forms import RunsService, TextField
from vuokra.policy.roles import Purpose

ORIGIN = "disclosures:form"
BY_HAND = (Channel.PHONE, Channel.LETTER, Channel.EMAIL, Channel.VISIT, Channel.FILE)


class GiveForm(RunsService, MomentForm):
    """Data given by telephone, on paper or otherwise by hand."""

    error_fields = {
        "recipient": "recipient", "codes": "codes", "people": "numbers", "approval": "codes",
        "reference": "reference", "restriction": "restriction",
    }  # fmt: skip

    recipient = forms.ModelChoiceField(
        label=_("Kenelle"), queryset=Recipient.objects.all(), empty_label=_("Valitse")
    )
    asked_by = TextField(
        label=_("Kuka pyysi"), max_length=ASKED_LENGTH, help_text=_("Nimi ja tehtävä.")
    )
    call_back = TextField(
        label=_("Mihin numeroon soitit takaisin"),
        required=False,
        max_length=ASKED_LENGTH,
        help_text=_(
            "Numero, joka on vastaanottajan tiedoissa. Soittajan antamaa numeroa ei käytetä."
        ),
    )
    numbers = NumbersField(label=_("Kenen tietoja, asiakasnumerot"))
    codes = CodesField(label=_("Mitä annettiin"))
    purpose = forms.ChoiceField(label=_("Käyttötarkoitus"), choices=Purpose.choices)
    reference = TextField(
        label=_("Asian tai tilauksen numero"), required=False, max_length=REFERENCE_LENGTH
    )
    channel = forms.ChoiceField(
        label=_("Miten annettiin"), choices=[(one.value, one.label) for one in BY_HAND]
    )
    note = TextField(label=_("Lisätieto"), required=False, max_length=NOTE_LENGTH)
    copy = CopyField()
    restriction = forms.ChoiceField(
        label=_("Jos tietojen käsittelyä on rajoitettu, millä perusteella ne annettiin"),
        choices=RestrictionGround.choices,
        required=False,
    )
    already = forms.BooleanField(
        label=_("Tiedot on jo annettu, vaikka perustetta ei ole"),
        required=False,
        help_text=_("Luovutus kirjataan poikkeamaksi ja siitä hälytetään."),
    )
    field_order = (
        "recipient", "asked_by", "call_back", "numbers", "codes", "purpose", "reference", "channel",
        "day", "clock", "note", "copy", "restriction", "already",
    )  # fmt: skip

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        spoken = given.get("channel") == Channel.PHONE
        if spoken and not given.get("call_back") and not given.get("already"):
            self.add_error(
                "call_back",
                ValidationError(
                    _("Soittajaa ei uskota: soita takaisin numeroon, joka on vastaanottajan "
                      "tiedoissa, ja kirjoita se tähän."),
                    code="call_back",
                ),
            )  # fmt: skip

    def given(self, people: list[int]) -> Given:
        """What was given, of these people."""
        given = self.cleaned_data
        return Given(
            recipient=given["recipient"], people=people, codes=given["codes"],
            purpose=Purpose(given["purpose"]), channel=Channel(given["channel"]), origin=ORIGIN,
            at=self.moment, asked_by=given["asked_by"], call_back=given["call_back"],
            reference=given["reference"], note=given["note"], irregular=given["already"],
            restriction=RestrictionGround(given["restriction"]), copy=given["copy"],
        )  # fmt: skip


class CorrectForm(RunsService, MomentForm):
    """What was wrong in a disclosure; recipient and people stay."""

    usual_field = "note"

    void = forms.BooleanField(
        label=_("Tietoja ei annettu"),
        required=False,
        help_text=_(
            "Myös, kun vastaanottaja tai henkilö oli väärä: kirjaa oikea luovutus erikseen."
        ),
    )
    codes = CodesField(label=_("Mitä annettiin"))
    purpose = forms.ChoiceField(label=_("Käyttötarkoitus"), choices=Purpose.choices)
    channel = forms.ChoiceField(label=_("Miten annettiin"), choices=Channel.choices)
    asked_by = TextField(label=_("Kuka pyysi"), required=False, max_length=ASKED_LENGTH)
    call_back = TextField(label=_("Takaisinsoitto"), required=False, max_length=ASKED_LENGTH)
    reference = TextField(label=_("Asia"), required=False, max_length=REFERENCE_LENGTH)
    note = TextField(label=_("Mikä oli väärin"), max_length=NOTE_LENGTH)
    field_order = (
        "void", "codes", "purpose", "channel", "day", "clock", "asked_by", "call_back", "reference",
        "note",
    )  # fmt: skip

    KEPT = ("codes", "purpose", "channel", "asked_by", "call_back", "reference")

    @classmethod
    def of(cls, line: Line) -> dict[str, Any]:
        """What a disclosure says, as initial values."""
        return {name: getattr(line.row, name) for name in cls.KEPT}


class NotifiedForm(RunsService, forms.Form):
    """Whether a recipient was told of a change."""

    error_fields = {"disclosures_notify_says_why": "note"}

    state = forms.ChoiceField(
        label=_("Mitä tehtiin"),
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in NotifyState if one != NotifyState.OPEN],
        error_messages={"required": _("Valitse, kerrottiinko vastaanottajalle.")},
    )
    note = TextField(
        label=_("Miten kerrottiin, tai miksi ei"), required=False, max_length=NOTE_LENGTH
    )


class NoteForm(RunsService, forms.Form):
    """Why something is refused."""

    usual_field = "note"

    note = TextField(label=_("Perustelu"), max_length=NOTE_LENGTH)
