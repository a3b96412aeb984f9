"""Complaints: recorded, answered, closed; whose data are held; papers of a period."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from applications.intake.models import Application
from applications.selection import services as selection
from applications.selection.models import Decision, OfferChannel, Refusal
from applications.selection.services import Choice
from applications.supervision import papers, queries, services
from applications.supervision.models import Complaint, Extract, Outcome
from leases.homes.models import Building, BuildingKind, Flat, Regime, Site, Stair
from registry.persons.models import Ground, Mark, MarkKind, StaffLink, TieKind
from tests.applications.selection.rounds import applicants, choosing
from tests.applications.supervision.conftest import (
    DAY,
    TODAY,
    complained,
    make_user,
    passed_over,
    refused_by,
    system_access,
)
from tests.leases.homes.conftest import make_flat
from tests.registry.protection.conftest import acting, ban
from vuokra.access.errors import FunctionDenied
from vuokra.access.stated import raw_sql
from vuokra.documents.models import DocumentSubject
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
PERIOD = Extract(first=TODAY.replace(month=1, day=1), last=TODAY)


def recorded(decision: Decision, **given: Any) -> Complaint:
    return services.record(
        complained(**given), decision=decision, application=passed_over(), today=TODAY
    )


def test_a_complaint_holds_the_data_of_both_households(decision: Decision) -> None:
    with system_access():
        made = recorded(decision)
        holds = Mark.objects.filter(kind=MarkKind.LEGAL_HOLD, ground=Ground.SUPERVISION)
        assert {one.matter for one in holds} == {made.number}
        people = {one.person_id for one in holds}
        both = (decision.application, passed_over())
        assert people == {m.person_id for a in both if a for m in a.members.all()}


def test_it_is_answered_and_closed_once(decision: Decision) -> None:
    with system_access():
        made = recorded(decision)
        with pytest.raises(ValidationError, match="Kirjaa ensin"):
            services.close(made, Outcome.NO_MEASURES, on=TODAY, today=TODAY)
        services.answer(made, "Valintamuistio lähetettiin.", on=TODAY, today=TODAY)
        with pytest.raises(ValidationError, match="jo annettu"):
            services.answer(made, "Toinen", on=TODAY, today=TODAY)
        done = services.close(made, Outcome.NO_MEASURES, text="Ei aihetta.", on=TODAY, today=TODAY)
        assert (done.outcome, done.outcome_on) == (Outcome.NO_MEASURES, TODAY)
        with pytest.raises(ValidationError, match="päätetty"):
            services.close(made, Outcome.WRONG, on=TODAY, today=TODAY)
        assert Mark.objects.filter(matter=made.number, valid_to=None).count() == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"about": " "}, "about"),
        ({"about": "Henkilö 150685-906N"}, "about"),
        ({"received_on": TODAY + DAY, "answer_by": TODAY + 2 * DAY}, "received_on"),
        ({"answer_by": TODAY - DAY}, "supervision_complaint_by"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    decision: Decision, given: dict[str, Any], field: str
) -> None:
    with system_access(), pytest.raises(ValidationError) as refused:
        recorded(decision, **given)
    told = refused.value
    codes = {one.code for one in getattr(told, "error_list", [])}
    assert field in set(getattr(told, "error_dict", {})) | codes


def test_it_concerns_something(db: None) -> None:
    with system_access(), pytest.raises(ValidationError, match="mitä valintaa"):
        services.record(complained(), decision=None, application=None, today=TODAY)


def test_DP_A3_nobody_handles_a_complaint_of_somebody_near(decision: Decision) -> None:
    user = make_user(Role.VAL)
    with system_access():
        person = passed_over().members.get().person
        StaffLink.objects.create(
            staff_id=user.pk, person=person, kind=TieKind.CONFLICT, valid_from=TODAY - DAY
        )
    with acting(user), pytest.raises(ValidationError, match="esteellinen"):
        recorded(decision)


def test_only_whoever_chooses_records_one(decision: Decision) -> None:
    with acting(make_user(Role.HAK)), pytest.raises(FunctionDenied):
        recorded(decision)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE applications_supervision_complaint SET about = 'muu'",
        "UPDATE applications_supervision_complaint SET answer = 'muu'",
        "DELETE FROM applications_supervision_complaint",
    ],
)
def test_what_was_recorded_stays(decision: Decision, sql: str) -> None:
    with system_access():
        services.answer(recorded(decision), "Selvitys.", on=TODAY, today=TODAY)
        with refused_by("supervision_complaint_kept"), raw_sql("a test"):
            connection.cursor().execute(sql)


def test_DP_A3_whoever_writes_a_complaint_does_so_in_the_own_name_and_of_nobody_near(
    decision: Decision,
) -> None:
    user, colleague = make_user(Role.VAL), make_user(Role.VAL)
    with system_access():
        application = passed_over()
        StaffLink.objects.create(
            staff_id=user.pk, person=application.members.get().person, kind=TieKind.CONFLICT,
            valid_from=TODAY - DAY,
        )  # fmt: skip
    values: dict[str, Any] = {
        "authority": "municipality", "authority_name": "Kunta", "received_on": TODAY,
        "answer_by": TODAY, "about": "Valinta",
    }  # fmt: skip
    with acting(user), refused_by("selection_near"):
        Complaint.objects.create(application=application, recorded_by=user, **values)
    for more in ({"recorded_by": user}, {"outcome": "withdrawn", "outcome_on": TODAY}):
        with acting(colleague), refused_by("supervision_complaint_begun"):
            Complaint.objects.create(
                application=application, **{"recorded_by": colleague, **values, **more}
            )


def test_the_database_asks_for_the_explanation_before_the_outcome(decision: Decision) -> None:
    with system_access():
        made = recorded(decision)
        made.outcome, made.outcome_on = Outcome.WRONG, TODAY
        with refused_by("supervision_complaint_explained"):
            made.save()


def test_each_refusal_of_the_database_has_words_of_its_own() -> None:
    words = [str(text) for text in services.TEXTS.values()]
    assert len(set(words)) == len(words) == 6


# -- the log and the report --------------------------------------------------------------------


def test_the_log_tells_the_choice_and_nobody(decision: Decision) -> None:
    with system_access():
        (row,) = queries.whole_log(PERIOD, TODAY)
        assert (row.decision.pk, row.hidden, row.codes) == (decision.pk, False, "2 B7")
        assert (row.income, row.household["persons"]) == (2000, 1)
        assert row.household["id"] == str(decision.chosen)
        before = Extract(first=TODAY - 9 * DAY, last=TODAY - DAY)
        assert queries.whole_log(before, TODAY) == []


def test_the_log_is_of_a_site(decision: Decision, flat: Flat) -> None:
    site = flat.stair.building.site
    with system_access():
        here = Extract(first=PERIOD.first, last=TODAY, site=site)
        assert len(queries.whole_log(here, TODAY)) == 1
        elsewhere = Extract(first=PERIOD.first, last=TODAY, site_id=site.pk + 1)
        assert queries.whole_log(elsewhere, TODAY) == []


def test_a_protected_household_is_in_no_list_of_whoever_may_not_know(decision: Decision) -> None:
    with system_access():
        assert decision.application is not None
        ban(decision.application.members.get().person)
    with acting(make_user(Role.VAL)):
        assert list(queries.log_page(PERIOD, 1, TODAY).object_list) == []
    with acting(make_user(Role.VAL, Role.HAK)):
        (row,) = queries.log_page(PERIOD, 1, TODAY).object_list
        assert row.hidden


def test_T7_by_site_a_protected_household_is_on_no_paper(decision: Decision, flat: Flat) -> None:
    with system_access():
        assert decision.application is not None
        ban(decision.application.members.get().person)
        whole = services.extract(PERIOD.first, TODAY, None)
        by_site = services.extract(PERIOD.first, TODAY, flat.stair.building.site)
        assert [one.hidden for one in queries.whole_log(whole, TODAY)] == [True]
        assert queries.whole_log(by_site, TODAY) == []
        papers.order(papers.LOG, by_site)
        assert not DocumentSubject.objects.exists()


def test_the_report_counts_and_hides_what_is_small(decision: Decision) -> None:
    with system_access():
        services.make_reports(date(TODAY.year + 1, 1, 1))
        tables = queries.tables(queries.reports()[0], None)
        assert len(tables) == 7
        for table in tables:
            assert all(count in (0, None) for _label, count in table.rows)


def test_a_paper_of_the_log_is_listed_on_the_chosen(decision: Decision) -> None:
    with acting(make_user(Role.VAL)):
        document = papers.order(papers.LOG, services.extract(PERIOD.first, TODAY, None))
        found = papers.log_data(document)
        assert len(found["rows"]) == 1
    with system_access():
        assert decision.application is not None
        subject = DocumentSubject.objects.get(document=document)
        assert subject.subject_id == decision.application.members.get().person_id


def test_a_paper_of_the_log_is_about_those_of_its_site_and_period_alone(flat: Flat) -> None:
    before, today = TODAY - 10 * DAY, TODAY
    with system_access():
        site = Site.objects.create(
            number=102, name="Toinen", postal_code="97999", town="Hillakoski"
        )
        building = Building.objects.create(
            site=site, street="Rantakatu", house="1", kind=BuildingKind.BLOCK, built=1990, floors=2
        )
        there = make_flat(Stair.objects.create(building=building, letter="A"), 1)
        Regime.objects.create(flat=there, funding="arava", valid_from=date(2000, 1, 1))
        first, second = choosing(flat, free_from=TODAY), choosing(there, free_from=TODAY)
        (made,) = applicants("1000")
        declined = selection.decide(first, made, Choice(), today=before)
        selection.decline(
            selection.offer(
                declined, channel=OfferChannel.PHONE, answer_by=today, today=today
            ),
            Refusal.RENT, answered_on=today, today=today,
        )  # fmt: skip
        selection.decide(second, Application.objects.get(pk=made.pk), Choice(), today=today)
    with acting(make_user(Role.VAL)):
        papers_of = {
            one.pk: papers.order(papers.LOG, services.extract(today, today, one))
            for one in (flat.stair.building.site, site)
        }
    with system_access():
        told = {pk: document.about.count() for pk, document in papers_of.items()}
    assert told == {flat.stair.building.site.pk: 0, site.pk: 1}
