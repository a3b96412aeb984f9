"""Tables of people. Each table holds one field group, so that a join brings nothing along.

Sex is neither stored nor derived from anything (data-protection 8.1).
"""

from __future__ import annotations

import secrets
import uuid
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from registry.persons import rules
from vuokra.crypto.fields import BlindIndexField, EncryptedTextField
from vuokra.db.fields import ComputedTextField
from vuokra.db.models import PersonalModel
from vuokra.policy.sources import Source

PUBLIC_ID_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
PUBLIC_ID_LENGTH = 12


def new_public_id() -> str:
    """A random name of a person for addresses: 31^12, about 59 bits; tells nothing."""
    return "".join(secrets.choice(PUBLIC_ID_ALPHABET) for _ in range(PUBLIC_ID_LENGTH))


class Language(models.TextChoices):
    """Language of dealings (asiointikieli)."""

    FINNISH = "fi", _("suomi")
    SWEDISH = "sv", _("ruotsi")
    ENGLISH = "en", _("englanti")


class Person(PersonalModel):
    """A person (henkilö): who we call by what name, and under which customer number."""

    customer_number = models.BigIntegerField(
        _("asiakasnumero"),
        unique=True,
        editable=False,
        db_default=Func(Value("registry_persons_customer_number"), function="nextval"),
    )
    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, unique=True, editable=False, default=new_public_id
    )
    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    surname = models.CharField(_("sukunimi"), max_length=rules.NAME_LENGTH, blank=True)
    given_names = models.CharField(_("etunimet"), max_length=rules.NAME_LENGTH, blank=True)
    call_name = models.CharField(_("kutsumanimi"), max_length=rules.NAME_LENGTH, blank=True)
    sort_key = ComputedTextField(source="computed_sort_key", db_collation="C")
    language = models.CharField(
        _("asiointikieli"), max_length=2, choices=Language, default=Language.FINNISH
    )
    customer_since = models.DateField(_("asiakkuus alkoi"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("henkilö")
        verbose_name_plural = _("henkilöt")
        ordering = ("sort_key", "id")
        indexes = (models.Index(fields=["sort_key", "id"], name="persons_finnish_order"),)
        constraints = (
            models.CheckConstraint(
                name="persons_person_has_a_name",
                condition=~Q(surname="") | ~Q(given_names=""),
                violation_error_message=_("Anna ainakin yksi nimi."),
            ),
            models.CheckConstraint(name="persons_person_has_a_sort_key", condition=~Q(sort_key="")),
            models.CheckConstraint(
                name="persons_person_language_known", condition=Q(language__in=Language.values)
            ),
        )

    def __str__(self) -> str:
        return str(self.customer_number)

    @property
    def computed_sort_key(self) -> str:
        return rules.person_sort_key(self.surname, self.given_names)

    @property
    def name(self) -> str:
        """Surname first, as in every list: `Lehtovaara Marjukka`. The name in use, if told."""
        return " ".join(filter(None, (self.surname, self.call_name or self.given_names)))


class IdentityKind(models.TextChoices):
    """What we know a person's identity by."""

    HETU = "hetu", _("Henkilötunnus")
    SUBSTITUTE = "keinotunnus", _("Keinotunnus")
    BIRTH_DATE = "birth_date", _("Vain syntymäaika")


class CodeFields(PersonalModel):
    """A sealed identity code with its blind index; `artificial` tells numbers 900–999."""

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    hetu = EncryptedTextField(
        _("henkilötunnus"), max_length=11, blind_index="hetu_index", null=True
    )
    hetu_index = BlindIndexField(null=True)
    artificial = models.BooleanField(_("keinotekoinen tunnus"), default=False)

    class Meta:
        abstract = True


class Identity(CodeFields):
    """What a person is identified by (tunnistetieto): a hetu, a substitute, or a birth date only.

    The code may change during a life, so nothing refers to it; old ones are in FormerCode.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="identity")
    kind = models.CharField(_("tunnisteen laji"), max_length=12, choices=IdentityKind)
    birth_date = models.DateField(_("syntymäaika"))
    active = models.BooleanField(default=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("tunnistetieto")
        verbose_name_plural = _("tunnistetiedot")
        constraints = (
            models.UniqueConstraint(
                fields=["hetu_index"], condition=Q(active=True), name="persons_identity_unique_code"
            ),
            models.CheckConstraint(
                name="persons_identity_kind_matches",
                condition=Q(
                    kind=IdentityKind.BIRTH_DATE,
                    hetu__isnull=True,
                    hetu_index__isnull=True,
                    artificial=False,
                )
                | Q(kind=IdentityKind.HETU, hetu__isnull=False, hetu_index__isnull=False)
                | Q(
                    kind=IdentityKind.SUBSTITUTE,
                    hetu__isnull=False,
                    hetu_index__isnull=False,
                    artificial=True,
                ),
            ),
            models.CheckConstraint(
                name="persons_identity_birth_date_sane", condition=Q(birth_date__gte="1850-01-01")
            ),
        )

    def __str__(self) -> str:
        return str(self.person)


class FormerCodeReason(models.TextChoices):
    """Why a code stopped being used. An official one stays its holder's for ever."""

    CHANGED = "changed", _("Tunnus on virallisesti muutettu")
    MISTAKE = "mistake", _("Tunnus oli kirjattu väärin")


class FormerCode(CodeFields):
    """An identity code a person no longer has (aiempi tunnus); found by its blind index still."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_codes")
    reason = models.CharField(_("syy"), max_length=12, choices=FormerCodeReason)
    ended_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("aiempi tunnus")
        verbose_name_plural = _("aiemmat tunnukset")
        indexes = (models.Index(fields=["hetu_index"], name="persons_former_code"),)
        constraints = (
            models.CheckConstraint(
                name="persons_former_code_present",
                condition=Q(hetu__isnull=False, hetu_index__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return str(self.person)


class DatedFields(PersonalModel):
    """Where a contact detail came from and when it holds. `valid_to` is the last valid day."""

    source = models.CharField(_("lähde"), max_length=12, choices=Source, default=Source.PERSON)
    recorded_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)
    verified_at = models.DateField(_("varmistettu"), null=True, blank=True)
    valid_from = models.DateField(_("voimassa alkaen"))
    valid_to = models.DateField(_("voimassa asti"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_dates",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("Päättymispäivä on ennen alkamispäivää."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_source", condition=Q(source__in=Source.values)
            ),
        )


class ContactKind(models.TextChoices):
    """Kind of contact point."""

    PHONE = "phone", _("Puhelin")
    EMAIL = "email", _("Sähköposti")


class ContactPoint(DatedFields):
    """A telephone number or e-mail address (puhelinnumero, sähköpostiosoite)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(_("laji"), max_length=8, choices=ContactKind)
    value = models.CharField(_("numero tai osoite"), max_length=254)
    search_value = ComputedTextField(source="computed_search_value", db_collation="C")

    class Meta(DatedFields.Meta):
        verbose_name = _("yhteystieto")
        verbose_name_plural = _("yhteystiedot")
        ordering = ("kind", "-valid_from", "id")
        indexes = (models.Index(fields=["search_value"], name="persons_contact_value"),)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *DatedFields.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "kind", "search_value"],
                condition=Q(valid_to__isnull=True),
                name="persons_contact_once",
                violation_error_message=_("Sama yhteystieto on jo voimassa."),
            ),
            models.CheckConstraint(
                name="persons_contact_shape",
                condition=Q(kind=ContactKind.PHONE, search_value__regex=r"^\+?[0-9]{3,16}$")
                | Q(kind=ContactKind.EMAIL, search_value__regex=r"^[^@\s]+@[^@\s]+$"),
            ),
        )

    def __str__(self) -> str:
        return str(self.person)

    @property
    def computed_search_value(self) -> str:
        return self.value.casefold()


class AddressKind(models.TextChoices):
    """Kind of postal address (S5-03)."""

    HOME = "home", _("Vakinainen")
    TEMPORARY = "temporary", _("Tilapäinen")
    POSTAL = "postal", _("Postiosoite")
    INVOICE = "invoice", _("Laskutusosoite")


class Address(DatedFields):
    """A postal address (postiosoite)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="addresses")
    kind = models.CharField(_("laji"), max_length=12, choices=AddressKind, default=AddressKind.HOME)
    street = models.CharField(_("katuosoite"), max_length=200)
    postal_code = models.CharField(_("postinumero"), max_length=12, blank=True)
    town = models.CharField(_("postitoimipaikka"), max_length=100)
    country = models.CharField(_("maa"), max_length=2, default="FI")

    class Meta(DatedFields.Meta):
        verbose_name = _("osoite")
        verbose_name_plural = _("osoitteet")
        ordering = ("kind", "-valid_from", "id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *DatedFields.Meta.constraints,
            models.CheckConstraint(
                name="persons_address_postal_code",
                condition=~Q(country="FI") | Q(postal_code__regex=r"^[0-9]{5}$"),
                violation_error_message=_("Suomalaisessa postinumerossa on viisi numeroa."),
            ),
            models.CheckConstraint(
                name="persons_address_country", condition=Q(country__regex=r"^[A-Z]{2}$")
            ),
            ExclusionConstraint(
                name="persons_address_one_home",
                index_type="GIST",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(kind=AddressKind.HOME),
                violation_error_message=_(
                    "Henkilöllä on jo vakinainen osoite samalta ajalta. Päätä se ensin."
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.person)
