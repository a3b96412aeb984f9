"""Forms of households and relations. They parse and guide; the services check and write."""

from __future__ import annotations

from typing import Any, ClassVar, Final, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.households.models import (
    CONTACT_LENGTH,
    DECISION_LENGTH,
    GROUND_LENGTH,
    ORGANISATION_LENGTH,
    Commitment,
    CommitmentKind,
    GroundCode,
    Guardian,
    Membership,
    RelationFields,
    TrusteeKind,
    Trusteeship,
)
from registry.households.picking import SEARCH, PickFields
from registry.households.services import Ground, Newcomer, Other, Validity
from registry.persons.forms import (
    NOT_REMEMBERED,
    DayField,
    DetailForm,
    IdentityForm,
    PersonForm,
    ServiceForm,
    TextField,
)
from registry.persons.models import Person, Source
from registry.persons.rules import NAME_LENGTH
from registry.persons.services import Names
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level, allows

Relation = TypeVar("Relation", bound=RelationFields)

NEWCOMER_ERRORS: Final[dict[str, str]] = {
    **PersonForm.error_fields, **IdentityForm.error_fields,
    "hetu_regime": "hetu", "ground_text": "ground_text",
}  # fmt: skip
"""Fields of somebody who comes into a household or an application by what is refused of them."""
HETU_FIELDS = ("hetu", "becomes_party", "ground", "ground_text")


class MemberForm(DetailForm[Membership], PickFields):
    """A member of a household: somebody of the register, or somebody new to it."""

    beside = frozenset({SEARCH})
    error_fields = NEWCOMER_ERRORS | {
        "before_birth": "valid_from", "hetu_in_text": "ground_text",
        "households_membership_one": "valid_from", "itself": "q",
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


class RelationForm(DetailForm[Relation], PickFields):
    """A relation: somebody of the register, or an organisation, from a day on."""

    beside = frozenset({SEARCH})
    usual_field = "q"
    error_fields = {
        "no_other": "q", "two_others": "organisation", "hetu_in_text": "organisation",
        "households_guardian_of_age": "q", "households_guardian_of_a_minor": "valid_from",
        "no_decision": "decision", "no_extent": "extent",
    }  # fmt: skip
    group: ClassVar[Group]
    own: ClassVar[tuple[str, ...]] = ()
    """Fields of this kind of relation alone, shown first."""

    organisation = forms.CharField(
        label=_("Organisaation nimi"),
        required=False,
        max_length=ORGANISATION_LENGTH,
        widget=forms.TextInput(attrs=NOT_REMEMBERED),
    )
    contact = forms.CharField(
        label=_("Organisaation yhteystieto"),
        required=False,
        max_length=CONTACT_LENGTH,
        widget=forms.TextInput(attrs=NOT_REMEMBERED),
        help_text=_("Puhelin, sähköposti tai osoite. Näkyy vain avattaessa."),
    )
    valid_to = DayField(
        label=_("Viimeinen voimassaolopäivä"),
        required=False,
        help_text=_("Tyhjä, jos voimassa toistaiseksi."),
    )

    def may_write(self, name: str) -> bool:
        return allows(self.roles, self.group, Level.WRITE)

    @property
    def of_kind(self) -> list[forms.BoundField]:
        """Fields of this kind of relation alone."""
        return [self[name] for name in self.own if name in self.fields]

    @property
    def validity(self) -> Validity:
        given = self.cleaned_data
        return Validity(given["valid_from"], Source(given["source"]), given["valid_to"])

    def other(self, person: Person | None) -> Other:
        """The other end: the chosen person, or the organisation that was named."""
        given = self.cleaned_data
        return Other(person, given["organisation"], given["contact"])


class GuardianForm(RelationForm[Guardian]):
    """A guardian of a child."""

    group = Group.GUARDIANSHIP

    valid_to = DayField(
        label=_("Viimeinen voimassaolopäivä"),
        required=False,
        help_text=_("Tyhjä: huoltajuus päättyy, kun lapsi tulee täysi-ikäiseksi."),
    )

    class Meta:
        model = Guardian
        fields = ("source", "valid_from", "valid_to")


class TrusteeshipForm(RelationForm[Trusteeship]):
    """Who looks after a person's interests, on what decision and to what extent."""

    group = Group.GUARDIANSHIP
    own = ("kind", "decision", "extent")

    kind = forms.ChoiceField(label=_("Laji"), choices=TrusteeKind.choices)
    decision = forms.CharField(
        label=_("Päätös"),
        max_length=DECISION_LENGTH,
        widget=forms.TextInput(attrs=NOT_REMEMBERED),
        help_text=_("Tuomioistuin tai virasto, numero ja päivä. Tallennetaan salattuna."),
    )
    extent = forms.CharField(
        label=_("Laajuus"),
        max_length=DECISION_LENGTH,
        widget=forms.TextInput(attrs=NOT_REMEMBERED),
        help_text=_("Mitä asioita edunvalvonta koskee. Tallennetaan salattuna."),
    )

    class Meta:
        model = Trusteeship
        fields = ("source", "valid_from", "valid_to")


class CommitmentForm(RelationForm[Commitment]):
    """A payer, a guarantor or the contact of an estate."""

    group = Group.COMMITMENT
    own = ("kind",)

    kind = forms.ChoiceField(label=_("Laji"), choices=CommitmentKind.choices)

    class Meta:
        model = Commitment
        fields = ("source", "valid_from", "valid_to")
