"""An attacker looks for the home of a household under turvakielto, role by role, without stating a
reason: on pages that name the household the flat, on pages that name the flat the household."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications.credit.models import CreditCheck, Measure, Result
from applications.intake import letters
from applications.intake.codes import State
from applications.intake.models import Application, Member
from applications.orders import services as orders
from applications.orders.models import LeaseOrder
from applications.selection import services as selection
from applications.selection.models import Decision, OfferState
from applications.selection.services import Choice
from applications.supervision import papers, services
from applications.supervision import services as supervision
from leases.contracts.models import Lease
from leases.contracts.services import Terms
from leases.homes.models import Flat, Regime, Site, Stair
from registry.persons.models import Person
from tests.applications.intake.conftest import invented, row
from tests.applications.orders.conftest import FREE, order
from tests.applications.selection.conftest import (
    DAY,
    TODAY,
    flat,
    make_flat,
    make_user,
    site,
    stair,
    system_access,
)
from tests.applications.selection.rounds import applicants, choosing
from tests.applications.supervision.conftest import complained
from tests.leases.contracts.paperwork import made
from tests.people import sign_in
from tests.registry.persons.conftest import CODE, events
from tests.registry.protection.conftest import acting, ban
from tests.vuokra.documents.conftest import company, files
from vuokra.policy.roles import Role

__all__ = ["company", "files", "flat", "order", "site", "stair"]
pytestmark = pytest.mark.django_db
WHY = {"reason": "P1", "reason_text": "Tarjouksen vastaus kirjataan."}
ROLES = [*((role,) for role in Role), (Role.HAK, Role.VAL), (Role.HAK, Role.SOP)]


@dataclass(frozen=True)
class Home:
    """A household under turvakielto whose lease is drafted, and all that tells of it."""

    people: list[Person]
    application: Application
    decision: Decision
    order: LeaseOrder
    lease: Lease
    complaint: str
    check: str
    flat: Flat

    @property
    def about_people(self) -> list[str]:
        """Addresses of pages that tell who, or that one comes to from such a page."""
        number, of = self.application.number, [self.decision.uuid]
        return [
            *(reverse("persons:card", args=[one.public_id]) for one in self.people),
            reverse("applications:application", args=[number]),
            reverse("applications:review", args=[number]),
            reverse("applications:list"),
            reverse("orders:draw_up", args=[self.order.uuid]),
            reverse("leases:lease", args=[self.lease.pk]),
            reverse("leases:list"),
            reverse("selection:decided", args=of),
            reverse("credit:of_decision", args=of),
            reverse("credit:assess", args=[self.check]),
            reverse("credit:noticed", args=[self.check]),
            reverse("supervision:about_decision", args=of),
            reverse("supervision:about_application", args=[number]),
            reverse("supervision:complaint", args=[self.complaint]),
            reverse("supervision:answer", args=[self.complaint]),
            reverse("supervision:complaints"),
            reverse("supervision:log"),
            "/",
        ]

    @property
    def of_round(self) -> str:
        return reverse("selection:round", args=[self.decision.round_id])

    @property
    def of_decision(self) -> str:
        return reverse("selection:decision", args=[self.decision.round_id, self.decision.uuid])

    @property
    def about_flat(self) -> list[str]:
        """Addresses of pages that tell the flat."""
        return [
            reverse("selection:list"), f"{reverse('selection:list')}?rajaus=tarjotut",
            self.of_round, reverse("selection:reason", args=[self.decision.round_id]),
            f"{self.of_decision}jarjestys/",
            reverse("homes:flat", args=[self.flat.pk]), reverse("homes:sites"),
        ]  # fmt: skip

    def telling_where(self, answer: HttpResponse) -> list[str]:
        """What of an answer tells the flat: its address, or the number of its selection, of which
        the list of selections tells the flat."""
        words = [self.flat.address, reverse("homes:flat", args=[self.flat.pk]), self.of_round]
        return [one for one in words if one in whole(answer)]

    def telling_whom(self, answer: HttpResponse) -> list[str]:
        """What of an answer tells the household."""
        words = [self.application.number]
        for one in self.people:
            words += [one.given_names, one.public_id, str(one.customer_number)]
        return [one for one in words if one in whole(answer)]


def funded(flat: Flat) -> Flat:
    """A second flat of the municipality, whose limits are known."""
    Regime.objects.create(flat=flat, funding="arava", valid_from=date(2000, 1, 1))
    return flat


def whole(answer: HttpResponse) -> str:
    """The head and the body of an answer."""
    head = "\n".join(f"{name}: {value}" for name, value in answer.items())
    return re.sub(r"\s+", " ", f"{head} {answer.content.decode()}")


@pytest.fixture
def home(order: LeaseOrder) -> Home:
    with system_access():
        offer = order.offer
        lease = orders.draw_up(order, Terms(starts_on=FREE), rent_eur=order.rent_eur, today=TODAY)
        decision, application = offer.decision, offer.application
        assert decision is not None and application is not None
        people = [one.person for one in Member.objects.filter(application=application)]
        check = CreditCheck.objects.create(
            person=people[0], decision=decision, register="Luottorekisteri", told_on=TODAY,
            asked_on=TODAY, result=Result.MARKS,
        )  # fmt: skip
        check.measure, check.reason = Measure.DEPOSIT, "Vakuus riittää."
        check.assessed_at = timezone.now()
        check.save()
        complaint = supervision.record(
            complained(), decision=decision, application=application, today=TODAY
        )
        ban(people[0])
        people = list(Person.objects.filter(pk__in=[one.pk for one in people], protected=True))
        assert people, "the ban is in force"
        return Home(
            people, application, decision, LeaseOrder.objects.get(pk=order.pk), lease,
            str(complaint.uuid), str(check.uuid), Flat.objects.get(pk=order.flat_id),
        )  # fmt: skip


@pytest.mark.parametrize("roles", ROLES, ids="+".join)
def test_no_role_comes_from_the_household_to_the_flat_unasked(
    home: Home, roles: tuple[Role, ...]
) -> None:
    client = sign_in(Client(), make_user(*roles))
    seen = {path: client.get(path) for path in home.about_people}
    told = {path: found for path, one in seen.items() if (found := home.telling_where(one))}
    told.pop("/", None)  # the work queue names flats whose selections wait, and nobody beside them
    assert not told
    if Role.HAK in roles:
        named = seen[reverse("applications:application", args=[home.application.number])]
        assert reverse("selection:decided", args=[home.decision.uuid]) in whole(named)


@pytest.mark.parametrize("roles", ROLES, ids="+".join)
def test_no_role_comes_from_the_flat_to_the_household_unasked(
    home: Home, roles: tuple[Role, ...]
) -> None:
    client = sign_in(Client(), make_user(*roles))
    seen = {path: client.get(path) for path in home.about_flat}
    assert not {path: found for path, one in seen.items() if (found := home.telling_whom(one))}


def test_the_decision_opens_by_its_own_address_for_a_reason_alone(home: Home) -> None:
    hak = sign_in(Client(), make_user(Role.HAK))
    path = reverse("selection:decided", args=[home.decision.uuid])
    assert hak.get(path).status_code == 200 and hak.get(home.of_decision)["Location"] == path
    assert hak.post(path, {"reason": "", "reason_text": ""}).status_code == 422
    assert hak.get(home.of_decision).status_code == 302
    assert hak.post(path, WHY)["Location"] == home.of_decision
    assert home.flat.address in whole(hak.get(home.of_decision))
    assert hak.get(path)["Location"] == home.of_decision
    opened = [one for one in events() if one.action == "reveal"][-1]
    assert home.people[0].pk in opened.subjects and opened.purpose == WHY["reason"]


@pytest.mark.parametrize("role", [Role.VAL, Role.JOH, Role.SOP, Role.REK, Role.TAR, Role.MAR])
def test_whoever_may_not_see_the_choice_states_no_reason_for_it(home: Home, role: Role) -> None:
    client = sign_in(Client(), make_user(role))
    for path in (
        reverse("selection:decided", args=[home.decision.uuid]),
        reverse("selection:reason", args=[home.decision.round_id]),
    ):
        assert client.post(path, WHY).status_code in (403, 404), path
    assert not [one for one in events() if one.action == "reveal"]


def test_nothing_is_done_to_the_selection_before_it_was_opened(home: Home) -> None:
    both = sign_in(Client(), make_user(Role.HAK, Role.VAL))
    number, of = home.application.number, [home.decision.round_id]
    acts = [
        *(
            reverse(f"selection:{one}", args=[*of, number])
            for one in ("skip", "take_back", "choose")
        ),
        *(reverse(f"selection:{one}", args=of) for one in ("cancel", "choose_other")),
        *(
            reverse(f"selection:{one}", args=[*of, home.decision.uuid])
            for one in ("approve", "memorandum", "offer", "offer_letter", "reasons", "accept",
                        "decline", "unanswered", "withdraw")
        ),
        reverse("credit:of_decision", args=[home.decision.uuid]),
        reverse("supervision:about_decision", args=[home.decision.uuid]),
    ]  # fmt: skip
    asked = {
        reverse("selection:reason", args=of),
        reverse("selection:decided", args=[home.decision.uuid]),
    }
    sent = {"reason": "Peruutetaan.", "number": number}
    for path in acts:
        answer = both.post(path, sent)
        assert answer.status_code == 302 and answer["Location"] in asked, path
    with system_access():
        kept = Decision.objects.get(pk=home.decision.pk)
        assert kept.offer.state == OfferState.ACCEPTED


def test_a_reason_for_one_household_opens_no_other(home: Home, stair: Stair) -> None:
    with system_access():
        second = choosing(funded(make_flat(stair, 9)))
        chosen, _other = applicants("900", "950", children=(date(2019, 1, 1),))
        selection.assess_again([chosen.pk], TODAY)
        decided = selection.decide(second, chosen, Choice(), today=TODAY)
        ban(chosen.members.get(part="applicant").person)
    hak = sign_in(Client(), make_user(Role.HAK))
    hak.post(reverse("selection:decided", args=[home.decision.uuid]), WHY)
    assert hak.get(home.of_round).status_code == 200
    answer = hak.get(reverse("selection:round", args=[second.pk]))
    assert answer["Location"] == reverse("selection:reason", args=[second.pk])
    assert hak.get(reverse("selection:decided", args=[decided.uuid])).status_code == 200


def test_the_reason_ends_with_its_time_and_its_session(home: Home) -> None:
    user = make_user(Role.HAK)
    hak, path = sign_in(Client(), user), reverse("selection:decided", args=[home.decision.uuid])
    hak.post(path, WHY)
    session = hak.session
    for stated in session["protected_prompts"].values():
        stated[1] = (timezone.now() - 31 * DAY / (24 * 60)).isoformat()
    session.save()
    assert hak.get(home.of_round).status_code == 302 and hak.get(path).status_code == 200
    assert hak.head(home.of_decision).status_code == 302
    assert hak.options(home.of_decision).status_code == 405
    hak.post(path, WHY)
    assert hak.get(home.of_round).status_code == 200
    assert sign_in(Client(), user).get(home.of_round).status_code == 302


def test_the_log_tells_no_site_of_a_protected_household(home: Home, site: Site) -> None:
    hak = sign_in(Client(), make_user(Role.HAK))
    path, link = reverse("supervision:log"), reverse("selection:decided", args=[home.decision.uuid])
    assert link in whole(hak.get(path))
    assert link not in whole(hak.get(path, {"site": site.pk}))


@pytest.mark.usefixtures("company", "files")
def test_a_printed_log_opens_for_its_own_reason_alone(decided: Decision, stair: Stair) -> None:
    """It was printed before two bans: what was stated for one household tells not of the other."""
    with system_access():
        second = choosing(funded(make_flat(stair, 9)))
        (chosen,) = applicants("900")
        selection.decide(second, chosen, Choice(), today=TODAY)
    user = make_user(Role.HAK)
    with acting(user):
        ordered = papers.order(papers.LOG, services.extract(TODAY, TODAY, None))
    document = made(ordered)
    with system_access():
        people = [Member.objects.get(application=one).person for one in Application.objects.all()]
        for one in people:
            ban(one)
    hak = sign_in(Client(), user)
    hak.post(reverse("protection:reason", args=[people[0].public_id]), WHY)
    hak.post(reverse("selection:decided", args=[decided.uuid]), WHY)
    file = reverse("documents:download", args=[document.uuid])
    asked = hak.get(file)["Location"]
    assert f"asiakirja={document.uuid}" in asked
    hak.post(asked, WHY)
    assert hak.get(file).content.startswith(b"%PDF")
    opened = [one for one in events() if one.action == "reveal"][-1]
    assert {one.pk for one in people} <= set(opened.subjects)


@pytest.fixture
def decided(flat: Flat) -> Decision:
    with system_access():
        round_ = choosing(flat)
        (chosen,) = applicants("1000")
        return selection.decide(round_, chosen, Choice(), today=TODAY)


@pytest.mark.usefixtures("company", "files")
def test_a_letter_from_before_the_ban_opens_for_a_reason(db: None) -> None:
    """Its envelope tells the home, also to whoever keeps bans."""
    user = make_user(Role.HAK)
    with system_access():
        person = invented()
        application = row(person, State.RECEIVED)
    with acting(user):
        ordered = letters.order(application, letters.CONFIRMATION)
    document, client = made(ordered), sign_in(Client(), user)
    file = reverse("documents:download", args=[document.uuid])
    assert client.get(file).content.startswith(b"%PDF")
    with system_access():
        ban(person)
    asked = client.get(file)["Location"]
    assert asked.startswith(reverse("protection:reason", args=[person.public_id]))
    client.post(asked, WHY)
    assert client.get(file).content.startswith(b"%PDF")


def test_a_code_that_is_refused_leaves_a_trace_of_whose_it_is(db: None) -> None:
    """That a code is refused tells that we know it: nobody tries codes unseen."""
    with system_access():
        person = invented()
        ban(person)
    hak = sign_in(Client(), make_user(Role.HAK))
    told = {
        "channel": "paper", "received_on": f"{TODAY:%d.%m.%Y}", "kind": "new", "subsidised": "on",
        "surname": "Uusikivi", "given_names": "Uuno", "hetu": CODE,
    }  # fmt: skip
    whole_form = {f"applicant-{name}": one for name, one in told.items()} | {
        "need-expected_proof": "told", "wish-access": "none", "home-tenure": "own",
    }  # fmt: skip
    for name, sent in (("new", told), ("whole", whole_form)):
        answer = hak.post(reverse(f"applications:{name}"), sent)
        assert answer.status_code == 422 and person.given_names not in whole(answer)
        assert events()[-1].subjects == [person.pk], name
