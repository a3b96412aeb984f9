"""From an accepted offer to a signed lease, and back when it does not come about."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django_tasks_db.models import DBTaskResult

from applications.intake.codes import EndReason, Part, Relation, State
from applications.intake.kept import Judged
from applications.intake.models import Member
from applications.intake.services import withdraw as end_application
from applications.orders import services
from applications.orders.kept import judged
from applications.orders.models import LeaseOrder, OrderPerson, OrderState
from applications.orders.tasks import call_again
from applications.selection import services as selection
from applications.selection.models import OfferChannel, RoundState
from applications.selection.services import Choice
from leases.contracts import services as contracts
from leases.contracts.models import ComponentKind, Lease
from leases.contracts.rules.persons import Role
from leases.homes.models import Flat
from registry.persons.models import Person, StaffLink, TieKind
from tests.applications.orders.conftest import (
    FREE,
    TODAY,
    make_flat,
    make_user,
    of,
    refused_by,
    somebody,
    system_access,
    terms,
)
from tests.applications.selection.rounds import applicants, choosing
from tests.leases.contracts.conftest import other, signed
from tests.registry.protection.conftest import acting
from vuokra.access.errors import FunctionDenied
from vuokra.access.stated import raw_sql
from vuokra.policy.roles import Role as StaffRole

pytestmark = pytest.mark.django_db
__all__ = ["other"]
RENT = Decimal("612.50")


def drawn(order: LeaseOrder) -> Lease:
    return services.draw_up(order, terms(), rent_eur=RENT, today=TODAY)


def now(order: LeaseOrder) -> str:
    return LeaseOrder.objects.get(pk=order.pk).state


def by_sql(sql: str) -> None:
    with raw_sql("a test"), connection.cursor() as cursor:
        cursor.execute(sql)


def tasks() -> list[str]:
    rows = DBTaskResult.objects.filter(task_path__startswith="applications.orders")
    return [f"{row.task_path.rpartition('.')[2]} {row.args_kwargs['args']}" for row in rows]


def test_an_accepted_offer_orders_a_lease_for_its_household(order: LeaseOrder) -> None:
    with system_access():
        assert (order.state, order.free_from, order.rent_eur) == ("open", FREE, Decimal(600))
        roles = [one.role for one in order.persons.order_by("pk")]
        assert roles == [Role.TENANT, Role.CO_TENANT, Role.OCCUPANT]


def test_a_spouse_who_did_not_apply_answers_for_the_lease() -> None:
    roles = [
        services.role_of(Member(part=part, relation=relation))
        for part, relation in (
            (Part.APPLICANT, ""), (Part.CO_APPLICANT, Relation.SPOUSE),
            (Part.RESIDENT, Relation.PARTNER), (Part.RESIDENT, Relation.CHILD),
        )
    ]  # fmt: skip
    assert roles == [Role.TENANT, Role.CO_TENANT, Role.SPOUSE, Role.OCCUPANT]


def test_the_lease_has_its_parties_flat_and_rent(order: LeaseOrder) -> None:
    with system_access():
        lease = drawn(order)
        assert (lease.flat_id, lease.starts_on) == (order.flat_id, FREE)
        assert [party.role for party in lease.parties.order_by("pk")] == [
            Role.TENANT, Role.CO_TENANT, Role.OCCUPANT,
        ]  # fmt: skip
        (part,) = lease.components.all()
        assert (part.kind, part.price_eur) == (ComponentKind.RENT, RENT)
        assert now(order) == OrderState.DRAWN
        with pytest.raises(ValidationError, match="jo laadittu"):
            drawn(order)


def test_DP_A3_nobody_draws_up_the_lease_of_somebody_near(order: LeaseOrder) -> None:
    clerk = make_user(StaffRole.SOP)
    with system_access():
        StaffLink.objects.create(
            staff=clerk, person=order.persons.order_by("pk")[1].person, kind=TieKind.CONFLICT,
            valid_from=TODAY,
        )  # fmt: skip
    with acting(clerk), pytest.raises(ValidationError, match="Toinen laatii sopimuksen"):
        drawn(order)
    with system_access():
        assert now(order) == OrderState.OPEN


def test_the_last_signature_gives_the_home_and_ends_the_selection(order: LeaseOrder) -> None:
    with system_access():
        lease = signed(drawn(order), on=TODAY, today=TODAY)
        assert now(order) == OrderState.SIGNED
        assert tasks() == [f"close_selection [{order.pk}]"]
        assert of(order.offer).state == State.ACCEPTED
        services.close_selection(order.pk, TODAY)
        services.close_selection(order.pk, TODAY)  # once, however often it is asked
        application, round_ = of(order.offer), order.offer.round
        round_.refresh_from_db()
        assert (application.state, application.ended_on) == (State.HOUSED, TODAY)
        assert (round_.state, round_.closed_on) == (RoundState.LET, TODAY)
        assert judged([application.pk]) == {application.pk: Judged(lease=lease)}
        order.offer.refresh_from_db()
        with pytest.raises(ValidationError, match="päättynyt"):
            selection.withdraw_offer(order.offer, "Liian myöhään", today=TODAY)


def test_a_cancelled_draft_is_drawn_up_anew(order: LeaseOrder) -> None:
    with system_access():
        contracts.cancel(drawn(order), "Väärä alkupäivä", today=TODAY)
        assert now(order) == OrderState.OPEN
        again = drawn(LeaseOrder.objects.get(pk=order.pk))
        assert LeaseOrder.objects.get(pk=order.pk).lease == again


def test_an_offer_taken_back_before_the_lease_is_drawn_up(order: LeaseOrder) -> None:
    with system_access():
        selection.withdraw_offer(order.offer, "Kunto selvitetään", today=TODAY)
        assert tasks() == [f"withdraw [{order.offer_id}]"]
        with pytest.raises(ValidationError, match="Asuntotarjous on peruttu"):
            drawn(order)  # the worker has not come to it yet: the database knows
        services.withdraw(order.offer_id)
        assert now(order) == OrderState.WITHDRAWN
        with pytest.raises(ValidationError):
            drawn(order)


def test_a_draft_whose_offer_was_taken_back_is_not_signed(order: LeaseOrder) -> None:
    with system_access():
        lease = drawn(order)
        contracts.make_ready(lease, today=TODAY)
        first, second = (party for party in lease.parties.order_by("pk") if party.signs)
        contracts.sign(first, on=TODAY, today=TODAY)
        selection.withdraw_offer(order.offer, "Kunto selvitetään", today=TODAY)
        services.withdraw(order.offer_id)
        with pytest.raises(ValidationError, match="Asuntotarjous on peruttu"):
            contracts.sign(second, on=TODAY, today=TODAY)
        contracts.reopen(lease, today=TODAY)
        with pytest.raises(ValidationError, match="Asuntotarjous on peruttu"):
            contracts.make_ready(lease, today=TODAY)
        contracts.cancel(lease, "Tarjous peruttiin", today=TODAY)
        assert now(order) == OrderState.WITHDRAWN


def test_an_application_that_ends_takes_its_order_with_it(order: LeaseOrder) -> None:
    with system_access():
        end_application(of(order.offer), EndReason.WITHDRAWN, today=TODAY)
        assert tasks() == [f"withdraw [{order.offer_id}]"]


def test_the_night_calls_the_steps_that_failed_again(order: LeaseOrder) -> None:
    with system_access():
        assert call_again() == 0
        signed(drawn(order), on=TODAY, today=TODAY)
        DBTaskResult.objects.all().delete()  # the worker met an error
        assert call_again() == 1
        assert tasks() == [f"close_selection [{order.pk}]"]
        services.close_selection(order.pk, TODAY)
        assert call_again() == 0


def test_the_night_withdraws_the_order_of_an_offer_taken_back(order: LeaseOrder) -> None:
    with system_access():
        selection.withdraw_offer(order.offer, "Kunto selvitetään", today=TODAY)
        DBTaskResult.objects.all().delete()
        assert call_again() == 1
        assert tasks() == [f"withdraw [{order.offer_id}]"]
        services.withdraw(order.offer_id)
        assert call_again() == 0


@pytest.mark.parametrize("out", [(Role.TENANT,), (Role.TENANT, Role.CO_TENANT)])
def test_the_home_goes_to_nobody_else(
    order: LeaseOrder, other: Person, out: tuple[Role, ...]
) -> None:
    with system_access():
        lease = drawn(order)
        for party in lease.parties.all():
            if party.role in out:
                contracts.drop_party(party, today=TODAY)
        contracts.add_party(lease, other, Role.TENANT, today=TODAY)
        with pytest.raises(ValidationError, match="ei ole sopimuksen vuokralainen"):
            contracts.make_ready(lease, today=TODAY)


def test_nobody_outside_the_household_rents_the_home_beside_it(
    order: LeaseOrder, other: Person
) -> None:
    with system_access():
        lease = drawn(order)
        contracts.add_party(lease, other, Role.CO_TENANT, today=TODAY)
        with pytest.raises(ValidationError, match="ei kuulu ruokakuntaan"):
            contracts.make_ready(lease, today=TODAY)


def test_a_resident_of_the_household_may_sign_too_and_others_guarantee(
    order: LeaseOrder, other: Person
) -> None:
    with system_access():
        lease = drawn(order)
        resident = lease.parties.get(role=Role.OCCUPANT)
        contracts.drop_party(resident, today=TODAY)
        contracts.add_party(lease, resident.person, Role.CO_TENANT, today=TODAY)
        contracts.add_party(lease, other, Role.GUARANTOR, today=TODAY)
        signed(lease, on=TODAY, today=TODAY)
        by_sql("SET CONSTRAINTS ALL IMMEDIATE")
        assert now(order) == OrderState.SIGNED


def settled() -> None:
    """What is checked at the end of a transaction is checked now."""
    by_sql("SET CONSTRAINTS ALL IMMEDIATE")
    by_sql("SET CONSTRAINTS ALL DEFERRED")


STRANGER = "(SELECT id FROM registry_persons_person ORDER BY id DESC LIMIT 1)"


@pytest.mark.parametrize(
    ("swap", "name"),
    [
        (f"SET person_id = {STRANGER} WHERE role = 'tenant'", "orders_order_tenant"),
        (f"SET person_id = {STRANGER} WHERE role = 'co_tenant'", "orders_order_stranger"),
        ("SET role = 'occupant' WHERE role = 'tenant'", "orders_order_tenant"),
    ],
)
def test_who_rents_an_ordered_lease_is_who_was_chosen_by_sql_too(
    order: LeaseOrder, swap: str, name: str
) -> None:
    with system_access():
        drawn(order)
        somebody(99)
        by_sql(f"UPDATE leases_contracts_party {swap}")
        settled()  # a draft may say anything
        with refused_by(name):
            by_sql("UPDATE leases_contracts_lease SET ready_at = now()")
            settled()


def test_another_s_lease_does_not_become_that_of_an_order_by_sql(
    order: LeaseOrder, other: Person
) -> None:
    with system_access():
        lease = contracts.draft(order.flat, other, terms(), today=TODAY)
        contracts.set_component(lease, ComponentKind.RENT, RENT, today=TODAY)
        contracts.make_ready(lease, today=TODAY)
        with refused_by("orders_order_tenant"):
            by_sql(
                "UPDATE applications_orders_leaseorder SET state = 'drawn', lease_id = "
                f"{int(lease.pk)}"
            )
            settled()


def test_a_lease_of_a_withdrawn_order_is_not_concluded_by_sql(order: LeaseOrder) -> None:
    with system_access():
        lease = drawn(order)
        contracts.make_ready(lease, today=TODAY)
        settled()
        by_sql("UPDATE applications_orders_leaseorder SET state = 'withdrawn'")
        by_sql(f"UPDATE leases_contracts_party SET signed_on = '{TODAY}' WHERE role <> 'occupant'")
        with refused_by("orders_order_offer"):
            by_sql(f"UPDATE leases_contracts_lease SET concluded_on = '{TODAY}'")
            settled()


@pytest.mark.parametrize("how", ["more", "fewer", "part"])
def test_a_lease_is_ordered_for_whom_was_chosen_by_sql_too(flat: Flat, how: str) -> None:
    """An offer accepted past the services, and an order of it for others."""
    with system_access():
        round_ = choosing(flat, free_from=FREE)
        (application,) = applicants("1000")
        offer = selection.offer(
            selection.decide(round_, application, Choice(), today=TODAY),
            channel=OfferChannel.PHONE, answer_by=TODAY, today=TODAY,
        )  # fmt: skip
        by_sql(
            f"UPDATE applications_selection_offer SET state = 'accepted', answered_on = '{TODAY}'"
        )
        person = application.members.get().person_id
        people = {
            "more": [(person, Role.TENANT), (somebody(61).pk, Role.CO_TENANT)],
            "fewer": [],
            "part": [(person, Role.OCCUPANT)],
        }[how]
        with refused_by("orders_order_household"):
            made = LeaseOrder.objects.create(flat=flat, offer=offer, free_from=FREE, rent_eur=1)
            for pk, role in people:
                OrderPerson.objects.create(order=made, person_id=pk, role=role)
            settled()


def test_a_lease_that_was_not_ordered_is_signed_as_before(flat: Flat, other: Person) -> None:
    with system_access():
        lease = contracts.draft(flat, other, terms(), today=TODAY)
        contracts.set_component(lease, ComponentKind.RENT, RENT, today=TODAY)
        assert signed(lease, on=TODAY, today=TODAY).concluded_on == TODAY


def test_who_chooses_draws_up_no_lease(order: LeaseOrder) -> None:
    with acting(make_user(StaffRole.VAL)), pytest.raises(FunctionDenied):
        drawn(order)


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ("UPDATE applications_orders_leaseorder SET rent_eur = 1", "orders_order_kept"),
        ("UPDATE applications_orders_leaseorder SET state = 'signed'", "orders_order_kept"),
        ("UPDATE applications_orders_orderperson SET role = 'tenant'", "orders_order_kept"),
        ("DELETE FROM applications_orders_orderperson", "orders_order_kept"),
        (
            "UPDATE applications_orders_orderperson o SET person_id = (SELECT id FROM "
            "registry_persons_person p WHERE NOT EXISTS (SELECT FROM "
            "applications_orders_orderperson x WHERE x.person_id = p.id) LIMIT 1) "
            "WHERE o.role = 'tenant'",
            "orders_order_kept",
        ),
    ],
)
def test_an_order_stays_as_it_was_placed(
    order: LeaseOrder, other: Person, sql: str, name: str
) -> None:
    with system_access(), refused_by(name):
        by_sql(sql)
        by_sql("SET CONSTRAINTS ALL IMMEDIATE")


def test_what_is_signed_is_not_taken_back_by_sql(order: LeaseOrder) -> None:
    with system_access():
        signed(drawn(order), on=TODAY, today=TODAY)
        with refused_by("selection_offer_let"):
            by_sql("UPDATE applications_selection_offer SET state = 'withdrawn'")


def test_a_lease_of_an_offer_taken_back_is_not_concluded_by_sql(order: LeaseOrder) -> None:
    with system_access():
        lease = drawn(order)
        contracts.make_ready(lease, today=TODAY)
        selection.withdraw_offer(order.offer, "Kunto selvitetään", today=TODAY)
        by_sql(f"UPDATE leases_contracts_party SET signed_on = '{TODAY}' WHERE role <> 'occupant'")
        with refused_by("orders_order_offer"):
            by_sql(f"UPDATE leases_contracts_lease SET concluded_on = '{TODAY}'")
            by_sql("SET CONSTRAINTS ALL IMMEDIATE")


def test_an_order_needs_an_accepted_offer_of_its_flat(order: LeaseOrder, flat: Flat) -> None:
    with system_access(), refused_by("orders_order_offer"):
        LeaseOrder.objects.create(
            flat=make_flat(flat.stair, 99), offer=order.offer, free_from=FREE, rent_eur=1
        )
