"""Forms of the parts of an application. They parse and guide; the services check and write."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.intake.codes import (
    Channel,
    Condition,
    Conveniences,
    Corrected,
    IncomeKind,
    Kind,
    Part,
    Period,
    Proof,
    Relation,
    Residence,
    Tenure,
)
from applications.intake.models import (
    CLASS_A,
    Asset,
    Debt,
    Ground,
    Income,
    Member,
    Wish,
    Work,
)
from applications.intake.models.applications import HETU_LENGTH
from applications.intake.models.needs import (
    LANDLORD_LENGTH,
    NOTE_LENGTH,
    PLACE_LENGTH,
    WORDS_LENGTH,
)
from applications.intake.rules import checks
from applications.intake.services import (
    Details,
    HomeGiven,
    Membership,
    NeedGiven,
    PermitGiven,
)
from applications.intake.words import doubt_words
from leases.homes.models import Equipment, Site
from registry.households.forms import NEWCOMER_ERRORS
from registry.households.models import GROUND_LENGTH, GroundCode
from registry.households.picking import PickFields
from registry.households.services import Ground as CodeGround
from registry.households.services import Newcomer
from registry.persons.forms import TextField
from registry.persons.rules import NAME_LENGTH
from registry.persons.services import Names
from vuokra.ui.fields import NOT_REMEMBERED, DayField, EurosField, NumberField
from vuokra.ui.forms import RunsService

CHOOSE = ("", _("Valitse"))
OPTIONAL = ("", "–")
PERMITS = [one for one in Residence if one not in CLASS_A]
_TYPED: dict[type[models.Field[Any, Any]], type[forms.Field]] = {
    models.DateField: DayField,
    models.DecimalField: NumberField,
    models.CharField: TextField,
}


def text_area(rows: int = 3) -> forms.Textarea:
    """Where words of several lines are written."""
    return forms.Textarea(attrs={"rows": rows, **NOT_REMEMBERED})


def boxes() -> forms.CheckboxSelectMultiple:
    """Where several are ticked, in columns."""
    return forms.CheckboxSelectMultiple(attrs={"class": "boxes"})


def _field(field: models.Field[Any, Any], **given: Any) -> Any:
    """The form field of a column: days, euros and words as people type them here."""
    if isinstance(field, models.DecimalField) and field.name.split("_")[-1] in ("euros", "eur"):
        if field.name == "euros":  # the service says what a sum below zero is to become
            given["min_value"] = None
        return field.formfield(form_class=EurosField, **given)
    made = next((new for old, new in _TYPED.items() if type(field) is old), None)
    if made is not None and not field.choices:
        return field.formfield(form_class=made, **given)
    form_field: Any = field.formfield(**given)
    if field.choices and (known := list(form_field.choices))[0][0] == "":
        form_field.choices = [OPTIONAL if field.blank else CHOOSE, *known[1:]]
    return form_field


class Correcting(forms.Form):
    """Whose correction a change is, of an application that was received."""

    whose = forms.ChoiceField(
        label=_("Kenen korjaus"), choices=[CHOOSE, *Corrected.choices[1:]],
        help_text=_("Alkuperäinen tieto jää muutoslokiin."),
    )  # fmt: skip

    def __init__(self, *args: Any, draft: bool = False, **given: Any) -> None:
        super().__init__(*args, **given)
        if draft:
            del self.fields["whose"]

    @property
    def corrected(self) -> Corrected | None:
        """Whose it is; None while it is a draft."""
        given = self.cleaned_data.get("whose")
        return Corrected(given) if given else None


class DropForm(RunsService, Correcting):
    """Whether something is really taken out of an application."""


class Doubting(forms.Form):
    """A form that asks to confirm what is unlikely; it is no error, and stays as it was typed."""

    confirmed = forms.BooleanField(label=_("Tieto on oikein näin"), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self._asked = self.fields.pop("confirmed")

    def ask_again(self) -> None:
        """Show the confirmation in a form that is drawn anew, as it was shown before."""
        self.fields["confirmed"] = self._asked

    def doubts(self, told: dict[str, Any], today: date) -> Iterable[checks.Remark]:
        """What is unlikely in what was told."""
        return ()

    def clean(self) -> dict[str, Any] | None:
        told = super().clean() or self.cleaned_data
        found = [] if self.errors else list(self.doubts(told, timezone.localdate()))
        if found:
            self.fields["confirmed"] = self._asked
            if not self.data.get(self.add_prefix("confirmed")):
                for one in found:
                    self.add_error(one.field, ValidationError(doubt_words(one.doubt), code="doubt"))
        return told


class PartForm(RunsService, Correcting, forms.ModelForm):
    """A part of an application that is one row: as the row is to be."""

    def _get_validation_exclusions(self) -> set[str]:  # the services judge the row
        return {one.name for one in self._meta.model._meta.get_fields()}

    def validate_constraints(self) -> None:
        """The services do."""

    def validate_unique(self) -> None:
        """The services do."""


class GroundForm(PartForm):
    """A ground of the need."""

    class Meta:
        model = Ground
        fields = ("situation", "since", "proof")
        formfield_callback = _field


class WorkForm(PartForm):
    """What a member does."""

    error_fields: ClassVar[dict[str, str]] = {"intake_work_hidden": "place"}

    class Meta:
        model = Work
        fields = ("employment", "occupation", "employer", "place", "since", "until")
        formfield_callback = _field


class IncomeForm(Doubting, PartForm):
    """An income of a member."""

    def doubts(self, told: dict[str, Any], today: date) -> Iterable[checks.Remark]:
        return checks.of_income(
            IncomeKind(told["kind"]), told["euros"], Period(told["period"]),
            since=told["since"], until=told["until"], today=today,
        )  # fmt: skip

    class Meta:
        model = Income
        fields = ("kind", "euros", "period", "since", "until", "proof")
        formfield_callback = _field


class AssetForm(Doubting, PartForm):
    """Property of a member."""

    def doubts(self, told: dict[str, Any], today: date) -> Iterable[checks.Remark]:
        return checks.of_asset(told["euros"])

    class Meta:
        model = Asset
        fields = (
            "kind", "euros", "share", "place", "given_up_on", "left_out", "left_out_reason",
            "proof",
        )  # fmt: skip
        formfield_callback = _field


class DebtForm(PartForm):
    """A debt of a member."""

    class Meta:
        model = Debt
        fields = ("kind", "euros", "asset", "proof")
        formfield_callback = _field

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        member = self.instance.member
        asset: Any = self.fields["asset"]
        asset.queryset = Asset.objects.filter(member__application=member.application_id)
        asset.empty_label = OPTIONAL[1]
        asset.label_from_instance = lambda one: one.get_kind_display()


class ToldForm(RunsService, Correcting):
    """Whether all was told of a member, if only that there is none."""

    income = forms.BooleanField(
        label=_("Kaikki tulot on ilmoitettu"), required=False,
        help_text=_("Myös silloin, kun tuloja ei ole."),
    )  # fmt: skip
    wealth = forms.BooleanField(
        label=_("Kaikki varallisuus ja velat on ilmoitettu"), required=False
    )


class WishForm(Doubting, PartForm):
    """What kind of home is asked for."""

    def doubts(self, told: dict[str, Any], today: date) -> Iterable[checks.Remark]:
        return checks.of_wish(told["rent_most_eur"])

    sites = forms.TypedMultipleChoiceField(
        label=_("Kohteet"), coerce=int, required=False, widget=boxes(),
        help_text=_("Tyhjänä kaikki kohteet."),
    )  # fmt: skip
    equipment = forms.MultipleChoiceField(
        label=_("Varustelu"), choices=Equipment.choices, required=False,
        widget=boxes(),
    )  # fmt: skip

    class Meta:
        model = Wish
        fields = (
            "sites", "group", "rooms_from", "rooms_to", "area_from", "area_to", "rent_most_eur",
            "floor_from", "floor_to", "lift", "access", "equipment", "pets", "smoke_free",
        )  # fmt: skip
        formfield_callback = _field

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        sites: Any = self.fields["sites"]
        known = Site.objects.filter(given_up_on__isnull=True)
        sites.choices = [(one.pk, one.name) for one in known]


PARTS: dict[str, type[PartForm]] = {
    "tyo": WorkForm, "tulo": IncomeForm, "varallisuus": AssetForm, "velka": DebtForm,
}  # fmt: skip
"""Parts of one member, by their name in addresses."""


class NeedForm(Doubting, RunsService, Correcting):
    """When and why a home is needed."""

    def doubts(self, told: dict[str, Any], today: date) -> Iterable[checks.Remark]:
        days = {name: told[name] for name in ("wished_on", "must_move_by", "homeless_since")}
        return checks.of_need(**days, today=today)

    wished_on = DayField(label=_("Toivottu muuttopäivä"), required=False)
    homeless_since = DayField(label=_("Ilman asuntoa alkaen"), required=False)
    must_move_by = DayField(label=_("Muutettava viimeistään"), required=False)
    urgency_note = TextField(
        label=_("Tarkennus kiireellisyyteen"), max_length=NOTE_LENGTH, required=False,
        help_text=_("Käsittelijän sanoin. Ei tietoja terveydestä."),
    )  # fmt: skip
    away_reason = TextField(
        label=_("Miksi muualla asuva lapsi lasketaan tulorajaan"), max_length=NOTE_LENGTH,
        required=False,
    )  # fmt: skip
    own_words = forms.CharField(
        label=_("Hakijan omin sanoin"), max_length=WORDS_LENGTH, required=False,
        widget=text_area(4), help_text=_("Salataan. Ei henkilötunnuksia."),
    )  # fmt: skip
    expected_on = DayField(
        label=_("Lapsen laskettu aika"), required=False, help_text=_("Salataan.")
    )
    expected_proof = forms.ChoiceField(
        label=_("Raskaustodistus"), choices=Proof.choices, required=False
    )

    @property
    def given(self) -> NeedGiven:
        told = self.cleaned_data
        return NeedGiven(
            wished_on=told["wished_on"], homeless_since=told["homeless_since"],
            must_move_by=told["must_move_by"], urgency_note=told["urgency_note"],
            away_reason=told["away_reason"],
            own_words=told["own_words"], expected_on=told["expected_on"],
            expected_proof=Proof(told["expected_proof"] or Proof.TOLD), keep_sealed=True,
        )  # fmt: skip


class HomeForm(Doubting, RunsService, Correcting):
    """How the applicant lives now. `born` is the applicant's year of birth, `income_eur` what the
    household earns in a month, as far as they are known."""

    def __init__(
        self, *args: Any, born: int | None = None, income_eur: Decimal | None = None, **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.born, self.income_eur = born, income_eur

    def doubts(self, told: dict[str, Any], today: date) -> Iterable[checks.Remark]:
        names = ("area_m2", "rooms", "residents", "cost_eur", "moved_in")
        measures = {name: told[name] for name in names}
        return checks.of_home(**measures, born=self.born, income_eur=self.income_eur, today=today)

    tenure = forms.ChoiceField(label=_("Hallintamuoto"), choices=[CHOOSE, *Tenure.choices])
    municipality = TextField(label=_("Kunta"), max_length=PLACE_LENGTH, required=False)
    landlord = TextField(label=_("Vuokranantaja"), max_length=LANDLORD_LENGTH, required=False)
    moved_in = forms.IntegerField(
        label=_("Muuttovuosi"), required=False, min_value=1800, max_value=2200, localize=False
    )
    rooms = forms.IntegerField(
        label=_("Huoneita"), required=False, min_value=0, max_value=99,
        help_text=_("Keittiötä ei lasketa."),
    )  # fmt: skip
    area_m2 = NumberField(
        label=_("Pinta-ala, m²"), required=False, min_value=0, max_digits=6, decimal_places=2
    )
    residents = forms.IntegerField(label=_("Asukkaita"), required=False, min_value=1, max_value=99)
    cost_eur = EurosField(label=_("Asumiskulut, €/kk"), required=False)
    condition = forms.ChoiceField(
        label=_("Kunto"), choices=[OPTIONAL, *Condition.choices], required=False
    )
    conveniences = forms.ChoiceField(
        label=_("Varustetaso"), choices=[OPTIONAL, *Conveniences.choices], required=False
    )

    @property
    def given(self) -> HomeGiven:
        told = self.cleaned_data
        return HomeGiven(
            tenure=Tenure(told["tenure"]), municipality=told["municipality"],
            landlord=told["landlord"], moved_in=told["moved_in"], rooms=told["rooms"],
            area_m2=told["area_m2"], residents=told["residents"], cost_eur=told["cost_eur"],
            condition=Condition(told["condition"]) if told["condition"] else None,
            conveniences=Conveniences(told["conveniences"]) if told["conveniences"] else None,
        )  # fmt: skip


class DetailsForm(Doubting, RunsService, Correcting):
    """What kind of application it is."""

    def doubts(self, told: dict[str, Any], today: date) -> Iterable[checks.Remark]:
        return checks.of_receipt(told["received_on"], today)

    channel = forms.ChoiceField(label=_("Saapumistapa"), choices=Channel.choices)
    received_on = DayField(label=_("Saapunut"))
    kind = forms.ChoiceField(label=_("Hakemuksen laji"), choices=Kind.choices)
    subsidised = forms.BooleanField(
        label=_("Hakee valtion tukemaa asuntoa"), required=False,
        help_text=_("Silloin kysytään kaikkien muuttavien henkilötunnukset (YMa 904/2006 1 §)."),
    )  # fmt: skip
    assured_on = DayField(label=_("Vakuutettu oikeaksi"), required=False)
    signed_on = DayField(
        label=_("Allekirjoitettu"), required=False, help_text=_("Viimeistään ennen sopimusta.")
    )

    @property
    def given(self) -> Details:
        told = self.cleaned_data
        return Details(
            channel=Channel(told["channel"]), received_on=told["received_on"],
            kind=Kind(told["kind"]), subsidised=told["subsidised"],
            assured_on=told["assured_on"], signed_on=told["signed_on"],
        )  # fmt: skip


class MembershipFields(forms.Form):
    """As what somebody is in the household, and the code by the regime."""

    part = forms.ChoiceField(
        label=_("Asema"), choices=[CHOOSE, *(one for one in Part.choices if one[0] != "applicant")]
    )
    relation = forms.ChoiceField(label=_("Suhde hakijaan"), choices=[CHOOSE, *Relation.choices])
    residence = forms.ChoiceField(
        label=_("Oleskelun peruste"), required=False,
        choices=[OPTIONAL, *((one.value, one.label) for one in CLASS_A)],
        help_text=_("Oleskelulupa kirjataan erikseen."),
    )  # fmt: skip
    consent_on = DayField(
        label=_("Huoltajan suostumus"), required=False,
        help_text=_("Päivä, jona huoltajat suostuivat alaikäisen vuokrasopimukseen."),
    )  # fmt: skip
    hetu = forms.CharField(
        label=_("Henkilötunnus"), required=False, max_length=HETU_LENGTH + 9,
        widget=forms.TextInput(attrs=NOT_REMEMBERED),
    )  # fmt: skip
    ground = forms.ChoiceField(
        label=_("Peruste tunnukselle"), required=False, choices=[OPTIONAL, *GroundCode.choices]
    )
    ground_text = forms.CharField(
        label=_("Perustelu"), required=False, max_length=GROUND_LENGTH,
        widget=forms.TextInput(attrs=NOT_REMEMBERED),
    )  # fmt: skip

    @property
    def membership(self) -> Membership:
        told = self.cleaned_data
        code = told.get("ground")
        return Membership(
            part=Part(told.get("part") or Part.APPLICANT),
            relation=Relation(told["relation"]) if told.get("relation") else None,
            residence=Residence(told["residence"]) if told.get("residence") else None,
            hetu=told.get("hetu", "").strip(), consent_on=told.get("consent_on"),
            ground=CodeGround(GroundCode(code), told.get("ground_text", "")) if code else None,
        )  # fmt: skip


MEMBER_ERRORS: dict[str, str] = {
    **NEWCOMER_ERRORS, "intake_member_open_once": "q", "intake_member_once": "q",
}  # fmt: skip


class MemberForm(RunsService, PickFields, MembershipFields, Correcting):
    """Somebody who comes into the household: of the register, or new to it."""

    error_fields: ClassVar[dict[str, str]] = MEMBER_ERRORS
    usual_field = "q"

    surname = TextField(label=_("Sukunimi"), max_length=NAME_LENGTH, required=False)
    given_names = TextField(label=_("Etunimet"), max_length=NAME_LENGTH, required=False)
    birth_date = DayField(label=_("Syntymäaika"), required=False)

    @property
    def newcomer(self) -> Newcomer:
        told = self.cleaned_data
        return Newcomer(Names(told["surname"], told["given_names"]), birth_date=told["birth_date"])


class ChangeMemberForm(RunsService, MembershipFields, Correcting):
    """As what somebody is in the household, corrected."""

    error_fields: ClassVar[dict[str, str]] = MEMBER_ERRORS

    def __init__(self, *args: Any, member: Member, **given: Any) -> None:
        super().__init__(*args, **given)
        if member.part == Part.APPLICANT:
            for name in ("part", "relation"):
                del self.fields[name]


class PermitForm(RunsService, Correcting):
    """By what permit somebody stays: kind and days alone."""

    kind = forms.ChoiceField(
        label=_("Oleskelun peruste"), required=False,
        choices=[("", _("Ei oleskelulupaa")), *((one.value, one.label) for one in PERMITS)],
    )  # fmt: skip
    granted_from = DayField(label=_("Myönnetty alkaen"), required=False)
    granted_to = DayField(label=_("Myönnetty asti"), required=False, help_text=_("Tyhjänä pysyvä."))
    shown_on = DayField(label=_("Esitetty"), required=False, help_text=_("Kopiota ei säilytetä."))

    @property
    def given(self) -> PermitGiven | None:
        told = self.cleaned_data
        if not told["kind"]:
            return None
        return PermitGiven(
            kind=Residence(told["kind"]), granted_from=told["granted_from"],
            granted_to=told["granted_to"], shown_on=told["shown_on"],
        )  # fmt: skip
