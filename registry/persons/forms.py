"""Forms of people. They parse and guide; the services check and write."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.persons import merging, rules, services
from registry.persons.models import (
    Address,
    AddressKind,
    ContactKind,
    ContactPoint,
    FormerCodeReason,
    Identity,
    IdentityKind,
    NameChangeReason,
    Person,
    Source,
)
from registry.persons.services import Code, Names, PostalAddress
from registry.persons.services.contacts import ADDRESS_FIELDS, COUNTRY_TEXT, HOME_COUNTRY
from registry.persons.services.identity import DUPLICATES
from vuokra.policy.forms import PolicyModelForm
from vuokra.policy.roles import Purpose
from vuokra.ui.fields import NOT_REMEMBERED as NOT_REMEMBERED
from vuokra.ui.fields import DayField as DayField
from vuokra.ui.forms import RunsService as RunsService

Row = TypeVar("Row", bound=models.Model)
Made = TypeVar("Made")

REASON_LENGTH = 200
WORDS_LENGTH = 10
"""The shortest sentence that says something (data-protection 9.2, purpose prompt)."""


class TextField(forms.CharField):
    """Free text without control characters; refuses an identity code (DP-A12)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.update(NOT_REMEMBERED)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """What a browser holds to. A text of several lines is not cut where it ends: pasted into
        the field it would lose its end in silence. It is told how long it may be instead."""
        attrs: dict[str, Any] = super().widget_attrs(widget)
        if isinstance(widget, forms.Textarea):
            attrs.pop("maxlength", None)
        return attrs

    def to_python(self, value: Any) -> str:
        return rules.clean_text(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        services.refuse_hetu_in_text(value)


class CustomerNumberField(forms.RegexField):
    """A customer number, always posted: it stands in no address. Its value is a whole number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            r"^\s*[0-9]{4,9}\s*$",
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={"invalid": _("Asiakasnumerossa on vain numeroita.")},
            **kwargs,
        )

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        return int(text) if text else None


class CustomerNumberForm(forms.Form):
    """Whose papers or rows are asked for, by customer number."""

    number = CustomerNumberField(label=_("Asiakasnumero"))


class ServiceForm(RunsService, PolicyModelForm[Row]):
    """A form whose service builds and checks the row, so the model's own validation is left out."""

    def _post_clean(self) -> None:
        """Nothing: the service does it, also for those who come without a form."""


class PersonForm(ServiceForm[Person]):
    """Names, language and the start of the customership."""

    error_fields = {"no_name": "surname", "long_name": "surname"}

    surname = TextField(label=_("Sukunimi"), max_length=rules.NAME_LENGTH, required=False)
    given_names = TextField(label=_("Etunimet"), max_length=rules.NAME_LENGTH, required=False)
    call_name = TextField(label=_("Kutsumanimi"), max_length=rules.NAME_LENGTH, required=False)
    customer_since = DayField(label=_("Asiakkuus alkoi"), required=False)

    class Meta:
        model = Person
        fields = ("surname", "given_names", "call_name", "language", "customer_since")

    @property
    def names(self) -> Names:
        given = self.cleaned_data
        return Names(given["surname"], given["given_names"], given["call_name"])


class PersonChangeForm(PersonForm):
    """A change of what we know of a person; what happens to a name that goes is asked."""

    error_fields = PersonForm.error_fields | {"used_until": "used_until"}

    reason = forms.ChoiceField(
        label=_("Jos nimi muuttuu, miksi"),
        choices=NameChangeReason.choices,
        widget=forms.RadioSelect,
        initial=NameChangeReason.CHANGED,
        required=False,
        help_text=_("Muuttunut nimi jää entisiin nimiin. Väärin kirjattu ei jää."),
    )
    used_until = DayField(
        label=_("Entisen nimen viimeinen käyttöpäivä"),
        required=False,
        help_text=_("Jätä tyhjäksi, jos päivä ei ole tiedossa."),
    )
    name_source = forms.ChoiceField(
        label=_("Mistä nimenmuutos tiedetään"),
        choices=Source.choices,
        initial=Source.PERSON,
        required=False,
    )


class IdentityForm(ServiceForm[Identity]):
    """A code of some kind, or only a birth date. Nothing is shown of what is recorded."""

    error_fields = dict.fromkeys(
        [*rules.HetuProblem, "not_artificial", "real_hetu", "minors_hetu", "duplicate",
         "persons_identity_unique_code", "persons_identity_code_reserved"], "hetu"
    ) | {"no_birth_date": "birth_date", "birth_date": "birth_date"}  # fmt: skip

    kind = forms.ChoiceField(label=_("Tunnisteen laji"), choices=IdentityKind.choices)
    hetu = forms.CharField(
        label=_("Henkilötunnus tai keinotunnus"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs=NOT_REMEMBERED),
        help_text=_("Ei täytetä, jos tiedossa on vain syntymäaika."),
    )
    birth_date = DayField(label=_("Syntymäaika"), required=False)

    class Meta:
        model = Identity
        fields = ("kind", "hetu", "birth_date")

    def clean_hetu(self) -> str:
        """A code typed in another form is corrected in the field, and asked to be checked."""
        typed: str = self.cleaned_data["hetu"].strip()
        proper = rules.corrected_hetu(typed)
        if proper == typed or not rules.find_hetus(proper):
            return typed  # in order, or beyond correcting: the service will say which
        self.data = {**self.data.dict(), self.add_prefix("hetu"): proper}  # type: ignore[attr-defined]  # a QueryDict
        raise ValidationError(
            _("Tunnus on alla korjatussa muodossa. Tarkista se ja tallenna uudelleen."),
            code="corrected",
        )

    @property
    def code(self) -> Code:
        given = self.cleaned_data  # empty when nothing was posted and nothing is demanded
        kind, code = given.get("kind", IdentityKind.HETU), given.get("hetu", "")
        if given.get("birth_date") and not code:
            kind = IdentityKind.BIRTH_DATE  # the hint says to leave the code out
        return Code(IdentityKind(kind), code, given.get("birth_date"))

    @property
    def clash(self) -> str:
        """The url name of the page that settles a code which another person has (DP-A16)."""
        codes = {error.code for error in self.errors.as_data().get("hetu", [])}
        return merging.clash_page() if codes & DUPLICATES.keys() else ""


class IdentityChangeForm(IdentityForm):
    """A change of what identifies a person; the old code is kept."""

    reason = forms.ChoiceField(
        label=_("Miksi tunnus muuttuu"),
        choices=FormerCodeReason.choices,
        widget=forms.RadioSelect,
        initial=FormerCodeReason.CHANGED,
    )


class DetailForm(ServiceForm[Row]):
    """What contact details and addresses have in common; `today` is the suggested first day."""

    source = forms.ChoiceField(label=_("Lähde"), choices=Source.choices, initial=Source.PERSON)
    valid_from = DayField(label=_("Voimassa alkaen"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "valid_from" in self.fields:
            self.fields["valid_from"].initial = today


class ContactPointForm(DetailForm[ContactPoint]):
    """A telephone number or e-mail address."""

    error_fields = dict.fromkeys([*ContactKind.values, "persons_contact_once"], "value")

    kind = forms.ChoiceField(label=_("Laji"), choices=ContactKind.choices)
    value = forms.CharField(
        label=_("Numero tai osoite"),
        max_length=rules.EMAIL_LENGTH,
        widget=forms.TextInput(attrs=NOT_REMEMBERED),
    )

    class Meta:
        model = ContactPoint
        fields = ("kind", "value", "source", "valid_from")


class AddressFields(forms.Form):
    """The fields of a postal address, of every form that asks for one."""

    street = TextField(label=_("Katuosoite"), max_length=200)
    postal_code = TextField(label=_("Postinumero"), max_length=12, required=False)
    town = TextField(label=_("Postitoimipaikka"), max_length=100)
    country = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=_("Maa"),
        max_length=2,
        initial=HOME_COUNTRY,
        help_text=_("Kaksi kirjainta: FI, SE, EE."),
        error_messages={"invalid": COUNTRY_TEXT},
    )

    @property
    def address(self) -> PostalAddress:
        """What was typed; a country that may be left out and was is this one."""
        given = self.cleaned_data
        country = given["country"] or HOME_COUNTRY
        return PostalAddress(given["street"], given["postal_code"], given["town"], country)


class AddressForm(AddressFields, DetailForm[Address]):
    """A postal address."""

    error_fields = ADDRESS_FIELDS | {"persons_address_one_home": "valid_from"}

    kind = forms.ChoiceField(label=_("Laji"), choices=AddressKind.choices)

    class Meta:
        model = Address
        fields = ("kind", "street", "postal_code", "town", "country", "source", "valid_from")


class EndForm(RunsService, forms.Form):
    """The last day something holds."""

    usual_field = "last_day"

    last_day = DayField(label=_("Viimeinen voimassaolopäivä"))


class ReasonForm(forms.Form):
    """Why something is revealed or taken out: a purpose the role may state, and words."""

    reason = forms.ChoiceField(label=_("Peruste"), required=False)
    reason_text = TextField(label=_("Tarkenne"), required=False, max_length=REASON_LENGTH)

    def __init__(self, *args: Any, purposes: Iterable[Purpose], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(purpose.value, purpose.label) for purpose in purposes]
        self.fields["reason"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class PurposeForm(ReasonForm):
    """Another purpose for one person's pages, and words for the log."""

    reason = forms.ChoiceField(label=_("Peruste"), widget=forms.RadioSelect)
    reason_text = TextField(
        label=_("Tarkenne"),
        required=False,
        max_length=REASON_LENGTH,
        help_text=_("Esimerkiksi asian numero. Kirjataan käyttölokiin."),
    )

    def demand_words(self) -> None:
        """The purpose alone is not enough: say what the matter is."""
        words = self.fields["reason_text"]
        words.required = True
        words.validators.append(MinLengthValidator(WORDS_LENGTH))
        words.label = _("Mistä asiasta on kyse")
