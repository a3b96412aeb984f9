"""What the acts on leases share: rights, the row under lock, words for broken constraints."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leases.contracts.models import Lease, Party
from leases.contracts.rules.numbers import Numbers
from leases.contracts.rules.persons import TENANTS
from leases.contracts.rules.stages import Stage
from leases.homes.models import Flat, Occupancy
from registry.persons.models import Person
from registry.persons.queries.marks import standing_of
from registry.persons.queries.standing import none_closed
from vuokra.access.context import current
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules import queries as known_numbers
from vuokra.rules.queries import Holidays

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FIXED: Final[dict[str, StrOrPromise]] = {
    "contracts_lease_fixed": gettext_lazy("Sopimus on jo allekirjoitettavana, eikä sitä muuteta."),
    "contracts_part_kept": gettext_lazy("Allekirjoitettu sopimus ei muutu."),
}
TAKEN: Final[dict[str, StrOrPromise]] = {
    "homes_occupancy_one": gettext_lazy("Huoneisto on jo vuokrattu samaksi ajaksi."),
    "homes_place_let_once": gettext_lazy("Paikka on jo vuokrattu samaksi ajaksi."),
}
"""What the database says when a lease would have what another has."""

TWO_MONTHS: Final = timedelta(days=60)
HALF_YEAR: Final = timedelta(days=183)


def require_write() -> None:
    """The right to act on leases. Raises FunctionDenied."""
    current().require(Group.LEASE, Level.WRITE)


def locked(lease: Lease) -> Lease:
    """The lease as it is now, kept from others until the transaction ends: what two clerks do at
    once happens one after the other."""
    return Lease.objects.select_for_update(of=("self",)).get(pk=lease.pk)


def tenants_in_place(lease: Lease) -> QuerySet[Party]:
    """Who rents by the lease: whoever was replaced, or is to be, does not."""
    return lease.parties.filter(role__in=TENANTS, valid_to__isnull=True)


def require_stage(lease: Lease, today: date, *stages: Stage) -> None:
    """Raises ValidationError when the lease is at none of the stages."""
    now = lease.stage_on(today)
    if now not in stages:
        raise ValidationError(
            _("Tätä ei voi tehdä, kun sopimuksen tila on: %(stage)s.") % {"stage": now.label},
            code="stage",
        )


def numbers_of(concluded_on: date | None) -> Numbers:
    """The numbers of law and company that hold for a lease concluded on a day."""
    return Numbers(known_numbers.rule, concluded_on)


def holidays_from(day: date, ahead: timedelta = TWO_MONTHS) -> Holidays:
    """Holidays that may move the last day of an act that is counted from a day (AHVL 12 §). Raises
    RuleMissing when those of a year have not been entered."""
    return known_numbers.holidays_between(day, day + ahead, eves=True)


def refuse_standing(person: Person, today: date) -> None:
    """Raises ValidationError for somebody who cannot come into a lease: dead, or under restriction
    (article 18)."""
    standing = standing_of(person, today=today)
    if standing.restriction is not None:
        text = _("Henkilön tietojen käsittely on rajoitettu. Sopimusta ei voi tehdä.")
        raise ValidationError({"q": text}, code="restricted")
    if standing.death is not None:
        raise ValidationError({"q": _("Henkilö on kirjattu kuolleeksi.")}, code="dead")


def refuse_overlap(flat: Flat, first: date, last: date | None, *, but: int | None) -> None:
    """Raises ValidationError that names the lease by which the flat is let within these days, when
    it may be told."""
    found = Occupancy.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=first), flat=flat
    ).exclude(lease=but or 0)
    if last is not None:
        found = found.filter(valid_from__lte=last)
    row = found.order_by("valid_from").first()
    if row is None:
        return
    number = told_numbers([row]).get(row.lease)
    raise ValidationError({"starts_on": ValidationError(let_already(number), code="overlap")})


def told_numbers(rows: Iterable[Occupancy]) -> dict[int, int]:
    """The numbers of the leases by which flats are let, by lease, as far as they may be told: whose
    home a flat is must not be learnt of somebody under turvakielto (7.3), nor of people whose
    record is closed to the user (A2). One statement."""
    parties = Party.objects.filter(lease=OuterRef("pk"))
    told = Lease.objects.filter(
        none_closed(parties, timezone.localdate()),
        pk__in=[row.lease for row in rows if not row.hidden],
    )
    return dict(told.values_list("pk", "number"))


def let_already(number: int | None) -> str:
    """That a flat is let on the days, by which lease when that may be told."""
    if number is None:
        return _("Huoneisto on jo vuokrattu samaksi ajaksi.")
    return _("Huoneisto on näinä päivinä vuokrattu sopimuksella %(number)s.") % {"number": number}
