"""What keeps a copy from leaving, what proves that it was given, and when it is destroyed (6.8)."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client

from registry.copies import gates, queries
from registry.copies import services as copies
from registry.copies.codes import Decision, Reason
from registry.copies.models import Copy
from registry.copies.models import State as Stage
from registry.copies.rule_rows import GIVEN_DAYS, OPEN_DAYS
from registry.persons.models import Ground, Mark, MarkKind, Person, StaffLink, TieKind
from registry.rights import clock, copy_desk, services
from registry.rights.models import Authority, Behalf, DataRequest, Method, Right, State, Way
from registry.rights.queries.copies import copies_of
from registry.rights.services import copying
from tests.people import identified, make_user, sign_in, system_access
from tests.registry.copies.conftest import collected, settle
from tests.registry.protection.conftest import ban, one_person
from tests.registry.rights.conftest import (
    GRANT,
    acting,
    approve,
    approved,
    breaks,
    copied,
    days_ago,
    decided,
    delivered,
    fresh,
    handed,
    in_progress,
    refused,
    take_in,
)
from tests.vuokra.documents.conftest import company, text_of
from vuokra.accounts.models import User
from vuokra.accounts.queries import actor_for
from vuokra.desk.models import Reminder
from vuokra.policy.roles import Role
from vuokra.rules.queries import rule

__all__ = ["company"]
pytestmark = pytest.mark.usefixtures("company", "files")
WORDS = "Naapuri Kaarina Esimerkki valitti metelistä."


@pytest.fixture
def files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def noted(registrar: User, person: Person) -> Person:
    """The person, with a note that names a neighbour."""
    with system_access():
        Reminder.objects.create(
            text=WORDS, due=dt.date(2026, 12, 1), subject_id=person.pk, created_by=registrar,
            user=registrar,
        )  # fmt: skip
    return person


def in_review(registrar: User, person: Person, *rights: Right) -> DataRequest:
    """A request whose copies are gone through and whose answer waits for the second person."""
    row = decided(registrar, person, *rights)
    with acting(registrar):
        services.submit(row, version=row.version)
    return row


def now(row: DataRequest) -> DataRequest:
    with system_access():
        return fresh(row)


def collected_anew(row: DataRequest, registrar: User) -> Copy:
    """The copy collected once more, with nothing decided on it."""
    with acting(registrar):
        found = copies_of(row)[Right.ACCESS]
        copies.restart(found)
    return collected(found)


def copy_of(row: DataRequest, user: User, right: Right = Right.ACCESS) -> Copy:
    with acting(user):
        return copies_of(row)[right]


# -- collecting ------------------------------------------------------------------------------------


def test_DP_A28_nothing_is_collected_for_one_without_authority(
    registrar: User, person: Person
) -> None:
    with acting(registrar):
        row = take_in(person, Right.ACCESS, behalf=Behalf.PROXY)
        services.set_authority(row, Authority.MISSING, paper="", version=row.version)
        with refused("rights_no_authority"):
            copying.start(row, Right.ACCESS, version=row.version)


def test_a_request_taken_back_removes_what_was_collected(registrar: User, person: Person) -> None:
    row = decided(registrar, person, Right.ACCESS)
    copy = copy_of(row, registrar)
    with acting(registrar):
        services.withdraw(row, note="Soitti", version=row.version)
        assert Copy.objects.get(pk=copy.pk).state == Stage.DISCARDED


# -- four eyes -------------------------------------------------------------------------------------


def test_whoever_went_through_the_copy_does_not_approve_it(
    registrar: User, second: User, noted: Person
) -> None:
    row = in_progress(registrar, noted, Right.ACCESS)
    copy = collected_anew(row, registrar)
    settle(copy, second)
    row = now(row)
    with acting(registrar):
        services.decide(row, Right.ACCESS, GRANT, version=row.version)
        services.submit(row, version=row.version)
    with acting(second), refused("four_eyes"):
        approve(row)
    with acting(make_user(Role.JOH, username="kolmas")):
        approve(row)
        assert row.state == State.APPROVED


def test_under_review_nothing_of_the_copy_changes(
    registrar: User, second: User, noted: Person
) -> None:
    row = in_review(registrar, noted, Right.ACCESS)
    copy = copy_of(row, registrar)
    with acting(registrar):
        found = next(one for one in queries.findings(copy) if one.decision == Decision.REDACTED)
        for change in (
            lambda: copies.keep(found, Reason.KNOWN),
            lambda: copies.restart(copy),
            lambda: copies.allow_names(copy, "Epäily urkinnasta, tutkintapyyntö."),
        ):
            with refused("not_worked_on"):
                change()
    with acting(second):
        services.send_back(row, note="Kaarina on pyytäjän sisko.", version=row.version)
    with acting(registrar):
        copies.keep(found, Reason.KNOWN)


def test_an_approval_holds_for_what_was_approved_alone(
    registrar: User, second: User, noted: Person
) -> None:
    row = approved(registrar, second, noted, Right.ACCESS)
    copy = copy_of(row, registrar)
    with acting(registrar):  # past the services, as a careless piece of code would
        found = next(one for one in queries.findings(copy) if one.decision == Decision.REDACTED)
        found.decision, found.reason = Decision.KEPT, Reason.KNOWN
        found.save()
        with refused("approved"):
            copying.pack(row, Right.ACCESS, version=row.version)


# -- handing over ----------------------------------------------------------------------------------


@pytest.mark.parametrize("leaving", ["pack", "print_copy"])
def test_nothing_leaves_before_the_answer_is_approved(
    registrar: User, person: Person, leaving: str
) -> None:
    row = in_review(registrar, person, Right.ACCESS)
    with acting(registrar), refused("not_approved"):
        getattr(copying, leaving)(row, Right.ACCESS, version=row.version)


def test_nothing_leaves_while_nobody_keeps_the_gate(
    registrar: User, second: User, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = approved(registrar, second, person, Right.ACCESS)
    copy = copy_of(row, registrar)
    monkeypatch.setattr(gates, "_gate", [])
    with acting(registrar):
        for leaving in (copies.printed, lambda one: copies.build_package(one, by=registrar)):
            with refused("no_gate"):
                leaving(copy)


def test_a_copy_of_no_request_leaves_by_no_page(registrar: User, person: Person) -> None:
    with system_access():
        copy = copies.collect_now(person, language="fi", kind="access", reference="KOMENTO")
    with acting(registrar), refused("no_request"):
        copies.restart(copy)


def test_the_package_is_given_and_proved_by_its_digest(
    registrar: User, second: User, noted: Person
) -> None:
    row = approved(registrar, second, noted, Right.ACCESS)
    with acting(registrar):
        with refused("copy"):
            services.deliver(row, handed(), version=row.version)
        _copy, password = copying.pack(row, Right.ACCESS, version=row.version)
        package = copying.package(row, Right.ACCESS)
        services.deliver(row, handed(), version=row.version)
        delivery = row.deliveries.get()
    with pikepdf.open(io.BytesIO(package), password=password) as pdf:
        plain = io.BytesIO()
        pdf.save(plain)
    assert "Kaarina" not in text_of(plain.getvalue())
    assert delivery.digests == [hashlib.sha256(package).hexdigest()]
    assert row.state == State.DELIVERED


def test_email_takes_the_encrypted_package_alone(
    registrar: User, second: User, person: Person
) -> None:
    row = approved(registrar, second, person, Right.ACCESS)
    mailed = handed(way=Way.EMAIL, confirmed_on=clock.today())
    with acting(registrar):
        copying.print_copy(row, Right.ACCESS, version=row.version)
        with refused("no_package"):
            services.deliver(row, mailed, version=row.version)
        copying.pack(row, Right.ACCESS, version=row.version)
        services.deliver(row, mailed, version=row.version)
        digests = row.deliveries.get().digests
    assert digests == [copy_of(row, registrar).package_digest]


def test_paper_is_proved_by_what_was_printed(registrar: User, second: User, person: Person) -> None:
    row = approved(registrar, second, person, Right.ACCESS)
    with acting(registrar):
        pdf = copying.print_copy(row, Right.ACCESS, version=row.version)
        services.deliver(row, handed(), version=row.version)
        assert row.deliveries.get().digests == [hashlib.sha256(pdf).hexdigest()]
    assert "Kenen tiedot" in text_of(pdf)


def test_the_digest_is_of_what_was_made_last(registrar: User, second: User, person: Person) -> None:
    row = approved(registrar, second, person, Right.ACCESS)
    with acting(registrar):
        copying.print_copy(row, Right.ACCESS, version=row.version)
        copying.pack(row, Right.ACCESS, version=row.version)
        package = copying.package(row, Right.ACCESS)
        services.deliver(row, handed(), version=row.version)
        assert row.deliveries.get().digests == [hashlib.sha256(package).hexdigest()]


def test_portability_gives_json_and_csv(registrar: User, second: User, person: Person) -> None:
    row = approved(registrar, second, person, Right.PORTABILITY)
    with acting(registrar):
        _copy, password = copying.pack(row, Right.PORTABILITY, version=row.version)
        package = copying.package(row, Right.PORTABILITY)
    with pikepdf.open(io.BytesIO(package), password=password) as pdf:
        files = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    assert set(files) == {"tiedot.json", "tiedot.csv"}
    assert json.loads(files["tiedot.json"])["kind"] == "portability"


def test_data_that_changed_after_the_approval_stay_here(
    registrar: User, second: User, noted: Person
) -> None:
    row = approved(registrar, second, noted, Right.ACCESS)
    with acting(registrar):
        copying.pack(row, Right.ACCESS, version=row.version)
    with system_access():
        ban(noted)
    with acting(registrar):
        for leaving in (
            lambda: copying.package(row, Right.ACCESS),
            lambda: copying.print_copy(row, Right.ACCESS, version=row.version),
        ):
            with refused("changed"):
                leaving()
    with acting(second):
        services.send_back(row, note="Tiedot ovat muuttuneet.", version=row.version)
        assert row.state == State.IN_PROGRESS


def test_a_proof_of_delivery_keeps_its_digest(
    registrar: User, second: User, person: Person
) -> None:
    row = delivered(registrar, second, person, Right.ACCESS)
    with acting(registrar), breaks("rights_delivery_stays"):
        delivery = row.deliveries.get()
        delivery.digests = ["1" * 64]
        delivery.save()


# -- who -------------------------------------------------------------------------------------------


def test_DP_A3_a_conflict_of_interest_bars_from_the_copy(registrar: User, person: Person) -> None:
    row = in_progress(registrar, person, Right.ACCESS)
    with system_access():
        StaffLink.objects.create(
            person=person, staff=registrar, kind=TieKind.CONFLICT, valid_from=days_ago(1)
        )
    with acting(registrar), refused("barred"):
        copying.start(row, Right.ACCESS, version=row.version)


def test_the_leader_approves_no_copy_that_he_may_not_see(
    registrar: User, second: User, leader: User, person: Person
) -> None:
    with system_access():
        ban(person)
    with acting(registrar):
        row = take_in(person, Right.ACCESS)
        services.verify(row, Method.PHOTO_ID, version=row.version)
    with acting(second):
        services.verify_too(row, version=row.version)
    row = copied(now(row), registrar)
    with acting(registrar):
        services.decide(row, Right.ACCESS, GRANT, version=row.version)
        services.submit(row, version=row.version)
    with acting(leader), refused("copy_unseen"):
        approve(row)
    with acting(second):
        approve(row)


# -- its time --------------------------------------------------------------------------------------


def test_what_was_given_is_destroyed_when_its_time_is_over(
    registrar: User, second: User, person: Person
) -> None:
    row = approved(registrar, second, person, Right.ACCESS)
    with acting(registrar):
        copying.print_copy(row, Right.ACCESS, version=row.version)
    copy = copy_of(row, registrar)
    with system_access():
        assert copy.destroy_on == clock.today() + dt.timedelta(
            days=rule(GIVEN_DAYS, clock.today()).integer
        )
        assert copies.destroy_old() == 0
        copy.destroy_on = days_ago(1)
        copy.save()
        assert copies.destroy_old() == 1
        gone = Copy.objects.get(pk=copy.pk)
    assert gone.state == Stage.DESTROYED and not gone.content and not gone.package
    assert gone.digest == copy.digest and gone.printed_digest == copy.printed_digest


def test_what_nobody_gave_is_kept_longer_and_a_hold_keeps_it(
    registrar: User, person: Person
) -> None:
    row = decided(registrar, person, Right.ACCESS)
    copy = copy_of(row, registrar)
    with system_access():
        days = rule(OPEN_DAYS, clock.today()).integer
        assert copy.destroy_on == clock.today() + dt.timedelta(days=days)
        copy.destroy_on = days_ago(1)
        copy.save()
        Mark.objects.create(
            person=person, kind=MarkKind.LEGAL_HOLD, ground=Ground.DISPUTE, matter="1",
            valid_from=days_ago(3),
        )  # fmt: skip
        assert copies.destroy_old() == 0


# -- work queue ------------------------------------------------------------------------------------


def desk_rows(user: User) -> list[str]:
    with acting(user):
        return [row.task for row in copy_desk.rows(actor_for(user), clock.today())]


def test_a_copy_that_waits_stands_in_the_queue(
    registrar: User, second: User, noted: Person
) -> None:
    row = in_progress(registrar, noted, Right.ACCESS)
    assert desk_rows(registrar) == []
    copy = collected_anew(row, registrar)
    assert desk_rows(registrar) == ["Tarkista kootut tiedot"]
    settle(copy, registrar)
    assert desk_rows(registrar) == []
    row = now(row)
    with acting(registrar):
        services.decide(row, Right.ACCESS, GRANT, version=row.version)
        services.submit(row, version=row.version)
    with acting(second):
        approve(row)
    assert desk_rows(registrar) == ["Tee jäljennös annettavaksi"]
    with acting(registrar):
        copying.pack(row, Right.ACCESS, version=row.version)
    assert desk_rows(registrar) == []


# -- pages -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["paketti/", "lataa/", "tulosta/"])
def test_handing_over_asks_who_one_is(
    registrar: User, second: User, person: Person, way: str
) -> None:
    row = approved(registrar, second, person, Right.ACCESS)
    client = sign_in(Client(), registrar)
    identified(client, registrar, ago=3600)
    answer = client.post(
        f"/tietopyynnot/{row.slug}/jaljennos/15/{way}", {"version": str(row.version)}
    )
    assert answer.status_code == 302 and "/kirjaudu/uudelleen/" in answer["Location"]


def test_another_account_of_who_went_through_the_copy_does_not_approve_it(
    registrar: User, second: User, noted: Person
) -> None:
    leader = make_user(Role.JOH, username="kolmas")
    one_person(second, leader)
    row = in_progress(registrar, noted, Right.ACCESS)
    copy = collected_anew(row, registrar)
    settle(copy, second)
    row = now(row)
    with acting(registrar):
        services.decide(row, Right.ACCESS, GRANT, version=row.version)
        services.submit(row, version=row.version)
    with acting(leader), refused("four_eyes"):
        approve(row)
