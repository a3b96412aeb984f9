"""Credit checks: for a case alone, result codes only, and nothing follows by itself."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from applications.credit import demo, papers, queries, services
from applications.credit.models import CreditCheck, Measure, Result
from applications.credit.services import Asked
from applications.intake.codes import Part
from applications.intake.models import Application
from applications.selection import services as selection
from applications.selection.models import Decision, Offer, OfferChannel, Skip, SkipReason
from applications.selection.services import Choice
from leases.contracts import services as contracts
from leases.contracts.models import ComponentKind, Lease
from leases.contracts.rules.persons import Role as PartyRole
from leases.contracts.services import Terms
from leases.homes.models import Flat
from registry.duplicates.services.merging import Choices, merge
from registry.persons.models import Person, StaffLink, TieKind
from tests.applications.selection.conftest import (
    DAY,
    TODAY,
    flat,
    make_user,
    other,
    person,
    refused_by,
    site,
    somebody,
    stair,
    system_access,
)
from tests.applications.selection.rounds import applicants, choosing
from tests.people import sign_in
from tests.registry.persons.conftest import events
from tests.registry.protection.conftest import acting, ban
from vuokra.access.errors import FunctionDenied
from vuokra.access.stated import raw_sql
from vuokra.demo.registry import Scale
from vuokra.documents.models import Document
from vuokra.policy.roles import Purpose, Role

pytestmark = pytest.mark.django_db
__all__ = ["flat", "other", "person", "site", "stair"]
MARKS = Asked(told_on=TODAY - DAY, asked_on=TODAY, result=Result.MARKS)
CLEAN = Asked(told_on=TODAY, asked_on=TODAY, result=Result.CLEAN)
DAYS = {"told_on": f"{TODAY - DAY:%d.%m.%Y}", "asked_on": f"{TODAY:%d.%m.%Y}"}


@pytest.fixture
def decision(flat: Flat) -> Decision:
    with system_access():
        round_ = choosing(flat)
        (application,) = applicants("1000")
        return selection.decide(round_, application, Choice(), today=TODAY)


def applicant(decision: Decision) -> Person:
    assert decision.application is not None
    return decision.application.members.get(part=Part.APPLICANT).person


def checked(decision: Decision, asked: Asked = MARKS) -> CreditCheck:
    matter = queries.of_decision(decision)
    return services.record(matter, applicant(decision), asked, today=TODAY)


def state_of(decision: Decision) -> tuple[Any, ...]:
    application = Application.objects.get(pk=decision.application_id or 0)
    return application.state, Offer.objects.count(), Decision.objects.count()


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return re.sub(r"\s+", " ", answer.content.decode())


def test_SEL_T36_marks_change_nothing_and_wait_for_a_person(decision: Decision) -> None:
    with system_access():
        before = state_of(decision)
        row = checked(decision)
        assert (row.measure, row.assessed_at) == ("", None)
        assert state_of(decision) == before
        assert [one.pk for one in queries.waiting(TODAY)] == [row.pk]
        for measure, reason, field in ((Measure.DEPOSIT, " ", "reason"), ("", "x", "measure")):
            with pytest.raises(ValidationError) as refused:
                services.assess(row, measure, reason, today=TODAY)  # type: ignore[arg-type]
            assert list(refused.value.error_dict) == [field]
        done = services.assess(row, Measure.REFUSED, "Vakuutta ei saatu.", today=TODAY)
        assert (done.measure, done.against) == (Measure.REFUSED, True)
        assert state_of(decision) == before, "no state follows from a measure either"
        assert all(one.assessed_at for one in queries.waiting(TODAY))


def test_SEL_T36_what_was_weighed_stays(decision: Decision) -> None:
    with system_access():
        row = checked(decision)
        services.assess(row, Measure.DEPOSIT, "Vanha merkintä.", today=TODAY)
        with pytest.raises(ValidationError, match="jo arvioitu"):
            services.assess(row, Measure.NOTHING, "Ei sittenkään.", today=TODAY)


def test_a_clean_result_asks_for_nothing(decision: Decision) -> None:
    with system_access():
        row = checked(decision, CLEAN)
        assert (row.measure, row.assessed_at is None) == (Measure.NOTHING, False)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE applications_credit_creditcheck SET result = 'clean'",
        "UPDATE applications_credit_creditcheck SET measure = 'nothing', reason = 'muu'",
        "DELETE FROM applications_credit_creditcheck",
    ],
)
def test_what_was_recorded_stays(decision: Decision, sql: str) -> None:
    with system_access():
        services.assess(checked(decision), Measure.DEPOSIT, "Vanha merkintä.", today=TODAY)
        with refused_by("credit_check_kept"), raw_sql("a test"):
            connection.cursor().execute(sql)


# -- A47: for a case alone ---------------------------------------------------------------------


def test_DP_A47_nobody_without_an_application_is_asked_about(
    decision: Decision, other: Person
) -> None:
    with system_access():
        with pytest.raises(ValidationError, match="osapuoli tai takaaja"):
            services.record(queries.of_decision(decision), other, MARKS, today=TODAY)
        with refused_by("credit_check_party"):
            CreditCheck.objects.create(
                person=other, decision=decision, register="x", told_on=TODAY, asked_on=TODAY,
                result=Result.MARKS,
            )  # fmt: skip


def test_DP_A47_a_row_without_a_case_or_with_two_is_refused_by_the_database(
    decision: Decision, person: Person
) -> None:
    with system_access():
        with refused_by("credit_check_party"):
            CreditCheck.objects.create(
                person=person, register="x", told_on=TODAY, asked_on=TODAY, result=Result.MARKS
            )
        lease = contracts.draft(
            decision.round.flat, applicant(decision), Terms(starts_on=TODAY), today=TODAY
        )
        with refused_by("credit_check_case"):
            written(decision, lease=lease)


def test_DP_A47_residents_who_will_be_no_parties_are_not_asked_about(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (application,) = applicants("1000", children=(date(2010, 1, 1),))
        decision = selection.decide(round_, application, Choice(), today=TODAY)
        child = application.members.get(part=Part.RESIDENT).person
        with pytest.raises(ValidationError, match="osapuoli tai takaaja"):
            services.record(queries.of_decision(decision), child, MARKS, today=TODAY)


def test_DP_A47_no_offer_is_coming(decision: Decision) -> None:
    with system_access():
        offer = selection.offer(
            decision, channel=OfferChannel.PHONE, answer_by=TODAY + DAY, today=TODAY
        )
        assert queries.of_decision(decision).at_hand
        selection.withdraw_offer(offer, "Vesivahinko", today=TODAY)
        with pytest.raises(ValidationError, match="vasta, kun tarjous"):
            checked(decision)


def test_DP_A47_the_event_names_the_case(decision: Decision) -> None:
    client = sign_in(Client(), make_user(Role.VAL))
    read(client, f"/luottotiedot/valinta/{decision.uuid}/")
    seen = events()[-1]
    assert (seen.case_kind, seen.case_id) == (queries.OF_CHOICE, decision.pk)


def test_of_a_lease_tenants_and_guarantors_are_asked_about_before_it_is_signed(
    flat: Flat, person: Person, other: Person
) -> None:
    tied = make_user(Role.VAL)
    with system_access():
        lease = contracts.draft(flat, person, Terms(starts_on=TODAY), today=TODAY)
        contracts.set_component(lease, ComponentKind.RENT, Decimal(500), today=TODAY)
        contracts.add_party(lease, other, PartyRole.GUARANTOR, today=TODAY)
        matter, _row = queries.of_lease(lease.pk, TODAY)
        row = services.record(matter, other, MARKS, today=TODAY)
        assert (row.lease_id, row.decision_id) == (lease.pk, None)
        StaffLink.objects.create(
            staff=tied, person=other, kind=TieKind.CONFLICT, valid_from=TODAY - DAY
        )
    with acting(tied), pytest.raises(ValidationError, match="esteellinen"):  # DP-A3
        services.record(matter, person, MARKS, today=TODAY)
    with system_access():
        contracts.drop_party(lease.parties.get(person=other), today=TODAY)
        contracts.make_ready(lease, today=TODAY)
        contracts.sign(lease.parties.get(), on=TODAY, today=TODAY)
        matter, _row = queries.of_lease(lease.pk, TODAY)
        with pytest.raises(ValidationError, match="vasta, kun tarjous"):
            services.record(matter, person, MARKS, today=TODAY)
        with refused_by("credit_check_party"):
            CreditCheck.objects.create(
                person=person, lease=lease, register="x", told_on=TODAY, asked_on=TODAY,
                result=Result.MARKS,
            )  # fmt: skip


# -- A48: no report is kept --------------------------------------------------------------------


def test_DP_A48_there_is_no_place_for_a_report() -> None:
    kinds = {field.get_internal_type() for field in CreditCheck._meta.concrete_fields}
    assert not kinds & {"FileField", "BinaryField", "TextField", "JSONField"}
    assert {one.value for one in Result} == {"clean", "marks", "none"}


# -- who and how -------------------------------------------------------------------------------


def test_DP_A3_nobody_asks_about_somebody_near(decision: Decision) -> None:
    user = make_user(Role.VAL)
    with system_access():
        StaffLink.objects.create(
            staff_id=user.pk, person=applicant(decision), kind=TieKind.CONFLICT,
            valid_from=TODAY - DAY,
        )  # fmt: skip
        row = checked(decision)
        services.assess(row, Measure.REFUSED, "Merkintä.", today=TODAY)
    with acting(user):
        for act in (
            lambda: checked(decision),
            lambda: services.note_notice(row, TODAY, today=TODAY),
        ):
            with pytest.raises(ValidationError, match="esteellinen"):
                act()


def test_only_named_staff_with_the_right_ask(decision: Decision) -> None:
    with acting(make_user(Role.HAK)), pytest.raises(FunctionDenied):
        checked(decision)


@pytest.mark.parametrize("role", [Role.HAK, Role.TAL, Role.PER, Role.JOH, Role.MAR, Role.REK])
def test_pages_are_closed_to_others(decision: Decision, role: Role) -> None:
    with system_access():
        row = checked(decision)
    client = sign_in(Client(), make_user(role))
    for path in (f"valinta/{decision.uuid}/", f"{row.uuid}/arvio/"):
        assert client.get(f"/luottotiedot/{path}").status_code == 403


def test_from_recording_to_the_notice(decision: Decision) -> None:
    client = sign_in(Client(), make_user(Role.VAL))
    page = f"/valinta/{decision.round_id}/paatos/{decision.uuid}/"
    path = f"/luottotiedot/valinta/{decision.uuid}/"
    assert path in read(client, page)
    with system_access():
        pk = applicant(decision).pk
    for bad, field in (
        ({"told_on": f"{TODAY + DAY:%d.%m.%Y}"}, "told_on"), ({"result": ""}, "result"),
        ({"asked_on": f"{TODAY + DAY:%d.%m.%Y}"}, "asked_on"), ({"person": "999999"}, "person"),
    ):  # fmt: skip
        answer = client.post(path, DAYS | {"person": str(pk), "result": "marks"} | bad)
        assert answer.status_code == 422 and field in answer.context["form"].errors, bad
    given = DAYS | {"person": str(pk), "result": "marks"}
    assert client.post(path, given).status_code == 302
    found = read(client, path)
    assert "Merkintöjä" in found and "Suomen Asiakastieto" in found and "Arvioi vaikutus" in found
    assert "Merkintöjä" not in read(client, page), "the result is told on its own page alone"
    assert "Arvioi luottotietojen vaikutus" in read(client, "/")
    with system_access():
        row = queries.check_by(CreditCheck.objects.values_list("uuid", flat=True).get(), TODAY)
    weigh = f"/luottotiedot/{row.uuid}/arvio/"
    assert client.post(weigh, {"measure": "deposit", "reason": ""}).status_code == 422
    weighed = {"measure": "deposit", "reason": "Merkintä on vanha."}
    assert client.post(weigh, weighed).status_code == 302
    notice = f"/luottotiedot/{row.uuid}/ilmoitus/"
    assert notice in read(client, path)
    assert client.post(notice).status_code == 302
    with system_access():
        assert Document.objects.get().kind == "credit.notice"


def test_the_notice_names_register_and_measure(
    decision: Decision, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Known:
        def required(self) -> list[str]:
            return ["Hakija", "Koskikatu 1"]

    monkeypatch.setattr("applications.credit.papers.letter_address", lambda person, day: Known())
    with system_access():
        row = checked(decision)
        with pytest.raises(ValidationError, match="vahingoksi"):
            papers.order_notice(row)
        services.assess(row, Measure.GUARANTOR, "Takaaja riittää.", today=TODAY)
        found = papers.notice_data(Document(about_id=row.pk, subject_id=row.person_id))
        assert (found["register"], found["measure"]) == ("Suomen Asiakastieto Oy", "takaaja")


def test_a_protected_person_is_told_to_few(decision: Decision) -> None:
    with system_access():
        row = checked(decision)
        ban(applicant(decision))
    client = sign_in(Client(), make_user(Role.VAL))
    assert client.get(f"/luottotiedot/{row.uuid}/arvio/").status_code == 404
    assert "Arvioi luottotietojen vaikutus" not in read(client, "/")


def test_one_check_of_a_person_for_a_case(decision: Decision) -> None:
    with system_access():
        checked(decision)
        with pytest.raises(ValidationError, match="jo tarkistettu"):
            checked(decision)


def test_a_lease_leads_to_its_checks(flat: Flat, person: Person) -> None:
    with system_access():
        contracts.draft(flat, person, Terms(starts_on=TODAY), today=TODAY)
        lease = Lease.objects.get()
    client = sign_in(Client(), make_user(Role.SOP))
    path = f"/luottotiedot/sopimus/{lease.pk}/"
    assert path in read(client, f"/sopimukset/{lease.pk}/")
    given = DAYS | {"person": str(person.pk), "result": "none"}
    assert client.post(path, given).status_code == 302
    assert "Ei saatavilla" in read(client, path)
    with system_access():
        uuid = CreditCheck.objects.values_list("uuid", flat=True).get()
    assert client.get(f"/luottotiedot/{uuid}/arvio/").status_code == 200
    chooser = sign_in(Client(), make_user(Role.VAL))
    assert chooser.get(f"/luottotiedot/{uuid}/arvio/").status_code == 403
    assert "Arvioi luottotietojen vaikutus" not in read(chooser, "/")


# -- what the database keeps, whoever writes ---------------------------------------------------


def written(decision: Decision, **given: Any) -> CreditCheck:
    """A check past the services."""
    values = {
        "person": applicant(decision), "register": "x", "told_on": TODAY, "asked_on": TODAY,
        "result": Result.MARKS,
    }  # fmt: skip
    return CreditCheck.objects.create(decision=decision, **(values | given))


def test_DP_A47_the_database_asks_for_an_offer_that_comes(decision: Decision) -> None:
    with system_access():
        assert decision.application is not None
        with refused_by("credit_check_at_hand"):
            written(decision, asked_on=TODAY + 2 * DAY)
        skipped = selection.skip(
            decision.round, decision.application, SkipReason.WISH, "Ei halua.", today=TODAY
        )
        with refused_by("credit_check_at_hand"):
            written(decision)
        selection.take_back_skip(skipped, today=TODAY)
        selection.cancel_round(decision.round, "Remontti.", today=TODAY)
        with refused_by("credit_check_at_hand"):
            written(decision)


def test_DP_A47_an_accepted_offer_is_still_a_case(decision: Decision) -> None:
    with system_access():
        offer = selection.offer(
            decision, channel=OfferChannel.PHONE, answer_by=TODAY + DAY, today=TODAY
        )
        selection.accept(offer, answered_on=TODAY, today=TODAY)
        assert checked(decision).pk


def test_DP_A47_credit_data_are_handled_in_one_s_own_name(decision: Decision) -> None:
    another = make_user(Role.VAL)
    with acting(make_user(Role.VAL)):
        row = checked(decision)
        row.measure, row.reason = Measure.NOTHING, "Vanha."
        row.assessed_at, row.assessed_by = timezone.now(), another
        with refused_by("credit_check_own_name"):
            row.save()


def test_DP_A3_the_database_knows_who_is_tied(decision: Decision) -> None:
    user = make_user(Role.VAL)
    with system_access():
        StaffLink.objects.create(
            staff_id=user.pk, person=applicant(decision), kind=TieKind.CONFLICT,
            valid_from=TODAY - DAY,
        )  # fmt: skip
        with refused_by("credit_check_tied"):
            written(decision, made_by=user)
        row = written(decision)
        row.measure, row.reason = Measure.NOTHING, "Vanha."
        row.assessed_at, row.assessed_by = timezone.now(), user
        with refused_by("credit_check_tied"):
            row.save()


@pytest.mark.parametrize("measure", ["", Measure.NOTHING, Measure.GUARANTOR])
def test_SEL_T36_nobody_is_passed_over_for_it_before_a_person_refused(
    decision: Decision, measure: str
) -> None:
    with system_access():
        row = checked(decision)
        if measure:
            services.assess(row, Measure(measure), "Harkittu.", today=TODAY)
        application = decision.application
        assert application is not None
        with pytest.raises(ValidationError, match="joku on arvioinut"):
            selection.skip(
                decision.round, application, SkipReason.UNSECURED, "Merkintä.", today=TODAY
            )
        with refused_by("selection_skip_unweighed"):
            Skip.objects.create(
                round=decision.round, application=application, reason="unsecured", text="x"
            )


def test_SEL_T36_whoever_was_refused_is_passed_over_by_a_person(decision: Decision) -> None:
    client = sign_in(Client(), make_user(Role.VAL))
    with system_access():
        row = checked(decision)
        assert decision.application is not None
        number = decision.application.number
    path = f"/valinta/{decision.round_id}/{number}/ohita/"
    given = {"reason": "unsecured", "text": "Vakuutta ei saatu."}
    answer = client.post(path, given)
    assert answer.status_code == 422 and set(answer.context["form"].errors) == {"reason"}
    with system_access():
        services.assess(row, Measure.REFUSED, "Vakuutta ei saatu.", today=TODAY)
        assert not Skip.objects.exists(), "nothing follows by itself"
    assert client.post(path, given).status_code == 302


def test_a_merged_record_takes_its_checks_along(decision: Decision) -> None:
    with system_access():
        row, survivor, merged = checked(decision), somebody(99), applicant(decision)
    with acting(make_user(Role.HAK, Role.REK)) as ctx:
        ctx.purpose = Purpose.HAKEMUS
        merge(survivor, merged, Choices(), reason="sama henkilö", now=timezone.now())
    with system_access():
        assert CreditCheck.objects.get(pk=row.pk).person_id == survivor.pk


def test_the_demo_company_has_a_check_of_whoever_is_offered_a_flat(decision: Decision) -> None:
    with system_access():
        demo.fill(Scale(persons=1, today=TODAY), lambda done, total: None)
        assert demo.empty(), "nothing is offered yet"
        selection.offer(decision, channel=OfferChannel.PHONE, answer_by=TODAY + DAY, today=TODAY)
        demo.fill(Scale(persons=1, today=TODAY), lambda done, total: None)
        assert CreditCheck.objects.get().person_id == applicant(decision).pk


def test_DP_A3_a_check_is_born_unweighed_and_stays_with_its_person(
    decision: Decision, other: Person
) -> None:
    user, colleague = make_user(Role.VAL), make_user(Role.VAL)
    with system_access():
        about = applicant(decision)
    values: dict[str, Any] = {
        "person": about, "decision": decision, "register": "x", "told_on": TODAY,
        "asked_on": TODAY, "result": Result.MARKS, "made_by": user,
    }  # fmt: skip
    weighed = {"measure": "refused", "reason": "x", "assessed_at": timezone.now()}
    with acting(user), refused_by("credit_check_kept"):
        CreditCheck.objects.create(**values, **weighed, assessed_by=colleague)
    with system_access():
        checked(decision)
        with refused_by("credit_check_kept"), raw_sql("a test"), connection.cursor() as cursor:
            cursor.execute("UPDATE applications_credit_creditcheck SET person_id = %s", [other.pk])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_check_of_a_household_with_somebody_hidden_is_told_to_few(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (application,) = applicants("1000", children=(date(2015, 1, 1),))
        decision = selection.decide(round_, application, Choice(), today=TODAY)
        row = checked(decision)
        ban(application.members.get(part=Part.RESIDENT).person)
    client = sign_in(Client(), make_user(Role.VAL))
    assert client.get(f"/luottotiedot/{row.uuid}/arvio/").status_code == 404
