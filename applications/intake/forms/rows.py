"""Rows of the one long form of an application: the forms of the parts, each with whose it is."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.intake.codes import AttachmentKind
from applications.intake.forms.acts import NewForm
from applications.intake.forms.parts import (
    CHOOSE,
    OPTIONAL,
    AssetForm,
    Correcting,
    GroundForm,
    IncomeForm,
    MemberForm,
    MembershipFields,
    PartForm,
    PermitForm,
    WorkForm,
    _field,
    boxes,
)
from applications.intake.models import Debt
from applications.intake.services.reaching import Reaching
from applications.intake.services.whole import APPLICANT
from registry.persons.forms import AddressFields, TextField
from registry.persons.models import ContactKind
from registry.persons.services import checked_contact
from registry.rights.papers import MOST_BYTES
from vuokra.ui.forms import RunsService

Choices = list[tuple[str, Any]]

ARRIVAL = ("channel", "received_on", "kind", "subsidised")
CLOSING = ("assured_on", "signed_on")
"""Fields of the applicant's form that stand in sections of their own."""


class ReachingFields(AddressFields):
    """How the applicant is reached; all of it may be left out."""

    phone = TextField(label=_("Puhelin"), max_length=40, required=False)
    email = TextField(label=_("Sähköposti"), max_length=254, required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for name in AddressFields.base_fields:
            self.fields[name].required = False
        self.fields["street"].label = _("Nykyinen katuosoite")

    def clean_phone(self) -> str:
        return self._checked(ContactKind.PHONE, "phone")

    def clean_email(self) -> str:
        return self._checked(ContactKind.EMAIL, "email")

    def _checked(self, kind: ContactKind, name: str) -> str:
        told: str = self.cleaned_data[name]
        return checked_contact(kind, told) if told else ""

    def clean_town(self) -> str:
        """The fields of an address stand before it, in their order."""
        told: str = self.cleaned_data["town"]
        street, code = (self.cleaned_data.get(name) for name in ("street", "postal_code"))
        if (street or code) and not told:
            raise ValidationError(_("Kirjoita myös postitoimipaikka."), code="town")
        if told and not street and "street" not in self.errors:
            text = _("Kirjoita katuosoite, tai jätä koko osoite tyhjäksi.")
            self.add_error("street", ValidationError(text, code="street"))
        return told

    @property
    def reaching(self) -> Reaching:
        """What was told."""
        told = self.cleaned_data
        return Reaching(
            phone=told["phone"], email=told["email"],
            address=self.address if told["street"] else None,
        )  # fmt: skip


class ApplicantForm(ReachingFields, MembershipFields, NewForm):
    """Who applies and how the application came, with what is told of the applicant as a member."""

    field_order = (
        *ARRIVAL, "q", "searched", "chosen", "surname", "given_names", "birth_date", "hetu",
        "protected", "phone", "email", "street", "postal_code", "town", "country", "residence",
        "consent_on", *CLOSING,
    )  # fmt: skip

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for name in ("part", "relation", "ground", "ground_text"):
            del self.fields[name]

    @property
    def rest(self) -> list[forms.BoundField]:
        """The fields of the applicant alone."""
        apart = (*ARRIVAL, *CLOSING, "confirmed")
        return [one for one in super().rest if one.name not in apart]

    @property
    def arrival(self) -> list[forms.BoundField]:
        """How the application came."""
        return [self[name] for name in (*ARRIVAL, "confirmed") if name in self.fields]

    @property
    def closing(self) -> list[forms.BoundField]:
        """What is signed at the end."""
        return [self[name] for name in CLOSING]


class OfMember(Correcting):
    """A row that belongs to somebody of the household; `people` are the places of all of them."""

    of = forms.ChoiceField(label=_("Kenen"), initial=APPLICANT)

    def __init__(self, *args: Any, people: Choices, **given: Any) -> None:
        super().__init__(*args, draft=True, **given)
        of: Any = self.fields["of"]
        of.choices = [CHOOSE, *people]
        self.order_fields(["of"])


class MemberRow(MemberForm):
    """Somebody who moves in too."""

    field_order = (
        "q", "searched", "chosen", "surname", "given_names", "birth_date", "hetu", "part",
        "relation", "residence", "consent_on", "ground", "ground_text",
    )  # fmt: skip

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, draft=True, **given)


class GroundRow(GroundForm):
    """A ground of the need."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, draft=True, **given)


class PermitRowForm(OfMember, PermitForm):
    """By what permit somebody stays."""

    def clean(self) -> dict[str, Any] | None:
        told = super().clean() or self.cleaned_data
        if not told.get("kind") and "kind" not in self.errors:
            self.add_error("kind", ValidationError(_("Valitse luvan laji."), code="kind"))
        return told


class WorkRow(OfMember, WorkForm):
    """What somebody does."""


class IncomeRow(OfMember, IncomeForm):
    """An income of somebody."""


class AssetRow(OfMember, AssetForm):
    """Property of somebody."""


class DebtRow(OfMember, PartForm):
    """A debt of somebody; `assets` are the places of the property it may have been taken for."""

    error_fields: ClassVar[dict[str, str]] = {"intake_part_strange": "taken_for"}

    taken_for = forms.ChoiceField(label=_("Mistä"), required=False)

    class Meta:
        model = Debt
        fields = ("kind", "euros", "proof")
        formfield_callback = _field

    def __init__(self, *args: Any, assets: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        taken_for: Any = self.fields["taken_for"]
        taken_for.choices = [OPTIONAL, *assets]


class PaperRow(RunsService, forms.Form):
    """A paper that came with the application. Without a file it is recorded as come, but for the
    original."""

    usual_field = "file"

    kind = forms.ChoiceField(
        label=_("Liite"), choices=AttachmentKind.choices, initial=AttachmentKind.ORIGINAL
    )
    of = forms.ChoiceField(label=_("Kenen"), required=False)
    file = forms.FileField(
        label=_("Tiedosto"), required=False,
        widget=forms.FileInput(attrs={"hx-preserve": "true"}),
        help_text=_("PDF, JPEG, PNG tai teksti, enintään 10 Mt, kaikki yhteensä enintään 25 Mt."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        of: Any = self.fields["of"]
        of.choices = [("", _("Koko ruokakunta")), *people]
        self.chosen = self.is_bound and self.was_chosen(self.data, self.files)

    def was_chosen(self, data: Any, files: Any) -> bool:
        """Whether a file was chosen when the form was sent, now or before: browsers forget it."""
        name = self.add_prefix("file")
        return bool((files or {}).get(name) or data.get(name) or data.get(f"{self.prefix}-chosen"))

    def has_changed(self) -> bool:
        return self.chosen or super().has_changed()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is None and self.chosen:
            text = _("Valitse tiedosto uudelleen: selain ei säilytä sitä. Jos sitä ei tallenneta, "
                     "poista rivi.")  # fmt: skip
            raise ValidationError(text, code="forgotten")
        if file is not None and file.size > MOST_BYTES:
            text = _("Liian suuri. Yksi tiedosto on enintään 10 Mt, kaikki yhteensä enintään "
                     "25 Mt. Lisää loput hakemuksen sivulla.")  # fmt: skip
            raise ValidationError(text, code="large")
        return file


class AllToldForm(forms.Form):
    """Of whom all income, and all that is owned and owed, was told, if only that there is none."""

    income = forms.MultipleChoiceField(
        label=_("Kaikki tulot on ilmoitettu"), required=False,
        widget=boxes(), help_text=_("Myös silloin, kun tuloja ei ole."),
    )  # fmt: skip
    wealth = forms.MultipleChoiceField(
        label=_("Kaikki varallisuus ja velat on ilmoitettu"), required=False,
        widget=boxes(),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        for name in ("income", "wealth"):
            field: Any = self.fields[name]
            field.choices = people
