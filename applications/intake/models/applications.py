"""Applications for a home: what kind, in which state, until when; who is in the household."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from applications.intake.codes import (
    Channel,
    EndReason,
    Kind,
    Part,
    Relation,
    Residence,
    State,
)
from applications.intake.models.given import GivenFields, staff
from applications.intake.rules.states import ENDED, OPEN
from registry.persons.models import Person
from vuokra.company.models import NoticeVersion
from vuokra.crypto.fields import EncryptedTextField
from vuokra.db.models import PersonalModel

NUMBER_LENGTH = 12
SOURCE_LENGTH = 40
SOURCE_ID_LENGTH = 60
REASON_LENGTH = 300
HETU_LENGTH = 11
_OPEN = [state.value for state in OPEN]
_ENDED = [state.value for state in ENDED]
CLASS_A = (Residence.CITIZEN, Residence.REGISTERED)
"""Rights to live here that say nothing special of anybody; the others lie in a permit, sealed."""


class Application(PersonalModel):
    """An application for a home (asuntohakemus, S5-11, S5-26).

    The database gives the number, keeps the order of states (`rules.states.TRANSITIONS`) and that a
    step was recorded of each. `valid_until` is the last day on which it is valid, by the rows of
    `rule_versions`; `renewed_on` the last day on which the applicant confirmed it. `subsidised`
    tells whether it asks for a state-subsidised flat: then the hetus of all who move in are given
    (YMa 904/2006 1 §). `merged_into` is the application that stands in its place. One that came in
    with a file keeps the system it came from and its id there: they do not change (10.4). `notice`
    is the version of the privacy notice that held when it arrived (article 13), None before the
    first.
    """

    number = models.CharField(
        _("hakemusnumero"),
        max_length=NUMBER_LENGTH,
        unique=True,
        editable=False,
        db_default=Func(function="applications_intake_next_number"),
    )
    kind = models.CharField(_("hakemuksen laji"), max_length=6, choices=Kind, default=Kind.NEW)
    channel = models.CharField(_("saapumistapa"), max_length=5, choices=Channel)
    state = models.CharField(
        _("tila"), max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    subsidised = models.BooleanField(_("hakee valtion tukemaa asuntoa"), default=True)
    received_on = models.DateField(_("saapunut"), null=True, blank=True)
    renewed_on = models.DateField(_("uusittu"), null=True, editable=False)
    valid_until = models.DateField(_("voimassa asti"), null=True, editable=False)
    rule_versions = models.JSONField(default=list, editable=False)
    complete_by = models.DateField(_("täydennettävä viimeistään"), null=True, editable=False)
    assured_on = models.DateField(_("vakuutettu oikeaksi"), null=True, blank=True)
    signed_on = models.DateField(_("allekirjoitettu"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="merged"
    )
    ended_on = models.DateField(_("päättynyt"), null=True, editable=False)
    end_reason = models.CharField(
        _("päättymisen syy"), max_length=9, choices=EndReason, blank=True, editable=False
    )
    source = models.CharField(
        _("järjestelmä"), max_length=SOURCE_LENGTH, blank=True, editable=False
    )
    source_id = models.CharField(
        _("tunnus järjestelmässä"), max_length=SOURCE_ID_LENGTH, blank=True, editable=False
    )
    notice = models.ForeignKey(
        NoticeVersion, on_delete=models.PROTECT, null=True, editable=False, related_name="+",
        verbose_name=_("tietosuojaseloste"),
    )  # fmt: skip
    made_by = staff(editable=False)
    made_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)

    class Meta:
        verbose_name = _("asuntohakemus")
        verbose_name_plural = _("asuntohakemukset")
        ordering = ("-received_on", "-id")
        indexes = (
            models.Index(fields=["state", "received_on", "id"], name="intake_application_state"),
            models.Index(
                fields=["valid_until", "id"],
                name="intake_application_expiring",
                condition=Q(state__in=_OPEN),
            ),
            models.Index(fields=["-received_on", "-id"], name="intake_application_newest"),
        )
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="intake_application_known",
                condition=Q(
                    kind__in=Kind.values, channel__in=Channel.values, state__in=State.values
                )
                & Q(end_reason__in=["", *EndReason.values]),
            ),
            models.CheckConstraint(
                name="intake_application_source",
                condition=Q(source="", source_id="") | (~Q(source="") & ~Q(source_id="")),
            ),
            models.UniqueConstraint(
                name="intake_application_once",
                fields=["source", "source_id"],
                condition=~Q(source=""),
            ),
            models.CheckConstraint(
                name="intake_application_received",
                condition=Q(state="draft", valid_until__isnull=True)
                | Q(received_on__isnull=False, valid_until__isnull=False)
                | Q(state__in=["withdrawn", "merged"], valid_until__isnull=True),
                violation_error_code="received_on",
                violation_error_message=_("Anna päivä, jona hakemus saapui."),
            ),
            models.CheckConstraint(
                name="intake_application_days",
                condition=(Q(renewed_on__isnull=True) | Q(renewed_on__gte=F("received_on")))
                & (Q(valid_until__isnull=True) | Q(valid_until__gte=F("received_on")))
                & (
                    Q(valid_until__isnull=True)
                    | Q(renewed_on__isnull=True)
                    | Q(valid_until__gte=F("renewed_on"))
                ),
                violation_error_code="received_on",
                violation_error_message=_("Päivät eivät ole järjestyksessä."),
            ),
            models.CheckConstraint(
                name="intake_application_completed",
                condition=Q(state="incomplete", complete_by__isnull=False)
                | (~Q(state="incomplete") & Q(complete_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="intake_application_merged",
                condition=(
                    Q(state="merged", merged_into__isnull=False) & ~Q(merged_into=F("id"))
                )
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
            ),
            models.CheckConstraint(
                name="intake_application_ended",
                condition=(Q(state__in=_ENDED, ended_on__isnull=False) & ~Q(end_reason=""))
                | (~Q(state__in=_ENDED) & Q(ended_on__isnull=True, end_reason="")),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def open(self) -> bool:
        """Whether it waits for a home, or for what it needs to wait for one."""
        return self.state in _OPEN

    @property
    def confirmed_on(self) -> date | None:
        """The last day on which the applicant told or confirmed it; None while it is a draft."""
        return self.renewed_on or self.received_on


class Member(GivenFields):
    """Somebody of the household of an application (hakijaruokakunta, S5-08, S5-09).

    `residence` is told here as far as it is nothing special; whoever stays by a permit has a
    `Permit`. Nobody is in two open applications at once, but a child who lives elsewhere and is
    counted in both: the database keeps `is_open` after the application's state. `income_told` and
    `wealth_told` say that all of it was told, if only that there is none: without a row and without
    that it is missing, never nothing. `consent_on` is the day on which the guardians of
    somebody under age consented to the lease that he will sign (4.2).
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="applications", verbose_name=_("henkilö")
    )
    part = models.CharField(_("asema hakemuksella"), max_length=12, choices=Part)
    relation = models.CharField(_("suhde hakijaan"), max_length=8, choices=Relation, blank=True)
    residence = models.CharField(
        _("oleskelun peruste"), max_length=10, blank=True,
        choices=[(one.value, one.label) for one in CLASS_A],
    )  # fmt: skip
    income_told = models.BooleanField(_("tulot on ilmoitettu"), default=False)
    wealth_told = models.BooleanField(_("varallisuus on ilmoitettu"), default=False)
    consent_on = models.DateField(_("huoltajan suostumus"), null=True, blank=True)
    is_open = models.BooleanField(default=False, editable=False)

    class Meta(GivenFields.Meta):
        verbose_name = _("hakijaruokakunnan jäsen")
        verbose_name_plural = _("hakijaruokakunnan jäsenet")
        ordering = ("application", "id")
        indexes = (models.Index(fields=["person", "-application"], name="intake_member_person"),)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *GivenFields.Meta.constraints,
            models.CheckConstraint(
                name="intake_member_known",
                condition=Q(part__in=Part.values, relation__in=["", *Relation.values])
                & Q(residence__in=["", *(one.value for one in CLASS_A)]),
            ),
            models.CheckConstraint(
                name="intake_member_relation",
                condition=Q(part="applicant", relation="")
                | (~Q(part="applicant") & ~Q(relation="")),
                violation_error_code="relation",
                violation_error_message=_("Kerro, mikä henkilö on hakijalle."),
            ),
            models.CheckConstraint(
                name="intake_member_away",
                condition=~Q(part="away") | Q(relation="child"),
                violation_error_code="part",
                violation_error_message=_("Muualla asuva on hakijan lapsi."),
            ),
            models.UniqueConstraint(
                name="intake_member_once",
                fields=["application", "person"],
                violation_error_code="person",
                violation_error_message=_("Henkilö on jo hakemuksella."),
            ),
            models.UniqueConstraint(
                name="intake_member_applicant",
                fields=["application"],
                condition=Q(part="applicant"),
                violation_error_code="part",
                violation_error_message=_("Hakemuksella on jo hakija."),
            ),
            models.UniqueConstraint(
                name="intake_member_open_once",
                fields=["person"],
                condition=Q(is_open=True) & ~Q(part="away"),
                violation_error_code="person",
                violation_error_message=_("Henkilö on jo toisella voimassa olevalla hakemuksella."),
            ),
        )  # fmt: skip


class MemberCode(PersonalModel):
    """The identity code of somebody who moves into a state-subsidised flat and is no party of the
    lease (hakemukselle kirjattu henkilötunnus, S5-10).

    The decree asks for it; it stays with the application, is not the person's identity in the
    register and goes with the documents of the selection (R4). Source: YMa 904/2006 1 § 1 b;
    data-protection section 1, finding 1.
    """

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="code")
    hetu = EncryptedTextField(_("henkilötunnus"), max_length=HETU_LENGTH)
    recorded_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)

    class Meta:
        verbose_name = _("hakemukselle kirjattu henkilötunnus")
        verbose_name_plural = _("hakemuksille kirjatut henkilötunnukset")

    def __str__(self) -> str:
        return f"{self.pk}"


class Permit(PersonalModel):
    """By what permit, of which days, somebody may live here (oleskelulupa, S5-25): kind and days,
    never the ground and never a copy. All of it is sealed; days are ISO dates."""

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="permit")
    kind = EncryptedTextField(_("oleskelun peruste"), max_length=10)
    granted_from = EncryptedTextField(_("myönnetty alkaen"), max_length=10, null=True)
    granted_to = EncryptedTextField(_("myönnetty asti"), max_length=10, null=True)
    shown_on = models.DateField(_("esitetty"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)

    class Meta:
        verbose_name = _("oleskelulupa")
        verbose_name_plural = _("oleskeluluvat")

    def __str__(self) -> str:
        return f"{self.pk}"


class Step(PersonalModel):
    """A change of state (hakemuksen vaihe): when, by whom, why. Rows are only added."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="steps")
    before = models.CharField(_("edellinen tila"), max_length=10, choices=State)
    after = models.CharField(_("tila"), max_length=10, choices=State)
    on = models.DateField(_("päivä"))
    reason = models.CharField(_("syy"), max_length=REASON_LENGTH, blank=True)
    made_by = staff()
    made_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)

    class Meta:
        verbose_name = _("hakemuksen vaihe")
        verbose_name_plural = _("hakemuksen vaiheet")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.pk}"
