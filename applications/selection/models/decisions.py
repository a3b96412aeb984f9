"""Choosing for one flat: the round, who was passed over, and what was decided from what."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.intake.models import Application
from applications.selection.models.bounds import ExemptionPermit
from applications.selection.rules.exceptions import Deviation
from applications.selection.rules.snapshot import AsWritten
from leases.homes.models import Flat
from vuokra.db.models import PersonalModel

REASON_LENGTH = 1000
DIGEST_LENGTH = 64


class RoundState(models.TextChoices):
    """Where the choice for a flat is (valinnan tila)."""

    OPEN = "open", _("Kesken")
    LET = "let", _("Asunto annettu")
    CANCELLED = "cancelled", _("Keskeytetty")


class Round(models.Model):
    """The choosing of residents for a flat that is or becomes free (asukasvalinta). One at a time
    for a flat: two clerks cannot choose for it by accident.

    `open_to_all_from` is the day from which everybody could apply for the flat, the evidence of
    section 11; `rent_eur` what is asked for it in a month.
    """

    flat = models.ForeignKey(Flat, on_delete=models.PROTECT, related_name="rounds")
    free_from = models.DateField(_("vapautuu"))
    rent_eur = models.DecimalField(_("vuokra, €/kk"), max_digits=12, decimal_places=2)
    open_to_all_from = models.DateField(_("yleisesti haettavana alkaen"))
    state = models.CharField(
        _("tila"), max_length=9, choices=RoundState, default=RoundState.OPEN, editable=False
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+",
        editable=False,
    )  # fmt: skip
    opened_at = models.DateTimeField(_("avattu"), auto_now_add=True)
    closed_on = models.DateField(_("päätetty"), null=True, editable=False)
    close_reason = models.CharField(_("syy"), max_length=REASON_LENGTH, blank=True, editable=False)

    class Meta:
        verbose_name = _("asukasvalinta")
        verbose_name_plural = _("asukasvalinnat")
        ordering = ("-opened_at", "-id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="selection_round_known",
                condition=Q(state=RoundState.OPEN, closed_on__isnull=True)
                | Q(state__in=[RoundState.LET, RoundState.CANCELLED], closed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="selection_round_rent",
                condition=Q(rent_eur__gte=0),
                violation_error_code="rent_eur",
                violation_error_message=_("Vuokra ei voi olla alle nolla."),
            ),
            models.CheckConstraint(
                name="selection_round_cancelled",
                condition=~Q(state=RoundState.CANCELLED) | ~Q(close_reason=""),
                violation_error_code="close_reason",
                violation_error_message=_("Kerro, miksi valinta keskeytetään."),
            ),
            models.UniqueConstraint(
                fields=["flat"],
                condition=Q(state=RoundState.OPEN),
                name="selection_round_one",
                violation_error_code="flat",
                violation_error_message=_("Asunnolla on jo avoin asukasvalinta."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"


class SkipReason(models.TextChoices):
    """Why an applicant is passed over (ohittamisen peruste)."""

    NOT_REACHED = "not_reached", _("Ei tavoitettu")
    PAPERS = "papers", _("Pyydetyt liitteet puuttuvat")
    UNSUITABLE = "unsuitable", _("Asunto ei sovi ruokakunnalle")
    WISH = "wish", _("Hakija ei halua tätä asuntoa")
    DEBT = "debt", _("Vuokravelka yhtiölle, harkittu")
    UNSECURED = "unsecured", _("Vuokran maksua ei voi turvata, harkittu")
    OTHER_OFFER = "other_offer", _("Hakijalla on toinen tarjous")
    STRUCTURE = "structure", _("Asukasrakenne (yksittäistapaus)")
    OTHER = "other", _("Muu peruste")


class Skip(PersonalModel):
    """That an applicant was passed over for a flat, with the reason (ohitus). It is taken back, not
    deleted."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="skips")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="skips")
    reason = models.CharField(_("peruste"), max_length=12, choices=SkipReason)
    text = models.CharField(_("perustelu"), max_length=REASON_LENGTH)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(_("peruttu"), null=True)

    class Meta:
        verbose_name = _("ohitus")
        verbose_name_plural = _("ohitukset")
        ordering = ("id",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="selection_skip_known", condition=Q(reason__in=SkipReason.values)
            ),
            models.CheckConstraint(
                name="selection_skip_text",
                condition=~Q(text=""),
                violation_error_code="text",
                violation_error_message=_("Perustele ohitus."),
            ),
            models.UniqueConstraint(
                fields=["round", "application"],
                condition=Q(taken_back_at__isnull=True),
                name="selection_skip_once",
                violation_error_code="reason",
                violation_error_message=_("Hakija on jo ohitettu tässä valinnassa."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"


class OutOfOrder(models.TextChoices):
    """Why another than the first is chosen, or which of equals (valinnan peruste)."""

    TIE = "tie", _("Tasatilanne, harkittu")
    LOCAL = "SIJAINTIKUNTA", _("Kunnan asukas, muuten samassa asemassa")
    CIRCUMSTANCES = "circumstances", _("Ruokakunnan erityiset olosuhteet")
    MARKET = "market", _("Paikallinen vuokra-asuntotilanne")
    STRUCTURE = "structure", _("Talon tai alueen asukasrakenne")


SINGLE_CASE = (OutOfOrder.CIRCUMSTANCES, OutOfOrder.MARKET, OutOfOrder.STRUCTURE)
"""Reasons by which the order is deviated from in a single case (P10): an exception, which another
approves. The others tell which of equals is chosen."""
_SINGLE = Q(out_of_order__in=[one.value for one in SINGLE_CASE])


class Decision(PersonalModel):
    """That a household was chosen for a flat (valintapäätös), VNa 166/2008 5 §.

    A named person decides; `snapshot` is what the choice was made from, with random ids, and
    `digest` its SHA-256. Nothing of it changes but the approval by another, where the company asks
    for one. `place` is where the chosen stood. `household_changed_at`: somebody came into the
    chosen household, left it or got another part in it before its offer was answered (the database
    tells): it is not who was compared, and the choice is made anew. `lapsed_at`: the chosen was
    passed over afterwards, or asked for a home no more, before the flat was offered (rauennut); the
    choice does not rise again when that is taken back.
    """

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="decisions")
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, related_name="decisions"
    )
    chosen = models.UUIDField(_("valitun tunniste"))
    on = models.DateField(_("valintapäivä"))
    place = models.PositiveIntegerField(_("sija"))
    compared_count = models.PositiveIntegerField(_("vertailtuja"))
    out_of_order = models.CharField(
        _("peruste valita muu kuin ensimmäinen"), max_length=13, choices=OutOfOrder, blank=True
    )
    deviation = models.CharField(
        _("poikkeamisen peruste"), max_length=3, choices=Deviation, blank=True
    )
    permit = models.ForeignKey(
        ExemptionPermit, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions",
        verbose_name=_("poikkeuslupa"),
    )  # fmt: skip
    reason = models.CharField(_("perustelu"), max_length=REASON_LENGTH, blank=True)
    snapshot = models.JSONField(encoder=AsWritten)
    digest = models.CharField(max_length=DIGEST_LENGTH)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("päätetty"), auto_now_add=True)
    needs_approval = models.BooleanField(_("toisen hyväksyttävä"), default=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("hyväksytty"), null=True)
    household_changed_at = models.DateTimeField(
        _("ruokakunta muuttunut"), null=True, editable=False
    )
    lapsed_at = models.DateTimeField(_("rauennut"), null=True, editable=False)

    class Meta:
        verbose_name = _("valintapäätös")
        verbose_name_plural = _("valintapäätökset")
        ordering = ("-decided_at", "-id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="selection_decision_known",
                condition=Q(
                    out_of_order__in=["", *OutOfOrder.values],
                    deviation__in=["", *Deviation.values],
                    place__gte=1,
                    compared_count__gte=1,
                ),
            ),
            models.CheckConstraint(
                name="selection_decision_order",
                condition=Q(place=1) | ~Q(out_of_order=""),
                violation_error_code="out_of_order",
                violation_error_message=_("Kirjaa peruste, kun valitset muun kuin ensimmäisen."),
            ),
            models.CheckConstraint(
                name="selection_decision_single",
                condition=_SINGLE & ~Q(deviation="")
                | ~_SINGLE & Q(place=1) & ~Q(deviation=Deviation.ORDER.value),
                violation_error_code="out_of_order",
                violation_error_message=_("Valitse, miksi etusijajärjestyksestä poiketaan."),
            ),
            models.CheckConstraint(
                name="selection_decision_reason",
                condition=Q(out_of_order="", deviation="") | ~Q(reason=""),
                violation_error_code="reason",
                violation_error_message=_("Perustele valinta."),
            ),
            models.CheckConstraint(
                name="selection_decision_permit",
                condition=Q(deviation=Deviation.PERMIT.value, permit__isnull=False)
                | (~Q(deviation=Deviation.PERMIT.value) & Q(permit__isnull=True)),
                violation_error_code="permit",
                violation_error_message=_("Valitse poikkeuslupa, jonka nojalla poiketaan."),
            ),
            models.CheckConstraint(
                name="selection_decision_second",
                condition=Q(deviation="") | Q(needs_approval=True),
                violation_error_code="deviation",
                violation_error_message=_("Poikkeamisen hyväksyy toinen henkilö."),
            ),
            models.CheckConstraint(
                name="selection_decision_approved",
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | (
                    Q(approved_by__isnull=False, approved_at__isnull=False)
                    & ~Q(approved_by=F("decided_by"))
                ),
                violation_error_code="approved_by",
                violation_error_message=_("Toinen henkilö hyväksyy päätöksen."),
            ),
            models.CheckConstraint(
                name="selection_decision_digest", condition=Q(digest__regex=r"^[0-9a-f]{64}$")
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def waits(self) -> bool:
        """Whether another has to approve it before the flat is offered."""
        return self.needs_approval and self.approved_at is None


class Compared(PersonalModel):
    """Whose the random id of a snapshot is (vertailtu hakemus). It goes with the applicants' time
    (R2); the snapshot plays again without it."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="compared")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="compared")
    token = models.UUIDField(_("tunniste"))

    class Meta:
        verbose_name = _("vertailtu hakemus")
        verbose_name_plural = _("vertaillut hakemukset")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=["decision", "application"], name="selection_compared_once"
            ),
            models.UniqueConstraint(fields=["decision", "token"], name="selection_compared_token"),
        )

    def __str__(self) -> str:
        return f"{self.pk}"
