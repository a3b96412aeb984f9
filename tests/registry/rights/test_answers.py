"""Giving answers and refusals: proof of delivery, reasons, recipients (6.4, 6.5 and 6.8)."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse

from registry.persons.models import Ground, MarkKind, Person
from registry.persons.services import marks as marking
from registry.rights import clock, services
from registry.rights.models import (
    Correction,
    DataRequest,
    Decision,
    Delivery,
    ErasureLine,
    Outcome,
    RefusalGround,
    Result,
    Right,
    State,
    Target,
    Way,
)
from registry.rights.services import Ruling
from tests.people import system_access
from tests.registry.rights.conftest import (
    GRANT,
    REFUSE,
    SignedIn,
    acting,
    approve,
    approved,
    breaks,
    days_ago,
    decided,
    delivered,
    forced,
    fresh,
    handed,
    in_progress,
    made,
    refused,
)
from vuokra.accounts.models import User

pytestmark = pytest.mark.django_db


# -- delivery ----------------------------------------------------------------------------------


def test_delivered_without_a_proof_is_rejected(
    registrar: User, second: User, person: Person
) -> None:
    row = approved(registrar, second, person, Right.ACCESS)
    with acting(registrar):
        made(row)
        with refused("rights_delivery_proved"):
            services.deliver(row, handed(proof=" "), version=row.version)
        with breaks("rights_no_proof"):
            forced(row, state=State.DELIVERED)
        assert not Delivery.objects.filter(request=row).exists()
        unconfirmed = Delivery(
            request=row, way=Way.LETTER, delivered_on=clock.today(), receiver="person", proof="x",
            by=registrar,
        )  # fmt: skip
        with breaks("rights_delivery_to_confirmed_address"), transaction.atomic():
            unconfirmed.save()


def test_DP_A30_an_answer_goes_only_to_an_address_confirmed_lately(
    registrar: User, second: User, person: Person
) -> None:
    row = approved(registrar, second, person, Right.ACCESS)
    with acting(registrar):
        made(row)
        for confirmed in (None, days_ago(31)):
            with refused("confirmed_on"):
                services.deliver(
                    row, handed(way=Way.LETTER, confirmed_on=confirmed), version=row.version
                )
        letter = handed(way=Way.LETTER, confirmed_on=days_ago(30))
        services.deliver(row, letter, version=row.version)
        assert row.state == State.DELIVERED


def test_DP_A30_a_wrong_send_is_a_possible_breach_and_the_answer_is_given_again(
    registrar: User, second: User, person: Person
) -> None:
    heard = []
    services.answer_missent.connect(lambda delivery, **_: heard.append(delivery.pk), weak=False)
    row = delivered(registrar, second, person, Right.ACCESS)
    with acting(registrar):
        first = row.deliveries.get()
        services.report_missent(first, what="Meni vanhaan osoitteeseen")
        row = fresh(row)
        with refused("rights_close"):
            services.close(row, version=row.version)
        services.deliver(row, handed(), version=row.version)
        services.close(row, version=row.version)
        with breaks("rights_delivery_stays"), transaction.atomic():
            first.proof = "parempi"
            first.save()
    assert heard == [first.pk] and row.state == State.CLOSED


def test_the_database_lets_an_answer_be_given_once_and_keeps_its_proof(
    registrar: User, second: User, person: Person
) -> None:
    row = delivered(registrar, second, person, Right.ACCESS)
    with acting(registrar):
        first = row.deliveries.get()
        again = Delivery(
            request=row, way=Way.HANDED, delivered_on=clock.today(), receiver="person", proof="x",
            by=registrar,
        )  # fmt: skip
        with breaks("rights_delivery_once"), transaction.atomic():
            again.save()
        with breaks("rights_delivery_stays"), transaction.atomic():
            first.delete()
        services.report_missent(first, what="Meni vanhaan osoitteeseen")
        again.by = second
        with breaks("rights_delivery_own"), transaction.atomic():
            again.save()


# -- refusal -----------------------------------------------------------------------------------


def test_refused_without_reason_supervisor_and_remedy_is_rejected(
    registrar: User, person: Person
) -> None:
    row = in_progress(registrar, person, Right.ACCESS, Right.RESTRICTION)
    with acting(registrar):
        for ruling in (
            Ruling(Outcome.REFUSED),
            Ruling(Outcome.REFUSED, RefusalGround.NOT_MET),
            Ruling(Outcome.PARTLY, RefusalGround.NONE, "perustelut"),
        ):
            with refused("rights_refusal_whole"):
                services.decide(row, Right.ACCESS, ruling, version=row.version)
        for untold in ("tells_supervisor", "tells_remedy"):
            whole = {
                "outcome": Outcome.REFUSED, "ground": RefusalGround.NOT_MET, "reasons": "syy",
                "tells_supervisor": True, "tells_remedy": True,
            }  # fmt: skip
            with breaks("rights_refusal_whole"), transaction.atomic():
                Decision.objects.create(
                    request=row, right=Right.RESTRICTION, **whole | {untold: False}
                )


def test_DP_A32_an_excess_is_refused_by_written_facts_only(
    registrar: User, second: User, person: Person
) -> None:
    row = in_progress(registrar, person)
    excess = Ruling(Outcome.REFUSED, RefusalGround.EXCESSIVE, "Toistuva pyyntö.")
    with acting(registrar):
        with refused("rights_excess_has_facts"):
            services.decide(row, Right.ACCESS, excess, version=row.version)
        facts = Ruling(
            Outcome.REFUSED, RefusalGround.EXCESSIVE, "Toistuva pyyntö.",
            "Pyynnöt 1.11., 5.11. ja 12.11.2026",
        )  # fmt: skip
        services.decide(row, Right.ACCESS, facts, version=row.version)
        services.submit(row, version=row.version)
    with acting(second):
        approve(row)
    with acting(registrar):
        services.deliver(row, handed(), version=row.version)
        assert row.state == State.REFUSED
        services.close(row, version=row.version)


def test_parts_granted_and_parts_refused_are_delivered_in_part(
    registrar: User, second: User, person: Person
) -> None:
    row = in_progress(registrar, person, Right.ACCESS, Right.PORTABILITY)
    with acting(registrar):
        services.decide(row, Right.ACCESS, GRANT, version=row.version)
        services.decide(row, Right.PORTABILITY, REFUSE, version=row.version)
        services.submit(row, version=row.version)
    with acting(second):
        approve(row)
    with acting(registrar):
        made(row)
        services.deliver(row, handed(), version=row.version)
        assert row.state == State.PARTLY_DELIVERED


@pytest.mark.parametrize("right", [Right.RECTIFICATION, Right.ERASURE, Right.RESTRICTION])
def test_recipients_are_told_before_it_is_closed(
    registrar: User, second: User, person: Person, right: Right
) -> None:
    row = decided(registrar, person, right, ruling=REFUSE)
    with acting(registrar):
        services.decide(
            row, right, Ruling(Outcome.PARTLY, RefusalGround.LAW, "Osa säilytetään."),
            version=row.version,
        )  # fmt: skip
    with system_access():
        complete(row)
    with acting(registrar):
        services.submit(row, version=row.version)
    with acting(second):
        approve(row)
    with acting(registrar):
        services.deliver(row, handed(), version=row.version)
        with refused("rights_close"):
            services.close(row, version=row.version)
        services.recipients_told(row, note="Ei vastaanottajia", version=row.version)
        services.close(row, version=row.version)
        assert row.state == State.CLOSED


def complete(row: DataRequest) -> None:
    """What a rectification, an erasure and a restriction need before review."""
    marking.add_mark(
        row.person, MarkKind.RESTRICTION, Ground.ACCURACY, valid_from=clock.today()
    )  # fmt: skip
    correction = Correction(
        request=row, person=row.person, target=Target.OTHER, grounds="Väärä",
        result=Result.CORRECTED, done_at=clock.now(),
    )  # fmt: skip
    correction.proposed = "Oikea"
    correction.save()
    ErasureLine.objects.create(request=row, group="contact", fate="erase", ground="17-1-a")


def test_granted_in_part_and_wholly_given_is_told_so_everywhere(
    signed_in: SignedIn, registrar: User, second: User, person: Person
) -> None:
    row = in_progress(registrar, person, Right.ACCESS, Right.PORTABILITY)
    with acting(registrar):
        services.decide(row, Right.ACCESS, GRANT, version=row.version)
        services.decide(row, Right.PORTABILITY, REFUSE, version=row.version)
        services.submit(row, version=row.version)
    with acting(second):
        approve(row)
    with acting(registrar):
        made(row)
        services.deliver(row, handed(), version=row.version)
    client = signed_in("REK")
    for page in pages(row):
        told = client.get(page).content.decode()
        assert "Myönnetty osittain, toimitettu<" in told and "Osittain toimitettu" not in told


def test_what_was_granted_and_not_wholly_given_is_delivered_in_part(
    signed_in: SignedIn, registrar: User, second: User, person: Person
) -> None:
    """Past the services, which give everything at once; then the delivery goes wrong."""
    row = approved(registrar, second, person, Right.ACCESS, Right.PORTABILITY)
    with acting(registrar):
        given = Delivery.objects.create(
            request=row, way=Way.HANDED, delivered_on=clock.today(), receiver="person",
            proof="Kuittaus", digests=["0" * 64], by=registrar,
        )  # fmt: skip
        forced(row, state=State.DELIVERED)
    client = signed_in("REK")
    for page in pages(row):
        assert "Toimitettu osittain<" in client.get(page).content.decode(), page
    with acting(registrar):
        services.report_missent(given, what="Väärä saaja")
    for page in pages(row):
        assert "Toimitettava uudelleen<" in client.get(page).content.decode(), page


def pages(row: DataRequest) -> list[str]:
    """The request, the register and the person's card: where its state is told."""
    with system_access():
        person = fresh(row).person
    assert person is not None
    return [
        reverse("rights:request", args=[row.slug]),
        reverse("rights:list") + "?tila=kaikki",
        reverse("rights:person", args=[person.public_id]),
    ]
