"""Recording decisions: evidence of a consent, objections at once, and that nothing is edited."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from registry.consents import queries, services
from registry.consents.codes import BY_CODE, CELLS, Cell, Channel, Kind, Manner, Use
from registry.consents.models import ConsentText, Decision
from registry.consents.rules import Standing
from registry.consents.services import Evidence
from registry.duplicates.services.merging import Choices, merge
from registry.duplicates.services.undoing import undo
from registry.persons import services as persons
from registry.persons.models import IdentityKind, Person, Source
from registry.persons.queries import majority
from registry.persons.rule_rows import MAJORITY
from registry.persons.services import Code, Names
from tests.people import make_user, system_access
from tests.registry.consents.conftest import (
    EMAIL_ADS,
    POST_ADS,
    RESEARCH,
    SAID,
    SURVEYS,
    TODAY,
    forbid,
    imported,
    lift,
    permit,
    withdraw,
)
from vuokra.access.errors import FunctionDenied, UnloggedWrite
from vuokra.access.stated import bulk_write
from vuokra.accounts.queries import actor_for
from vuokra.company.models import NoticeVersion
from vuokra.policy.roles import Role
from vuokra.rules.services import add_version


def standing(person: Person, cell: Cell, today: date = TODAY) -> Standing:
    return queries.stands_of(person, today=today)[cell].standing


def refused(code: str, call: object, *args: object, **given: object) -> None:
    with pytest.raises(ValidationError) as error, transaction.atomic():
        call(*args, **given)  # type: ignore[operator]
    assert error.value.code == code


# -- S9-03 … S9-06: objections -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "codes"),
    [
        ("S9-03", ["marketing:post"]),
        ("S9-04", ["marketing:phone"]),
        ("S9-05", ["marketing:email", "marketing:sms", "marketing:other"]),
        ("S9-06", ["research:survey"]),
    ],
)
def test_each_objection_of_the_register_is_recorded_and_holds_at_once(
    person: Person, item: str, codes: list[str]
) -> None:
    cells = [BY_CODE[code] for code in codes]
    with system_access():
        forbid(person, *cells, on=TODAY)
        found = {one for one in CELLS if standing(person, one) is Standing.FORBIDDEN}
        assert found == set(cells)
        for cell in cells:
            channel = Channel.POST if cell.channel == Channel.SURVEY else cell.channel
            answers = queries.may_send([person.pk], purpose=cell.use, channel=channel, today=TODAY)
            assert not answers[person.pk].allowed


def test_an_objection_said_twice_is_one(person: Person) -> None:
    with system_access():
        assert len(forbid(person, POST_ADS)) == 1
        assert [row.cell for row in forbid(person, POST_ADS, SURVEYS)] == [SURVEYS]


def test_a_prohibition_of_the_population_register(person: Person) -> None:
    with system_access():
        (row,) = forbid(person, POST_ADS, source=Source.POPULATION_REGISTER, manner=Manner.NOTICE)
        assert standing(person, POST_ADS) is Standing.FORBIDDEN
        assert row.source == Source.POPULATION_REGISTER
        lift(person, POST_ADS, TODAY)
        assert standing(person, POST_ADS) is Standing.NONE


def test_only_the_persons_own_later_act_lifts_an_objection(person: Person) -> None:
    with system_access():
        refused("not_forbidden", lift, person, POST_ADS)
        forbid(person, POST_ADS)
        refused("decided_on", lift, person, POST_ADS, SAID - timedelta(days=1))
        refused(
            "manner", services.lift, person, POST_ADS, Evidence(TODAY, Manner.IMPORT), today=TODAY
        )
        refused("manner", services.lift, person, POST_ADS, Evidence(TODAY), today=TODAY)
        notice = Evidence(TODAY, Manner.LETTER, source=Source.POPULATION_REGISTER)
        refused("manner", services.lift, person, POST_ADS, notice, today=TODAY)
        imported(person, POST_ADS, Kind.PERMISSION, TODAY)
        assert standing(person, POST_ADS) is Standing.FORBIDDEN
        lift(person, POST_ADS, TODAY)
        assert standing(person, POST_ADS) is Standing.NONE


def test_nothing_is_decided_in_the_future(person: Person) -> None:
    tomorrow = TODAY + timedelta(days=1)
    with system_access():
        for decide, what in ((forbid, POST_ADS), (permit, Channel.EMAIL)):
            with pytest.raises(ValidationError) as error, transaction.atomic():
                decide(person, what, on=tomorrow)  # type: ignore[operator]  # two services
            assert list(error.value.error_dict) == ["decided_on"]


# -- 11.3: consents and their evidence -----------------------------------------------------------


def test_a_consent_keeps_its_evidence_one_row_for_each_channel(person: Person) -> None:
    clerk = make_user(Role.SOP, username="sop")
    with system_access(actor_for(clerk)):
        rows = permit(person, Channel.EMAIL, Channel.SMS, expires=date(2027, 3, 1))
    with system_access():
        assert {(row.use, row.channel) for row in Decision.objects.all()} == {
            ("marketing", "email"), ("marketing", "sms"),
        }  # fmt: skip
        row = Decision.objects.get(pk=rows[0].pk)
        assert row.text == ConsentText.objects.get(use=Use.MARKETING)
        assert (row.notice, row.manner) == (NoticeVersion.objects.get(), Manner.FORM)
        assert (row.decided_on, row.expires) == (SAID, date(2027, 3, 1))
        assert row.recorded_by_id == clerk.pk
        assert standing(person, EMAIL_ADS, date(2027, 3, 1)) is Standing.PERMITTED
        assert standing(person, EMAIL_ADS, date(2027, 3, 2)) is Standing.EXPIRED


def test_a_consent_by_telephone_is_repeated_back(person: Person) -> None:
    with system_access():
        refused("consents_phone_repeated_back", permit, person, Channel.EMAIL, manner=Manner.PHONE)
        permit(person, Channel.EMAIL, manner=Manner.PHONE, repeated_back=True)
        assert standing(person, EMAIL_ADS) is Standing.PERMITTED


def test_a_consent_without_a_channel_or_by_nobody_is_refused(person: Person) -> None:
    with system_access():
        refused("channels", permit, person)
        refused("manner", permit, person, Channel.EMAIL, manner=Manner.IMPORT)
        refused(
            "consents_expires_later", permit, person, Channel.EMAIL,
            expires=SAID - timedelta(days=1),
        )  # fmt: skip
        refused("hetu_in_text", services.forbid, person, [POST_ADS],
                Evidence(SAID, proof="150685-906N"), today=TODAY)  # fmt: skip
        assert not Decision.objects.exists()


def test_who_is_under_age_follows_the_rule_of_the_day(db: None) -> None:
    with system_access():
        add_version(MAJORITY, 16, SAID, source="Tuleva laki")
        young = persons.register_person(
            Names("Lehtovaara", "Leo"), today=TODAY,
            identity=Code(IdentityKind.BIRTH_DATE, "", date(2009, 3, 3)),
        )  # fmt: skip
        before = SAID - timedelta(days=1)
        assert majority.is_minor(date(2009, 3, 3), before)
        assert not majority.is_minor(date(2009, 3, 3), SAID)
        refused("consents_adult_consents", permit, young, Channel.EMAIL, on=before)
        permit(young, Channel.EMAIL, on=SAID)
        with pytest.raises(IntegrityError), transaction.atomic():  # no age is known for the day
            imported(young, EMAIL_ADS, Kind.PERMISSION, date(1970, 1, 1))


def test_DP_M5_one_under_age_does_not_consent(db: None) -> None:
    with system_access():
        child = persons.register_person(
            Names("Lehtovaara", "Leo"), today=TODAY,
            identity=Code(IdentityKind.BIRTH_DATE, "", date(2008, 3, 3)),
        )  # fmt: skip
        refused("consents_adult_consents", permit, child, Channel.EMAIL, on=SAID)
        permit(child, Channel.EMAIL, on=SAID + timedelta(days=1))
        with pytest.raises(IntegrityError), transaction.atomic():
            imported(child, EMAIL_ADS, Kind.PERMISSION, SAID)
        forbid(child, POST_ADS, on=SAID)


def test_a_consent_is_taken_back_at_once_and_once(person: Person) -> None:
    with system_access():
        assert withdraw(person, EMAIL_ADS) is None
        permit(person, Channel.EMAIL)
        assert withdraw(person, EMAIL_ADS, TODAY) is not None
        assert withdraw(person, EMAIL_ADS, TODAY) is None
        assert standing(person, EMAIL_ADS) is Standing.WITHDRAWN
        refused("decided_on", permit, person, Channel.EMAIL, on=TODAY - timedelta(days=1))
        permit(person, Channel.EMAIL, on=TODAY)
        assert standing(person, EMAIL_ADS) is Standing.PERMITTED


def test_a_consent_given_after_an_objection_is_a_later_own_act(person: Person) -> None:
    with system_access():
        forbid(person, EMAIL_ADS)
        refused("decided_on", permit, person, Channel.EMAIL, on=SAID - timedelta(days=1))
        permit(person, Channel.EMAIL, on=TODAY)
        assert standing(person, EMAIL_ADS) is Standing.PERMITTED


def test_partners_need_the_persons_objection_to_marketing_lifted_first(person: Person) -> None:
    with system_access():
        forbid(person, EMAIL_ADS)
        refused("channels", permit, person, Channel.EMAIL, use=Use.PARTNER, on=TODAY)
        permit(person, Channel.POST, use=Use.PARTNER, on=TODAY)
        lift(person, EMAIL_ADS, TODAY)
        permit(person, Channel.EMAIL, use=Use.PARTNER, on=TODAY)


# -- corrections and history ---------------------------------------------------------------------


def test_a_correction_is_a_new_row(person: Person) -> None:
    with system_access():
        (row,) = permit(person, Channel.EMAIL)
        refused("no_reason", services.correct, row, reason="x", today=TODAY)
        refused("hetu_in_text", services.correct, row, reason="oli 150685-906N", today=TODAY)
        fixed = services.correct(row, reason="Kirjattiin väärälle henkilölle", today=TODAY)
        assert standing(person, EMAIL_ADS) is Standing.NONE
        assert Decision.objects.count() == 2
        refused("corrected", services.correct, row, reason="Uudelleen", today=TODAY)
        refused("corrected", services.correct, fixed, reason="Uudelleen", today=TODAY)
        (line, before) = queries.history(person)
        assert (line.decision, before.mistaken) == (fixed, True)


def test_an_objection_is_corrected_by_the_registrar_alone(person: Person) -> None:
    clerk, registrar = make_user(Role.SOP, username="sop"), make_user(Role.REK, username="rek")
    with system_access():
        (row,) = forbid(person, POST_ADS)
    with pytest.raises(FunctionDenied), system_access(actor_for(clerk)):
        services.correct(row, reason="Kirjattiin väärälle henkilölle", today=TODAY)
    with system_access(actor_for(registrar)):
        services.correct(row, reason="Kirjattiin väärälle henkilölle", today=TODAY)
        assert standing(person, POST_ADS) is Standing.NONE


def test_nobody_edits_or_deletes_a_decision(person: Person) -> None:
    with system_access():
        (row,) = forbid(person, POST_ADS)
        row.kind = Kind.LIFTING
        row.manner = Manner.VISIT
        with pytest.raises(IntegrityError, match="consents_decision_stays"), transaction.atomic():
            row.save()
        with pytest.raises(IntegrityError, match="consents_decision_stays"), transaction.atomic():
            Decision.objects.get().delete()
        with pytest.raises(UnloggedWrite), transaction.atomic():
            Decision.objects.update(kind=Kind.LIFTING)
        with (
            pytest.raises(IntegrityError, match="consents_decision_stays"),
            transaction.atomic(),
            bulk_write("an attempt"),
        ):
            Decision.objects.update(decided_on=TODAY)


def test_a_text_that_people_agreed_to_stays(db: None) -> None:
    text = ConsentText.objects.get(use=Use.MARKETING)
    text.finnish = "Muuta"
    with pytest.raises(IntegrityError, match="consents_text_stays"), transaction.atomic():
        text.save()
    with (
        system_access(),
        pytest.raises(IntegrityError, match="consents_text_stays"),
        transaction.atomic(),
    ):
        text.delete()
    refused("consents_text_once", services.publish_text,
            ConsentText(use=Use.MARKETING, code="1", valid_from=TODAY))  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {"channel": "survey"},
        {"use": "service"},
        {"use": "research", "channel": "survey", "kind": "permission", "manner": "import"},
        {"kind": "permission", "manner": "form"},
        {"kind": "permission", "manner": "import", "source": "SRC-DVV"},
        {"kind": "lifting"},
        {"kind": "lifting", "manner": "import"},
        {"kind": "lifting", "manner": "visit", "source": "SRC-DVV"},
        {"kind": "withdrawal", "manner": "import"},
        {"kind": "correction", "reason": "syy"},
        {"reason": "syy"},
        {"source": "SRC-MUU"},
        {"manner": "notice"},
        {"expires": date(2027, 1, 1)},
    ],
    ids=str,
)
def test_the_database_refuses_what_no_decision_can_be(
    person: Person, changes: dict[str, object]
) -> None:
    given: dict[str, object] = {
        "use": "marketing", "channel": "post", "kind": "prohibition", "decided_on": SAID,
        "source": Source.PERSON,
    }  # fmt: skip
    with system_access():
        Decision(person=person, **given).save()
        with pytest.raises(DatabaseError), transaction.atomic():
            Decision(person=person, **given | changes).save()


def test_a_correction_is_of_the_same_person_and_cell(person: Person, other: Person) -> None:
    with system_access():
        (row,) = forbid(person, POST_ADS)
        for given in ({"person": other}, {"channel": "phone"}):
            same = {"person": person, "use": "marketing", "channel": "post"} | given
            with pytest.raises(IntegrityError, match="corrects_its_own"), transaction.atomic():
                Decision(
                    **same, kind=Kind.CORRECTION, decided_on=TODAY, source=Source.PERSON,
                    corrects=row, reason="Väärin",
                ).save()  # fmt: skip


# -- merging -------------------------------------------------------------------------------------


def test_decisions_follow_a_merge_and_its_undoing(person: Person, other: Person) -> None:
    with system_access():
        permit(person, Channel.EMAIL)
        forbid(other, EMAIL_ADS, RESEARCH, on=TODAY)
        done = merge(
            person, other, Choices(), reason="Sama henkilö on kirjattu kahdesti.",
            now=timezone.now(),
        )  # fmt: skip
        assert Decision.objects.filter(person=person).count() == 3
        assert standing(person, EMAIL_ADS) is Standing.FORBIDDEN
        undo(done, reason="Olivat sittenkin kaksi henkilöä.", now=timezone.now())
        assert standing(person, EMAIL_ADS) is Standing.PERMITTED
        other.refresh_from_db()
        assert standing(other, RESEARCH) is Standing.FORBIDDEN


def test_without_the_right_nothing_is_recorded(person: Person) -> None:
    clerk = make_user(Role.TAL, username="tal")
    with system_access(actor_for(clerk)):
        for call in (lambda: forbid(person, POST_ADS), lambda: permit(person, Channel.EMAIL)):
            with pytest.raises(FunctionDenied):
                call()
