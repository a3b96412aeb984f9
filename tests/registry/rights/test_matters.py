"""Rectification, restriction, erasure, objection: what single rights do (6.5 and 6.6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from registry.consents.codes import BY_CODE, Cell
from registry.consents.queries import stands_of
from registry.consents.rules import Standing
from registry.disclosures import services as disclosures
from registry.disclosures.models import NotifyState, Recipient
from registry.disclosures.queries import notifications_of
from registry.persons import services as persons
from registry.persons.models import (
    ContactKind,
    Ground,
    Identity,
    IdentityKind,
    Mark,
    MarkKind,
    Person,
    Source,
)
from registry.persons.queries.marks import standing_of
from registry.persons.services import Code, Names
from registry.persons.services import marks as marking
from registry.rights import bars, clock, services
from registry.rights.bars import Barred, Held
from registry.rights.models import (
    Bar,
    Channel,
    Correction,
    ErasureLine,
    Fate,
    LetterKind,
    Level,
    Outcome,
    RefusalGround,
    Result,
    Right,
    State,
    Target,
    Way,
)
from registry.rights.services import Ruling, matters, objecting
from registry.rights.services.matters import Dispute
from tests.people import system_access
from tests.registry.rights.conftest import (
    GRANT,
    acting,
    approve,
    breaks,
    forced,
    fresh,
    handed,
    in_progress,
    informed,
    refused,
    take_in,
)
from vuokra.accounts.models import User

pytestmark = pytest.mark.django_db
PHONE = Dispute(Target.CONTACT, "040 111 2222", "Numero on vaihtunut.", "040 000 0000", "Soitto")


# -- rectification -----------------------------------------------------------------------------


def test_S9_09_a_value_is_rectified_through_the_persons_services_and_kept_before_and_after(
    registrar: User, person: Person
) -> None:
    row = in_progress(registrar, person, Right.RECTIFICATION)
    with acting(registrar):
        one = matters.add_correction(row, PHONE, restrict=True, version=row.version)
        assert (str(one.present), str(one.proposed)) == ("••••••", "••••••")
        assert one.proposed.reveal() == "040 111 2222"
        mark = standing_of(person, today=clock.today()).restriction
        assert mark is not None and (mark.ground, mark.matter) == (Ground.ACCURACY, row.number)
        with refused("not_written"):
            matters.settle(one, Result.CORRECTED, note="", version=row.version)
        persons.add_contact_point(
            person, ContactKind.PHONE, "040 111 2222", source=Source.PERSON,
            valid_from=clock.today(),
        )  # fmt: skip
        matters.settle(one, Result.CORRECTED, note="", version=row.version)
        services.decide(row, Right.RECTIFICATION, GRANT, version=fresh(row).version)
        found = fresh(row)
        services.submit(found, version=found.version)
        assert found.state == State.IN_REVIEW


def test_accuracy_is_checked_before_the_answer(registrar: User, person: Person) -> None:
    row = in_progress(registrar, person, Right.RECTIFICATION)
    with acting(registrar):
        services.decide(row, Right.RECTIFICATION, GRANT, version=row.version)
        with refused("missing"):
            services.submit(row, version=row.version)
        one = matters.add_correction(row, PHONE, restrict=False, version=row.version)
        with refused("missing"):
            services.submit(row, version=row.version)
        with refused("rights_correction_refused_with_reasons"):
            matters.settle(one, Result.NO_GROUND, note="", version=row.version)
        row = fresh(row)
        matters.settle(one, Result.NO_GROUND, note="Numero on oikea.", version=row.version)
        row = fresh(row)
        services.submit(row, version=row.version)


def test_an_assessment_is_not_overwritten_but_gets_a_statement_beside_it(
    registrar: User, person: Person
) -> None:
    row = in_progress(registrar, person, Right.RECTIFICATION)
    dispute = Dispute(Target.ASSESSMENT, "En ollut häiriöksi.", "Arvio on väärä.")
    with acting(registrar):
        one = matters.add_correction(row, dispute, restrict=False, version=row.version)
        for wrong in (Result.CORRECTED, Result.COMPLETED):
            with refused("rights_correction_assessment_stays"):
                matters.settle(one, wrong, note="", version=fresh(row).version)
        matters.settle(one, Result.STATEMENT, note="", version=fresh(row).version)
        statement = Correction.objects.get(person=person, result=Result.STATEMENT)
        assert statement.proposed.reveal() == "En ollut häiriöksi."


# -- restriction -------------------------------------------------------------------------------


def test_18_3_the_person_is_told_before_a_restriction_is_lifted(
    registrar: User, person: Person
) -> None:
    row = in_progress(registrar, person, Right.RESTRICTION)
    with acting(registrar):
        services.decide(row, Right.RESTRICTION, GRANT, version=row.version)
        with refused("missing"):
            services.submit(row, version=row.version)
        matters.restrict(row, Ground.CLAIMS, version=row.version)
        mark = Mark.objects.get(person=person, kind=MarkKind.RESTRICTION)
        with refused("persons_mark_end_told"):
            marking.end_mark(mark, last_day=clock.today())
        mark.refresh_from_db()
        mark.valid_to = clock.today()
        with pytest.raises(IntegrityError), transaction.atomic():
            mark.save()
        matters.lift(row, way=Way.LETTER, version=row.version)
        mark.refresh_from_db()
        assert mark.valid_to == mark.told_on == clock.today()
        assert LetterKind.LIFTING in [letter.kind for letter in row.letters.all()]
        assert standing_of(person, today=clock.today() + timedelta(days=1)).restriction is None


def test_a_restriction_has_no_end_when_it_begins(person: Person) -> None:
    with system_access(), refused("restriction_end"):
        marking.add_mark(
            person, MarkKind.RESTRICTION, Ground.CLAIMS, valid_from=clock.today(),
            valid_to=clock.today(),
        )  # fmt: skip


# -- erasure -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "barred", "fate"),
    [
        (Held(2), None, Fate.ERASE),
        (Held(2, keeps_hash=True), None, Fate.ERASE_KEEP_HASH),
        (Held(2), Barred(Bar.CONTRACT, "s"), Fate.REFUSE),
        (Held(2), Barred(Bar.LAW, "s", date(2032, 12, 31)), Fate.LATER),
        (Held(2), Barred(Bar.LAW, "s", date(2026, 11, 23)), Fate.LATER),
        (Held(2), Barred(Bar.LAW, "s", date(2026, 11, 22)), Fate.ERASE),
    ],
)
def test_the_fate_of_a_group_by_its_bar(held: Held, barred: Barred | None, fate: Fate) -> None:
    assert bars.fate(held, barred, date(2026, 11, 23)) == fate


def test_the_bar_that_holds_longest_decides() -> None:
    near = Barred(Bar.LAW, "a", date(2029, 6, 30))
    far = Barred(Bar.CLAIMS, "b", date(2032, 12, 31))
    endless = Barred(Bar.CONTRACT, "c")
    assert bars.strictest([near, far]) == far
    assert bars.strictest([near, endless, far]) == endless
    assert bars.strictest([]) is None


@pytest.fixture
def open_debt(monkeypatch: pytest.MonkeyPatch) -> Iterator[date]:
    """An open rent debt, as the ledger will say it: it bars the ledger and contact details."""
    until = date(2032, 12, 31)
    monkeypatch.setattr(bars, "_groups", dict(bars._groups))
    monkeypatch.setattr(bars, "_bars", list(bars._bars))
    bars.register_group("ledger", "Vuokrareskontra", 90, lambda person, today: Held(3))
    debt = Barred(Bar.CLAIMS, "laki 728/2003; KPL 2:10", until)
    bars.register_bar(["ledger", "contact"], lambda person, today: debt)
    yield until


def test_DP_A33_erasure_of_a_tenant_with_open_debt_is_refused_in_part_and_dates_are_shown(
    registrar: User, second: User, person: Person, open_debt: date
) -> None:
    row = in_progress(registrar, person, Right.ERASURE)
    with acting(registrar):
        partly = Ruling(Outcome.PARTLY, RefusalGround.CLAIMS, "Avoin vuokravelka.")
        services.decide(row, Right.ERASURE, partly, version=row.version)
        with refused("missing"):
            services.submit(row, version=row.version)
        matters.compute_erasure(row, version=row.version)
        lines = {one.group: one for one in ErasureLine.objects.filter(request=row)}
        services.submit(row, version=row.version)
        with refused("rights_decision_stays"):
            matters.compute_erasure(row, version=row.version)
    assert (lines["ledger"].fate, lines["ledger"].until) == (Fate.LATER, open_debt)
    assert (lines["contact"].fate, lines["contact"].statute) == (
        Fate.LATER, "laki 728/2003; KPL 2:10",
    )  # fmt: skip
    assert lines["log"].fate == Fate.REFUSE and lines["log"].bar == Bar.SECURITY
    assert lines["requests"].fate == Fate.LATER and "R14" in lines["requests"].statute


def test_erasure_takes_what_nothing_bars_and_a_hold_bars_all(
    registrar: User, person: Person
) -> None:
    row = in_progress(registrar, person, Right.ERASURE)
    with acting(registrar):
        matters.compute_erasure(row, version=row.version)
        lines = {one.group: one.fate for one in row.erasure_lines.all()}
        assert lines["contact"] == Fate.ERASE
        marking.add_mark(
            person, MarkKind.LEGAL_HOLD, Ground.DISPUTE, valid_from=clock.today()
        )  # fmt: skip
        matters.compute_erasure(row, version=row.version)
        held = {one.group: one.bar for one in row.erasure_lines.all()}
    assert held["contact"] == Bar.HOLD


def test_a_childs_code_without_a_ground_is_erased_as_unlawful(registrar: User) -> None:
    with system_access():
        child = child_with_code()
    row = in_progress(registrar, child, Right.ERASURE)
    with acting(registrar):
        matters.compute_erasure(row, version=row.version)
        line = row.erasure_lines.get(group="minor_hetu")
    assert (line.fate, line.ground) == (Fate.ERASE, "17-1-d")


def child_with_code() -> Person:
    child = persons.register_person(
        Names("Lehtovaara", "Untuva"), today=clock.today(),
        identity=Code(IdentityKind.BIRTH_DATE, birth_date=date(2016, 5, 2)),
    )  # fmt: skip
    identity = Identity.objects.get(person=child)
    identity.kind = IdentityKind.SUBSTITUTE
    identity.artificial = True
    identity.hetu = "020516A903K"
    identity.save()
    return child


# -- objection ---------------------------------------------------------------------------------

POST, SMS = BY_CODE["marketing:post"], BY_CODE["marketing:sms"]


def standing(person: Person, cell: Cell) -> Standing:
    return stands_of(person, today=clock.today())[cell].standing


def test_S9_08_a_marketing_objection_closes_itself_when_it_is_saved(
    registrar: User, person: Person
) -> None:
    with acting(registrar):
        row = take_in(person, Right.MARKETING, channel=Channel.PHONE)
        assert row.required_level == Level.T0
        with refused("nothing"):
            objecting.object_to(row, version=row.version)
        objecting.object_to(row, forbidden=[POST, SMS], version=row.version)
        assert (row.state, row.closed_on) == (State.CLOSED, clock.today())
        assert standing(person, POST) is Standing.FORBIDDEN
        assert standing(person, SMS) is Standing.FORBIDDEN
        objecting.confirm(row, way=Way.EMAIL, version=row.version)
        assert [letter.kind for letter in row.letters.all()] == [LetterKind.CONFIRMATION]


def test_an_objection_beside_other_rights_is_saved_at_once_and_the_rest_goes_on(
    registrar: User, person: Person
) -> None:
    with acting(registrar):
        row = take_in(person, Right.MARKETING, Right.ACCESS)
        objecting.object_to(row, forbidden=[POST], version=row.version)
        assert row.state == State.RECEIVED
        assert standing(person, POST) is Standing.FORBIDDEN
        assert [one.right for one in row.decisions.all()] == [Right.MARKETING]


def test_nothing_else_closes_itself(registrar: User, person: Person) -> None:
    with acting(registrar):
        row = fresh(take_in(person, Right.ACCESS))
        row.state, row.closed_on = State.CLOSED, clock.today()
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


# -- recipients (article 19) ---------------------------------------------------------------------


@pytest.fixture
def told_before(person: Person) -> Recipient:
    """A recipient that was given the person's name and telephone."""
    return informed(person)


def test_recipients_of_the_old_value_are_told_before_it_is_closed(
    registrar: User, person: Person, told_before: Recipient
) -> None:
    row = in_progress(registrar, person, Right.RECTIFICATION)
    with acting(registrar):
        one = matters.add_correction(row, PHONE, restrict=False, version=row.version)
        persons.add_contact_point(
            person, ContactKind.PHONE, "040 111 2222", source=Source.PERSON,
            valid_from=clock.today(),
        )  # fmt: skip
        matters.settle(one, Result.CORRECTED, note="", version=row.version)
        (task,) = notifications_of(person)
        assert (task.recipient, task.reason, task.reference, task.codes) == (
            told_before, "art16", row.number, ["PT-PUH"],
        )  # fmt: skip
        row = fresh(row)
        services.decide(row, Right.RECTIFICATION, GRANT, version=row.version)
        services.submit(row, version=row.version)
        approve(row)
        services.deliver(row, handed(), version=row.version)
        with refused("untold"):
            services.recipients_told(row, note="Kerrottu", version=row.version)
        disclosures.finish_notification(
            task, NotifyState.NOTIFIED, note="Kirje", now=clock.now()
        )  # fmt: skip
        services.recipients_told(row, note="Avain ja Vartio Oy", version=row.version)
        services.close(row, version=row.version)
        assert row.state == State.CLOSED


def test_a_name_that_was_wrong_is_told_to_whoever_was_given_it(
    registrar: User, person: Person, told_before: Recipient
) -> None:
    row = in_progress(registrar, person, Right.RECTIFICATION)
    with acting(registrar):
        dispute = Dispute(Target.NAME, "Lehtovaara-Koski", "Vihkitodistus nähty", "Lehtovaara")
        one = matters.add_correction(row, dispute, restrict=False, version=row.version)
        assert notifications_of(person) == []  # nothing was mended yet
        persons.change_person(
            person, Names("Lehtovaara-Koski", person.given_names), language=person.language,
            customer_since=person.customer_since,
        )  # fmt: skip
        matters.settle(one, Result.CORRECTED, note="", version=row.version)
        (task,) = notifications_of(person)
        assert (task.recipient, task.reason, task.codes) == (told_before, "art16", ["PT-NIMI"])


def test_a_restriction_during_a_dispute_is_told_too(
    registrar: User, person: Person, told_before: Recipient
) -> None:
    row = in_progress(registrar, person, Right.RECTIFICATION)
    with acting(registrar):
        matters.add_correction(row, PHONE, restrict=True, version=row.version)
        assert [task.reason for task in notifications_of(person)] == ["art18"]


def test_no_request_is_over_while_a_recipient_is_untold(
    registrar: User, leader: User, person: Person, told_before: Recipient
) -> None:
    """An objection restricts processing as well (18(1)(d)), though nothing else is told of it."""
    row = in_progress(registrar, person, Right.OBJECTION)
    with acting(registrar):
        matters.restrict(row, Ground.OBJECTION, version=row.version)
        services.decide(row, Right.OBJECTION, GRANT, version=row.version)
        services.submit(row, version=row.version)
    with acting(leader):
        approve(row)
    with acting(registrar):
        services.deliver(row, handed(), version=row.version)
        with refused("untold"):
            services.close(row, version=row.version)
        with breaks("rights_untold"):
            forced(row, state=State.CLOSED, closed_on=clock.today())
        (task,) = notifications_of(person)
        disclosures.finish_notification(
            task, NotifyState.IMPOSSIBLE, note="Yritys on lopettanut", now=clock.now()
        )  # fmt: skip
        services.close(row, version=row.version)
        assert row.state == State.CLOSED


def test_recipients_are_told_of_a_restriction_and_not_of_what_they_never_had(
    registrar: User, person: Person, told_before: Recipient
) -> None:
    row = in_progress(registrar, person, Right.RESTRICTION)
    with acting(registrar):
        matters.restrict(row, Ground.CLAIMS, version=row.version)
        assert [task.reason for task in notifications_of(person)] == ["art18"]
    other = in_progress(registrar, person, Right.RECTIFICATION)
    dispute = Dispute(Target.HOUSEHOLD, "Kaksi henkeä", "Väärä")
    with acting(registrar):
        one = matters.add_correction(other, dispute, restrict=False, version=other.version)
        matters.settle(one, Result.NO_GROUND, note="Oikein.", version=other.version)
        assert len(notifications_of(person)) == 1
