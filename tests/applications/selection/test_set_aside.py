"""A choice that came to nothing stays so, nobody is chosen beside an offer, nobody near passes over
those before one's own, and nothing is chosen by what was told before it changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from applications.intake import services as intake
from applications.intake.codes import Corrected, EndReason, Part, Situation
from applications.intake.models import Application, Ground, Income
from applications.selection import services
from applications.selection.models import (
    Assessment,
    AssessmentDue,
    Decision,
    ExemptionPermit,
    Offer,
    OfferState,
    OutOfOrder,
    Refusal,
    Skip,
    SkipReason,
)
from applications.selection.queries.pending import pending_of
from applications.selection.rules.snapshot import Change
from applications.selection.services import Choice, assessing
from applications.selection.services.assessing import due_condition
from leases.homes.models import Flat, Regime, Site
from registry.persons.models import Identity, StaffLink, TieKind
from tests.applications.selection.conftest import (
    DAY,
    TODAY,
    asking,
    flat,
    make_flat,
    make_user,
    refused_by,
    site,
    somebody,
    stair,
    system_access,
)
from tests.applications.selection.rounds import applicants, choosing, code_of
from tests.applications.selection.test_as_decided import by_sql
from tests.applications.selection.test_changed import WHY, answered, earns
from tests.applications.selection.test_guards import decided as decided_by_sql
from tests.applications.selection.test_offering import chosen, offered
from tests.people import sign_in
from tests.registry.protection.conftest import acting
from vuokra.accounts.models import User
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
__all__ = ["flat", "site", "stair"]
MARKET = Choice(out_of_order=OutOfOrder.MARKET, reason="Talossa on tyhjää.")


def due(application: Application) -> bool:
    return Application.objects.filter(due_condition(TODAY), pk=application.pk).exists()


# -- beside an offer -----------------------------------------------------------------------------


@pytest.mark.parametrize("taken", [False, True])
def test_nobody_else_is_chosen_while_the_flat_is_offered(flat: Flat, taken: bool) -> None:
    with system_access():
        round_ = choosing(flat)
        poor, rich = applicants("1000", "2000")
        offer = offered(chosen(round_, poor))
        if taken:
            services.accept(offer, answered_on=TODAY, today=TODAY)
        assert code_of(lambda: services.decide(round_, rich, MARKET, today=TODAY)) == "offered"
        with refused_by("selection_decision_offered"):
            decided_by_sql(round_, rich)
        services.withdraw_offer(offer, "Asunto vaurioitui.", today=TODAY)
        assert services.decide(round_, rich, MARKET, today=TODAY).pk


# -- set aside -----------------------------------------------------------------------------------


def test_a_choice_does_not_rise_again_when_a_skip_is_taken_back(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        row = chosen(round_, poor)
        made = services.skip(round_, poor, SkipReason.NOT_REACHED, "Ei vastaa.", today=TODAY)
        services.take_back_skip(made, today=TODAY)
        assert pending_of(round_) is None
        assert code_of(lambda: offered(row)) == "decided"
        assert pending_of(round_) is None
        assert offered(chosen(round_, poor)).state == OfferState.OPEN


@pytest.mark.parametrize("how", ["elsewhere", "sent back"])
def test_a_choice_lapses_with_a_home_elsewhere_or_an_application_sent_back(
    flat: Flat, how: str
) -> None:
    with system_access():
        other = make_flat(flat.stair, 22)
        Regime.objects.create(flat=other, funding="arava", valid_from=TODAY - DAY)
        here, there = choosing(flat), choosing(other)
        (poor,) = applicants("1000")
        row = chosen(here, poor)
        if how == "elsewhere":
            services.accept(offered(chosen(there, poor)), answered_on=TODAY, today=TODAY)
        else:
            intake.send_back(poor, "Tulot puuttuvat", today=TODAY)
        row.refresh_from_db()
        assert row.lapsed_at is not None and pending_of(here) is None


def test_a_choice_that_waits_is_not_overtaken_by_sql(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        poor, rich = applicants("1000", "2000")
        chosen(round_, poor)
        with refused_by("selection_decision_pending"):
            decided_by_sql(round_, rich)


def test_a_choice_does_not_rise_again_with_an_application_that_is_renewed(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        row = chosen(round_, poor)
        poor.refresh_from_db()
        assert poor.valid_until is not None
        over = poor.valid_until + DAY
        intake.expire(poor, today=over)
        intake.renew(poor, today=over)
        services.assess_again([poor.pk], TODAY)
        assert pending_of(round_) is None
        row.refresh_from_db()
        assert row.lapsed_at is not None
        assert offered(chosen(round_, poor)).state == OfferState.OPEN


def test_what_lapsed_is_not_approved_and_nobody_says_it_lapsed_by_sql(flat: Flat) -> None:
    first, second = make_user(Role.VAL), make_user(Role.VAL)
    with system_access():
        round_ = choosing(flat)
        _poor, rich = applicants("1000", "2000")
    with acting(first):
        row = services.decide(round_, rich, MARKET, today=TODAY)
        with refused_by("selection_decision_kept"):
            by_sql("UPDATE applications_selection_decision SET lapsed_at = now()")
        made = services.skip(round_, rich, SkipReason.NOT_REACHED, "Ei vastaa.", today=TODAY)
        services.take_back_skip(made, today=TODAY)
    with acting(second):
        assert code_of(lambda: services.approve(row, today=TODAY)) == "state"
        with refused_by("selection_decision_lapsed", "selection_decision_kept"):
            by_sql(
                "UPDATE applications_selection_decision SET approved_at = now(), "
                "approved_by_id = %s", second.pk,
            )  # fmt: skip


def test_an_offer_that_came_to_nothing_lapses_nothing(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        row = chosen(round_, poor)
        services.decline(offered(row), Refusal.SIZE, answered_on=TODAY, today=TODAY)
        intake.withdraw(poor, EndReason.ELSEWHERE, today=TODAY)
        row.refresh_from_db()
        assert row.lapsed_at is None


def test_the_page_tells_that_a_choice_lapsed(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        row = chosen(round_, poor)
        made = services.skip(round_, poor, SkipReason.NOT_REACHED, "Ei vastaa.", today=TODAY)
        services.take_back_skip(made, today=TODAY)
    page = sign_in(Client(), make_user(Role.VAL)).get(
        reverse("selection:decision", args=[round_.pk, row.uuid])
    )
    assert "Valinta on rauennut." in page.content.decode()
    assert "Tarjoa asunto" not in page.content.decode()


# -- whoever is near -----------------------------------------------------------------------------


def tie(clerk: User, application: Application, kind: TieKind = TieKind.CONFLICT) -> StaffLink:
    return StaffLink.objects.create(
        person=application.members.get(part=Part.APPLICANT).person, staff=clerk, kind=kind,
        valid_from=TODAY - 9 * DAY,
    )  # fmt: skip


def test_DP_A3_who_is_tied_to_the_second_passes_nobody_over_before(flat: Flat) -> None:
    clerk = make_user(Role.VAL)
    with system_access():
        round_ = choosing(flat)
        poor, rich = applicants("1000", "2000")
        tie(clerk, rich)
        made = services.skip(round_, poor, SkipReason.NOT_REACHED, "Ei vastaa.", today=TODAY)
    with acting(clerk):
        assert code_of(lambda: services.take_back_skip(made, today=TODAY)) == "tied"
        assert code_of(lambda: services.cancel_round(round_, "Turha", today=TODAY)) == "tied"
    with system_access():
        services.take_back_skip(made, today=TODAY)
    with acting(clerk):
        assert (
            code_of(
                lambda: services.skip(round_, poor, SkipReason.OTHER, "Ei vastaa.", today=TODAY)
            )
            == "tied"
        )
    assert_nothing_skipped(round_.pk)


def assert_nothing_skipped(round_: int) -> None:
    with system_access():
        assert not Skip.objects.filter(round=round_, taken_back_at=None).exists()


def test_DP_A3_who_is_tied_to_the_second_answers_nothing_for_the_first(flat: Flat) -> None:
    clerk = make_user(Role.VAL)
    with system_access():
        round_ = choosing(flat)
        poor, rich = applicants("1000", "2000")
        tie(clerk, rich)
        row = chosen(round_, poor)
    with acting(clerk):
        assert code_of(lambda: offered(row)) == "tied"
        with refused_by("selection_near"):
            Offer.objects.create(
                decision=row, round=round_, application=poor, channel="phone",
                offered_on=TODAY, answer_by=TODAY + 3 * DAY, offered_by=clerk,
            )  # fmt: skip
    with system_access():
        offer = offered(row)
    acts: list[Callable[[], object]] = [
        lambda: services.accept(offer, answered_on=TODAY, today=TODAY),
        lambda: services.decline(offer, Refusal.SIZE, answered_on=TODAY, today=TODAY),
        lambda: services.withdraw_offer(offer, "Muu syy", today=TODAY),
    ]
    with acting(clerk):
        assert [code_of(act) for act in acts] == ["tied"] * 3
        with refused_by("selection_near"):
            by_sql(
                "UPDATE applications_selection_offer SET state = 'declined', refusal = 'size', "
                "answered_on = %s, closed_by_id = %s", TODAY, clerk.pk,
            )  # fmt: skip


def test_DP_A3_who_is_tied_takes_no_offer_back_by_sql(flat: Flat) -> None:
    clerk = make_user(Role.VAL)
    with system_access():
        (poor,) = applicants("1000")
        offered(chosen(choosing(flat), poor))
        tie(clerk, poor)
    with acting(clerk), refused_by("selection_near"):
        by_sql(
            "UPDATE applications_selection_offer SET state = 'withdrawn', note = 'x', "
            "answered_on = %s, closed_by_id = %s", TODAY, clerk.pk,
        )  # fmt: skip


def test_DP_A3_a_tie_that_is_known_later_is_told_to_the_approver(flat: Flat) -> None:
    first, second = make_user(Role.VAL), make_user(Role.VAL)
    with system_access():
        round_ = choosing(flat)
        poor, rich = applicants("1000", "2000")
    with acting(first):
        row = services.decide(round_, rich, MARKET, today=TODAY)
    with system_access():
        tie(first, poor)
    with acting(second):
        assert code_of(lambda: services.approve(row, today=TODAY)) == "decider"


# -- what changed --------------------------------------------------------------------------------


def test_what_changed_is_due_with_the_change_itself(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        poor, _rich = applicants("1000", "2000")
        assert not due(poor)
        income = Income.objects.get(member__application=poor)
        intake.drop(income, whose=Corrected.APPLICANT, today=TODAY)
        assert due(poor)
        assert code_of(lambda: chosen(round_, poor)) == "due"
        services.assess_again([poor.pk], TODAY)
        assert not due(poor)


def earn(application: Application, euros: str) -> None:
    wage = Income.objects.get(member__application=application)
    wage.euros = Decimal(euros)
    wage.save()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE applications_intake_income SET euros = euros + 1",
        "DELETE FROM applications_intake_ground",
        "UPDATE applications_intake_member SET income_told = false",
        "UPDATE applications_intake_presenthome SET residents = 4",
        "UPDATE applications_intake_application SET received_on = received_on - 1",
    ],
)
def test_what_somebody_writes_past_the_services_is_due_too(sql: str) -> None:
    with system_access():
        (poor,) = applicants("1000")
        by_sql("UPDATE applications_intake_income SET euros = euros")
        assert not due(poor), "nothing changed"
        by_sql(sql)
        assert due(poor)
    with acting(make_user(Role.VAL)), refused_by("selection_assessment_own"):
        by_sql("DELETE FROM applications_selection_assessmentdue")


def test_nobody_is_chosen_before_all_whom_the_flat_suits_were_worked_out(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        late = asking(somebody(50), wages="900")
        assert code_of(lambda: chosen(round_, poor)) == "due"
        services.assess_again([late.pk], TODAY)
        assert chosen(round_, late).compared_count == 2


def test_a_corrected_birth_date_is_due_at_once() -> None:
    with system_access():
        (poor,) = applicants("1000")
        person = poor.members.get().person
        identity = Identity.objects.get(person=person)
        identity.birth_date = TODAY - 9000 * DAY
        identity.save()
        assert due(poor)


def test_what_changes_while_it_is_worked_out_stays_due(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = assessing.known

    def slow(rows: list[Application]) -> object:
        found = real(rows)
        earn(rows[0], "4000")  # another's change, after these were read
        return found

    with system_access():
        (poor,) = applicants("1000")
        monkeypatch.setattr(assessing, "known", slow)
        services.assess_again([poor.pk], TODAY)
        assert due(poor)
        monkeypatch.setattr(assessing, "known", real)
        services.assess_due(TODAY)
        assert not due(poor) and not AssessmentDue.objects.exists()


def test_words_of_one_change_are_not_taken_for_another(flat: Flat) -> None:
    with system_access():
        offer = answered(flat)
        earns(offer, "3000")
        assert offer.application is not None
        Ground.objects.create(application=offer.application, situation=Situation.OUTDOORS)
        services.assess_again([offer.application.pk], TODAY)
        with pytest.raises(ValidationError, match="tulot, asunnontarve") as refused:
            services.accept(offer, answered_on=TODAY, upheld=WHY, seen=[Change.INCOME], today=TODAY)
        assert set(refused.value.error_dict) == {"upheld"}
        both = [Change.INCOME, Change.NEED]
        done = services.accept(offer, answered_on=TODAY, upheld=WHY, seen=both, today=TODAY)
        done.refresh_from_db()
        assert (done.note, done.changed) == (WHY, both)


def test_the_approver_is_told_what_changed_since_the_choice(flat: Flat) -> None:
    first, second = make_user(Role.VAL), make_user(Role.VAL)
    with system_access():
        round_ = choosing(flat)
        _poor, rich = applicants("1000", "2000")
    with acting(first):
        row = services.decide(round_, rich, MARKET, today=TODAY)
    with system_access():
        earn(rich, "2500")
        services.assess_again([rich.pk], TODAY)
    client = sign_in(Client(), second)
    here = reverse("selection:approve", args=[round_.pk, row.uuid])
    told = client.post(here, follow=True).content.decode()
    assert "muuttuneet valinnan jälkeen: tulot." in told
    assert '<input type="hidden" name="seen" value="income">' in told
    assert (
        "Valinta on hyväksytty."
        in client.post(here, {"seen": ["income", "nonsense"]}, follow=True).content.decode()
    )
    with system_access():
        assert Decision.objects.get(pk=row.pk).approved_by_id == second.pk


# -- by SQL --------------------------------------------------------------------------------------


def test_nobody_of_the_staff_deletes_a_skip_or_writes_an_assessment(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        services.skip(round_, poor, SkipReason.NOT_REACHED, "Ei vastaa.", today=TODAY)
    with acting(make_user(Role.VAL)):
        with refused_by("selection_skip_kept"):
            by_sql("DELETE FROM applications_selection_skip")
        for sql in (
            "UPDATE applications_selection_assessment SET urgency = 1",
            "DELETE FROM applications_selection_assessment",
        ):
            with refused_by("selection_assessment_own"):
                by_sql(sql)
    with system_access():
        assert Assessment.objects.count() == Skip.objects.count() == 1


def test_the_sites_of_a_permit_that_holds_stay(site: Site) -> None:
    begun = date(2026, 1, 1)
    with system_access():
        permit = permit_from(site, begun)
        with refused_by("selection_bounds_kept"):
            by_sql("DELETE FROM applications_selection_exemptionpermit_sites")
        ahead = permit_from(site, TODAY + 3 * DAY)
        by_sql(
            "DELETE FROM applications_selection_exemptionpermit_sites "
            "WHERE exemptionpermit_id = %s", ahead.pk,
        )  # fmt: skip
        assert list(permit.sites.all()) == [site]


def permit_from(site: Site, begins: date) -> ExemptionPermit:
    permit = ExemptionPermit.objects.create(
        authority="Kunta", decision="§ 1", valid_from=begins, valid_to=begins + 90 * DAY,
        need=True, flats=3,
    )  # fmt: skip
    permit.sites.add(site)
    return permit
