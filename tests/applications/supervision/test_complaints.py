"""One complaint by one form, and none of a draft."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from applications.intake import services as intake
from applications.intake.codes import State
from applications.intake.models import Application
from applications.selection.models import Decision
from applications.supervision import queries, services
from applications.supervision.models import Complaint, Outcome
from registry.persons.models import Ground, Mark, MarkKind
from registry.persons.services.marks import add_mark, end_mark
from tests.applications.selection.conftest import asking, somebody
from tests.applications.supervision.conftest import (
    DAY,
    TODAY,
    complained,
    make_user,
    passed_over,
    refused_by,
    system_access,
)
from tests.applications.supervision.test_pages import GIVEN, ROOM, errors, read
from tests.people import sign_in
from tests.registry.protection.conftest import acting
from vuokra.access.stated import bulk_write
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def val(db: None) -> Client:
    return sign_in(Client(), make_user(Role.VAL))


@pytest.fixture
def draft(db: None) -> Application:
    with system_access():
        return asking(somebody(41), state=State.DRAFT)


def token_of(client: Client, path: str) -> str:
    found = re.search(r'name="form" value="([^"]+)"', read(client, path))
    assert found is not None, path
    return found[1]


def about_decision(decision: Decision) -> str:
    return f"{ROOM}kantelut/uusi/valinta/{decision.uuid}/"


def about_application(application: Application) -> str:
    return f"{ROOM}kantelut/uusi/hakemus/{application.number}/"


# -- once --------------------------------------------------------------------------------------


@pytest.mark.parametrize("of_decision", [True, False])
def test_a_form_pressed_twice_makes_one_complaint(
    val: Client, decision: Decision, of_decision: bool
) -> None:
    with system_access():
        path = about_decision(decision) if of_decision else about_application(passed_over())
    given = GIVEN | {"number": "", "form": token_of(val, path)}
    assert val.post(path, given).status_code == 302
    with system_access():
        made = Complaint.objects.get()
        holds = Mark.objects.filter(matter=made.number).count()
    again = val.post(path, given | {"about": "Muuta."}, follow=True)
    assert again.redirect_chain[-1][0] == f"{ROOM}kantelut/{made.uuid}/"
    assert "Lomake on jo tallennettu tälle kantelulle" in again.content.decode()
    with system_access():
        assert Complaint.objects.get().about == GIVEN["about"]
        assert Mark.objects.filter(matter=made.number).count() == holds > 0


def test_the_press_that_comes_while_the_first_is_saved_makes_none(
    val: Client, decision: Decision, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = about_decision(decision)
    given = GIVEN | {"number": "", "form": token_of(val, path)}
    assert val.post(path, given).status_code == 302
    found, asked = queries.recorded_of_form, iter([True])

    def late(*given: Any) -> Complaint | None:
        return None if next(asked, False) else found(*given)

    monkeypatch.setattr(queries, "recorded_of_form", late)
    assert val.post(path, given).status_code == 302
    with system_access():
        assert Complaint.objects.count() == 1


def test_another_form_makes_another_complaint(val: Client, decision: Decision) -> None:
    path = about_decision(decision)
    for _ in range(2):
        given = GIVEN | {"number": "", "form": token_of(val, path)}
        answer = val.post(path, given)
        assert answer.status_code == 302, answer.context["form"].errors
    with system_access():
        assert Complaint.objects.count() == 2
        (chosen,) = {one.person_id for one in Mark.objects.all()}
        hold = Mark.objects.get(person=chosen)
        numbers = [one.number for one in Complaint.objects.order_by("pk")]
        assert hold.matter == ", ".join(numbers), "held once, for both"


def test_a_hold_that_was_to_end_goes_on_for_a_complaint(decision: Decision) -> None:
    with system_access():
        assert decision.application is not None
        person = decision.application.members.get().person
        add_mark(
            person, MarkKind.LEGAL_HOLD, Ground.DISPUTE, matter="R" * 55, valid_from=TODAY + DAY,
            valid_to=TODAY + 9 * DAY,
        )  # fmt: skip
        services.record(complained(), decision=decision, application=None, today=TODAY)
        hold = Mark.objects.get(person=person)
        assert (hold.valid_from, hold.valid_to) == (TODAY, None)
        assert hold.matter == "R" * 55 + ", KA…", "what has no room is marked as left out"


def test_a_hold_ends_once_every_complaint_of_the_household_is_closed(decision: Decision) -> None:
    with system_access():
        first, second = (
            services.record(complained(), decision=decision, application=None, today=TODAY)
            for _ in range(2)
        )
        hold = Mark.objects.get()
    registrar = make_user(Role.REK)
    for one in (first, second):
        with acting(registrar):
            with pytest.raises(ValidationError, match="vielä kesken") as refused:
                end_mark(Mark.objects.get(pk=hold.pk), last_day=TODAY)
            assert refused.value.code == "persons_hold_needed"
        with system_access():
            services.answer(one, "Järjestys oli toinen.", on=TODAY, today=TODAY)
            services.close(one, Outcome.NO_MEASURES, on=TODAY, today=TODAY)
    with acting(registrar):
        end_mark(Mark.objects.get(pk=hold.pk), last_day=TODAY)


def test_the_page_of_a_hold_tells_that_a_complaint_is_open(decision: Decision) -> None:
    with system_access():
        services.record(complained(), decision=decision, application=None, today=TODAY)
        hold = Mark.objects.select_related("person").get()
    client = sign_in(Client(), make_user(Role.REK))
    given = {"outcome": "over", "last_day": f"{TODAY:%d.%m.%Y}"}
    for name in ("persons:end_mark", "persons:review_hold"):
        answer = client.post(reverse(name, args=[hold.person.public_id, hold.pk]), given)
        assert answer.status_code == 422
        assert "vielä kesken" in str(answer.context["form"].errors["last_day"])
    with system_access():
        assert Mark.objects.get().valid_to is None


def test_no_statement_takes_away_a_hold_that_an_open_complaint_needs(decision: Decision) -> None:
    with system_access():
        other = passed_over()
        services.record(complained(), decision=decision, application=other, today=TODAY)
        assert Mark.objects.count() == 2, "of the chosen and of the complainant"
        for hold in Mark.objects.all():
            for change in ({"valid_to": TODAY}, {"kind": MarkKind.RESTRICTION}):
                with refused_by("persons_hold_needed"), bulk_write("past the services"):
                    Mark.objects.filter(pk=hold.pk).update(**change)
            with refused_by("persons_hold_needed"):
                hold.delete()


@pytest.mark.parametrize("form", ["", "x", "0" * 500])
def test_a_form_without_its_number_is_recorded_all_the_same(
    val: Client, decision: Decision, form: str
) -> None:
    given = GIVEN | {"number": "", "form": form}
    assert val.post(about_decision(decision), given).status_code == 302
    with system_access():
        assert Complaint.objects.count() == 1


def test_a_form_shown_again_keeps_its_number(val: Client, decision: Decision) -> None:
    path = about_decision(decision)
    token = token_of(val, path)
    answer = val.post(path, GIVEN | {"number": "", "about": "", "form": token})
    assert (answer.status_code, token in answer.content.decode()) == (422, True)


def test_the_number_of_a_form_tells_nothing_of_a_colleagues_complaint(
    val: Client, decision: Decision
) -> None:
    token = uuid4()
    with acting(make_user(Role.VAL)):
        made = services.record(
            complained(), decision=decision, application=None, form=token, today=TODAY
        )
    answer = val.post(about_decision(decision), GIVEN | {"number": "", "form": str(token)})
    assert answer.status_code == 422
    assert made.number not in answer.content.decode()
    with system_access():
        assert Complaint.objects.count() == 1


def test_the_service_takes_a_form_once(decision: Decision) -> None:
    form = UUID(int=7)
    with system_access():
        services.record(complained(), decision=decision, application=None, form=form, today=TODAY)
        with pytest.raises(ValidationError, match="jo tallennettu"):
            services.record(
                complained(), decision=decision, application=None, form=form, today=TODAY
            )


# -- drafts ------------------------------------------------------------------------------------


def test_a_draft_is_no_complainants_application(
    val: Client, decision: Decision, draft: Application
) -> None:
    path = about_decision(decision)
    answer = val.post(path, GIVEN | {"number": draft.number})
    assert answer.status_code == 422
    assert "luonnos" in str(answer.context["form"].errors["number"])
    assert GIVEN["about"] in answer.content.decode()
    with system_access():
        assert not Complaint.objects.exists() and not Mark.objects.exists()


def test_no_complaint_is_begun_of_a_draft(val: Client, draft: Application) -> None:
    path = about_application(draft)
    answer = val.get(path, follow=True)
    assert answer.redirect_chain[-1][0] == f"/hakemukset/{draft.number}/"
    assert "luonnos" in answer.content.decode()
    assert "about" in errors(val, path, GIVEN)
    with system_access():
        assert not Complaint.objects.exists()


def test_a_draft_is_refused_and_can_be_discarded(draft: Application) -> None:
    with system_access():
        with pytest.raises(ValidationError, match="luonnos"):
            services.record(complained(), decision=None, application=draft, today=TODAY)
        intake.discard(draft, today=TODAY)
        assert not Application.objects.filter(pk=draft.pk).exists()


def test_the_database_refuses_a_complaint_of_a_draft(draft: Application) -> None:
    values: dict[str, Any] = {
        "authority": "municipality", "authority_name": "Kunta", "received_on": TODAY,
        "answer_by": TODAY, "about": "Valinta",
    }  # fmt: skip
    with system_access(), refused_by("supervision_complaint_draft"):
        Complaint.objects.create(application=draft, **values)
