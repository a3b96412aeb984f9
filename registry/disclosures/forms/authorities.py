"""Forms of an authority's request, one for each step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.disclosures.forms.fields import CodesField, CopyField, MomentForm, NumbersField
from registry.disclosures.models import (
    ASKED_LENGTH,
    NOTE_LENGTH,
    REFERENCE_LENGTH,
    SECTION_LENGTH,
    AuthorityRequest,
    Category,
    Channel,
    Recipient,
    RestrictionGround,
    Verification,
)
from registry.disclosures.rules import call_back_needed
from registry.disclosures.services import Answered, Asked, Scope
from registry.persons.forms import RunsService, TextField

WAYS = (Channel.PHONE, Channel.LETTER, Channel.EMAIL, Channel.VISIT)


class IntakeForm(RunsService, forms.Form):
    """What an authority asked, as it was said."""

    channel = forms.ChoiceField(
        label=_("Miten pyydettiin"), choices=[(one.value, one.label) for one in WAYS]
    )
    authority = TextField(label=_("Mikä viranomainen"), max_length=ASKED_LENGTH)
    caller = TextField(
        label=_("Kuka pyysi"), max_length=ASKED_LENGTH, help_text=_("Nimi ja virka-asema.")
    )
    asked = TextField(
        label=_("Mitä pyydettiin ja mihin"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ei henkilötunnuksia. Henkilöt kirjataan asiakasnumeroina alle."),
    )
    statute = TextField(
        label=_("Säädös, johon vedottiin"), required=False, max_length=REFERENCE_LENGTH
    )
    section = TextField(label=_("Pykälä"), required=False, max_length=SECTION_LENGTH)
    their_reference = TextField(
        label=_("Viranomaisen asianumero"), required=False, max_length=REFERENCE_LENGTH
    )
    numbers = NumbersField(label=_("Kenestä, asiakasnumerot"), required=False)

    @property
    def asked_for(self) -> Asked:
        given = self.cleaned_data
        names = ("authority", "caller", "asked", "their_reference", "statute", "section")
        return Asked(channel=Channel(given["channel"]), **{name: given[name] for name in names})


class VerifyForm(RunsService, forms.Form):
    """How it was made sure who asks."""

    error_fields = {"how": "how", "disclosures_request_called_back": "switchboard"}
    usual_field = "how"

    how = forms.ChoiceField(label=_("Miten pyytäjä varmistettiin"), widget=forms.RadioSelect)
    switchboard = TextField(
        label=_("Vaihteen numero, johon soitit"),
        required=False,
        max_length=40,
        help_text=_("Etsi numero itse julkisesta lähteestä. Pyytäjän antamaa numeroa ei käytetä."),
    )
    note = TextField(label=_("Kuka vastasi"), required=False, max_length=ASKED_LENGTH)

    def __init__(self, *args: Any, asked: AuthorityRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [Verification.CALL_BACK]
        if not call_back_needed(Channel(asked.channel)):
            ways.insert(0, Verification.DOCUMENT)
        self.fields["switchboard"].required = len(ways) == 1
        self.fields["how"].choices = [(one.value, one.label) for one in ways]  # type: ignore[attr-defined]  # a ChoiceField


class GrantForm(RunsService, forms.Form):
    """What is given, to whom and by which law."""

    error_fields = {
        "recipient": "recipient", "codes": "codes", "statute": "statute",
        "disclosures_request_granted_by_law": "statute",
    }  # fmt: skip
    usual_field = "recipient"

    recipient = forms.ModelChoiceField(
        label=_("Viranomainen"),
        queryset=Recipient.objects.filter(category=Category.AUTHORITY),
        empty_label=_("Valitse"),
        help_text=_("Jos viranomainen puuttuu, lisää se ensin vastaanottajiin."),
    )
    statute = TextField(label=_("Säädös"), max_length=REFERENCE_LENGTH)
    section = TextField(label=_("Pykälä"), max_length=SECTION_LENGTH)
    codes = CodesField(label=_("Mitä annetaan"))
    reason = TextField(label=_("Perustelu"), required=False, max_length=NOTE_LENGTH)

    @property
    def scope(self) -> Scope:
        return Scope(**self.cleaned_data)


class AnswerForm(RunsService, MomentForm):
    """How the answer was delivered."""

    error_fields = {"as_protected": "as_protected", "restriction": "restriction"}

    channel = forms.ChoiceField(
        label=_("Miten vastattiin"), choices=[(one.value, one.label) for one in WAYS]
    )
    note = TextField(label=_("Lisätieto"), required=False, max_length=NOTE_LENGTH)
    copy = CopyField(label=_("Kopio vastauksesta"))
    as_protected = forms.BooleanField(
        label=_("Vastaanottajaa on pyydetty käsittelemään tiedot suojattuina"), required=False
    )
    restriction = forms.ChoiceField(
        label=_("Jos tietojen käsittelyä on rajoitettu, millä perusteella ne annetaan"),
        choices=RestrictionGround.choices,
        required=False,
    )
    field_order = ("channel", "day", "clock", "note", "copy", "as_protected", "restriction")

    @property
    def answered(self) -> Answered:
        given = self.cleaned_data
        return Answered(
            channel=Channel(given["channel"]), at=self.moment, note=given["note"],
            as_protected=given.get("as_protected", False),
            restriction=RestrictionGround(given["restriction"]), copy=given["copy"],
        )  # fmt: skip
