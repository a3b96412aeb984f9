"""People: who we call by what name, under which customer number."""

from __future__ import annotations

import secrets
import uuid

from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from registry.persons import rules
from vuokra.db.fields import ComputedTextField
from vuokra.db.models import PersonalModel

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


class PersonManager(models.Manager["Person"]):
    """People; records that were merged into another's are not among them."""

    def get_queryset(self) -> models.QuerySet[Person]:
        return super().get_queryset().filter(merged_into__isnull=True)


class Person(PersonalModel):
    """A person (henkilö): who we call by what name, and under which customer number.

    A record merged into another's stays as a tombstone (`merged_into`): its customer number and
    public id lead on to the surviving record, and `Person.objects` does not know it.
    """

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
    # Turvakielto, own or through the household. registry.protection's triggers keep it true; what
    # is assigned here is not believed.
    protected = models.BooleanField(default=False, editable=False)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_records",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = PersonManager()
    with_merged = models.Manager["Person"]()

    class Meta:
        verbose_name = _("henkilö")
        verbose_name_plural = _("henkilöt")
        ordering = ("sort_key", "id")
        indexes = (
            models.Index(fields=["sort_key", "id"], name="persons_finnish_order"),
            models.Index(fields=["language", "sort_key", "id"], name="persons_by_language"),
            models.Index(fields=["customer_since", "id"], name="persons_by_start"),
            models.Index(
                F("customer_since").desc(nulls_last=True), F("id").desc(), name="persons_newest"
            ),
        )
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
            models.CheckConstraint(
                name="persons_person_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
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
