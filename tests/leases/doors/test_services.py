"""Asking, ordering, reporting and correcting: what is kept, what is refused, what is disclosed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leases.contracts.models import Lease
from leases.contracts.rules.persons import Role
from leases.contracts.services import add_party
from leases.doors import services
from leases.doors.models import Correction, Opening, Outcome, Payer, Question, State
from leases.doors.queries import openings
from leases.doors.queries.matching import Claim
from leases.doors.queries.on_call import Closed, gate, week
from leases.doors.rule_rows import FEE, QUESTIONS
from leases.doors.rules.letting_in import Answer, Ground, Method
from leases.doors.services import Limited, Reported
from leases.homes.models import Flat, Stair
from registry.disclosures.models import Disclosure, Recipient
from registry.duplicates.services import Choices, merge
from registry.duplicates.services import undo as undo_merge
from registry.persons.models import Person, TieKind
from registry.persons.services.standing import record_tie
from registry.retention import starts
from registry.retention.queries import lengths as retention_lengths
from registry.watch.models import Duty
from tests.leases.contracts.conftest import refused_by
from tests.leases.doors.conftest import (
    BORN,
    HETU,
    NAME,
    TODAY,
    asked,
    at,
    concluded,
    invented,
    make_flat,
    ordered,
    reported,
)
from tests.people import make_user, system_access
from tests.registry.disclosures.conftest import basis, company
from tests.registry.protection.conftest import acting, ban
from vuokra.access.models import AccessEvent
from vuokra.policy.roles import Role as StaffRole
from vuokra.rules.services import add_version

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "claim",
    [
        {"name": NAME, "born": BORN},
        {"hetu": HETU},
        {"hetu": HETU, "name": NAME, "born": BORN},
    ],
)
def test_S10_03_the_tenant_is_let_in(
    lease: Lease, person: Person, claim: dict[str, object]
) -> None:
    with system_access():
        row = asked(lease.flat, **claim)
        assert (row.answer, row.ground) == (Answer.YES, Ground.TENANT)
        assert (row.lease, row.person) == (lease, person)
        assert asked(lease.flat, number=person.customer_number).answer == Answer.YES


@pytest.mark.parametrize(
    "claim",
    [
        {"name": "Lehtovaara Aino", "born": BORN},
        {"name": NAME, "born": BORN - DAY},
        {"name": "Koskiaho Aarne", "born": date(1990, 1, 1)},
        {"hetu": "010190-903T"},
        {"hetu": HETU, "name": "Koskiaho Aarne"},
        {"number": 1},
    ],
)
def test_S10_03_whoever_does_not_fit_is_nobody(
    lease: Lease, other: Person, claim: dict[str, object]
) -> None:
    with system_access():
        row = asked(lease.flat, **claim)
        assert (row.answer, row.ground, row.person, row.lease) == (
            Answer.UNKNOWN, Ground.NONE, None, None,
        )  # fmt: skip


def test_the_flat_counts_and_a_guarantor_does_not_live_there(
    lease: Lease, stair: Stair, person: Person, other: Person
) -> None:
    with system_access():
        assert asked(make_flat(stair, 9)).answer == Answer.UNKNOWN
        draft = concluded(make_flat(stair, 10), other)
        third = invented("Rantala", "Oili", "010170-906R")
        add_party(draft, third, Role.OCCUPANT, today=TODAY)
        row = asked(draft.flat, number=third.customer_number)
        assert (row.answer, row.ground) == (Answer.YES, Ground.RESIDENT)


def test_S10_03_whoever_moved_out_or_comes_later_is_not_let_in(
    lease: Lease, person: Person, stair: Stair, other: Person
) -> None:
    with system_access():
        coming = concluded(make_flat(stair, 9), other, starts_on=TODAY + DAY, signed_on=TODAY)
        row = asked(coming.flat, number=other.customer_number)
        assert (row.answer, row.ground) == (Answer.NO, Ground.NOT_YET)
        lease.last_day = TODAY - DAY
        lease.save()
        row = asked(lease.flat)
        assert (row.answer, row.ground) == (Answer.NO, Ground.MOVED_OUT)


def test_somebody_under_turvakielto_is_a_stranger_except_for_a_reason(
    lease: Lease, person: Person
) -> None:
    office, upkeep = make_user(StaffRole.SOP), make_user(StaffRole.HUO)
    claim, now = Claim(name=NAME, born=BORN), timezone.now()
    with system_access():
        ban(person)
    for user, reason in ((office, ""), (upkeep, ""), (upkeep, "Avain katosi, soitettu takaisin")):
        with acting(user):
            row = services.ask(lease.flat, claim, Method.DOCUMENT, now=now, reason=reason)
            assert row.answer == Answer.UNKNOWN and row.person_id is None
    with acting(office):
        row = services.ask(
            lease.flat, claim, Method.DOCUMENT, now=now, reason="Avain katosi, passi nähty"
        )
        assert row.answer == Answer.YES and row.person == person


def test_the_home_of_somebody_under_turvakielto_is_told_of_nobody_who_lives_there(
    flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        concluded(flat, person, other)
        assert asked(flat, number=other.customer_number).answer == Answer.YES
        ban(person, covers_household=False)
        assert asked(flat, number=other.customer_number).answer == Answer.UNKNOWN


def test_DP_A2_a_colleague_is_a_stranger_at_the_door(lease: Lease, person: Person) -> None:
    clerk = make_user(StaffRole.SOP)
    with system_access():
        record_tie(person, clerk.pk, TieKind.COLLEAGUE, valid_from=date(2024, 1, 1))
    with acting(clerk):
        assert asked(lease.flat).answer == Answer.UNKNOWN


def test_every_question_is_an_event_with_whoever_was_found(lease: Lease, person: Person) -> None:
    clerk = make_user(StaffRole.SOP)
    with system_access():
        ban(person)
    with acting(clerk):
        assert asked(lease.flat).answer == Answer.UNKNOWN
    with system_access():
        event = AccessEvent.objects.filter(actor=f"user:{clerk.pk}").latest("id")
        assert list(event.subjects) == [person.pk]
    with acting(clerk):
        asked(lease.flat, number=1)
    with system_access():
        event = AccessEvent.objects.filter(actor=f"user:{clerk.pk}").latest("id")
        assert list(event.subjects) == []


def test_questions_of_an_hour_are_counted(lease: Lease) -> None:
    clerk, now = make_user(StaffRole.SOP), timezone.now()
    with system_access():
        add_version(QUESTIONS, 2, date(2020, 1, 1), source="Testi")
    with acting(clerk):
        asked(lease.flat, now=now - timedelta(minutes=61))
        asked(lease.flat, now=now - timedelta(minutes=30))
        asked(lease.flat, number=1, now=now)
        with pytest.raises(Limited) as refused:
            asked(lease.flat, now=now)
        assert refused.value.limit == 2
        assert Question.objects.count() == 3
    with acting(make_user(StaffRole.SOP)):
        asked(lease.flat, now=now)


def test_as_many_statements_whatever_is_found(lease: Lease, person: Person) -> None:
    counts = set()
    with acting(make_user(StaffRole.SOP)):
        asked(lease.flat, number=1)  # rules are looked up once
        for claim in ({"name": NAME, "born": BORN}, {"number": 1}, {"hetu": "010190-903T"}):
            with CaptureQueriesContext(connection) as captured:
                asked(lease.flat, **claim)
            counts.add(len(captured))
    assert len(counts) == 1


def test_questions_that_confirmed_nothing_go_in_time(lease: Lease) -> None:
    now = timezone.now()
    with system_access():
        for ago in (91, 89):
            asked(lease.flat, number=1, now=now - timedelta(days=ago))
        kept_too = asked(lease.flat, now=now - timedelta(days=91))
        assert services.drop_unconfirmed() == 1
        assert Question.objects.count() == 2 and Question.objects.filter(pk=kept_too.pk).exists()


@pytest.mark.parametrize(
    ("claim", "reason"),
    [({"name": NAME}, ""), ({"born": BORN}, ""), ({}, ""), ({"number": 1}, f"Tunnus {HETU}")],
)
def test_too_little_and_identity_codes_are_refused(
    lease: Lease, claim: dict[str, object], reason: str
) -> None:
    with system_access(), pytest.raises(ValidationError):
        services.ask(
            lease.flat,
            Claim(**claim),
            Method.DOCUMENT,
            now=timezone.now(),
            reason=reason,  # type: ignore[arg-type]  # a test's keywords
        )


# -- orders --------------------------------------------------------------------------------------


def test_DP_A19_a_company_is_told_one_flat_and_one_name_for_one_order(
    flat: Flat, person: Person, other: Person, opener: Recipient
) -> None:
    """Two live there; the company is told of the one who asked, and of nobody else."""
    with system_access():
        concluded(flat, person, other)
    with acting(make_user(StaffRole.SOP)):
        row = ordered(flat, opener)
    with system_access():
        told = Disclosure.objects.get()
        assert row.disclosure == told and told.reference == row.number
        assert [one.person_id for one in told.people.all()] == [person.pk]
        assert (sorted(told.codes), told.recipient) == (["PT-NIMI", "PT-OSOITE"], opener)
        assert told.purpose == "P6" and told.basis == opener.bases.get()


def test_whoever_is_on_call_may_order_too(lease: Lease, opener: Recipient) -> None:
    with acting(make_user(StaffRole.HUO)):
        assert ordered(lease.flat, opener).disclosure_id is not None


def test_own_maintenance_is_told_without_a_disclosure(lease: Lease) -> None:
    with system_access():
        assert ordered(lease.flat).disclosure is None
        assert not Disclosure.objects.exists()


def test_DP_A60_a_company_without_an_agreement_in_force_opens_nothing(lease: Lease) -> None:
    with system_access():
        late = company()
        basis(late, codes=["PT-NIMI", "PT-OSOITE"], valid_to=TODAY - DAY)
        assert late not in openings.companies(today=TODAY)
        with pytest.raises(ValidationError) as refused:
            ordered(lease.flat, late)
        assert set(refused.value.error_dict) == {"company"}
        assert not Opening.objects.exists()


def test_of_somebody_under_turvakielto_no_company_is_told(
    lease: Lease, person: Person, opener: Recipient
) -> None:
    with system_access():
        ban(person)
        row = services.ask(
            lease.flat, Claim(hetu=HETU), Method.DOCUMENT, now=timezone.now(), reason="Passi nähty"
        )
        with pytest.raises(ValidationError) as refused:
            services.order(row, company=opener, payer=Payer.COMPANY, now=timezone.now())
        assert "company" in refused.value.error_dict
        services.order(row, company=None, payer=Payer.COMPANY, now=timezone.now())


def test_an_answer_opens_one_door_once(lease: Lease) -> None:
    now = timezone.now()
    with system_access():
        row = asked(lease.flat)
        services.order(row, company=None, payer=Payer.COMPANY, now=now)
        with pytest.raises(ValidationError, match="jo tilattu"):
            services.order(row, company=None, payer=Payer.COMPANY, now=now)
        stranger = asked(lease.flat, number=1)
        with pytest.raises(ValidationError, match="ei ole vahvistettu"):
            services.order(stranger, company=None, payer=Payer.COMPANY, now=now)
        with refused_by("doors_opening_allowed"):
            Opening.objects.create(question=stranger, payer=Payer.COMPANY)


def test_the_fee_follows_its_rule_and_who_pays(lease: Lease) -> None:
    now = timezone.now()
    with system_access():
        first = ordered(lease.flat, now=now - timedelta(hours=2))
        assert reported(first).fee_eur is None  # the company has set no fee
        add_version(FEE, Decimal("45.00"), TODAY, source="Hinnasto")
        second = reported(ordered(lease.flat))
        assert second.fee_eur == Decimal("45.00") and second.payer == Payer.RESIDENT
        third = ordered(lease.flat)
        assert reported(third, Outcome.NOT_OPENED).fee_eur is None
        with refused_by("doors_correction_fee"):
            Correction.objects.create(
                opening=second, outcome="opened", payer="company", fee_eur=Decimal(5), why="x",
                done_at=timezone.now(),
            )  # fmt: skip


def test_what_was_reported_stays_and_is_corrected_beside(lease: Lease) -> None:
    now = timezone.now()
    with system_access():
        row = ordered(lease.flat, now=now - timedelta(hours=2))
        with refused_by("doors_correction_of_report"):
            Correction.objects.create(
                opening=row, outcome="opened", payer="company", why="x", done_at=now
            )
        said = Reported(Outcome.OPENED, now, Payer.COMPANY)
        with pytest.raises(ValidationError, match="ei ole vielä kirjattu"):
            services.correct(row, said, "Väärä rivi", now=now)
        early = Reported(Outcome.OPENED, now - timedelta(hours=3), Payer.COMPANY)
        late = Reported(Outcome.OPENED, now + timedelta(hours=1), Payer.COMPANY)
        for wrong in (early, late):
            with pytest.raises(ValidationError):
                services.report(row, wrong, now=now)
        reported(row)
        with pytest.raises(ValidationError, match="jo kirjattu"):
            reported(row)
        with refused_by("doors_opening_fixed"):
            Opening.objects.get(pk=row.pk).save(update_fields=["outcome"])
        said = Reported(Outcome.NOT_OPENED, now, Payer.COMPANY, "Lukko jumissa")
        with pytest.raises(ValidationError):
            services.correct(row, said, " ", now=now)
        with pytest.raises(ValidationError, match="ennen tilausta"):
            services.correct(row, early, "Väärä rivi", now=now)
        services.correct(row, said, "Väärä rivi", now=now)
        shown = openings.opening_by_id(row.pk, today=TODAY)
        assert shown.counts.note == "Lukko jumissa" and shown.state is State.NOT_OPENED
        assert shown.opening.outcome == Outcome.OPENED
        with refused_by("doors_correction_fixed"):
            Correction.objects.get().save(update_fields=["why"])
        with refused_by("doors_question_fixed"):
            question = Question.objects.get()
            question.method = Method.OFFICE
            question.save()


def test_an_outcome_may_be_told_in_the_minute_of_the_order(lease: Lease) -> None:
    now = timezone.now().replace(second=40)
    with system_access():
        row = ordered(lease.flat, now=now)
        said = Reported(Outcome.OPENED, now.replace(second=0, microsecond=0), Payer.COMPANY)
        assert services.report(row, said, now=now).done_at == said.at


def test_a_question_follows_a_merged_record(lease: Lease, person: Person, other: Person) -> None:
    with system_access():
        row = ordered(lease.flat)
        done = merge(other, person, Choices(), reason="Kirjattiin kahdesti.", now=timezone.now())
        assert [one.opening for one in openings.openings_of_person(other, today=TODAY)] == [row]
        undo_merge(done, reason="Yhdistettiin väärät tietueet.", now=timezone.now())
        assert Question.objects.get().person == person


def test_openings_are_kept_as_long_as_the_lease(lease: Lease) -> None:
    with system_access():
        row = reported(ordered(lease.flat))
        nobody = asked(lease.flat, number=1)
        lengths = retention_lengths(TODAY)
        found = starts.kept(
            {"leases_doors_question": [row.question_id, nobody.pk],
             "leases_doors_opening": [row.pk]}, lengths, TODAY,
        )  # fmt: skip
        assert found[("leases_doors_opening", row.pk)].code == "R6"
        assert ("leases_doors_question", nobody.pk) not in found


# -- the on-call view and the roster --------------------------------------------------------------


def test_S10_02_the_view_is_open_in_on_call_time_to_whoever_is_on_duty(db: None) -> None:
    user, other = make_user(StaffRole.HUO), make_user(StaffRole.HUO)
    with system_access():
        Duty.objects.create(
            staff=user, recorded_by=user, starts_at=at("2026-11-26", "15:00"),
            ends_at=at("2026-11-27", "08:00"),
        )  # fmt: skip
        open_ = gate(user.pk, at("2026-11-26", "16:00"))
        assert (open_.closed, open_.until) == (None, at("2026-11-27", "07:00"))
        early = gate(user.pk, at("2026-11-26", "15:15"))
        assert (early.closed, early.opens) == (
            Closed.OFFICE_HOURS, at("2026-11-26", "15:30"),
        )  # fmt: skip
        before = gate(user.pk, at("2026-11-25", "23:00"))
        assert (before.closed, before.opens) == (Closed.OFF_DUTY, at("2026-11-26", "15:30"))
        after = gate(user.pk, at("2026-11-27", "07:00"))
        assert (after.closed, after.opens) == (Closed.OFFICE_HOURS, None)
        stranger = gate(other.pk, at("2026-11-26", "16:00"))
        assert (stranger.closed, stranger.opens) == (Closed.OFF_DUTY, None)


def test_S10_02_a_week_tells_who_is_on_call_and_when_nobody_is(db: None) -> None:
    user = make_user(StaffRole.HUO)
    with system_access():
        Duty.objects.create(
            staff=user, recorded_by=user, starts_at=at("2026-11-26", "15:30"),
            ends_at=at("2026-11-27", "03:00"),
        )  # fmt: skip
        nights = week(date(2026, 11, 23))
    assert [f"{night.time.begins:%a}" for night in nights] == ["Mon", "Tue", "Wed", "Thu", "Fri"]
    thursday = nights[3]
    assert [one.staff for one in thursday.duties] == [user.pk]
    assert [(gap.begins, gap.ends) for gap in thursday.gaps] == [
        (at("2026-11-27", "03:00"), at("2026-11-27", "07:00"))
    ]
    assert nights[4].time.ends == at("2026-11-30", "07:00")
