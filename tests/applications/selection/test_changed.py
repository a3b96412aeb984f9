"""What was told of a household changes between choice and answer; and the day of a choice."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from applications.intake.codes import Situation
from applications.intake.models import Ground, Income
from applications.selection import services
from applications.selection.models import Offer, OfferState
from applications.selection.queries.changes import changed_since
from applications.selection.queries.pending import protected_chosen
from applications.selection.rules.ranking import Policy
from applications.selection.rules.snapshot import Change, changes, freeze
from leases.homes.models import Flat
from tests.applications.selection.conftest import (
    DAY,
    TODAY,
    flat,
    make_user,
    site,
    stair,
    system_access,
)
from tests.applications.selection.rounds import applicants, choosing
from tests.applications.selection.test_offering import chosen, offered
from tests.applications.selection.test_rules_snapshot import SEVERAL
from tests.applications.selection.test_rules_snapshot import flat as flat_facts
from tests.leases.contracts.rows import SEEDS
from tests.people import sign_in
from tests.registry.protection.conftest import acting, ban
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
__all__ = ["flat", "site", "stair"]

WHY = "Tulot nousivat, mutta hakija on edelleen ensimmäinen."


def answered(flat: Flat) -> Offer:
    """An offer that waits for its answer; in the open context."""
    (poor,) = applicants("1000")
    return offered(chosen(choosing(flat), poor))


def earns(offer: Offer, euros: str) -> None:
    """More is earned than was told, worked out; in the open context."""
    assert offer.application is not None
    wage = Income.objects.get(member__application=offer.application)
    wage.euros = Decimal(euros)
    wage.save()
    services.assess_again([offer.application.pk], TODAY)


def test_nothing_is_asked_when_nothing_changed(flat: Flat) -> None:
    with system_access():
        offer = answered(flat)
        earns(offer, "1000.00")
        assert changed_since(offer.decision) == []
        done = services.accept(offer, answered_on=TODAY, upheld="turhaa", today=TODAY)
        assert (done.state, done.note) == (OfferState.ACCEPTED, "")


def test_what_changed_since_the_choice_is_told_and_the_choice_upheld_for_a_reason(
    flat: Flat,
) -> None:
    with system_access():
        offer = answered(flat)
        earns(offer, "3000")
        Ground.objects.create(application=offer.application, situation=Situation.OUTDOORS)
        assert offer.application is not None
        services.assess_again([offer.application.pk], TODAY)
        both = [Change.INCOME, Change.NEED]
        assert changed_since(offer.decision) == both
        for words in ("", "  "):
            with pytest.raises(ValidationError, match="tulot, asunnontarve") as refused:
                services.accept(offer, answered_on=TODAY, upheld=words, seen=both, today=TODAY)
            assert set(refused.value.error_dict) == {"upheld"}
        done = services.accept(offer, answered_on=TODAY, upheld=WHY, seen=both, today=TODAY)
        assert (done.state, done.note) == (OfferState.ACCEPTED, WHY)


def test_an_answer_waits_until_what_changed_is_worked_out(flat: Flat) -> None:
    with system_access():
        offer = answered(flat)
        assert offer.application is not None
        offer.application.assessment.delete()
        with pytest.raises(ValidationError, match="arvioidaan uudelleen"):
            services.accept(offer, answered_on=TODAY, today=TODAY)


def test_the_page_asks_why_the_choice_stands(flat: Flat) -> None:
    with system_access():
        offer = answered(flat)
        decision = offer.decision
    client = sign_in(Client(), make_user(Role.VAL))
    here = reverse("selection:accept", args=[decision.round_id, decision.uuid])
    assert 'name="upheld"' not in client.get(here).content.decode()
    with system_access():
        earns(offer, "3000")
    seen = '<input type="hidden" name="seen" value="income">'
    told = client.get(here).content.decode()
    assert "muuttuneet valinnan jälkeen: tulot." in told and seen in told
    given = {"answered_on": f"{TODAY:%d.%m.%Y}", "upheld": WHY}
    for bad in ({"upheld": "", "seen": ["income"]}, {}, {"seen": ["wealth"]}):
        refused = client.post(here, given | bad)
        assert refused.status_code == 422 and 'id="id_upheld_error"' in refused.content.decode()
        assert seen in refused.content.decode()
    assert client.post(here, given | {"seen": ["income"]}).status_code == 302
    with system_access():
        assert Offer.objects.get().note == WHY
    assert (
        "Muuttunut valinnan jälkeen"
        in client.get(
            reverse("selection:decision", args=[decision.round_id, decision.uuid])
        ).content.decode()
    )


def test_changes_are_those_of_the_household_alone() -> None:
    frozen = freeze(SEEDS, flat_facts(), SEVERAL, Policy(), TODAY)
    for one in SEVERAL:
        assert changes(frozen, one.id, one.household) == []
    first, second = SEVERAL[0], SEVERAL[1]
    assert Change.INCOME in changes(frozen, first.id, second.household)
    assert changes(frozen, "nobody", second.household) == []


def test_a_choice_is_of_the_day_on_which_it_is_made(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat, free_from=TODAY, open_to_all_from=TODAY - 9 * DAY)
        (poor,) = applicants("1000")
    for day in (TODAY - DAY, TODAY + DAY):
        with acting(make_user(Role.VAL)), pytest.raises(ValidationError, match="sille päivälle"):
            services.decide(round_, poor, services.Choice(), today=day)
    with acting(make_user(Role.VAL)):
        made = services.decide(round_, poor, services.Choice(), today=TODAY)
    assert made.on == TODAY


def test_whose_home_the_flat_is_is_told_once_it_was_taken(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        offer = offered(chosen(round_, poor))
        services.accept(offer, answered_on=TODAY, today=TODAY)
        person = poor.members.get().person
        ban(person)
        assert protected_chosen(round_, TODAY) == [person]
