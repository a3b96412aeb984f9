"""Credit checks of a matter: a choice by which a flat is about to be offered, or a lease that is
not signed. Each function runs a fixed number of statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet

from applications.credit.models import AGAINST, CreditCheck
from applications.intake.codes import PARTIES
from applications.intake.models import Member
from applications.selection.models import LIVE, Decision, Offer
from applications.selection.queries.pending import pending_of
from leases.contracts.models import Lease, Party
from leases.contracts.models.parties import SIGNING
from leases.contracts.queries import LeaseRow, lease_by_id
from leases.contracts.rules.stages import Stage
from registry.persons.models import Person
from registry.persons.queries import may_be_told
from registry.persons.queries.standing import closed, refuse_restricted
from vuokra.access.actor import Case
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

OF_CHOICE: Final = "asukasvalinta"
OF_LEASE: Final = "vuokrasopimus"
"""The kinds of case for which credit data may be handled (A47)."""
UNSIGNED: Final = (Stage.DRAFT, Stage.WAITING)


@dataclass(frozen=True, slots=True)
class Matter:
    """For what credit data are asked (asia), and of whom: those who will be parties of the lease or
    guarantee it. `at_hand`: an offer or a lease is coming."""

    decision: Decision | None
    lease: Lease | None
    parties: Sequence[Person]
    at_hand: bool


def of_decision(decision: Decision) -> Matter:
    """The matter of a choice; at most four statements. The access event names it as its case."""
    current().case = Case(OF_CHOICE, decision.pk)
    people = Person.objects.filter(
        applications__application=decision.application_id, applications__part__in=PARTIES
    )
    offered = Offer.objects.filter(decision=decision, state__in=LIVE).exists()
    at_hand = offered or pending_of(decision.round) == decision
    return Matter(decision, None, list(people.order_by("pk")), at_hand)


def of_lease(pk: int, today: date) -> tuple[Matter, LeaseRow]:
    """The matter of a lease, its tenants and guarantors. The access event names it as its case.
    Raises as `contracts.queries.lease_by_id`."""
    row = lease_by_id(pk, today=today)
    current().case = Case(OF_LEASE, pk)
    parties = [party.person for party in row.parties if party.role in SIGNING]
    return Matter(None, row.lease, parties, row.stage in UNSIGNED), row


def checks_of(matter: Matter) -> list[CreditCheck]:
    """The checks of a matter, the oldest first; one statement."""
    rows = CreditCheck.objects.filter(decision=matter.decision, lease=matter.lease)
    return list(rows.select_related("person").order_by("pk"))


def known_of(decision: Decision) -> bool:
    """Whether there is a check of a choice, for a page that opens none."""
    return CreditCheck.objects.filter(decision=decision).exists()


def check_by(uuid: UUID, today: date) -> CreditCheck:
    """A check of an address; its case is the one it was made for. Raises ObjectDenied, also where
    the person may not be told of, FunctionDenied without the right to that case, and ReasonDemanded
    (A35)."""
    found = CreditCheck.objects.filter(uuid=uuid).values_list("decision_id", "lease_id").first()
    if found is None:
        raise ObjectDenied(CreditCheck._meta.db_table)
    decision, lease = found
    current().require(Group.SELECTION if decision else Group.LEASE, Level.READ)
    current().case = Case(OF_CHOICE, decision) if decision else Case(OF_LEASE, lease)
    row = _told(today).filter(uuid=uuid).select_related("person").first()
    if row is None:
        raise ObjectDenied(CreditCheck._meta.db_table)
    refuse_restricted([row.person_id], today=today)
    return row


def _told(today: date) -> QuerySet[CreditCheck]:
    """Checks of households and leases of nobody whose record is closed to the user (A2), nor of
    protected people when he may not know of a turvakielto: the door of the case is theirs."""
    members = Member.objects.filter(application=OuterRef("decision__application"))
    parties = Party.objects.filter(lease=OuterRef("lease"))
    return CreditCheck.objects.filter(
        ~Q(closed(today)), may_be_told(members, today), may_be_told(parties, today)
    )


def of_ones_cases() -> Q:
    """Checks of cases that are the user's: of choices for whoever chooses, of leases for whoever
    draws them up."""
    actor = current().actor
    of_choices = actor.level(Group.SELECTION) >= Level.READ
    of_leases = actor.level(Group.LEASE) >= Level.READ
    choices = Q(decision__isnull=False) if of_choices else Q(pk__in=[])
    return choices | (Q(lease__isnull=False) if of_leases else Q(pk__in=[]))


def waiting(today: date) -> list[CreditCheck]:
    """Checks of the user's cases that wait to be weighed, or whose person is still to be told of a
    use against him, without what they found; one statement."""
    waits = Q(assessed_at=None) | Q(measure__in=AGAINST, noticed_on=None)
    shown = _told(today).filter(of_ones_cases(), waits)
    return list(shown.only("uuid", "person_id", "made_at", "assessed_at").order_by("made_at", "pk"))
