"""Recipients of data outside the company, and on what basis each may be given which data.

Nothing is disclosed without a row here that holds on the day (S7-01).
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vuokra.policy.roles import Purpose

NAME_LENGTH = 150
CONTACT_LENGTH = 300
REFERENCE_LENGTH = 120
SECTION_LENGTH = 60
CODE_LENGTH = 20
EEA: tuple[str, ...] = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS",
    "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip
"""States of the European Economic Area by their ISO 3166 codes."""


class Category(models.TextChoices):
    """Recipient category (vastaanottajaryhmä). Source: data-protection, section 4.6."""

    MAINTENANCE = "LUO-HUOLTO", _("Huolto")
    DOORS = "LUO-AVAUS", _("Ovenavaus, vartiointi ja avaimet")
    PROCESSOR = "LUO-KÄSITT", _("Henkilötietojen käsittelijä")
    AUTHORITY = "LUO-VIRAN", _("Viranomainen tai muu lakiin perustuva oikeus")
    GROUP = "LUO-KONSERNI", _("Saman konsernin yritys")
    THIRD_COUNTRY = "LUO-3MAA", _("EU- ja ETA-alueen ulkopuolella")


class Recipient(models.Model):
    """Somebody outside the company who may be given data (vastaanottaja): a company or an office.

    No natural person: the contact is a switchboard, a shared address, an office.
    """

    name = models.CharField(_("nimi"), max_length=NAME_LENGTH)
    category = models.CharField(_("ryhmä"), max_length=12, choices=Category)
    country = models.CharField(_("maa"), max_length=2, default="FI")
    contact = models.CharField(_("yhteystiedot"), max_length=CONTACT_LENGTH, blank=True)
    collects = models.BooleanField(_("perintä- tai luottotietoyhtiö"), default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("vastaanottaja")
        verbose_name_plural = _("vastaanottajat")
        ordering = ("name", "id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                models.functions.Lower("name"),
                name="disclosures_recipient_once",
                violation_error_message=_("Samanniminen vastaanottaja on jo luettelossa."),
            ),
            models.CheckConstraint(name="disclosures_recipient_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="disclosures_recipient_category", condition=Q(category__in=Category.values)
            ),
            models.CheckConstraint(
                name="disclosures_recipient_country",
                condition=Q(category=Category.THIRD_COUNTRY) & ~Q(country__in=EEA)
                | ~Q(category=Category.THIRD_COUNTRY) & Q(country__in=EEA),
                violation_error_message=_(
                    "Maa ja ryhmä eivät sovi yhteen: EU- ja ETA-alueen ulkopuolella oleva "
                    "kuuluu aina omaan ryhmäänsä."
                ),
            ),
            models.CheckConstraint(
                name="disclosures_recipient_collects",
                condition=Q(collects=False) | Q(category=Category.PROCESSOR),
                violation_error_message=_("Perintä- ja luottotietoyhtiö on käsittelijä."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class BasisKind(models.TextChoices):
    """On what data are disclosed (peruste). "Other proper connection" is none any more (S7-04)."""

    PROCESSING = "art28", _("Käsittelysopimus (28 artikla)")
    NOTE = "note", _("Rekisterinpitäjän merkintä")
    STATUTE = "statute", _("Laki")
    BALANCE = "balance", _("Tasapainotesti, vain koosteet")


class Instrument(models.TextChoices):
    """What allows a transfer outside the EU and EEA (chapter V; S7-07)."""

    NONE = "", _("Ei siirtoa")
    ADEQUACY = "45", _("Päätös tietosuojan riittävyydestä (45 artikla)")
    CLAUSES = "46", _("Vakiolausekkeet tai muut suojatoimet (46 artikla)")
    BINDING_RULES = "47", _("Yritystä sitovat säännöt (47 artikla)")
    DEROGATION = "49", _("Erityistilanteen poikkeus (49 artikla)")


class DisclosureBasis(models.Model):
    """An agreement, a note or a statute by which a recipient may be given data (luovutusperuste).

    `valid_to` is the last day it holds: from the next day on nothing is disclosed on it (DP-A60).
    `codes` are the register items allowed, `purposes` the purposes; the registrar has approved it.
    Nothing but an earlier end is ever changed in a row.
    """

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="bases")
    kind = models.CharField(_("peruste"), max_length=8, choices=BasisKind)
    reference = models.CharField(_("numero tai tunniste"), max_length=REFERENCE_LENGTH)
    section = models.CharField(_("pykälä"), max_length=SECTION_LENGTH, blank=True)
    instrument = models.CharField(
        _("siirtoperuste"), max_length=2, choices=Instrument, default=Instrument.NONE, blank=True
    )
    codes = ArrayField(models.CharField(max_length=CODE_LENGTH), default=list, blank=True)
    purposes = ArrayField(models.CharField(max_length=3, choices=Purpose), default=list)
    valid_from = models.DateField(_("voimassa alkaen"))
    valid_to = models.DateField(_("voimassa asti"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("luovutusperuste")
        verbose_name_plural = _("luovutusperusteet")
        ordering = ("-valid_from", "-id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="disclosures_basis_dates",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("Päättymispäivä on ennen alkamispäivää."),
            ),
            models.CheckConstraint(
                name="disclosures_basis_kind", condition=Q(kind__in=BasisKind.values)
            ),
            models.CheckConstraint(
                name="disclosures_basis_instrument", condition=Q(instrument__in=Instrument.values)
            ),
            models.CheckConstraint(
                name="disclosures_basis_reference",
                condition=~Q(reference=""),
                violation_error_message=_("Kirjoita numero tai tunniste."),
            ),
            models.CheckConstraint(
                name="disclosures_basis_section",
                condition=Q(kind=BasisKind.STATUTE) & ~Q(section="")
                | ~Q(kind=BasisKind.STATUTE) & Q(section=""),
                violation_error_message=_("Kirjoita lain pykälä."),
            ),
            models.CheckConstraint(
                name="disclosures_basis_agreement_ends",
                condition=~Q(kind=BasisKind.PROCESSING) | Q(valid_to__isnull=False),
                violation_error_message=_("Sopimuksella on oltava päättymispäivä."),
            ),
            models.CheckConstraint(
                name="disclosures_basis_codes",
                condition=Q(kind=BasisKind.BALANCE, codes=[])
                | ~Q(kind=BasisKind.BALANCE) & ~Q(codes=[]),
                violation_error_message=_("Valitse tiedot, jotka saa luovuttaa."),
            ),
            models.CheckConstraint(
                name="disclosures_basis_purposes",
                condition=~Q(purposes=[]),
                violation_error_message=_("Valitse käyttötarkoitus."),
            ),
        )

    def __str__(self) -> str:
        return self.reference
