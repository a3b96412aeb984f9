"""Forms of households. They parse and guide; the services check and write."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.households.models import GROUND_LENGTH, GroundCode, Membership
from registry.households.picking import PickFields
from registry.households.services import Ground, Newcomer
from registry.persons.forms import NOT_REMEMBERED, DayField, DetailForm, ServiceForm, TextField
from registry.persons.models import Source
from registry.persons.rules import NAME_LENGTH, HetuProblem
from registry.persons.services import Names
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level, allows

HETU_FIELDS = ("hetu", "becomes_party", "ground", "ground_text")


class MemberForm(DetailForm[Membership], PickFields):
    """A member of a household: somebody of the register, or somebody new to it."""

    beside = frozenset({"act"})
    error_fields = {
        "no_name": "surname", "long_name": "surname", "no_birth_date": "birth_date",
        "birth_date": "birth_date", "before_birth": "valid_from", "hetu_regime": "hetu",
        "ground_text": "ground_text", "hetu_in_text": "ground_text",
        "households_membership_one": "valid_from", "real_hetu": "hetu",
        "persons_identity_unique_code": "hetu", "persons_identity_code_reserved": "hetu",
        "itself": "q",
        **dict.fromkeys(HetuProblem, "hetu"),
    }  # fmt: skip

    surname = TextField(label=_("Sukunimi"), max_length=NAME_LENGTH, required=False)
    given_names = TextField(label=_("Etunimet"), max_length=NAME_LENGTH, required=False)
    birth_date = DayField(label=_("Syntymäaika"), required=False)
    confirmed = forms.BooleanField(
        label=_("Kyseessä on eri henkilö kuin yllä olevat, lisää silti"), required=False
    )
    becomes_party = forms.BooleanField(
        label=_("Hänestä tulee vuokrasopimuksen osapuoli"), required=False
    )
    hetu = forms.CharField(
        label=_("Henkilötunnus"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs=NOT_REMEMBERED),
        help_text=_("Vain aikuiselta sopimuksen osapuolelta, muilta vain perusteesta."),
    )
    ground = forms.ChoiceField(
        label=_("Peruste"), required=False, choices=[("", "–"), *GroundCode.choices]
    )
    ground_text = forms.CharField(
        label=_("Perustelu"),
        required=False,
        max_length=GROUND_LENGTH,
        widget=forms.TextInput(attrs=NOT_REMEMBERED),
    )
    valid_from = DayField(label=_("Asuu samassa taloudessa alkaen"))

    class Meta:
        model = Membership
        fields = ("source", "valid_from")

    def may_write(self, name: str) -> bool:
        if name in HETU_FIELDS:
            return allows(self.roles, Group.HETU, Level.WRITE)
        return super().may_write(name)

    def clean(self) -> dict[str, Any]:
        """Somebody must be told: chosen above, or named below."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("chosen") and not given.get("surname") and not given.get("given_names"):
            self.add_error("q", _("Etsi ja valitse henkilö, tai anna uuden henkilön nimi."))
        return given

    @property
    def newcomer(self) -> Newcomer:
        """Whoever was named below."""
        given = self.cleaned_data
        ground = None
        if given.get("ground"):
            ground = Ground(GroundCode(given["ground"]), given["ground_text"])
        return Newcomer(
            Names(given["surname"], given["given_names"]),
            given["birth_date"],
            given.get("hetu", ""),
            given.get("becomes_party", False),
            ground,
        )

    @property
    def of_newcomer(self) -> list[forms.BoundField]:
        """Fields that name somebody new."""
        return [self[name] for name in ("surname", "given_names", "birth_date")]

    @property
    def of_hetu(self) -> list[forms.BoundField]:
        """Fields of an identity code and of the reason for it; none without the right."""
        return [self[name] for name in HETU_FIELDS if name in self.fields]

    @property
    def hetu_open(self) -> bool:
        """Whether something of the code was typed, so that its fields stay in sight."""
        return any(bool(bound.value()) or bound.errors for bound in self.of_hetu)

    @property
    def source_given(self) -> Source:
        return Source(self.cleaned_data["source"])


class MembershipForm(ServiceForm[Membership]):
    """The days of a membership."""

    error_fields = {
        "households_membership_one": "valid_from",
        "registry_households_membership_dates": "valid_to",
        "before_birth": "valid_from",
    }

    valid_from = DayField(label=_("Ensimmäinen päivä ruokakunnassa"))
    valid_to = DayField(
        label=_("Viimeinen päivä ruokakunnassa"),
        required=False,
        help_text=_("Tyhjä, jos henkilö asuu edelleen samassa taloudessa."),
    )

    class Meta:
        model = Membership
        fields = ("valid_from", "valid_to")
