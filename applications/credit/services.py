"""What is done with credit checks; the only writers of the room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.credit.models import REASON_LENGTH, CreditCheck, Measure, Result
from applications.credit.queries import Matter
from applications.credit.rule_rows import REGISTER_NAME
from applications.intake.services.common import plain, refused_at
from applications.selection.models import Decision
from applications.selection.services.common import refuse_tied
from leases.contracts.models import Party
from registry.persons.models import Person
from registry.persons.queries.standing import may_decide
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.days import refuse_future
from vuokra.rules.queries import rule
from vuokra.rules.services import note_use

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TEXTS: Final[dict[str, StrOrPromise]] = {
    "credit_check_kept": gettext_lazy("Tarkistus on kirjattu, eikä sitä muuteta."),
    "credit_check_party": gettext_lazy(
        "Luottotiedot tarkistetaan vain siltä, josta tulee sopimuksen osapuoli tai takaaja."
    ),
    "credit_check_at_hand": gettext_lazy(
        "Luottotiedot tarkistetaan vasta, kun tarjous tai sopimus on tulossa."
    ),
    "measure": gettext_lazy(
        "Ilmoitus tehdään, kun luottotiedot ovat vaikuttaneet henkilön vahingoksi."
    ),
    "credit_check_own_name": gettext_lazy("Luottotiedot kysytään omissa nimissä."),
    "credit_check_tied": gettext_lazy(
        "Olet esteellinen: henkilö on sinuun sidottu. Toinen käsittelee asian."
    ),
}
"""What the database refuses, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """When the person was told, when the register was asked, and the code that came back."""

    told_on: date
    asked_on: date
    result: Result


@transaction.atomic
def record(matter: Matter, person: Person, asked: Asked, *, today: date) -> CreditCheck:
    """Record that credit data were asked for (luottotietojen tarkistuksen kirjaaminen). Nothing
    follows from the result by itself: a clean one changes nothing, the others wait to be weighed.

    Raises ValidationError at its field: for a day to come, before the person was told, for somebody
    who will not be a party, before an offer or a lease is at hand, and for whoever is tied to
    anybody of the matter (A3). Raises RuleMissing when the company names no register.
    """
    current().require(Group.CREDIT, Level.WRITE)
    _refuse_tied([person, *matter.parties], matter.decision, today)
    if not matter.at_hand:
        raise ValidationError(TEXTS["credit_check_at_hand"], code="early")
    if person.pk not in {one.pk for one in matter.parties}:
        raise refused_at("person", TEXTS["credit_check_party"], "party")
    refuse_future("asked_on", asked.asked_on, today)
    register = rule(REGISTER_NAME, asked.asked_on)
    note_use(register)
    row = CreditCheck(
        person=person, decision=matter.decision, lease=matter.lease, register=register.text,
        told_on=asked.told_on, asked_on=asked.asked_on, result=asked.result,
        made_by_id=current().actor.user_id,
    )  # fmt: skip
    if asked.result == Result.CLEAN:
        _weigh(row, Measure.NOTHING, "")
    with constraint_errors(CreditCheck, TEXTS):
        row.save(force_insert=True)
    return row


@transaction.atomic
def assess(row: CreditCheck, measure: Measure, reason: str, *, today: date) -> CreditCheck:
    """Somebody weighs the result (harkinta), SEL-T36: which measure, and why. No state of an
    application or lease changes by it.

    Raises ValidationError at its field, when it was weighed already, and for whoever is tied as in
    `record`.
    """
    current().require(Group.CREDIT, Level.WRITE)
    found = CreditCheck.objects.select_for_update(of=("self",)).select_related("person")
    kept = found.get(pk=row.pk)
    _refuse_tied(_concerned(kept), kept.decision, today)
    if kept.assessed_at is not None:
        raise ValidationError(_("Tulos on jo arvioitu."), code="assessed")
    if not measure:
        raise refused_at("measure", _("Valitse toimenpide."), "measure")
    words = plain(reason, "reason", REASON_LENGTH)
    if not words:
        raise refused_at("reason", _("Perustele toimenpide."), "reason")
    _weigh(kept, measure, words)
    with constraint_errors(CreditCheck, TEXTS):
        kept.save(update_fields=["measure", "reason", "assessed_at", "assessed_by"])
    return kept


@transaction.atomic
def note_notice(row: CreditCheck, on: date, *, today: date) -> CreditCheck:
    """Record that the person was told of a use against him, once (ilmoitus luottotietojen
    käytöstä).

    Raises ValidationError at the day, when nothing was decided against the person, when it was
    recorded already, and for whoever is tied as in `record`. Source: luottotietolaki 19 § 6 mom.
    """
    current().require(Group.CREDIT, Level.WRITE)
    kept = CreditCheck.objects.select_for_update(of=("self",)).get(pk=row.pk)
    _refuse_tied(_concerned(kept), kept.decision, today)
    if not kept.against:
        raise ValidationError(TEXTS["measure"], code="measure")
    if kept.noticed_on is not None:
        raise ValidationError(_("Ilmoitus on jo kirjattu."), code="noticed")
    refuse_future("on", on, today)
    kept.noticed_on = on
    with constraint_errors(CreditCheck, TEXTS):
        kept.save(update_fields=["noticed_on"])
    return kept


def _weigh(row: CreditCheck, measure: Measure, reason: str) -> None:
    row.measure, row.reason = measure, reason
    row.assessed_at, row.assessed_by_id = timezone.now(), current().actor.user_id


def _concerned(row: CreditCheck) -> list[Person]:
    """Whom a check is of, and the other parties of its lease."""
    parties = Party.objects.filter(lease=row.lease_id).select_related("person")
    return [row.person, *(one.person for one in parties)] if row.lease_id else [row.person]


def _refuse_tied(people: Iterable[Person], decision: Decision | None, today: date) -> None:
    """Nobody asks about, weighs or tells of a matter of somebody near (A3)."""
    if decision is not None and decision.application_id is not None:
        refuse_tied([decision.application_id], today)
    if not all(may_decide(one, today=today) for one in people):
        raise ValidationError(TEXTS["credit_check_tied"], code="tied")
