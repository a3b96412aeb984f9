"""What is done with orders of a lease; the only writers of the room."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy

from applications.intake.codes import Part, Relation
from applications.intake.models import Member
from applications.orders.models import LeaseOrder, OrderPerson, OrderState
from applications.selection import services as selection
from applications.selection.models import Offer, RoundState
from leases.contracts import services as contracts
from leases.contracts.models import ComponentKind, Lease
from leases.contracts.rules.persons import TENANTS, Role
from leases.contracts.services import Terms
from registry.persons.queries.standing import may_decide
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TEXTS: Final[dict[str, StrOrPromise]] = {
    "orders_order_kept": gettext_lazy("Sopimus on jo laadittu tai tilaus peruttu."),
    "orders_order_offer": gettext_lazy("Asuntotarjous on peruttu. Sopimusta ei laadita."),
    "orders_order_tied": gettext_lazy(
        "Olet esteellinen: joku ruokakunnasta on sinuun sidottu. Toinen laatii sopimuksen."
    ),
    "orders_order_tenant": gettext_lazy(
        "Asunto on annettu hakijalle, joka ei ole sopimuksen vuokralainen."
    ),
    "orders_order_stranger": gettext_lazy(
        "Vuokralaisena on joku, joka ei kuulu ruokakuntaan, jolle asunto annettiin."
    ),
}
"""What is refused, in words; by the names of the constraints where the database does."""

COMING: Final = (Part.APPLICANT, Part.CO_APPLICANT, Part.RESIDENT)
"""Who moves in, in the order of the lease; a child who lives elsewhere does not."""
COUPLE: Final = (Relation.SPOUSE, Relation.PARTNER)


def role_of(member: Member) -> Role:
    """As what a member of the household comes into the lease. A spouse or partner who lives there
    answers for it though not a party of it (AHVL 11 §)."""
    if member.part == Part.APPLICANT:
        return Role.TENANT
    if member.part == Part.CO_APPLICANT:
        return Role.CO_TENANT
    return Role.SPOUSE if member.relation in COUPLE else Role.OCCUPANT


@transaction.atomic
def place(offer: Offer) -> LeaseOrder:
    """Hand an accepted offer over to those who draw up leases (sopimuksen tilaaminen)."""
    round_ = offer.round
    order = LeaseOrder(
        offer=offer, flat_id=round_.flat_id, free_from=round_.free_from, rent_eur=round_.rent_eur,
        placed_by_id=current().actor.user_id,
    )  # fmt: skip
    with constraint_errors(LeaseOrder, TEXTS):
        order.save(force_insert=True)
    members = Member.objects.filter(application=offer.application_id, part__in=COMING)
    for member in sorted(members, key=lambda one: COMING.index(Part(one.part))):
        person = OrderPerson(order=order, person_id=member.person_id, role=role_of(member))
        person.save(force_insert=True)
    return order


@transaction.atomic
def draw_up(order: LeaseOrder, terms: Terms, *, rent_eur: Decimal, today: date) -> Lease:
    """Draw up the lease that was ordered (sopimuksen laatiminen tilauksesta): its parties and its
    rent, euros a month, as a draft.

    Raises ValidationError when it was drawn up or withdrawn meanwhile, for whoever is tied to
    somebody of the household (A3), and as the services of leases: at the field, when the flat is
    let or a person's data may not be processed.
    """
    current().require(Group.LEASE, Level.WRITE)
    row = _locked(order.pk)
    if row.state != OrderState.OPEN:
        raise ValidationError(TEXTS["orders_order_kept"], code="state")
    people = row.persons.select_related("person").order_by("pk")  # as they were ordered
    if not all(may_decide(one.person, today=today) for one in people):
        raise ValidationError(TEXTS["orders_order_tied"], code="tied")
    first, *others = people
    lease = contracts.draft(row.flat, first.person, terms, today=today)
    for one in others:
        contracts.add_party(lease, one.person, Role(one.role), today=today)
    contracts.set_component(lease, ComponentKind.RENT, rent_eur, today=today)
    _become(row, OrderState.DRAWN, lease)
    return lease


def refuse_strangers(lease: Lease) -> None:
    """Raises ValidationError when an ordered lease is not for the household that was chosen:
    whoever applied does not rent the flat, somebody of no part in the household does, or the offer
    was taken back."""
    row = _of(lease)
    if row is None:
        return
    if row.state == OrderState.WITHDRAWN:
        raise ValidationError(TEXTS["orders_order_offer"], code="withdrawn")
    ordered = {one.person_id: one.role for one in row.persons.all()}
    rents = {party.person_id for party in lease.parties.all() if party.role in TENANTS}
    if Role.TENANT not in {ordered.get(person) for person in rents}:
        raise ValidationError(TEXTS["orders_order_tenant"], code="tenant")
    if not rents <= ordered.keys():
        raise ValidationError(TEXTS["orders_order_stranger"], code="stranger")


def follow_signed(lease: Lease) -> LeaseOrder | None:
    """An ordered lease was signed by everybody. Raises ValidationError when the offer was taken
    back meanwhile."""
    refuse_strangers(lease)
    row = _of(lease)
    return None if row is None else _become(row, OrderState.SIGNED, lease)


def follow_cancelled(lease: Lease) -> None:
    """A draft was cancelled: the lease is still to be drawn up. One that was signed stays told."""
    row = _of(lease)
    if row is not None and row.state == OrderState.DRAWN:
        _become(row, OrderState.OPEN, None)


@transaction.atomic
def close_selection(order: int, today: date) -> None:
    """The home was given: the selection and the application of a signed lease end, once."""
    row = LeaseOrder.objects.select_related("offer__round").get(pk=order)
    if row.state == OrderState.SIGNED and row.offer.round.state == RoundState.OPEN:
        selection.let(row.offer, today)


@transaction.atomic
def withdraw(offer: int) -> None:
    """The offer was taken back: no lease is drawn up, and a draft is not signed any more. Nothing
    happens to an order whose lease is signed."""
    for row in LeaseOrder.objects.select_for_update(of=("self",)).filter(
        offer=offer, state__in=(OrderState.OPEN, OrderState.DRAWN)
    ):
        _become(row, OrderState.WITHDRAWN, row.lease)


def _locked(pk: int) -> LeaseOrder:
    return LeaseOrder.objects.select_for_update(of=("self",)).select_related("flat").get(pk=pk)


def _of(lease: Lease) -> LeaseOrder | None:
    """The order of a lease, kept from others until the transaction ends."""
    return LeaseOrder.objects.select_for_update(of=("self",)).filter(lease=lease).first()


def _become(row: LeaseOrder, state: OrderState, lease: Lease | None) -> LeaseOrder:
    row.state, row.lease = state, lease
    with constraint_errors(LeaseOrder, TEXTS):
        row.save(update_fields=["state", "lease"])
    return row
