"""The life of an application, as staff live it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from applications.intake import services
from applications.intake.codes import (
    AttachmentKind,
    AttachmentState,
    Corrected,
    EndReason,
    NeededBy,
    Part,
    State,
)
from applications.intake.models import (
    Application,
    Ground,
    Step,
)
from applications.intake.queries.page import application_by_number, application_page
from applications.intake.rules.complete import Lack
from applications.intake.services import (
    Membership,
    living,
    papers,
)
from applications.intake.services.common import refuse_door
from registry.persons.models import Ground as MarkGround
from registry.persons.models import (
    MarkKind,
    Person,
    Source,
    TieKind,
)
from registry.persons.services.marks import add_mark, record_death
from registry.persons.services.standing import record_tie
from tests.applications.intake.conftest import (
    DAY,
    TODAY,
    acting,
    ban,
    make_user,
    row,
    system_access,
    told,
    with_member,
)
from tests.applications.intake.living import (
    SPOUSE,
    again,
    begun,
    born_on,
    heard,
    member_of,
    received,
)
from vuokra.access.errors import FunctionDenied
from vuokra.company.models import NoticeVersion
from vuokra.company.queries import notice_on
from vuokra.policy.roles import Role
from vuokra.rules.rules import add_months

pytestmark = pytest.mark.django_db


# -- receiving -----------------------------------------------------------------------------------


def test_SEL_T26_received_it_is_valid_for_the_time_of_the_rule(person: Person) -> None:
    with acting(make_user(Role.HAK)):
        made = received(person)
    with system_access():
        made = again(made)
        step = Step.objects.get()
    assert (made.state, made.valid_until) == (State.RECEIVED, add_months(TODAY, 3))
    assert made.rule_versions == [["retention.R1", 1]]
    assert (step.before, step.after, step.on) == (State.DRAFT, State.RECEIVED, TODAY)
    assert step.made_by is not None


def test_it_is_valid_from_the_day_it_arrived(person: Person) -> None:
    arrived = TODAY - timedelta(days=20)
    with system_access():
        assert received(person, received_on=arrived).valid_until == add_months(arrived, 3)


@pytest.mark.parametrize("name", ["received_on", "assured_on", "signed_on"])
def test_nothing_happened_tomorrow(person: Person, name: str) -> None:
    with system_access(), pytest.raises(ValidationError) as refused:
        begun(person, **{name: TODAY + DAY})
    assert told(refused) == {name, "future"}


def test_a_day_of_receipt_is_needed(person: Person) -> None:
    with system_access():
        made = begun(person, received_on=None)
        with pytest.raises(ValidationError) as refused:
            services.receive(made, today=TODAY)
    assert told(refused) == {"received_on", "received"}


@pytest.mark.parametrize("role", [Role.VAL, Role.SOP, Role.REK, Role.JOH])
def test_only_who_takes_in_takes_in(person: Person, role: Role) -> None:
    with acting(make_user(role)), pytest.raises(FunctionDenied):
        begun(person)


def test_of_the_dead_and_restricted_nothing_is_taken_in(person: Person, other: Person) -> None:
    with system_access():
        made = begun(person)
        record_death(person, TODAY, source=Source.PERSON, today=TODAY)
        with pytest.raises(ValidationError) as refused:
            services.receive(made, today=TODAY)
        assert told(refused) == {"q", "dead"}
        add_mark(other, MarkKind.RESTRICTION, MarkGround.ACCURACY, valid_from=TODAY)
        with pytest.raises(ValidationError) as refused:
            begun(other)
    assert told(refused) == {"q", "restricted"}


def test_a_child_does_not_apply_alone_without_a_reason(person: Person, other: Person) -> None:
    with system_access():
        child = born_on(TODAY.replace(year=TODAY.year - 14))
        made = begun(child)
        with pytest.raises(ValidationError) as refused:
            services.receive(made, today=TODAY)
        assert told(refused) == {"reason", "under_age"}
        services.receive(made, reason="Perhehoito päättyy", today=TODAY)
        assert made.steps.get().reason == "Perhehoito päättyy"
        younger = begun(born_on(TODAY.replace(year=TODAY.year - 13)))
        with_member(younger, other)
        assert services.receive(younger, today=TODAY).state == State.RECEIVED


# -- two at once ---------------------------------------------------------------------------------


def test_a_second_application_by_the_same_person_is_told_and_replaces(person: Person) -> None:
    """Section 10.4: a new application replaces the old one; nothing of it is lost."""
    with system_access():
        old = received(person)
        new = begun(person)
        with pytest.raises(ValidationError) as refused:
            services.receive(new, today=TODAY)
        assert told(refused) == {"clash"}
        assert old.number in refused.value.messages[0]
        with heard() as which:
            services.receive(new, replacing=[old], today=TODAY)
        old = again(old)
        assert (old.state, old.merged_into_id, old.end_reason) == (
            State.MERGED, new.pk, EndReason.MERGED,
        )  # fmt: skip
        assert again(new).state == State.RECEIVED
        assert which == [old.pk, new.pk], "each once"


def test_who_is_with_another_household_is_told_of(person: Person, other: Person) -> None:
    with system_access():
        first = received(other)
        services.add_member(first, person, SPOUSE, whose=Corrected.APPLICANT, today=TODAY)
        second = begun(person)
        with pytest.raises(ValidationError) as refused:
            services.receive(second, today=TODAY)
        assert told(refused) == {"clash"}
        services.drop_member(
            first.members.get(person=person), whose=Corrected.APPLICANT, today=TODAY
        )
        assert services.receive(second, today=TODAY).state == State.RECEIVED


def test_an_open_application_takes_nobody_of_another(person: Person, other: Person) -> None:
    with system_access():
        received(person)
        second = received(other)
        with pytest.raises(ValidationError) as refused:
            services.add_member(second, person, SPOUSE, whose=Corrected.CLERK, today=TODAY)
    assert told(refused) == {"intake_member_open_once"}


def test_strangers_are_not_merged(person: Person, other: Person) -> None:
    with system_access(), pytest.raises(ValidationError) as refused:
        services.merge(received(person), received(born_on(date(1980, 1, 1))), today=TODAY)
    assert told(refused) == {"strangers"}


def test_an_application_under_offer_is_not_replaced(person: Person) -> None:
    with system_access():
        old = row(person, State.OFFERED)
        new = begun(person)
        with pytest.raises(ValidationError) as refused:
            services.receive(new, replacing=[old], today=TODAY)
        assert told(refused) == {"state"}
        assert again(old).state == State.OFFERED


@pytest.mark.parametrize("why", ["near", "restricted", "closed"])
def test_an_application_whose_door_is_closed_is_not_replaced(
    person: Person, other: Person, why: str
) -> None:
    """A new one of the same applicant does not end what the clerk could not open; A2, A3, A35."""
    clerk, colleague = make_user(Role.HAK), make_user(Role.HAK)
    with system_access():
        old = received(person)
        services.add_member(old, other, SPOUSE, whose=Corrected.APPLICANT, today=TODAY)
        if why == "restricted":
            add_mark(other, MarkKind.RESTRICTION, MarkGround.ACCURACY, valid_from=TODAY)
        else:
            near, kind = (clerk, TieKind.CONFLICT) if why == "near" else (colleague, TieKind.OWN)
            record_tie(other, near.pk, kind, valid_from=TODAY)
    with acting(clerk):
        new = begun(person)
        with pytest.raises(ValidationError) as refused:
            services.receive(new, replacing=[old], today=TODAY)
        assert told(refused) == {"door"}
        with pytest.raises(ValidationError) as refused:
            services.receive(new, today=TODAY)
        assert told(refused) == {"clash"}
        assert (old.number in refused.value.messages[0]) == (why != "closed")
    with system_access():
        assert again(old).state == State.RECEIVED


def test_whoever_may_not_know_of_a_turvakielto_ends_no_application_by_it(person: Person) -> None:
    with system_access():
        made = received(person)
        refuse_door(made, TODAY)
        ban(person)
    with acting(make_user(Role.VAL)), pytest.raises(ValidationError) as refused:
        refuse_door(made, TODAY)
    assert told(refused) == {"door"}


def test_papers_that_were_seen_count_in_the_application_that_replaces(person: Person) -> None:
    with system_access():
        old = received(person)
        member = member_of(old)
        asked = papers.ask(old, AttachmentKind.WAGE, NeededBy.CONTRACT, member=member, today=TODAY)
        papers.see(asked, today=TODAY)
        papers.ask(old, AttachmentKind.TAX, NeededBy.CONTRACT, member=member, today=TODAY)
        new = begun(person)
        services.receive(new, replacing=[old], today=TODAY)
        paper = new.attachments.get()
        assert (paper.kind, paper.state) == (AttachmentKind.WAGE, AttachmentState.SEEN)
        assert paper.member_id == member_of(new).pk


# -- completing and admitting --------------------------------------------------------------------


def test_what_is_missing_is_asked_for_and_never_refuses(person: Person) -> None:
    with system_access():
        made = received(person)
        due = TODAY + timedelta(days=14)
        assert services.ask_to_complete(made, due, today=TODAY).complete_by == due
        later = due + DAY
        assert services.ask_to_complete(made, later, today=TODAY).complete_by == later
        assert services.complete(made, today=TODAY).complete_by is None
        assert services.admit(made, today=TODAY).state == State.VALID
        assert [one.after for one in made.steps.all()] == [
            State.RECEIVED, State.INCOMPLETE, State.RECEIVED, State.VALID,
        ]  # fmt: skip


def test_words_of_a_second_asking_are_not_lost_in_silence(person: Person) -> None:
    with system_access():
        made = received(person)
        services.ask_to_complete(made, TODAY + DAY, reason="Palkkatodistus", today=TODAY)
        with pytest.raises(ValidationError) as refused:
            services.ask_to_complete(made, TODAY + 2 * DAY, reason="Verotodistus", today=TODAY)
        assert "reason" in told(refused)
        made.refresh_from_db()
        assert made.complete_by == TODAY + DAY


def test_time_to_complete_is_to_come(person: Person) -> None:
    with system_access():
        made = received(person)
        with pytest.raises(ValidationError) as refused:
            services.ask_to_complete(made, TODAY, today=TODAY)
    assert told(refused) == {"due_on"}


def test_A3_who_is_tied_does_not_admit(person: Person) -> None:
    clerk, other_clerk = make_user(Role.HAK), make_user(Role.HAK)
    with acting(clerk):
        made = received(person)
    with system_access():
        record_tie(person, clerk.pk, TieKind.CONFLICT, valid_from=TODAY)
    with acting(clerk), pytest.raises(ValidationError) as refused:
        services.admit(made, today=TODAY)
    assert told(refused) == {"tied"}
    with acting(other_clerk):
        assert services.admit(made, today=TODAY).state == State.VALID


def test_DP_A3_who_is_tied_handles_nothing_of_it(person: Person) -> None:
    clerk = make_user(Role.HAK)
    with system_access():
        made = services.admit(received(person), today=TODAY)
        member = made.members.get()
        paper = papers.ask(made, AttachmentKind.WAGE, NeededBy.PROCESSING, today=TODAY)
        record_tie(person, clerk.pk, TieKind.CONFLICT, valid_from=TODAY)
    whose = Corrected.CLERK
    acts: list[Callable[[], object]] = [
        lambda: services.set_told(member, income=True, wealth=True, whose=whose, today=TODAY),
        lambda: services.put(Ground(application=made, situation="A1"), whose=whose, today=TODAY),
        lambda: services.drop_member(member, whose=whose, today=TODAY),
        lambda: services.ask_to_complete(made, TODAY + DAY, today=TODAY),
        lambda: services.send_back(made, "Tulot puuttuvat", today=TODAY),
        lambda: services.renew(made, today=TODAY),
        lambda: services.withdraw(made, EndReason.ELSEWHERE, today=TODAY),
        lambda: papers.see(paper, today=TODAY),
        lambda: papers.drop(paper, "Ei tarvita", today=TODAY),
        lambda: papers.add(made, AttachmentKind.OTHER, on=TODAY, today=TODAY),
    ]
    with acting(clerk):
        for act in acts:
            with pytest.raises(ValidationError) as refused:
                act()
            assert told(refused) == {"tied"}


def test_what_was_admitted_is_sent_back_with_a_reason(person: Person) -> None:
    with system_access():
        made = services.admit(received(person), today=TODAY)
        with pytest.raises(ValidationError) as refused:
            services.send_back(made, " ", today=TODAY)
        assert told(refused) == {"reason"}
        assert services.send_back(made, "Tulot puuttuvat", today=TODAY).state == State.RECEIVED


def test_no_identity_code_stands_in_a_reason(person: Person) -> None:
    with system_access():
        made = services.admit(received(person), today=TODAY)
        with pytest.raises(ValidationError) as refused:
            services.send_back(made, "Katso 150685-906N", today=TODAY)
    assert told(refused) == {"reason", "hetu_in_text"}


# -- renewing and ending -------------------------------------------------------------------------


def test_renewed_by_telephone_it_is_valid_from_today(person: Person) -> None:
    with system_access():
        made = received(person, received_on=TODAY - timedelta(days=60))
        with heard() as which:
            renewed = services.renew(made, today=TODAY)
        assert (renewed.renewed_on, renewed.valid_until) == (TODAY, add_months(TODAY, 3))
        assert (renewed.state, which) == (State.RECEIVED, [made.pk])


def test_it_expires_the_day_after_its_last(person: Person) -> None:
    with system_access():
        made = received(person)
        last = add_months(TODAY, 3)
        with pytest.raises(ValidationError) as refused:
            services.expire(made, today=last)
        assert told(refused) == {"valid"}
        assert services.expire_due(last) == 0
        assert services.expire_due(last + DAY) == 1
        made = again(made)
        assert (made.state, made.ended_on, made.end_reason) == (
            State.EXPIRED, last + DAY, EndReason.EXPIRED,
        )  # fmt: skip
        assert services.expire_due(last + DAY) == 0, "nothing is done twice (DP-RT14)"


def test_one_that_does_not_expire_keeps_no_other_from_it(
    person: Person, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    expire = living.expire
    with system_access():
        first, second = received(person), received(born_on(date(1980, 1, 1)))

        def refuse_first(application: Application, *, today: date) -> Application:
            if application.pk == first.pk:
                raise ValidationError("renewed meanwhile", code="valid")
            return expire(application, today=today)

        monkeypatch.setattr(living, "expire", refuse_first)
        assert services.expire_due(add_months(TODAY, 3) + DAY) == 1
        assert (again(first).state, again(second).state) == (State.RECEIVED, State.EXPIRED)
    assert f"Application {first.pk} did not expire: valid" in caplog.text


def test_an_expired_one_is_renewed_unless_another_has_come(person: Person) -> None:
    with system_access():
        made = row(person, State.EXPIRED, received_on=TODAY - timedelta(days=200))
        another = received(person)
        with pytest.raises(ValidationError) as refused:
            services.renew(made, today=TODAY)
        assert told(refused) == {"clash"}
        services.withdraw(another, EndReason.WITHDRAWN, today=TODAY)
        renewed = services.renew(made, today=TODAY)
        assert (renewed.state, renewed.ended_on) == (State.VALID, None)


def test_an_offer_does_not_expire(person: Person) -> None:
    with system_access():
        made = row(person, State.OFFERED, received_on=TODAY - timedelta(days=200))
        assert services.expire_due(TODAY + timedelta(days=400)) == 0
        assert again(made).state == State.OFFERED


def test_withdrawn_it_stays(person: Person) -> None:
    with system_access():
        made = received(person)
        with pytest.raises(ValidationError) as refused:
            services.withdraw(made, EndReason.HOUSED, today=TODAY)
        assert told(refused) == {"why"}
        services.withdraw(made, EndReason.ELSEWHERE, today=TODAY)
        with pytest.raises(ValidationError) as refused:
            services.renew(made, today=TODAY)
        assert told(refused) == {"state"}


def test_only_a_draft_is_discarded(person: Person) -> None:
    with system_access():
        services.discard(begun(person), today=TODAY)
        assert not Application.objects.exists()
        made = received(person)
        with pytest.raises(ValidationError) as refused:
            services.discard(made, today=TODAY)
    assert told(refused) == {"state"}


def test_the_room_that_chooses_moves_offers_alone(person: Person) -> None:
    with system_access():
        made = services.admit(received(person), today=TODAY)
    with acting(make_user(Role.HAK)), pytest.raises(FunctionDenied):
        services.move_by_selection(made, State.OFFERED, today=TODAY)
    with acting(make_user(Role.VAL)):
        services.move_by_selection(made, State.OFFERED, today=TODAY)
        services.move_by_selection(made, State.ACCEPTED, today=TODAY)
        with pytest.raises(ValidationError) as refused:
            services.move_by_selection(made, State.WITHDRAWN, today=TODAY)
        assert told(refused) == {"state"}
        done = services.move_by_selection(made, State.HOUSED, today=TODAY)
    assert (done.end_reason, done.ended_on) == (EndReason.HOUSED, TODAY)


# -- what was told to the applicant, and by guardians -------------------------------------------


@pytest.mark.usefixtures("demo_mode")
def test_the_privacy_notice_that_held_on_arrival_is_recorded() -> None:
    before = TODAY - timedelta(days=30)
    with system_access():
        old = NoticeVersion.objects.create(code="A", valid_from=before, summary="Ensimmäinen")
        assert notice_on(date(2000, 1, 1)) is None
        new = NoticeVersion.objects.create(code="B", valid_from=TODAY, summary="Toinen")
        late = born_on(date(1980, 1, 1))
        assert received(born_on(date(1981, 1, 1))).notice == new
        assert received(late, received_on=TODAY - timedelta(days=1)).notice == old


def test_guardians_consent_for_somebody_under_age_alone(person: Person) -> None:
    with system_access():
        young = born_on(TODAY.replace(year=TODAY.year - 16))
        made = begun(young)
        member = member_of(made)

        def lacks() -> set[str]:
            found = application_page(application_by_number(made.number, today=TODAY)).missing
            return {one.lack for one in found}

        assert Lack.CONSENT in lacks()
        applicant = Membership(part=Part.APPLICANT, consent_on=TODAY + DAY)
        with pytest.raises(ValidationError) as refused:
            services.change_member(member, applicant, today=TODAY)
        assert "consent_on" in told(refused)
        services.change_member(member, replace(applicant, consent_on=TODAY), today=TODAY)
        assert Lack.CONSENT not in lacks()
        with pytest.raises(ValidationError) as refused:
            services.change_member(
                member_of(begun(person)), replace(applicant, consent_on=TODAY), today=TODAY
            )
        assert told(refused) == {"consent_on", "grown"}
