"""Offers of a flat: to whom, by what way, until when, and what the answer was."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from applications.intake.models import Application
from applications.selection.models.decisions import REASON_LENGTH, Decision, Round, SkipReason
from applications.selection.rules.snapshot import Change
from vuokra.db.models import PersonalModel


class OfferChannel(models.TextChoices):
    """How a flat is offered (tarjouksen välitystapa)."""

    PHONE = "phone", _("Puhelin")
    EMAIL = "email", _("Sähköposti")
    SMS = "sms", _("Tekstiviesti")
    LETTER = "letter", _("Kirje")
    VISIT = "visit", _("Käynti toimistossa")


class OfferState(models.TextChoices):
    """Where an offer is (tarjouksen tila)."""

    OPEN = "open", _("Odottaa vastausta")
    ACCEPTED = "accepted", _("Hyväksytty")
    DECLINED = "declined", pgettext_lazy("offer", "Hylätty")
    NO_ANSWER = "no_answer", _("Ei vastausta")
    WITHDRAWN = "withdrawn", _("Peruutettu")


LIVE = (OfferState.OPEN, OfferState.ACCEPTED)
"""Offers that wait for an answer or were accepted: the flat is offered to nobody else."""

CLOSED = (OfferState.DECLINED, OfferState.NO_ANSWER, OfferState.WITHDRAWN)
"""Offers after which another is chosen."""


_ENDED = {
    OfferState.DECLINED.value: _("Hakija hylkäsi tarjouksen"),
    OfferState.NO_ANSWER.value: _("Tarjoukseen ei vastattu"),
    OfferState.WITHDRAWN.value: _("Tarjous peruutettiin"),
}
"""Why an offer that ended passes its applicant over, told so that nobody takes the applicant for
the one who was declined."""


def passed_words(code: str) -> str:
    """Why somebody was passed over for a flat: the reason of a skip, or how the offer ended."""
    return str({**dict(SkipReason.choices), **_ENDED}.get(code, ""))


class Refusal(models.TextChoices):
    """Why a flat was declined (hylkäämisen syy), recorded neutrally: nothing follows from it."""

    RENT = "rent", _("Vuokra")
    SIZE = "size", _("Koko")
    PLACE = "place", _("Sijainti")
    CONDITION = "condition", _("Kunto tai varustelu")
    TIME = "time", _("Muuttopäivä")
    HOUSED = "housed", _("Sai asunnon muualta")
    NO_LONGER = "no_longer", _("Ei enää hae asuntoa")
    OTHER = "other", _("Muu syy")
    NOT_TOLD = "not_told", _("Ei kertonut")


class Offer(PersonalModel):
    """A flat offered to a household that was chosen for it (asuntotarjous). One at a time for a
    flat and for a decision; an answered one stays as it is. `answer_by` is the last day. `changed`
    is what of the household was no more as it was chosen by when it took the flat: why the choice
    stands is then told in `note`."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="offer")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="offers")
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, related_name="offers"
    )
    channel = models.CharField(_("välitystapa"), max_length=6, choices=OfferChannel)
    offered_at = models.DateTimeField(_("tarjottu"), auto_now_add=True)
    offered_on = models.DateField(_("tarjouspäivä"))
    answer_by = models.DateField(_("vastattava viimeistään"))
    state = models.CharField(
        _("tila"), max_length=9, choices=OfferState, default=OfferState.OPEN, editable=False
    )
    answered_on = models.DateField(_("vastattu"), null=True, editable=False)
    refusal = models.CharField(_("syy"), max_length=9, choices=Refusal, blank=True, editable=False)
    note = models.CharField(_("lisätieto"), max_length=REASON_LENGTH, blank=True, editable=False)
    changed = ArrayField(
        models.CharField(max_length=9, choices=Change), default=list, editable=False,
        verbose_name=_("muuttunut valinnan jälkeen"),
    )  # fmt: skip
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+",
        editable=False,
    )  # fmt: skip
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+",
        editable=False,
    )  # fmt: skip

    class Meta:
        verbose_name = _("asuntotarjous")
        verbose_name_plural = _("asuntotarjoukset")
        ordering = ("-offered_at", "-id")
        indexes = (models.Index(fields=["state", "answer_by"], name="selection_offer_due"),)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="selection_offer_known",
                condition=Q(
                    channel__in=OfferChannel.values, refusal__in=["", *Refusal.values]
                ),
            ),
            models.CheckConstraint(
                name="selection_offer_until",
                condition=Q(answer_by__gte=F("offered_on")),
                violation_error_code="answer_by",
                violation_error_message=_("Vastausaika päättyy ennen tarjousta."),
            ),
            models.CheckConstraint(
                name="selection_offer_closed",
                condition=Q(state=OfferState.OPEN, answered_on__isnull=True, refusal="")
                | Q(
                    state__in=[state for state in OfferState.values if state != "open"],
                    answered_on__isnull=False,
                    answered_on__gte=F("offered_on"),
                ),
                violation_error_code="answered_on",
                violation_error_message=_("Vastauspäivä on ennen tarjousta."),
            ),
            models.CheckConstraint(
                name="selection_offer_refusal",
                condition=Q(state=OfferState.DECLINED) & ~Q(refusal="")
                | ~Q(state=OfferState.DECLINED) & Q(refusal=""),
                violation_error_code="refusal",
                violation_error_message=_("Valitse, miksi hakija hylkäsi tarjouksen."),
            ),
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(state__in=[state.value for state in LIVE]),
                name="selection_offer_one",
                violation_error_code="round",
                violation_error_message=_("Asunto on jo tarjottu toiselle."),
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state=OfferState.ACCEPTED),
                name="selection_offer_accepted_once",
                violation_error_code="state",
                violation_error_message=_("Hakija on jo hyväksynyt toisen tarjouksen."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.pk}"
