"""Tables of consents and objections (suostumukset ja kiellot; data-protection 4.4 and 11).

Decisions are rows that nobody changes: a person's later word is a new row, and so is a correction.
Triggers of migration 0002 hold that. How a person stands is worked out by `rules.stand`.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.consents.codes import (
    BY_CODE,
    CELLS,
    MARKETING_USES,
    PERSONS_OWN,
    Cell,
    Channel,
    Kind,
    Manner,
    Use,
)
from registry.persons.models import Person
from vuokra.company.models import NoticeVersion
from vuokra.db.models import PersonalModel
from vuokra.policy.sources import Source

PROOF_LENGTH: Final = 60
REASON_LENGTH: Final = 200

_KNOWN_CELL = Q(
    *(Q(use=cell.use.value, channel=cell.channel.value) for cell in CELLS), _connector=Q.OR
)
_OWN = Q(source=Source.PERSON, manner__in=PERSONS_OWN)


class ConsentText(models.Model):
    """The words by which a consent is asked (suostumusteksti), one version of them.

    A version that is in use is never written anew: people agreed to that one (GDPR art. 7(1)).
    """

    use = models.CharField(
        _("Mihin suostutaan"),
        max_length=10,
        choices=[(use.value, use.label) for use in MARKETING_USES],
    )
    code = models.CharField(_("Versio"), max_length=20)
    valid_from = models.DateField(_("Voimassa alkaen"))
    finnish = models.TextField(_("Teksti suomeksi"), max_length=1000)
    english = models.TextField(_("Teksti englanniksi"), max_length=1000)

    class Meta:
        verbose_name = _("suostumusteksti")
        verbose_name_plural = _("suostumustekstit")
        ordering: ClassVar[list[str]] = ["use", "-valid_from", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="consents_text_once",
                fields=["use", "code"],
                violation_error_message=_("Tämä versio on jo olemassa."),
            ),
            models.CheckConstraint(
                name="consents_text_use", condition=Q(use__in=[use.value for use in MARKETING_USES])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_use_display()} {self.code}"


class Decision(PersonalModel):
    """What a person decided of one use by one channel (suostumus, kielto; S5-46 and S5-47).

    `decided_on` is the day of the person's act, or of the authority's notice. The evidence of a
    consent is that of data-protection 11.3: the text shown, the notice, how, by whom, the proof.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="decisions")
    use = models.CharField(_("käyttö"), max_length=10, choices=Use)
    channel = models.CharField(_("kanava"), max_length=8, choices=Channel)
    kind = models.CharField(_("laji"), max_length=12, choices=Kind)
    decided_on = models.DateField(_("päivä"))
    source = models.CharField(_("lähde"), max_length=12, choices=Source)
    manner = models.CharField(_("tapa"), max_length=8, choices=Manner, blank=True)
    text = models.ForeignKey(
        ConsentText,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("suostumusteksti"),
    )
    notice = models.ForeignKey(
        NoticeVersion,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("tietosuojaselosteen versio"),
    )
    repeated_back = models.BooleanField(_("toistettu puhelimessa"), default=False)
    proof = models.CharField(_("todisteen tunnus"), max_length=PROOF_LENGTH, blank=True)
    expires = models.DateField(_("voimassa asti"), null=True, blank=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by"
    )
    reason = models.CharField(_("korjauksen syy"), max_length=REASON_LENGTH, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)

    class Meta:
        verbose_name = _("suostumus tai kielto")
        verbose_name_plural = _("suostumukset ja kiellot")
        ordering = ("-decided_on", "-id")
        indexes = (models.Index(fields=["person", "use", "channel"], name="consents_of_person"),)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(name="consents_known_cell", condition=_KNOWN_CELL),
            models.CheckConstraint(
                name="consents_correction_whole",
                condition=Q(kind=Kind.CORRECTION, corrects__isnull=False) & ~Q(reason="")
                | ~Q(kind=Kind.CORRECTION) & Q(corrects__isnull=True, reason=""),
            ),
            models.CheckConstraint(
                name="consents_permission_evidence",
                condition=~Q(kind=Kind.PERMISSION)
                | Q(use__in=[use.value for use in MARKETING_USES], source=Source.PERSON)
                & (
                    Q(manner=Manner.IMPORT, text__isnull=True, repeated_back=False)
                    | Q(manner__in=PERSONS_OWN, text__isnull=False, notice__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="consents_phone_repeated_back",
                condition=~Q(kind=Kind.PERMISSION, manner=Manner.PHONE) | Q(repeated_back=True),
                violation_error_message=_(
                    "Puhelimessa annettu suostumus toistetaan henkilölle ja vahvistetaan viestillä."
                ),
            ),
            models.CheckConstraint(
                name="consents_own_act",
                condition=~Q(kind__in=[Kind.WITHDRAWAL, Kind.LIFTING])
                | _OWN
                | Q(kind=Kind.WITHDRAWAL, source=Source.PERSON, manner=""),
            ),
            models.CheckConstraint(
                name="consents_prohibition_source",
                condition=~Q(kind=Kind.PROHIBITION)
                | Q(source=Source.PERSON, manner__in=["", Manner.IMPORT, *PERSONS_OWN])
                | Q(source=Source.POPULATION_REGISTER, manner__in=[Manner.NOTICE, Manner.IMPORT]),
            ),
            models.CheckConstraint(
                name="consents_only_permission_expires",
                condition=Q(kind=Kind.PERMISSION)
                | Q(expires__isnull=True, text__isnull=True, repeated_back=False),
            ),
            models.CheckConstraint(
                name="consents_expires_later",
                condition=Q(expires__isnull=True) | Q(expires__gte=models.F("decided_on")),
                violation_error_message=_("Päättymispäivä on ennen suostumuksen päivää."),
            ),
        )

    def __str__(self) -> str:
        return str(self.person)

    @property
    def cell(self) -> Cell:
        """What it decides of."""
        return BY_CODE[f"{self.use}:{self.channel}"]


class Suppression(models.Model):
    """A contact point of an erased person who had said no (estolista, R11).

    A keyed hash of the number or address and what was forbidden; nothing tells whose it was.
    """

    digest = models.BinaryField(max_length=32, editable=False)
    use = models.CharField(max_length=10, choices=Use)
    channel = models.CharField(max_length=8, choices=Channel)
    since = models.DateField()
    review_on = models.DateField()

    class Meta:
        verbose_name = _("estolistan merkintä")
        verbose_name_plural = _("estolista")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=["digest", "use", "channel"], name="consents_suppressed_once"
            ),
            models.CheckConstraint(name="consents_suppressed_cell", condition=_KNOWN_CELL),
        )

    def __str__(self) -> str:
        return str(self.pk)
