"""Taking requests in: any channel, anybody, any day; and who is who (6.1 and 6.2)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from registry.persons import services as persons
from registry.persons.models import IdentityKind, Person, Source
from registry.persons.services import Code, Names
from registry.persons.services.marks import record_death
from registry.rights import clock, services
from registry.rights.models import (
    Authority,
    Behalf,
    Channel,
    DataRequest,
    ExtensionGround,
    Known,
    Level,
    Method,
    Outcome,
    RefusalGround,
    Right,
    State,
    Way,
)
from registry.rights.queries import readiness
from registry.rights.rules import Flag
from registry.rights.services import Ruling
from tests.people import make_user, system_access
from tests.registry.protection.conftest import ban, one_person
from tests.registry.rights.conftest import (
    GRANT,
    acting,
    approve,
    copied,
    days_ago,
    decided,
    fresh,
    handed,
    intake,
    refused,
    take_in,
)
from vuokra.accounts.models import User
from vuokra.policy.roles import Role
from vuokra.rules.errors import RuleMissing
from vuokra.rules.models import RuleVersion

pytestmark = pytest.mark.django_db


def test_number_dates_and_handler(registrar: User, person: Person) -> None:
    with acting(registrar):
        first, other = take_in(person), take_in(person, Right.MARKETING)
    year = clock_year()
    assert [first.number, other.number] == [f"TP-{year}-0001", f"TP-{year}-0002"]
    assert (first.state, first.handler_id, first.version) == (State.RECEIVED, registrar.pk, 1)
    assert first.received_on < first.target <= first.deadline
    assert (first.required_level, other.required_level) == (Level.T2, Level.T0)
    assert re.fullmatch(r"tp-\d{4}-\d{4}", first.slug)


def clock_year() -> int:
    with system_access():
        return clock.today().year


@pytest.mark.parametrize("channel", Channel)
def test_S9_02_any_channel_counts_and_nothing_signed_is_demanded(
    registrar: User, person: Person, channel: Channel
) -> None:
    with acting(registrar):
        assert take_in(person, channel=channel).channel == channel


def test_DP_A57_a_request_of_christmas_eve_was_received_on_christmas_eve(
    registrar: User, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The office is closed until 7.1.: the day of receipt is the day it reached us."""
    monkeypatch.setattr(clock, "today", lambda: date(2026, 1, 7))
    with acting(registrar):
        row = take_in(person, channel=Channel.EMAIL, received_on=date(2025, 12, 24))
    assert row.received_on == date(2025, 12, 24)
    assert (row.target, row.deadline) == (date(2026, 1, 24), date(2026, 1, 26))


def test_a_deadline_over_the_change_of_year(registrar: User, person: Person) -> None:
    with acting(registrar):
        row = take_in(person, received_on=date(2025, 12, 31))
    assert (row.target, row.deadline) == (date(2026, 1, 31), date(2026, 2, 2))


def test_the_day_of_receipt_moves_backwards_only_and_with_a_reason(
    registrar: User, person: Person
) -> None:
    with acting(registrar):
        row = take_in(person, received_on=days_ago(5))
        with refused("rights_receipt_backwards"):
            services.move_receipt(row, days_ago(4), reason="x", version=row.version)
        with refused("rights_receipt_reason"):
            services.move_receipt(row, days_ago(6), reason="", version=row.version)
        before = row.target
        services.move_receipt(
            row, days_ago(9), reason="Tuli väärään postilaatikkoon", version=row.version
        )
        assert row.target < before
        found = fresh(row)
        found.received_on = days_ago(1)
        with pytest.raises(IntegrityError), transaction.atomic():
            found.save()


def test_nothing_is_received_tomorrow(registrar: User, person: Person) -> None:
    with acting(registrar):
        with refused("rights_receipt_future"):
            take_in(person, received_on=clock.today() + timedelta(days=1))
        with refused("rights_request_rights"):
            services.take_in(replace(intake(person), rights=[]))
        with refused("hetu_in_text"):
            take_in(person, wish="Tunnukseni on 150685-906N")


def test_a_rule_that_is_missing_stops_the_calculation(registrar: User, person: Person) -> None:
    with system_access():
        for row in RuleVersion.objects.filter(key="dsr.answer_months"):
            row.withdrawn_at = clock.now()
            row.save()
    with acting(registrar), pytest.raises(RuleMissing):
        take_in(person)
    with system_access():
        assert not DataRequest.objects.exists()


# -- whose it is -------------------------------------------------------------------------------


def test_a_request_of_somebody_who_is_not_in_the_register(registrar: User, second: User) -> None:
    """«Ei tietoja» is an answer too (6.3), and goes the same way."""
    with acting(registrar):
        row = take_in(None, sender_contact="outo@example.fi")
        assert row.known == Known.UNSEARCHED
        with refused("rights_not_identified"):
            services.verify(row, Method.KNOWN_ADDRESS, version=row.version)
        services.match(row, None, version=row.version)
        assert (row.known, row.required_level) == (Known.NONE, Level.T0)
        services.verify(row, Method.KNOWN_ADDRESS, version=row.version)
        services.decide(row, Right.ACCESS, GRANT, version=row.version)
        services.submit(row, version=row.version)
    with acting(second):
        approve(row)
    with acting(registrar):
        services.deliver(row, handed(), version=row.version)
        assert row.state == State.DELIVERED
        assert str(row.sender_contact) == "••••••"


def test_a_request_is_recorded_before_its_person_is_known(registrar: User, person: Person) -> None:
    with acting(registrar):
        row = take_in(None, Right.ACCESS)
        services.match(row, person, version=row.version)
        assert (row.person_id, row.known) == (person.pk, Known.FOUND)
        services.verify(row, Method.PHOTO_ID, version=row.version)
        with refused("identified"):
            services.match(row, None, version=row.version)


def test_DP_A27_the_way_must_reach_the_level_and_only_the_way_is_kept(
    registrar: User, person: Person
) -> None:
    with acting(registrar):
        row = take_in(person, channel=Channel.EMAIL)
        for weak in (Method.KNOWN_ADDRESS, Method.CALL_BACK):
            with refused("too_low"):
                services.verify(row, weak, version=row.version)
        before = columns(row)
        services.verify(row, Method.STRONG, version=row.version)
        found = fresh(row)
        after = columns(row)
    assert (found.state, found.method, found.level) == (
        State.IN_PROGRESS, Method.STRONG, Level.T2,
    )  # fmt: skip
    assert {name for name, value in after.items() if before[name] != value} == {
        "state", "version", "level", "method", "identified_on", "identified_by_id",
    }  # fmt: skip
    with acting(registrar):
        assert not found.attachments.exists() and not found.letters.exists()
        assert [step.about for step in found.steps.all()] == ["", "method:strong"]


def columns(row: DataRequest) -> dict[str, Any]:
    """Everything that the register keeps of a request, as it lies."""
    return DataRequest.objects.filter(pk=row.pk).values().get()


def test_T3_needs_a_second_handler_who_states_it_himself(
    registrar: User, second: User, person: Person
) -> None:
    with system_access():
        ban(person)
        person.refresh_from_db()
    with acting(registrar):
        row = take_in(person)
        assert row.required_level == Level.T3
        services.verify(row, Method.PHOTO_ID, version=row.version)
        assert row.state == State.RECEIVED
        with refused("same_person"):
            services.verify_too(row, version=row.version)
    with acting(second):
        services.verify_too(row, version=row.version)
        found = fresh(row)
    assert (found.state, found.level, found.second_identifier_id) == (
        State.IN_PROGRESS, Level.T3, second.pk,
    )  # fmt: skip


# -- who asks for whom (DP-A28) -------------------------------------------------------------------


def youngster(years: int) -> Person:
    with system_access():
        born = clock.today().replace(day=1) - timedelta(days=365 * years + 200)
        return persons.register_person(
            Names("Lehtovaara", "Untuva"), today=clock.today(),
            identity=Code(IdentityKind.BIRTH_DATE, birth_date=born),
        )  # fmt: skip


def test_DP_A28_a_guardian_asks_of_a_sixteen_year_old(registrar: User, second: User) -> None:
    child = youngster(16)
    with acting(registrar):
        row = take_in(child, behalf=Behalf.GUARDIAN)
        assert Flag.CHILD_VIEW in readiness.flags_of(row)
        services.set_authority(
            row, Authority.SEEN, paper="Väestötietojärjestelmän ote", version=row.version
        )
        services.verify(row, Method.PHOTO_ID, version=row.version)
    row = copied(row, registrar)
    with acting(registrar):
        services.decide(row, Right.ACCESS, GRANT, version=row.version)
        with refused("missing"):
            services.submit(row, version=row.version)
        services.weigh(row, "Nuorta kuultiin, ei vastusta", version=row.version)
        services.submit(row, version=row.version)
        assert row.state == State.IN_REVIEW


def test_DP_A28_a_lawyer_without_power_gets_no_answer(registrar: User, person: Person) -> None:
    with acting(registrar):
        row = take_in(person, behalf=Behalf.PROXY)
        assert row.required_level == Level.T3
        with refused("no_paper"):
            services.set_authority(row, Authority.SEEN, paper="", version=row.version)
        services.set_authority(row, Authority.MISSING, paper="", version=row.version)
        assert readiness.flags_of(row) == [Flag.NO_AUTHORITY]
    with acting(registrar):
        services.verify(row, Method.PHOTO_ID, version=row.version)
    with acting(make_user(Role.REK, username="toinen")):
        services.verify_too(row, version=row.version)
    with acting(registrar):
        row = fresh(row)
    row = copied(row, registrar)
    with acting(registrar):
        services.decide(row, Right.ACCESS, GRANT, version=row.version)
        with refused("rights_no_authority"):
            services.submit(row, version=row.version)
        no_power = Ruling(Outcome.REFUSED, RefusalGround.IDENTITY, "Valtuutta ei ole esitetty.")
        services.decide(row, Right.ACCESS, no_power, version=row.version)
        services.submit(row, version=row.version)


def test_DP_A28_the_estate_of_a_dead_tenant_has_claims(registrar: User, person: Person) -> None:
    with system_access():
        record_death(person, days_ago(40), source=Source.POPULATION_REGISTER, today=clock.today())
    row = decided(registrar, person, Right.ACCESS, behalf=Behalf.ESTATE)
    with acting(registrar):
        assert Flag.DEAD in readiness.flags_of(row)
        services.set_authority(row, Authority.SEEN, paper="Perukirja", version=row.version)
        with refused("rights_estate"):
            services.submit(row, version=row.version)
        claim = Ruling(Outcome.CLAIM, RefusalGround.DEAD, "Käsitellään vaatimuksena.")
        services.decide(row, Right.ACCESS, claim, version=row.version)
        services.submit(row, version=row.version)
        assert row.state == State.IN_REVIEW


def test_a_request_of_ones_own_needs_no_authority(registrar: User, person: Person) -> None:
    with acting(registrar):
        row = take_in(person)
        with refused("own"):
            services.set_authority(row, Authority.SEEN, paper="x", version=row.version)


def test_receipt_may_be_confirmed_and_asking_is_a_letter(registrar: User, person: Person) -> None:
    with acting(registrar):
        row = take_in(person)
        services.confirm_receipt(row, way=Way.EMAIL, version=row.version)
        services.ask(row, way=Way.LETTER, version=row.version)
        assert row.state == State.IDENTIFYING and row.asked_on == clock.today()
        assert [letter.kind for letter in row.letters.all()] == ["receipt", "identity"]
        with refused("rights_transition"):
            services.extend(
                row, ExtensionGround.COMPLEX, reason="Laaja", way=Way.LETTER, version=row.version
            )


def test_T3_is_not_stated_by_two_accounts_of_one_person(
    registrar: User, second: User, person: Person
) -> None:
    one_person(registrar, second)
    with system_access():
        ban(person)
        person.refresh_from_db()
    with acting(registrar):
        row = take_in(person)
        services.verify(row, Method.PHOTO_ID, version=row.version)
    with acting(second), refused("same_person"):
        services.verify_too(row, version=row.version)
