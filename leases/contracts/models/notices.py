"""The papers that end a lease or warn: what they say, and how they were served."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leases.contracts.models.leases import Lease
from leases.contracts.rules.notice import Document, Method, Paper, Standing, standing
from leases.contracts.rules.rescission import Ground
from vuokra.db.models import PersonalModel

GROUND_LENGTH = 1000
ENDING = (Document.LANDLORD_NOTICE, Document.TENANT_NOTICE, Document.RESCISSION)
_ENDING_VALUES = [one.value for one in ENDING]


class Notice(PersonalModel):
    """A notice, a warning or a rescission (irtisanomisilmoitus, varoitus, purkamisilmoitus; S5-32,
    S5-33).

    `stated_end` is the end day that the paper says; `ends_on` the one worked out at its service,
    `rule_versions` the rows of the rules that it follows. A paper that lacks what the law demands
    can never be marked as served: the database refuses it. By `happened_on`, `extreme`, `goes_on`
    and `unpaid_eur` a rescission was judged (`rules.rescission.Conduct`); `rectified_on` is when a
    tenant who was warned put matters right. A paper withdrawn before its service had no effect.
    """

    lease = models.ForeignKey(Lease, on_delete=models.CASCADE, related_name="notices")
    document = models.CharField(_("asiakirja"), max_length=15, choices=Document)
    written = models.BooleanField(_("kirjallinen"), default=True)
    breach = models.CharField(_("rikkomus"), max_length=20, choices=Ground, blank=True)
    ground = models.CharField(_("peruste"), max_length=GROUND_LENGTH, blank=True)
    happened_on = models.DateField(_("menettely viimeksi"), null=True, blank=True)
    extreme = models.BooleanField(_("erittäin moitittava"), default=False)
    goes_on = models.BooleanField(_("menettely jatkuu"), default=True)
    unpaid_eur = models.DecimalField(
        _("maksamatta, €"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    rectified_on = models.DateField(_("oikaistu"), null=True, blank=True, editable=False)
    stated_end = models.DateField(_("ilmoitettu päättymispäivä"), null=True, blank=True)
    sent_on = models.DateField(_("lähetetty"), null=True, blank=True)
    served_on = models.DateField(_("annettu tiedoksi"), null=True, blank=True)
    method = models.CharField(_("tiedoksiantotapa"), max_length=14, choices=Method, blank=True)
    ends_on = models.DateField(_("sopimus päättyy"), null=True, editable=False)
    moves_on = models.DateField(_("muuttopäivä"), null=True, editable=False)
    rule_versions = models.JSONField(default=list, editable=False)
    withdrawn_on = models.DateField(_("peruttu"), null=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)

    class Meta:
        verbose_name = _("ilmoitus")
        verbose_name_plural = _("ilmoitukset")
        ordering = ("-recorded_at", "-id")
        indexes = (
            models.Index(
                fields=["recorded_at"],
                name="contracts_notice_unserved",
                condition=Q(served_on__isnull=True, withdrawn_on__isnull=True),
            ),
        )
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="contracts_notice_known",
                condition=Q(document__in=Document.values)
                & (Q(breach="") | Q(breach__in=Ground.values))
                & (Q(method="") | Q(method__in=Method.values)),
            ),
            models.CheckConstraint(
                name="contracts_notice_effective",
                condition=Q(served_on__isnull=True)
                | Q(written=True)
                & (
                    (Q(document="landlord_notice", stated_end__isnull=False) & ~Q(ground=""))
                    | (Q(document="rescission") & ~Q(ground=""))
                    | Q(document__in=["tenant_notice", "warning"])
                ),
                violation_error_message=_(
                    "Tehotonta ilmoitusta ei voi merkitä tiedoksi annetuksi."
                ),
            ),
            models.CheckConstraint(
                name="contracts_notice_service",
                condition=(Q(served_on__isnull=True, ends_on__isnull=True, method=""))
                | (Q(served_on__isnull=False) & ~Q(method="")),
            ),
            models.CheckConstraint(
                name="contracts_notice_sent",
                condition=Q(sent_on__isnull=True)
                | Q(served_on__isnull=True)
                | Q(served_on__gte=F("sent_on")),
                violation_error_code="served_on",
                violation_error_message=_("Tiedoksianto on ennen lähettämistä."),
            ),
            models.CheckConstraint(
                name="contracts_notice_judged",
                condition=~Q(document="rescission")
                | (Q(happened_on__isnull=False) & ~Q(breach="") & Q(rectified_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="contracts_notice_rectified",
                condition=Q(rectified_on__isnull=True)
                | Q(document="warning", rectified_on__gte=F("served_on")),
                violation_error_code="on",
                violation_error_message=_("Tarkista päivä: varoitus annettiin sen jälkeen."),
            ),
            models.CheckConstraint(
                name="contracts_notice_withdrawn",
                condition=Q(withdrawn_on__isnull=True)
                | Q(served_on__isnull=True)
                | Q(withdrawn_on__gte=F("served_on")),
                violation_error_code="served_on",
                violation_error_message=_("Asiakirja on peruttu."),
            ),
            models.UniqueConstraint(
                name="contracts_notice_one",
                fields=["lease", "document"],
                condition=Q(
                    document__in=_ENDING_VALUES, withdrawn_on__isnull=True, served_on__isnull=False
                ),
                violation_error_message=_("Samanlainen ilmoitus on jo voimassa."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def ends_lease(self) -> bool:
        """Whether the paper ends the lease when it is served."""
        return self.document in ENDING

    @property
    def paper(self) -> Paper:
        """What is judged of its form."""
        return Paper(
            document=Document(self.document), written=self.written, ground=self.ground,
            ends_on=self.stated_end,
        )  # fmt: skip

    @property
    def standing(self) -> Standing:
        """What effect it has."""
        return standing(self.paper, self.served_on)
