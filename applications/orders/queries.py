"""What staff look at of orders. Each function runs a fixed number of statements."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet

from applications.intake.queries.listing import told
from applications.orders.models import LeaseOrder, OrderPerson, OrderState
from applications.selection.models import CLOSED, Decision, RoundState
from leases.contracts.models import Lease
from leases.contracts.queries import of_nobody_closed
from registry.persons.queries import may_be_told
from registry.persons.queries.standing import refuse_restricted
from vuokra.access.errors import ObjectDenied

FROM_DECISION: Final = "paatos"
"""Says in an address that one comes from the decision of an order."""
WAITING = Q(state=OrderState.OPEN)
VOID = Q(
    state=OrderState.WITHDRAWN, lease__isnull=False, lease__cancelled_on=None,
    lease__concluded_on=None,
)  # fmt: skip
"""Orders that were withdrawn after the lease was drawn up: the draft is still to be cancelled."""


@dataclass(slots=True)
class OrderRow:
    """An order with those who come into the lease, tenants first."""

    order: LeaseOrder
    persons: list[OrderPerson] = field(default_factory=list)

    @property
    def hidden(self) -> bool:
        """Whether lists do not tell the flat: somebody under turvakielto will live there (7.3)."""
        return any(one.person.protected for one in self.persons)


def _told(today: date) -> QuerySet[LeaseOrder]:
    """Orders of nobody whose record is closed to the user (A2), nor of protected people when he may
    not know of a turvakielto."""
    people = OrderPerson.objects.filter(order=OuterRef("pk"))
    found = LeaseOrder.objects.filter(may_be_told(people, today))
    return found.select_related("flat__stair__building__site")


def waiting(today: date) -> list[OrderRow]:
    """Leases that are to be drawn up, and drafts whose offer was taken back, the oldest first; two
    statements."""
    return _with_persons(_told(today).filter(WAITING | VOID).order_by("placed_at", "pk"))


def order_of(uuid: UUID, today: date) -> OrderRow:
    """An order of an address; three statements. Raises ObjectDenied, also where it may not be told
    of, and ReasonDemanded (A35)."""
    found = _with_persons(_told(today).filter(uuid=uuid))
    if not found:
        raise ObjectDenied(LeaseOrder._meta.db_table)
    refuse_restricted([one.person.pk for one in found[0].persons], today=today)
    return found[0]


def decision_of(order: LeaseOrder, today: date) -> Decision | None:
    """The choice that an order came of, where the user may be told of it; one statement."""
    chosen = told(Q(offers=order.offer_id), today).values("pk")
    return Decision.objects.filter(offer=order.offer_id, application__in=chosen).first()


def opens(order: LeaseOrder, today: date) -> bool:
    """Whether a lease was drawn up of an order, and is nobody's whose record is closed to the user
    (A2); at most one statement."""
    if order.lease_id is None:
        return False
    return Lease.objects.filter(of_nobody_closed(today), pk=order.lease_id).exists()


def left_behind() -> tuple[list[int], list[int]]:
    """Ids of orders whose lease is signed while their selection is open, and of offers that were
    taken back while their order waits: what a step of the worker left; two statements."""
    signed = LeaseOrder.objects.filter(
        state=OrderState.SIGNED, offer__round__state=RoundState.OPEN
    ).values_list("pk", flat=True)
    waiting_for = LeaseOrder.objects.filter(
        state__in=(OrderState.OPEN, OrderState.DRAWN), offer__state__in=CLOSED
    ).values_list("offer", flat=True)
    return sorted(signed), sorted(waiting_for)


def _with_persons(orders: QuerySet[LeaseOrder]) -> list[OrderRow]:
    rows = {order.pk: OrderRow(order) for order in orders}
    people = OrderPerson.objects.filter(order__in=rows).select_related("person")
    for one in people.order_by("pk"):  # the tenants first
        rows[one.order_id].persons.append(one)
    return list(rows.values())
