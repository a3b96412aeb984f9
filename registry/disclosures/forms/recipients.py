"""Forms of recipients and their bases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.disclosures import rules
from registry.disclosures.forms.fields import CodesField, PurposesField, code_choices
from registry.disclosures.models import (
    CONTACT_LENGTH,
    NAME_LENGTH,
    REFERENCE_LENGTH,
    SECTION_LENGTH,
    BasisKind,
    Category,
    Instrument,
    Recipient,
)
from registry.disclosures.services import Terms
from registry.persons.forms import DayField, RunsService, TextField
from vuokra.policy.roles import Purpose


class RecipientForm(RunsService, forms.Form):
    """A company or an office that may be given data."""

    error_fields = {
        "name": "name", "category": "category", "country": "country", "collects": "collects",
        "disclosures_recipient_once": "name",
        "disclosures_recipient_country": "country", "disclosures_recipient_collects": "collects",
    }  # fmt: skip

    name = TextField(label=_("Nimi"), max_length=NAME_LENGTH)
    category = forms.ChoiceField(label=_("Ryhmä"), choices=Category.choices)
    country = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=_("Maa, jossa tietoja käsitellään"),
        max_length=2,
        initial="FI",
        help_text=_("Kaksi kirjainta: FI, SE, US."),
        error_messages={"invalid": _("Kirjoita maan tunnus kahdella kirjaimella, esimerkiksi FI.")},
    )
    contact = TextField(
        label=_("Yhteystiedot"),
        required=False,
        max_length=CONTACT_LENGTH,
        help_text=_(
            "Vaihde, yhteinen osoite. Viranomaisesta vaihteen numero julkisesta lähteestä."
        ),
    )
    collects = forms.BooleanField(
        label=_("Perintä- tai luottotietoyhtiö"),
        required=False,
        help_text=_("Vain sille voidaan antaa henkilötunnus."),
    )

    @classmethod
    def of(cls, recipient: Recipient) -> dict[str, Any]:
        """What is recorded of a recipient, as initial values."""
        return {name: getattr(recipient, name) for name in cls.base_fields}


class BasisForm(RunsService, forms.Form):
    """An agreement, a note or a statute. Only what serves the recipient's category is offered."""

    usual_field = "kind"
    error_fields = {
        "codes": "codes", "disclosures_basis_codes": "codes",
        "disclosures_basis_purposes": "purposes", "disclosures_basis_section": "section",
        "disclosures_basis_reference": "reference", "disclosures_basis_dates": "valid_to",
        "disclosures_basis_agreement_ends": "valid_to", "disclosures_basis_transfer": "instrument",
    }  # fmt: skip

    kind = forms.ChoiceField(label=_("Peruste"))
    reference = TextField(
        label=_("Sopimuksen numero, merkinnän tunniste tai lain nimi"), max_length=REFERENCE_LENGTH
    )
    section = TextField(label=_("Pykälä"), required=False, max_length=SECTION_LENGTH)
    instrument = forms.ChoiceField(
        label=_("Siirtoperuste"), required=False, choices=Instrument.choices
    )
    valid_from = DayField(label=_("Voimassa alkaen"))
    valid_to = DayField(
        label=_("Voimassa asti"),
        required=False,
        help_text=_("Viimeinen päivä. Seuraavana päivänä luovuttaminen estyy."),
    )
    purposes = PurposesField()
    codes = CodesField(label=_("Tiedot, jotka saa luovuttaa"), required=False)

    def __init__(self, *args: Any, recipient: Recipient, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category = Category(recipient.category)
        kinds = rules.KINDS[category]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (kind.value, kind.label) for kind in BasisKind if kind in kinds
        ]
        if category != Category.AUTHORITY:
            del self.fields["section"]
        if category != Category.THIRD_COUNTRY:
            del self.fields["instrument"]
        if category == Category.GROUP:
            del self.fields["codes"]
        elif category in rules.PER_ORDER:
            self.fields["codes"].choices = code_choices(rules.ON_THE_SPOT)  # type: ignore[attr-defined]

    @property
    def terms(self) -> Terms:
        given = self.cleaned_data
        return Terms(
            kind=BasisKind(given["kind"]),
            reference=given["reference"],
            section=given.get("section", ""),
            codes=given.get("codes", []),
            purposes=[Purpose(one) for one in given["purposes"]],
            valid_from=given["valid_from"],
            valid_to=given["valid_to"],
            instrument=Instrument(given.get("instrument", "")),
        )
