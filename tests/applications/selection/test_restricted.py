"""Somebody whose processing is restricted (käsittelyn rajoitus) takes part in no selection and is
told of nowhere in it without a reason; the attempt is logged (DP-A35)."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from applications.intake import letters
from applications.intake.codes import Part, Relation, Situation, State
from applications.intake.models import Application, Member
from applications.intake.services.living import expire_due
from applications.selection import papers, services
from applications.selection.models import Decision, OutOfOrder, Round, Skip
from applications.selection.queries import suitable
from applications.selection.queries.comparison import passed_over
from applications.selection.queries.pending import pending_of
from applications.selection.rules.snapshot import intact
from applications.selection.services import Choice
from leases.homes.models import Flat
from registry.persons.models import Ground, Mark, MarkKind, Person
from registry.persons.services.marks import add_mark, end_mark
from tests.applications.selection.conftest import (
    DAY,
    TODAY,
    flat,
    make_user,
    site,
    somebody,
    stair,
    system_access,
)
from tests.applications.selection.rounds import applicants, choosing, code_of
from tests.applications.selection.test_offering import chosen, offered
from tests.people import sign_in
from tests.registry.persons.conftest import events
from tests.registry.protection.conftest import acting
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
__all__ = ["flat", "site", "stair"]
OUTSIDE = "Vertailun ulkopuolella on hakemuksia"


@pytest.fixture
def val(db: None) -> Client:
    return sign_in(Client(), make_user(Role.VAL))


@pytest.fixture
def round_(flat: Flat) -> Round:
    with system_access():
        return choosing(flat)


@pytest.fixture
def two(round_: Round) -> list[Application]:
    with system_access():
        return applicants("1000", "2000")


def person_of(application: Application) -> Person:
    with system_access():
        return application.members.get().person


def restrict(application: Application) -> Person:
    person = person_of(application)
    with system_access():
        add_mark(person, MarkKind.RESTRICTION, Ground.ACCURACY, valid_from=TODAY)
    return person


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def notes(kind: str) -> list[object]:
    """What the last event keeps beside it of a kind."""
    return [value for one in events()[-1].detail for value in one.get(kind, [])]


def test_DP_A35_nobody_restricted_is_ranked_and_the_attempt_is_logged(
    val: Client, round_: Round, two: list[Application]
) -> None:
    here = reverse("selection:round", args=[round_.pk])
    assert OUTSIDE not in text(val, here)
    person = restrict(two[0])
    found = text(val, here)
    assert person.given_names not in found and "1 000" not in found.replace("\xa0", " ")
    assert OUTSIDE in found and two[0].number in found
    assert two[1].number in found.split("<tbody>")[1]
    assert two[0].number not in found.split("<tbody>")[1]
    assert notes("restricted") == ["1"]
    assert person.pk not in events()[-1].subjects


def test_DP_A35_nobody_restricted_is_compared_or_found_suitable(
    round_: Round, two: list[Application]
) -> None:
    restrict(two[0])
    with system_access():
        rounds = Round.objects.all()
        assert list(suitable.suiting(two[0], rounds, TODAY)) == []
        row = services.decide(round_, two[1], Choice(), today=TODAY)
        assert (row.place, row.compared_count) == (1, 1), "who stood before does not count"
        assert row.snapshot["left_out"] == 1 and intact(row.snapshot, row.digest)
        document = papers.order_memorandum(row)
        told = papers.memorandum_data(document)["decision"]
        assert ["Vertailun ulkopuolella, käsittely rajoitettu", "1"] in told
    restrict(two[1])
    with system_access():
        assert list(suitable.without_applicants(rounds, TODAY)) == [round_]


@pytest.mark.parametrize("act", ["choose", "skip"])
def test_DP_A35_what_is_done_to_somebody_restricted_asks_for_a_reason_first(
    val: Client, round_: Round, two: list[Application], act: str
) -> None:
    person = restrict(two[0])
    answer = val.get(reverse(f"selection:{act}", args=[round_.pk, two[0].number]))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("persons:restricted", args=[person.public_id])


def test_DP_A35_a_decision_opens_for_a_reason_once_the_chosen_is_restricted(
    val: Client, round_: Round, two: list[Application]
) -> None:
    row = _chosen(round_, two[0])
    person = restrict(two[0])
    page = reverse("selection:decision", args=[round_.pk, row.uuid])
    way = reverse("persons:restricted", args=[person.public_id])
    assert val.get(page)["Location"] == way
    val.post(way, {"ground": "request", "reason_text": "Oma pyyntö 5/2026"})
    assert person.given_names in text(val, page)


def test_DP_A35_of_the_order_nothing_restricted_is_read(
    val: Client, round_: Round, two: list[Application]
) -> None:
    row = _chosen(round_, two[1])
    person = restrict(two[0])
    order = reverse("selection:order", args=[round_.pk, row.uuid])
    found = text(val, order)
    assert "Hakija, jonka tietoja et näe." in found
    assert person.given_names not in found and two[0].number not in found
    assert "1 000" not in found.replace("\xa0", " ")


def _chosen(round_: Round, application: Application) -> Decision:
    reason = Choice(out_of_order=OutOfOrder.MARKET, reason="Talossa on tyhjiä asuntoja.")
    with system_access():
        return services.decide(round_, application, reason, today=TODAY)


# -- what a restriction does not do --------------------------------------------------------------


def test_a_restricted_child_who_lives_elsewhere_keeps_nobody_out(
    round_: Round, two: list[Application]
) -> None:
    with system_access():
        child = somebody(77, born=date(TODAY.year - 9, 3, 1))
        Member.objects.create(
            application=two[0], person=child, part=Part.AWAY, relation=Relation.CHILD
        )
        add_mark(child, MarkKind.RESTRICTION, Ground.ACCURACY, valid_from=TODAY)
        services.assess_again([two[0].pk], TODAY)
        assert services.decide(round_, two[0], Choice(), today=TODAY).place == 1


def test_a_choice_that_waits_lapses_and_passes_nobody_over(
    round_: Round, two: list[Application]
) -> None:
    row = _chosen(round_, two[0])
    restrict(two[0])
    with system_access():
        row.refresh_from_db()
        assert row.lapsed_at is not None and pending_of(round_) is None
        assert not Skip.objects.exists()
        assert services.decide(round_, two[1], Choice(), today=TODAY).place == 1


def test_nobody_restricted_is_passed_over(round_: Round, two: list[Application]) -> None:
    restrict(two[0])
    with system_access():
        act = lambda: services.skip(round_, two[0], "other", "Muu syy.", today=TODAY)  # noqa: E731
        assert code_of(act) == "marked"


def test_an_offer_that_a_restriction_came_between_costs_no_place(
    round_: Round, two: list[Application]
) -> None:
    with system_access():
        offer = offered(chosen(round_, two[0]))
    restrict(two[0])
    late = offer.answer_by + DAY
    with system_access():
        assert code_of(lambda: services.close_unanswered(offer, today=late)) == "marked"
        services.withdraw_offer(offer, "Tietojen käsittelyä on rajoitettu.", today=TODAY)
        end_mark(Mark.objects.get(), last_day=TODAY, told_on=TODAY)
        assert two[0].pk not in passed_over(round_)


def test_the_event_of_a_choice_names_who_was_left_out(
    round_: Round, two: list[Application]
) -> None:
    person = restrict(two[0])
    clerk = make_user(Role.VAL)
    with acting(clerk):
        services.decide(round_, two[1], Choice(), today=TODAY)
    assert person.pk in events()[-1].subjects
    assert notes("restricted") == ["1"]


# -- in other rooms ------------------------------------------------------------------------------


def test_DP_A35_bulk_acts_and_reminders_leave_the_restricted_out(
    two: list[Application],
) -> None:
    restrict(two[0])
    hak = sign_in(Client(), make_user(Role.HAK))
    with system_access():
        for one in two:
            one.refresh_from_db()
            one.valid_until = TODAY + DAY
            one.save()
    shown = hak.post(
        reverse("applications:bulk"), {"do": "remind", "chosen": [one.number for one in two]}
    )
    assert [one.application.pk for one in shown.context["rows"]] == [two[1].pk]
    assert [one.application.pk for one in shown.context["left"]] == [two[0].pk]
    assert notes("restricted") == ["1"]
    with system_access(), pytest.raises(ValidationError, match="ei lähetetä kirjettä"):
        two[0].refresh_from_db()
        letters.order(two[0], letters.CONFIRMATION)


def test_DP_A35_the_night_ends_no_application_of_somebody_restricted(
    two: list[Application],
) -> None:
    restrict(two[0])
    with system_access():
        assert expire_due(TODAY + 400 * DAY) == 1
        two[0].refresh_from_db()
        assert two[0].state != State.EXPIRED


def test_DP_A35_the_list_of_applications_does_not_tell_why(two: list[Application]) -> None:
    hak = sign_in(Client(), make_user(Role.HAK))
    here = reverse("applications:list")
    why = str(Situation.CHANGED.label)
    assert text(hak, here).count(why) == 2
    restrict(two[0])
    found = text(hak, here)
    assert found.count(why) == 1 and "Käsittelyä rajoitettu" in found


def test_DP_A35_papers_open_for_a_reason(round_: Round, two: list[Application]) -> None:
    val = sign_in(Client(), make_user(Role.VAL))
    row = _chosen(round_, two[1])
    with system_access():
        document = papers.order_memorandum(row)
    page = reverse("documents:document", args=[document.uuid])
    assert val.get(page).status_code == 200
    person = restrict(two[1])
    assert val.get(page)["Location"] == reverse("persons:restricted", args=[person.public_id])


def test_leaders_open_no_paper_that_tells_of_need_and_income(
    round_: Round, two: list[Application]
) -> None:
    row = _chosen(round_, two[1])
    with system_access():
        document = papers.order_memorandum(row)
    leader = sign_in(Client(), make_user(Role.JOH))
    assert leader.get(reverse("documents:document", args=[document.uuid])).status_code == 404
