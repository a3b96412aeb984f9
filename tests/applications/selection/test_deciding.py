"""Choosing: who may be chosen, when a reason is asked, what stays of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from applications.intake.codes import State
from applications.intake.models import Application, Income
from applications.intake.services import ask_to_complete
from applications.selection import services
from applications.selection.models import (
    Decision,
    ExemptionPermit,
    OutOfOrder,
    Round,
    SkipReason,
)
from applications.selection.queries.comparison import asked_of, comparison
from applications.selection.rules.exceptions import Deviation
from applications.selection.rules.snapshot import agrees, digest, replay
from applications.selection.services import Choice
from leases.homes.models import Flat, Regime, Site
from registry.persons.models import StaffLink, TieKind
from tests.applications.selection.conftest import (
    DAY,
    TODAY,
    asking,
    demo_mode,
    flat,
    make_flat,
    make_user,
    site,
    somebody,
    stair,
    system_access,
)
from tests.applications.selection.rounds import applicants, choosing
from tests.leases.homes.conftest import let
from tests.registry.protection.conftest import acting, ban, one_person
from vuokra.access.errors import FunctionDenied
from vuokra.policy.roles import Role
from vuokra.rules import services as rules
from vuokra.rules.models import RuleVersion

pytestmark = pytest.mark.django_db
__all__ = ["demo_mode", "flat", "site", "stair"]
REASON = "Hakijan tilanne on poikkeuksellinen."


def decided(round_: Round, application: Application, **choice: object) -> Decision:
    made = services.decide(round_, application, Choice(**choice), today=TODAY)  # type: ignore[arg-type]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return made


def refused(round_: Round, application: Application, code: str, **choice: object) -> None:
    with pytest.raises(ValidationError) as raised:
        services.decide(round_, application, Choice(**choice), today=TODAY)  # type: ignore[arg-type]
    found = raised.value
    errors = found.error_dict.values() if hasattr(found, "error_dict") else [found.error_list]
    assert code in [error.code for several in errors for error in several], found
    assert not Decision.objects.filter(round=round_, application=application).exists()


def test_the_first_is_chosen_without_a_word(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        poor, rich = applicants("1000", "2000")
        made = decided(round_, poor)
        assert (made.place, made.compared_count, made.needs_approval) == (1, 2, False)
        assert agrees(made.snapshot)
        assert made.digest == digest(made.snapshot)
        assert str(made.chosen) == replay(made.snapshot)[0].id
        assert {one.application_id for one in made.compared.all()} == {poor.pk, rich.pk}
        assert poor.number not in str(made.snapshot)


def test_another_than_the_first_takes_a_coded_reason_and_words(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        _poor, rich = applicants("1000", "2000")
        refused(round_, rich, "order")
        refused(round_, rich, "reason", out_of_order=OutOfOrder.MARKET)
        refused(round_, rich, "tie", out_of_order=OutOfOrder.TIE, reason=REASON)
        refused(round_, rich, "local", out_of_order=OutOfOrder.LOCAL, reason=REASON)
        made = decided(round_, rich, out_of_order=OutOfOrder.MARKET, reason=REASON)
        assert (made.place, made.deviation, made.needs_approval) == (2, "P10", True)


def test_a_deviation_from_the_order_says_why(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        _poor, rich = applicants("1000", "2000")
        refused(round_, rich, "out_of_order", deviation=Deviation.ORDER, reason=REASON)


def test_of_equals_one_is_chosen_for_a_reason(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        one, _other = applicants("1000", "1000")
        refused(round_, one, "tie")
        made = decided(round_, one, out_of_order=OutOfOrder.TIE, reason="Arvottiin.")
        assert (made.place, made.deviation, made.needs_approval) == (1, "", False)


def test_who_was_passed_over_is_not_before_anybody(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        poor, rich = applicants("1000", "2000")
        skip = services.skip(
            round_, poor, SkipReason.NOT_REACHED, "Soitettu kolmesti.", today=TODAY
        )
        refused(round_, poor, "skipped")
        made = decided(round_, rich)
        assert made.place == 1
        passed = {one["id"]: one["passed"] for one in made.snapshot["compared"]}
        assert sorted(passed.values()) == ["", "not_reached"]
        assert passed[str(made.chosen)] == ""
        services.take_back_skip(skip, today=TODAY)
        with pytest.raises(ValidationError):
            services.take_back_skip(skip, today=TODAY)


def test_a_skip_takes_words_and_an_open_selection(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        with pytest.raises(ValidationError) as raised:
            services.skip(round_, poor, SkipReason.OTHER, " ", today=TODAY)
        assert list(raised.value.error_dict) == ["text"]
        services.cancel_round(round_, "Remontti", today=TODAY)
        with pytest.raises(ValidationError):
            services.skip(round_, poor, SkipReason.OTHER, REASON, today=TODAY)


def test_who_does_not_meet_what_the_flat_asks_is_not_chosen(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (over,) = applicants("3740")
        refused(round_, over, "barred")
        made = asking(somebody(40), wages="1000", residence="")
        services.assess_due(TODAY)
        refused(round_, made, "barred")


def test_SEL_T34_without_eligible_applicants_the_closest_is_chosen_P9(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        over, farther = applicants("3740", "9000")
        refused(round_, over, "reason", deviation=Deviation.NOBODY)
        made = decided(round_, over, deviation=Deviation.NOBODY, reason=REASON)
        assert made.needs_approval
        kept = {one["id"]: one for one in made.snapshot["compared"]}
        assert kept[str(made.chosen)]["findings"]["income"][0] == "waived"
        assert kept[str(made.chosen)]["waived"] == ["need", "wealth", "income_limit"]
        assert agrees(made.snapshot)
        assert farther.number


def test_P9_is_barred_while_somebody_may_be_chosen(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        poor, over = applicants("1000", "3740")
        refused(round_, over, "others_eligible", deviation=Deviation.NOBODY, reason=REASON)
        services.skip(round_, poor, SkipReason.WISH, "Ei halua.", today=TODAY)
        decided(round_, over, deviation=Deviation.NOBODY, reason=REASON)


def permit(site_flat: Flat, **given: object) -> ExemptionPermit:
    values = {
        "authority": "Hillakoski", "decision": "Kunnanhallitus § 5", "valid_from": TODAY - DAY,
        "valid_to": TODAY + 300 * DAY, "income_limit": True, "flats": 1,
    }  # fmt: skip
    return ExemptionPermit.objects.create(**(values | given))


def test_P8_needs_a_permit_that_holds_and_has_flats_left(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (over,) = applicants("3740")
        refused(round_, over, "permit", deviation=Deviation.PERMIT, reason=REASON)
        late = permit(flat, valid_from=TODAY + DAY)
        refused(round_, over, "permit_days", deviation=Deviation.PERMIT, permit=late, reason=REASON)
        held = permit(flat)
        made = decided(round_, over, deviation=Deviation.PERMIT, permit=held, reason=REASON)
        assert made.permit == held
        next_ = make_flat(flat.stair, 77)
        second = choosing_alike(next_)
        other = asking(somebody(50), wages="3800")
        services.assess_due(TODAY)
        refused(
            second, other, "permit_full", deviation=Deviation.PERMIT, permit=held, reason=REASON
        )


def choosing_alike(next_: Flat, funding: str = "arava") -> Round:
    Regime.objects.create(flat=next_, funding=funding, valid_from=date(2000, 1, 1))
    return choosing(next_)


def test_a_permit_of_other_sites_does_not_help(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (over,) = applicants("3740")
        held = permit(flat)
        held.sites.add(
            Site.objects.create(number=9, name="Muu", postal_code="97999", town="Hillakoski")
        )
        refused(round_, over, "site", deviation=Deviation.PERMIT, permit=held, reason=REASON)


def test_SEL_T32_no_more_than_the_share_of_a_building_is_let_by_P5(flat: Flat) -> None:
    with system_access():
        flats = [flat, *(make_flat(flat.stair, 30 + at) for at in range(6))]  # 7 flats: one at most
        round_ = choosing(flat, "arava_ext")
        (over,) = applicants("3740")
        made = decided(round_, over, deviation=Deviation.EXTENSION, reason=REASON)
        assert made.deviation == "P5"
        second = choosing_alike(flats[1], "arava_ext")
        other = asking(somebody(50), wages="3800")
        services.assess_due(TODAY)
        refused(second, other, "share_full", deviation=Deviation.EXTENSION, reason=REASON)


def test_an_earlier_choice_waits_for_its_offer(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        poor, rich = applicants("1000", "2000")
        decided(round_, poor)
        refused(round_, rich, "pending", out_of_order=OutOfOrder.MARKET, reason=REASON)
        services.skip(round_, poor, SkipReason.NOT_REACHED, "Ei vastaa.", today=TODAY)
        decided(round_, rich)


def test_nobody_is_chosen_while_something_is_worked_out(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        rules.add_version("income_limit.first_adult", Decimal(900), TODAY, source="Koe")
        refused(round_, poor, "due")
        services.assess_due(TODAY)
        refused(round_, poor, "barred")


def test_an_application_that_is_completed_is_not_chosen(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        ask_to_complete(poor, TODAY + DAY, today=TODAY)
        services.assess_again([poor.pk], TODAY)
        poor.refresh_from_db()
        assert poor.state == State.INCOMPLETE
        refused(round_, poor, "incomplete")


def test_the_old_order_plays_again_after_rules_and_people_changed(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        poor, rich = applicants("1000", "2000")
        made = decided(round_, poor)
        used = RuleVersion.objects.get(key="income_limit.first_adult", version=1)
        assert used.used_at is not None
        before = [one.id for one in replay(made.snapshot)]
        rules.add_version("income_limit.first_adult", Decimal(900), TODAY, source="Koe")
        income = Income.objects.get(member__application=poor)
        income.euros = Decimal(5000)
        income.save()
        services.assess_again([poor.pk, rich.pk], TODAY)
        made.refresh_from_db()
        assert [one.id for one in replay(made.snapshot)] == before
        assert agrees(made.snapshot)
        asked = asked_of(round_, TODAY)
        assert asked is not None
        assert comparison(round_, asked, TODAY).places()[0].id == str(rich.pk)


@pytest.mark.usefixtures("demo_mode")
def test_another_approves_and_never_the_decider_with_a_second_account(flat: Flat) -> None:
    first, second, third = (make_user(Role.VAL) for _ in range(3))
    one_person(first, second)
    with system_access():
        round_ = choosing(flat)
        _poor, rich = applicants("1000", "2000")
    with acting(first):
        made = decided(round_, rich, out_of_order=OutOfOrder.MARKET, reason=REASON)
    for own in (first, second):
        with acting(own), pytest.raises(ValidationError) as raised:
            services.approve(made, today=TODAY)
        assert raised.value.code == "own"
    with acting(third):
        assert services.approve(made, today=TODAY).approved_by_id == third.pk
        with pytest.raises(ValidationError):
            services.approve(made, today=TODAY)


def test_DP_A3_who_is_tied_to_anybody_compared_neither_decides_nor_skips(flat: Flat) -> None:
    clerk = make_user(Role.VAL)
    with system_access():
        round_ = choosing(flat)
        poor, rich = applicants("1000", "2000")
        StaffLink.objects.create(
            person=rich.members.get().person, staff=clerk, kind=TieKind.CONFLICT,
            valid_from=TODAY - DAY,
        )  # fmt: skip
    with acting(clerk):
        refused(round_, poor, "tied")
        with pytest.raises(ValidationError) as raised:
            services.skip(round_, rich, SkipReason.OTHER, REASON, today=TODAY)
        assert raised.value.code == "tied"


def test_who_may_not_know_of_a_turvakielto_passes_nobody_unseen(flat: Flat) -> None:
    clerk, both = make_user(Role.VAL), make_user(Role.VAL, Role.HAK)
    with system_access():
        round_ = choosing(flat)
        hidden, seen = applicants("1000", "2000")
        ban(hidden.members.get().person)
    with acting(clerk):
        refused(round_, seen, "unseen", out_of_order=OutOfOrder.MARKET, reason=REASON)
        refused(round_, hidden, "unseen")
    with acting(both):
        assert decided(round_, hidden).place == 1


def test_who_only_reads_decides_nothing(flat: Flat) -> None:
    clerk = make_user(Role.HAK)
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
    with acting(clerk), pytest.raises(FunctionDenied):
        services.decide(round_, poor, Choice(), today=TODAY)


def test_a_selection_begins_for_a_flat_that_will_be_free_and_of_known_funding(flat: Flat) -> None:
    with system_access():
        with pytest.raises(ValidationError) as raised:
            services.open_round(
                flat, free_from=TODAY, rent_eur=Decimal(600), open_to_all_from=TODAY, today=TODAY
            )
        assert raised.value.code == "funding"
    let(flat, TODAY - 99 * DAY, TODAY + DAY)
    with system_access():
        with pytest.raises(ValidationError) as raised:
            choosing(flat)
        assert list(raised.value.error_dict) == ["free_from"]
        with pytest.raises(ValidationError) as raised:
            choosing(flat, free_from=TODAY + 2 * DAY, open_to_all_from=TODAY + DAY)
        assert list(raised.value.error_dict) == ["open_to_all_from"]
        choosing(flat, free_from=TODAY + 2 * DAY)
        with pytest.raises(ValidationError) as raised:
            choosing(flat, free_from=TODAY + 2 * DAY)
        assert raised.value.code == "selection_round_one"
