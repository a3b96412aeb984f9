"""Flats of special groups: whoever asks for one is shown to belong to the group, shown not to, or
nothing was shown yet; in the ranking, at the choice and in its snapshot alike."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from applications.intake.codes import AttachmentKind
from applications.intake.models import Application, Attachment
from applications.intake.services import papers, receive
from applications.selection import services
from applications.selection.models import Decision, Offer, OfferChannel, Round
from applications.selection.queries import bounds, ranking
from applications.selection.queries.changes import barred_since, changed_since
from applications.selection.queries.comparison import asked_of, comparison
from applications.selection.rules.findings import Outcome, Reason, Test
from applications.selection.rules.snapshot import Change, agrees
from applications.selection.services import Choice
from leases.homes.models import Flat, Regime
from tests.applications.intake.living import begun
from tests.applications.selection.conftest import (
    DAY,
    TODAY,
    asking,
    demo_mode,
    flat,
    site,
    somebody,
    stair,
    system_access,
)
from tests.applications.selection.rounds import choosing
from tests.applications.selection.test_ranking import municipality_says, wanted
from tests.registry.persons.conftest import SignedIn, signed_in

pytestmark = pytest.mark.django_db
__all__ = ["demo_mode", "flat", "signed_in", "site", "stair"]


def special(flat: Flat, group: str = "old") -> Round:
    Regime.objects.create(flat=flat, funding="arava", group=group, valid_from=date(2000, 1, 1))
    municipality_says()
    return choosing(flat)


def asks(number: int, group: str = "old", **given: object) -> Application:
    return asking(somebody(number), wish={"group": group}, **given)  # type: ignore[arg-type]


def seen(
    application: Application, kind: AttachmentKind = AttachmentKind.GROUP, *, denies: bool = False,
    on: date = TODAY,
) -> Attachment:  # fmt: skip
    paper = papers.add(application, kind, on=on, today=on)
    return papers.see(paper, denies=denies, today=on)


def stands(flat: Flat, round_: Round) -> dict[int, bool | None]:
    """Whether each may be chosen, by the database; the rules are asked to agree."""
    services.assess_due(TODAY)
    asked = asked_of(round_, TODAY)
    assert asked is not None
    facts = bounds.flat_facts(flat, asked, TODAY)
    rows = list(
        ranking.ranked(
            ranking.matching(wanted(flat), asked.group, TODAY), facts, bounds.policy(TODAY), TODAY,
            "Hillakoski",
        )
    )  # fmt: skip
    found = {one.pk: False if one.failed else None if one.missing else True for one in rows}
    placed = comparison(round_, asked, TODAY).places()
    assert {int(one.id): one.judgement.eligible for one in placed} == found
    assert {int(one.id): one.place for one in placed} == {one.pk: one.place for one in rows}
    return found


def test_SEL_T08_each_applicant_is_judged_by_the_proof_that_was_seen(flat: Flat) -> None:
    with system_access():
        round_ = special(flat)
        shown, denied, nothing, arrived = (asks(number, wages="3900") for number in range(1, 5))
        seen(shown)
        seen(denied, denies=True)
        papers.add(arrived, AttachmentKind.GROUP, on=TODAY, today=TODAY)
        assert stands(flat, round_) == {
            shown.pk: True, denied.pk: False, nothing.pk: None, arrived.pk: None,
        }  # fmt: skip
        asked = asked_of(round_, TODAY)
        assert asked is not None
        found = {int(one.id): one for one in comparison(round_, asked, TODAY).places()}
        assert found[denied.pk].place == 4, "whoever may not be chosen stands last"
        group = found[denied.pk].judgement[Test.GROUP]
        assert (group.outcome, group.reason) == (Outcome.FAIL, Reason.GROUP_DENIED)


def test_the_newest_proof_tells(flat: Flat) -> None:
    with system_access():
        round_ = special(flat)
        one = asks(1)
        seen(one, on=TODAY - DAY)
        seen(one, denies=True)
        assert stands(flat, round_) == {one.pk: False}
        seen(one)
        assert stands(flat, round_) == {one.pk: True}


def test_a_student_is_shown_by_a_certificate_too(flat: Flat) -> None:
    with system_access():
        round_ = special(flat, "students")
        one, other = asks(1, "students"), asks(2, "students")
        seen(one, AttachmentKind.STUDENT)
        seen(other, AttachmentKind.WAGE)
        assert stands(flat, round_) == {one.pk: True, other.pk: None}


def test_a_certificate_of_study_shows_no_other_group(flat: Flat) -> None:
    with system_access():
        round_ = special(flat)
        one = asks(1)
        seen(one, AttachmentKind.STUDENT)
        assert stands(flat, round_) == {one.pk: None}


def test_of_other_flats_no_proof_is_asked(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        one = asks(1, "")
        seen(one, denies=True)
        assert stands(flat, round_) == {one.pk: True}


def test_nobody_is_chosen_without_the_proof(flat: Flat) -> None:
    with system_access():
        round_ = special(flat)
        one = asks(1)
        services.assess_due(TODAY)
        with pytest.raises(ValidationError, match="erityisryhmään ei ole osoitettu"):
            services.decide(round_, one, Choice(), today=TODAY)
        assert not Decision.objects.exists()
        seen(one)
        made = services.decide(round_, one, Choice(), today=TODAY)
        assert agrees(made.snapshot)
        (kept,) = made.snapshot["compared"]
        assert (kept["findings"]["group"], kept["group_proven"]) == (["pass", ""], True)


def test_what_is_shown_after_the_choice_is_told_and_bars_the_offer(flat: Flat) -> None:
    with system_access():
        round_ = special(flat)
        one = asks(1)
        seen(one, on=TODAY - DAY)
        services.assess_due(TODAY)
        made = services.decide(round_, one, Choice(), today=TODAY)
        assert (changed_since(made), barred_since(made)) == ([], [])
        seen(one, denies=True)
        assert changed_since(made) == [Change.GROUP]
        assert [found.reason for found in barred_since(made)] == [Reason.GROUP_DENIED]
        with pytest.raises(ValidationError, match="ei kuulu asunnon erityisryhmään"):
            services.offer(made, channel=OfferChannel.PHONE, answer_by=TODAY + 7 * DAY, today=TODAY)
        assert not Offer.objects.exists()


def test_what_a_proof_shows_goes_along_when_an_application_replaces_another(flat: Flat) -> None:
    with system_access():
        somebody_asks = somebody(1)
        old = asking(somebody_asks, wish={"group": "old"})
        seen(old, denies=True)
        new = begun(somebody_asks)
        receive(new, replacing=[old], today=TODAY)
        assert Attachment.objects.get(application=new).denies


def test_staff_record_what_a_proof_shows(signed_in: SignedIn, flat: Flat) -> None:
    with system_access():
        one = asks(1)
        proof = papers.add(one, AttachmentKind.GROUP, on=TODAY, today=TODAY)
    client: Client = signed_in("HAK")
    page = reverse("applications:application", args=[one.number])
    assert "Nähty, ei osoita kuulumista" in client.get(page).content.decode()
    url = reverse("applications:see_paper", args=[one.number, proof.uuid])
    assert client.post(url, {"denies": "1"}).status_code == 302
    told = client.get(page).content.decode()
    assert f"{TODAY.day}.{TODAY.month}.{TODAY.year}" in told.split("Liitteet")[-1].split("</ul>")[0]
    assert "ei osoita kuulumista erityisryhmään" in told
    assert "Nähty, ei osoita kuulumista" not in told
