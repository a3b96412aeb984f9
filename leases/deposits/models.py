"""Tables of deposits: demanded, received, promised, kept, returned; and to which account."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leases.contracts.models import Lease
from leases.deposits.rules.accounts import Change, Confirmed
from leases.deposits.rules.deposit import Payer, Reason
from registry.persons.models import ContactPoint, Person
from vuokra.crypto.fields import EncryptedTextField
from vuokra.db.models import PersonalModel

EVIDENCE_LENGTH = 500
REFERENCE_LENGTH = 60
PAYER_LENGTH = 120
HOLDER_LENGTH = 120
GROUND_LENGTH = 300
IBAN_LENGTH = 34


def _euros(label: Any, **options: Any) -> Any:
    return models.DecimalField(label, max_digits=12, decimal_places=2, **options)


def _staff(**options: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", **options
    )


class Form(models.TextChoices):
    """How a deposit is to be given (vakuuden muoto)."""

    MONEY = "money", _("Rahana")
    COMMITMENT = "commitment", _("Maksusitoumuksena")
    BOTH = "both", _("Rahana ja maksusitoumuksena")


class Deposit(PersonalModel):
    """The deposit agreed in a lease (vakuus, S5-29), and how far its return has come.

    Nothing demanded is a deposit of zero euros. `limit_eur` is the most that could be agreed on
    the day it was agreed; `rule_versions` the rows that say so.
    """

    lease = models.OneToOneField(Lease, on_delete=models.PROTECT, related_name="deposit")
    demanded_eur = _euros(_("sovittu vakuus, €"))
    limit_eur = _euros(_("vakuuden enimmäismäärä, €"), editable=False)
    form = models.CharField(_("muoto"), max_length=10, choices=Form, default=Form.MONEY)
    due_on = models.DateField(_("annettava viimeistään"))
    rule_versions = models.JSONField(default=list, editable=False)
    handed_over_on = models.DateField(_("huoneisto luovutettu"), null=True, blank=True)
    inspected_on = models.DateField(_("tarkastettu"), null=True, blank=True)
    balance_on = models.DateField(_("loppusaldo vahvistettu"), null=True, editable=False)
    balance_eur = _euros(_("maksamatta, €"), null=True, editable=False)
    balance_by = _staff(editable=False)
    agreed_by = _staff(editable=False)
    agreed_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)

    class Meta:
        verbose_name = _("vakuus")
        verbose_name_plural = _("vakuudet")
        ordering = ("due_on", "id")
        indexes = (models.Index(fields=["due_on", "id"], name="deposits_deposit_due"),)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="deposits_deposit_limit",
                condition=Q(demanded_eur__gte=0, demanded_eur__lte=F("limit_eur")),
                violation_error_code="demanded_eur",
                violation_error_message=_("Vakuus on suurempi kuin laki sallii (AHVL 8 §)."),
            ),
            models.CheckConstraint(name="deposits_deposit_form", condition=Q(form__in=Form.values)),
            models.CheckConstraint(
                name="deposits_deposit_balance",
                condition=Q(balance_on__isnull=True, balance_eur__isnull=True)
                | Q(balance_on__isnull=False, balance_eur__gte=0),
                violation_error_code="balance_eur",
                violation_error_message=_("Saldo ei voi olla alle nolla."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def signed(self) -> bool:
        """Whether it was agreed on in the lease that is to be signed, or was: then it stands in
        that paper. What is agreed on later does not."""
        ready = self.lease.ready_at
        return ready is not None and self.agreed_at <= ready


class Commitment(PersonalModel):
    """A payment commitment of an authority (maksusitoumus, S5-23), for a deposit or for rent.

    It is no money until it is realised (`realised_eur`). `justified` tells that the authority gave
    more than it usually does, for a reason of its own.
    """

    class For(models.TextChoices):
        """What it is for."""

        DEPOSIT = "deposit", _("Vakuus")
        RENT = "rent", _("Vuokra")

    class Issuer(models.TextChoices):
        """Who gave it (antaja)."""

        KELA = Payer.KELA.value, _("Kela")
        SOCIAL = Payer.SOCIAL.value, _("Hyvinvointialue")

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    lease = models.ForeignKey(Lease, on_delete=models.PROTECT, related_name="commitments")
    purpose = models.CharField(_("mistä"), max_length=7, choices=For, default=For.DEPOSIT)
    issuer = models.CharField(_("antaja"), max_length=6, choices=Issuer)
    number = models.CharField(_("numero"), max_length=REFERENCE_LENGTH)
    amount_eur = _euros(_("määrä, €"))
    justified = models.BooleanField(_("perusteltu syy"), default=False)
    valid_from = models.DateField(_("voimassa alkaen"))
    valid_to = models.DateField(_("voimassa asti"), null=True, blank=True)
    realised_eur = _euros(_("saatu, €"), null=True, editable=False)
    realised_on = models.DateField(_("saatu"), null=True, editable=False)
    recorded_by = _staff(editable=False)
    recorded_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)

    class Meta:
        verbose_name = _("maksusitoumus")
        verbose_name_plural = _("maksusitoumukset")
        ordering = ("lease", "valid_from", "id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(name="deposits_commitment_sum", condition=Q(amount_eur__gt=0)),
            models.CheckConstraint(
                name="deposits_commitment_days",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_code="valid_to",
                violation_error_message=_("Päättymispäivä on ennen alkamispäivää."),
            ),
            models.CheckConstraint(
                name="deposits_commitment_realised",
                condition=Q(realised_on__isnull=True, realised_eur__isnull=True)
                | Q(
                    realised_on__isnull=False, realised_eur__gt=0,
                    realised_eur__lte=F("amount_eur"),
                ),
                violation_error_code="realised_eur",
                violation_error_message=_("Sitoumuksesta ei voi saada enempää kuin sen määrä."),
            ),
            models.UniqueConstraint(
                name="deposits_commitment_once",
                fields=["lease", "purpose", "number"],
                violation_error_code="number",
                violation_error_message=_("Sitoumus on jo kirjattu."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.pk}"

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Receipt(PersonalModel):
    """Money received as a deposit (vakuuden maksu), by whom; or moved from an earlier lease."""

    deposit = models.ForeignKey(Deposit, on_delete=models.PROTECT, related_name="receipts")
    payer = models.CharField(_("maksaja"), max_length=9, choices=Payer, default=Payer.TENANT)
    payer_name = models.CharField(_("muun maksajan nimi"), max_length=PAYER_LENGTH, blank=True)
    euros = _euros(_("määrä, €"))
    received_on = models.DateField(_("saatu"))
    reference = models.CharField(_("viite"), max_length=REFERENCE_LENGTH, blank=True)
    moved_from = models.OneToOneField(
        "Payout", on_delete=models.PROTECT, null=True, editable=False, related_name="moved_to"
    )
    recorded_by = _staff(editable=False)
    recorded_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)

    class Meta:
        verbose_name = _("vakuuden maksu")
        verbose_name_plural = _("vakuuden maksut")
        ordering = ("received_on", "id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="deposits_receipt_sum", condition=Q(euros__gt=0),
                violation_error_code="euros",
                violation_error_message=_("Määrä on yli nolla."),
            ),
            models.CheckConstraint(
                name="deposits_receipt_payer",
                condition=(Q(payer__in=Payer.values, payer_name="") & ~Q(payer="other"))
                | (Q(payer="other") & ~Q(payer_name="")),
                violation_error_code="payer_name",
                violation_error_message=_("Kirjoita nimi vain, kun maksaja on muu."),
            ),
            models.UniqueConstraint(
                name="deposits_receipt_once",
                fields=["deposit", "payer", "received_on", "euros", "reference"],
                violation_error_code="reference",
                violation_error_message=_("Sama maksu on jo kirjattu. Erota toinen viitteellä."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.pk}"


class Deduction(PersonalModel):
    """What is kept of a deposit (vähennys): for what, and what shows it."""

    deposit = models.ForeignKey(Deposit, on_delete=models.PROTECT, related_name="deductions")
    reason = models.CharField(_("syy"), max_length=8, choices=Reason)
    euros = _euros(_("määrä, €"))
    evidence = models.CharField(_("mikä osoittaa sen"), max_length=EVIDENCE_LENGTH)
    recorded_by = _staff(editable=False)
    recorded_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)

    class Meta:
        verbose_name = _("vähennys vakuudesta")
        verbose_name_plural = _("vähennykset vakuudesta")
        ordering = ("id",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="deposits_deduction_sum", condition=Q(euros__gt=0),
                violation_error_code="euros",
                violation_error_message=_("Määrä on yli nolla."),
            ),
            models.CheckConstraint(
                name="deposits_deduction_known",
                condition=Q(reason__in=Reason.values) & ~Q(evidence=""),
                violation_error_code="evidence",
                violation_error_message=_("Kirjoita, mikä osoittaa vähennyksen."),
            ),
            models.UniqueConstraint(
                name="deposits_deduction_once",
                fields=["deposit", "reason", "euros", "evidence"],
                violation_error_code="evidence",
                violation_error_message=_("Sama vähennys on jo kirjattu."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.pk}"


class RefundAccount(PersonalModel):
    """The account that a deposit is returned to (palautustili, S5-35), of whoever paid it.

    Accounts are never changed: a new one replaces the one before it, and may be used only when a
    second person has confirmed it and the time has passed (A45). `holder` is told when the account
    is not the payer's own, with the reason (A46).
    """

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    deposit = models.ForeignKey(Deposit, on_delete=models.PROTECT, related_name="accounts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="refund_accounts")
    payer = models.CharField(_("kenelle palautetaan"), max_length=9, choices=Payer)
    iban = EncryptedTextField(_("tilinumero"), max_length=IBAN_LENGTH)
    holder = EncryptedTextField(_("tilin omistaja"), max_length=HOLDER_LENGTH, null=True)
    third_person = models.BooleanField(_("toisen henkilön tili"), default=False)
    reason = models.CharField(_("miksi toisen tilille"), max_length=GROUND_LENGTH, blank=True)
    foreign = models.BooleanField(_("ulkomainen tili vahvistettu"), default=False)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="replaced_by"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("kirjattu"))
    usable_from = models.DateTimeField(_("käytettävissä"))
    confirmed_by = _staff(editable=False)
    confirmed_at = models.DateTimeField(_("vahvistettu"), null=True, editable=False)
    confirmed = models.CharField(_("vahvistustapa"), max_length=5, choices=Confirmed, blank=True)
    called = models.ForeignKey(
        ContactPoint, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("palautustili")
        verbose_name_plural = _("palautustilit")
        ordering = ("-recorded_at", "-id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                name="deposits_account_first",
                fields=["deposit", "payer"],
                condition=Q(replaces__isnull=True),
            ),
            models.CheckConstraint(
                name="deposits_account_third",
                condition=Q(third_person=False, reason="", holder__isnull=True)
                | (Q(third_person=True, holder__isnull=False) & ~Q(reason="")),
                violation_error_code="reason",
                violation_error_message=_("Toisen tilille tarvitaan omistaja ja perustelu."),
            ),
            models.CheckConstraint(
                name="deposits_account_payer",
                condition=Q(payer__in=[one for one in Payer.values if Payer(one).has_own_account]),
            ),
            models.CheckConstraint(
                name="deposits_account_wait",
                condition=Q(replaces__isnull=True) | Q(usable_from__gt=F("recorded_at")),
            ),
            models.CheckConstraint(
                name="deposits_account_second",
                condition=Q(
                    confirmed_by__isnull=True, confirmed_at__isnull=True, confirmed="",
                    called__isnull=True,
                )
                | (
                    Q(
                        confirmed_by__isnull=False, confirmed_at__gte=F("recorded_at"),
                        confirmed__in=Confirmed.values,
                    )
                    & ~Q(confirmed_by=F("recorded_by"))
                ),
                violation_error_message=_("Vahvistajan pitää olla toinen henkilö."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_replaced(self) -> bool:
        """Whether a later account stands in its place."""
        return hasattr(self, "replaced_by")

    @property
    def change(self) -> Change:
        """What is judged before it is used."""
        return Change(
            self.replaces_id is not None, self.confirmed_by_id is not None, self.usable_from
        )


class Settlement(PersonalModel):
    """How a deposit was settled (vakuuden selvitys): prepared by one, approved by another.

    The database refuses sums that do not follow from what was received and kept, and every change
    after the approval but the day on which the tenant was told and the days of payment.
    """

    deposit = models.OneToOneField(Deposit, on_delete=models.PROTECT, related_name="settlement")
    received_eur = _euros(_("saatu, €"))
    interest_eur = _euros(_("korko, €"), default=Decimal("0.00"))
    deducted_eur = _euros(_("vähennykset, €"))
    returned_eur = _euros(_("palautetaan, €"))
    uncovered_eur = _euros(_("jää velaksi, €"))
    ended_on = models.DateField(_("vuokrasuhde päättyi"))
    return_by = models.DateField(_("palautettava viimeistään"))
    rule_versions = models.JSONField(default=list, editable=False)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    prepared_at = models.DateTimeField(_("laadittu"), auto_now_add=True)
    approved_by = _staff(editable=False)
    approved_at = models.DateTimeField(_("hyväksytty"), null=True, editable=False)
    told_on = models.DateField(_("ilmoitettu kirjallisesti"), null=True, editable=False)

    class Meta:
        verbose_name = _("vakuuden selvitys")
        verbose_name_plural = _("vakuuksien selvitykset")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="deposits_settlement_sum",
                condition=Q(
                    received_eur__gte=0, interest_eur__gte=0, deducted_eur__gte=0,
                    returned_eur__gte=0, uncovered_eur__gte=0,
                    received_eur=F("returned_eur") + F("deducted_eur") - F("interest_eur")
                    - F("uncovered_eur"),
                )
                & (Q(returned_eur=0) | Q(uncovered_eur=0)),
            ),
            models.CheckConstraint(
                name="deposits_settlement_interest",
                condition=Q(interest_eur__lte=F("received_eur")),
                violation_error_code="interest",
                violation_error_message=_("Korko on suurempi kuin vakuus."),
            ),
            models.CheckConstraint(
                name="deposits_settlement_second",
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | (
                    Q(approved_by__isnull=False, approved_at__isnull=False)
                    & ~Q(approved_by=F("prepared_by"))
                ),
                violation_error_message=_("Hyväksyjän pitää olla toinen henkilö kuin laatija."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def closed(self) -> bool:
        """Whether it was approved: nothing changes any more."""
        return self.approved_at is not None


class Payout(PersonalModel):
    """A part of a deposit that goes back (palautus): to whom and how, or into the next lease."""

    class Means(models.TextChoices):
        """How it goes back."""

        ACCOUNT = "account", _("Tilille")
        REFERENCE = "reference", _("Viranomaiselle viitteellä")
        MOVE = "move", _("Siirretään seuraavan sopimuksen vakuudeksi")

    settlement = models.ForeignKey(Settlement, on_delete=models.CASCADE, related_name="payouts")
    to = models.CharField(_("kenelle"), max_length=9, choices=Payer)
    euros = _euros(_("määrä, €"))
    means = models.CharField(_("miten"), max_length=9, choices=Means)
    account = models.ForeignKey(
        RefundAccount, on_delete=models.PROTECT, null=True, related_name="payouts"
    )
    next_deposit = models.ForeignKey(
        Deposit, on_delete=models.PROTECT, null=True, related_name="moved_in"
    )
    paid_on = models.DateField(_("maksettu"), null=True, editable=False)
    reference = models.CharField(_("viite"), max_length=REFERENCE_LENGTH, blank=True)
    paid_by = _staff(editable=False)

    class Meta:
        verbose_name = _("vakuuden palautus")
        verbose_name_plural = _("vakuuden palautukset")
        ordering = ("id",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="deposits_payout_means",
                condition=Q(euros__gt=0, to__in=Payer.values)
                & (
                    Q(means="account", account__isnull=False, next_deposit__isnull=True)
                    | Q(means="reference", account__isnull=True, next_deposit__isnull=True)
                    | Q(means="move", account__isnull=True, next_deposit__isnull=False)
                ),
            ),
            models.UniqueConstraint(name="deposits_payout_once", fields=["settlement", "to"]),
        )

    def __str__(self) -> str:
        return f"{self.pk}"
