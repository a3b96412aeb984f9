"""The life of an application, as staff live it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from applications.intake import services
from applications.intake.codes import (
    AssetKind,
    AttachmentKind,
    AttachmentState,
    Channel,
    Corrected,
    EndReason,
    IncomeKind,
    NeededBy,
    Part,
    Proof,
    Relation,
    Residence,
    Situation,
    State,
    Tenure,
)
from applications.intake.models import (
    Application,
    Asset,
    Attachment,
    Ground,
    Income,
    Member,
    MemberCode,
    Need,
    Permit,
    PresentHome,
    Step,
    Work,
)
from applications.intake.services import (
    Details,
    HomeGiven,
    Membership,
    NeedGiven,
    PermitGiven,
    papers,
)
from applications.intake.signals import changed, together
from registry.households.models import GroundCode
from registry.households.services import Ground as CodeGround
from registry.households.services import Newcomer
from registry.persons.models import Ground as MarkGround
from registry.persons.models import (
    Identity,
    IdentityKind,
    MarkKind,
    NoticeDuty,
    Person,
    Source,
    TieKind,
)
from registry.persons.services import Names
from registry.persons.services.marks import add_mark, record_death
from registry.persons.services.standing import record_tie
from tests.applications.intake.conftest import (
    DAY,
    TODAY,
    acting,
    ban,
    make_user,
    row,
    stepped,
    system_access,
    told,
    with_member,
)
from vuokra.access.errors import FunctionDenied
from vuokra.policy.roles import Role
from vuokra.rules.rules import add_months

pytestmark = pytest.mark.django_db
DETAILS = Details(channel=Channel.PAPER, received_on=TODAY)
SPOUSE = Membership(part=Part.CO_APPLICANT, relation=Relation.SPOUSE)
CHILD = Membership(part=Part.RESIDENT, relation=Relation.CHILD)
MINORS = "010516A903X"


@contextmanager
def heard() -> Iterator[list[int]]:
    """The applications of which `changed` was told meanwhile."""
    found: list[int] = []

    def hear(application_id: int, **_more: Any) -> None:
        found.append(application_id)

    changed.connect(hear, weak=False)
    try:
        yield found
    finally:
        changed.disconnect(hear)


def again(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)


def begun(person: Person, **given: Any) -> Application:
    return services.begin(person, replace(DETAILS, **given), today=TODAY)


def received(person: Person, **given: Any) -> Application:
    return services.receive(begun(person, **given), today=TODAY)


def member_of(application: Application) -> Member:
    return application.members.get(part=Part.APPLICANT)


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
        child = _born(TODAY.replace(year=TODAY.year - 14))
        made = begun(child)
        with pytest.raises(ValidationError) as refused:
            services.receive(made, today=TODAY)
        assert told(refused) == {"reason", "under_age"}
        services.receive(made, reason="Perhehoito päättyy", today=TODAY)
        assert made.steps.get().reason == "Perhehoito päättyy"
        younger = begun(_born(TODAY.replace(year=TODAY.year - 13)))
        with_member(younger, other)
        assert services.receive(younger, today=TODAY).state == State.RECEIVED


def _born(day: date) -> Person:
    from registry.persons import services as persons

    return persons.register_person(
        Names("Lehtovaara", "Nea"), today=TODAY,
        identity=persons.Code(IdentityKind.BIRTH_DATE, birth_date=day),
    )  # fmt: skip


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
        services.drop_member(first.members.get(person=person), whose=Corrected.APPLICANT)
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
        services.merge(received(person), received(other), today=TODAY)
    assert told(refused) == {"strangers"}


def test_an_application_under_offer_is_not_replaced(person: Person) -> None:
    with system_access():
        old = row(person, State.OFFERED)
        new = begun(person)
        with pytest.raises(ValidationError) as refused:
            services.receive(new, replacing=[old], today=TODAY)
        assert told(refused) == {"state"}
        assert again(old).state == State.OFFERED


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
        services.discard(begun(person))
        assert not Application.objects.exists()
        made = received(person)
        with pytest.raises(ValidationError) as refused:
            services.discard(made)
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


# -- the household -------------------------------------------------------------------------------


def test_DP_A13_a_childs_code_stays_with_an_application_to_a_subsidised_flat(
    person: Person,
) -> None:
    with acting(make_user(Role.HAK)):
        made = begun(person)
        member = services.register_member(
            made, Newcomer(Names("Lehtovaara", "Nea")), replace(CHILD, hetu=MINORS), today=TODAY
        )
        code = MemberCode.objects.get(member=member)
        identity = Identity.objects.get(person=member.person)
        assert code.hetu.reveal() == MINORS
        assert (identity.kind, identity.hetu) == (IdentityKind.BIRTH_DATE, None)
        assert identity.birth_date == date(2016, 5, 1)
        assert NoticeDuty.objects.filter(person=member.person).exists(), "article 14"


def test_DP_A13_a_childs_code_is_refused_in_an_application_to_a_free_flat(person: Person) -> None:
    ground = CodeGround(GroundCode.STATUTE, "Hyvinvointialue vaatii tunnuksen")
    with acting(make_user(Role.HAK)):
        made = begun(person, subsidised=False)
        newcomer = Newcomer(Names("Lehtovaara", "Nea"))
        with pytest.raises(ValidationError) as refused:
            services.register_member(made, newcomer, replace(CHILD, hetu=MINORS), today=TODAY)
        assert told(refused) == {"hetu", "hetu_regime"}
        assert not Person.objects.filter(given_names="Nea").exists(), "nothing is left half done"
        with_reason = replace(CHILD, hetu=MINORS, ground=ground)
        member = services.register_member(made, newcomer, with_reason, today=TODAY)
        assert Identity.objects.get(person=member.person).kind == IdentityKind.HETU
        assert member.person.hetu_grounds.get().situation == "vapaa"


def test_codes_that_only_the_decree_demanded_go_when_it_does_not(person: Person) -> None:
    with system_access():
        made = begun(person)
        services.register_member(
            made, Newcomer(Names("Lehtovaara", "Nea")), replace(CHILD, hetu=MINORS), today=TODAY
        )
        services.change_details(made, replace(DETAILS, subsidised=False), today=TODAY)
        assert not MemberCode.objects.exists()


def test_a_grown_co_applicants_code_is_her_own(person: Person) -> None:
    with acting(make_user(Role.HAK)):
        made = begun(person)
        member = services.register_member(
            made, Newcomer(Names("Koskiaho", "Aino")), replace(SPOUSE, hetu="010190-903T"),
            today=TODAY,
        )  # fmt: skip
        identity = Identity.objects.get(person=member.person)
        assert identity.hetu is not None
        assert identity.hetu.reveal() == "010190-903T"
        assert not MemberCode.objects.exists()


def test_birth_date_and_code_agree(person: Person) -> None:
    with system_access():
        made = begun(person)
        newcomer = Newcomer(Names("Lehtovaara", "Nea"), birth_date=date(2015, 1, 1))
        with pytest.raises(ValidationError) as refused:
            services.register_member(made, newcomer, replace(CHILD, hetu=MINORS), today=TODAY)
    assert told(refused) == {"birth_date"}


def test_only_a_child_is_counted_elsewhere(person: Person, other: Person) -> None:
    with system_access():
        made = begun(person)
        away = Membership(part=Part.AWAY, relation=Relation.CHILD)
        with pytest.raises(ValidationError) as refused:
            services.add_member(made, other, away, today=TODAY)
        assert told(refused) == {"part", "grown"}
        child = _born(TODAY.replace(year=TODAY.year - 7))
        services.add_member(made, child, away, today=TODAY)


def test_the_applicant_is_never_dropped(person: Person) -> None:
    with system_access():
        made = begun(person)
        with pytest.raises(ValidationError) as refused:
            services.drop_member(member_of(made))
    assert told(refused) == {"applicant"}


# -- what was told -------------------------------------------------------------------------------


def test_a_correction_says_whose_it_is(person: Person) -> None:
    with system_access():
        made = begun(person)
        member = member_of(made)
        wage = services.put(
            Income(member=member, kind=IncomeKind.WAGE, euros=Decimal(2100)), today=TODAY
        )
        assert wage.corrected == Corrected.GIVEN
        services.receive(made, today=TODAY)
        wage.euros = Decimal(2400)
        with pytest.raises(ValidationError) as refused:
            services.put(wage, today=TODAY)
        assert told(refused) == {"whose"}
        with heard() as which:
            services.put(wage, whose=Corrected.CLERK, today=TODAY)
        assert (Income.objects.get().corrected, which) == (Corrected.CLERK, [made.pk])


def test_what_was_given_stays_in_the_change_log(person: Person) -> None:
    from vuokra.access.models import ChangeEntry

    with system_access():
        made = begun(person)
        wage = services.put(
            Income(member=member_of(made), kind=IncomeKind.WAGE, euros=Decimal(2100)), today=TODAY
        )
        services.receive(made, today=TODAY)
        wage.euros = Decimal(2400)
        services.put(wage, whose=Corrected.APPLICANT, today=TODAY)
        newest = ChangeEntry.objects.get_for_object(wage).first()
        assert newest is not None
        assert newest.changes_dict["euros"][0] == "2100.00"


def test_nobody_judges_a_draft_and_a_page_is_told_once(person: Person) -> None:
    with system_access():
        made = begun(person)
        member = member_of(made)
        with heard() as which:
            services.put(Income(member=member, kind=IncomeKind.WAGE, euros=Decimal(1)), today=TODAY)
        assert which == []
        services.receive(made, today=TODAY)
        with heard() as which, together():
            for euros in (1, 2):
                services.put(
                    Income(member=member, kind=IncomeKind.OTHER, euros=Decimal(euros)),
                    whose=Corrected.CLERK, today=TODAY,
                )  # fmt: skip
            assert which == []
        assert which == [made.pk]


def test_nothing_is_told_of_what_failed(person: Person) -> None:
    with system_access():
        made = received(person)
        with heard() as which, pytest.raises(ZeroDivisionError), together():
            services.renew(made, today=TODAY)
            raise ZeroDivisionError
        assert which == []


@pytest.mark.parametrize(
    "part, field",
    [
        (lambda m: Income(member=m, kind=IncomeKind.WAGE, euros=Decimal(-1)), "euros"),
        (lambda m: Asset(member=m, kind=AssetKind.SAVINGS, euros=Decimal(-5)), "euros"),
        (
            lambda m: Asset(member=m, kind=AssetKind.SAVINGS, euros=Decimal(5), share=Decimal(101)),
            "share",
        ),
        (lambda m: Asset(member=m, kind=AssetKind.GIVEN_UP, euros=Decimal(5)), "given_up_on"),
        (
            lambda m: Asset(
                member=m, kind=AssetKind.GIVEN_UP, euros=Decimal(5), given_up_on=TODAY + DAY
            ),
            "given_up_on",
        ),
        (lambda m: Work(member=m, employment="sleeping"), "employment"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(person: Person, part: Any, field: str) -> None:
    with system_access():
        member = member_of(begun(person))
        with pytest.raises(ValidationError) as refused:
            services.put(part(member), today=TODAY)
    assert field in told(refused)


def test_no_identity_code_stands_in_any_words(person: Person) -> None:
    with system_access():
        made = begun(person)
        with pytest.raises(ValidationError) as refused:
            services.put(
                Work(member=member_of(made), employment="permanent", employer="150685-906N"),
                today=TODAY,
            )
        assert told(refused) == {"employer", "hetu_in_text"}
        with pytest.raises(ValidationError) as refused:
            services.set_need(made, NeedGiven(own_words="Lapsi 150685-906N"), today=TODAY)
        assert told(refused) == {"own_words", "hetu_in_text"}


def test_own_words_and_an_expected_child_are_sealed(person: Person) -> None:
    with system_access():
        made = begun(person)
        given = NeedGiven(
            own_words="Asumme ystävän luona.\nTilaa ei ole.", expected_on=date(2027, 3, 1),
            expected_proof=Proof.SEEN,
        )  # fmt: skip
        services.set_need(made, given, today=TODAY)
        need = Need.objects.get()
        assert need.own_words.reveal() == "Asumme ystävän luona.\nTilaa ei ole."
        assert (need.expected_on.reveal(), need.expected_proof.reveal()) == ("2027-03-01", "seen")
        services.set_need(made, NeedGiven(), today=TODAY)
        need = Need.objects.get()
        assert need.own_words is None
        assert need.expected_on is None


def test_a_permit_is_sealed_and_stands_for_the_right_to_live_here(person: Person) -> None:
    with system_access():
        member = member_of(begun(person))
        member.residence = Residence.CITIZEN
        member.save()
        given = PermitGiven(
            kind=Residence.PERMIT, granted_from=date(2026, 5, 1), granted_to=date(2026, 12, 31)
        )
        services.set_permit(member, given, today=TODAY)
        permit = Permit.objects.get()
        assert permit.kind.reveal() == "permit"
        assert permit.granted_to is not None
        assert permit.granted_to.reveal() == "2026-12-31"
        assert Member.objects.get().residence == ""
        services.set_permit(member, None, today=TODAY)
        assert not Permit.objects.exists()


@pytest.mark.parametrize(
    "given, field",
    [
        (PermitGiven(kind=Residence.CITIZEN), "kind"),
        (PermitGiven(kind=Residence.PERMIT), "granted_from"),
        (
            PermitGiven(
                kind=Residence.STUDY, granted_from=date(2026, 5, 1), granted_to=date(2026, 4, 1)
            ),
            "granted_to",
        ),
        (PermitGiven(kind=Residence.STUDY, shown_on=TODAY + DAY), "shown_on"),
    ],
)
def test_a_permit_that_cannot_be_is_refused(person: Person, given: PermitGiven, field: str) -> None:
    with system_access():
        member = member_of(begun(person))
        with pytest.raises(ValidationError) as refused:
            services.set_permit(member, given, today=TODAY)
    assert field in told(refused)


def test_what_ended_is_not_corrected(person: Person) -> None:
    with system_access():
        made = received(person)
        services.withdraw(made, EndReason.WITHDRAWN, today=TODAY)
        with pytest.raises(ValidationError) as refused:
            services.put(
                Ground(application=made, situation=Situation.WISH), whose=Corrected.CLERK,
                today=TODAY,
            )  # fmt: skip
    assert told(refused) == {"state"}


# -- turvakielto ---------------------------------------------------------------------------------

HOME = HomeGiven(
    tenure=Tenure.RENTED, municipality="Hillakoski", landlord="Kiinteistö Oy Kanto", rooms=2
)


def test_where_one_lives_is_told_in_the_open_unless_protected(
    person: Person, other: Person
) -> None:
    with system_access():
        services.set_home(begun(person), HOME, today=TODAY)
        home = PresentHome.objects.get()
        assert (home.municipality, home.landlord) == ("Hillakoski", "Kiinteistö Oy Kanto")
        ban(other)
        made = begun(other)
        services.set_home(made, HOME, today=TODAY)
        hidden = PresentHome.objects.get(application=made)
        assert (hidden.municipality, hidden.landlord) == ("", "")
        assert hidden.place is not None
        assert hidden.place.reveal() == "Hillakoski\nKiinteistö Oy Kanto"


def test_a_ban_takes_places_out_of_the_open_and_nothing_is_lost(person: Person) -> None:
    with system_access():
        made = received(person)
        services.set_home(made, HOME, whose=Corrected.CLERK, today=TODAY)
        work = Work(member=member_of(made), employment="permanent", place="Hillakoski")
        services.put(work, whose=Corrected.CLERK, today=TODAY)
        stepped(made, State.WITHDRAWN)
    with acting(make_user(Role.REK)):
        ban(person)
    with system_access():
        home = PresentHome.objects.get()
        assert (home.municipality, home.landlord) == ("", ""), "also of what ended"
        assert home.place is not None
        assert home.place.reveal() == "Hillakoski\nKiinteistö Oy Kanto"
        assert Work.objects.get().place == ""


def test_a_protected_member_takes_the_home_out_of_the_open(person: Person, other: Person) -> None:
    with system_access():
        made = begun(person)
        services.set_home(made, HOME, today=TODAY)
        ban(other)
        services.add_member(made, other, SPOUSE, today=TODAY)
        assert PresentHome.objects.get().municipality == ""


# -- papers --------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as one:
        one.add_blank_page()
        one.save(out)
    return out.getvalue()


def paper(content: bytes = b"Palkka 2100 euroa\n", name: str = "palkka.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_paper_is_asked_for_comes_and_is_seen(person: Person) -> None:
    clerk = make_user(Role.HAK)
    with acting(clerk):
        made = received(person)
        asked = papers.ask(
            made, AttachmentKind.WAGE, NeededBy.CONTRACT, member=member_of(made),
            due_on=TODAY + DAY, today=TODAY,
        )  # fmt: skip
        with pytest.raises(ValidationError) as refused:
            papers.ask(
                made, AttachmentKind.WAGE, NeededBy.CONTRACT, member=member_of(made), today=TODAY
            )
        assert told(refused) == {"kind", "asked"}
        came = papers.arrive(asked, on=TODAY, file=paper(), today=TODAY)
        with came.file.open() as kept:
            assert kept.read() == b"Palkka 2100 euroa\n"
        seen = papers.see(came, keep=False, today=TODAY)
        assert (seen.state, seen.seen_by_id, bool(seen.file)) == (
            AttachmentState.SEEN, clerk.pk, False,
        )  # fmt: skip
        with pytest.raises(ValidationError) as refused:
            papers.see(seen, today=TODAY)
        assert told(refused) == {"seen"}


def test_SEL_T37_a_paper_that_is_not_demanded_is_asked_for_with_a_reason(person: Person) -> None:
    with system_access():
        made = received(person)
        with pytest.raises(ValidationError) as refused:
            papers.ask(made, AttachmentKind.TAX, NeededBy.CONTRACT, waived=True, today=TODAY)
        assert told(refused) == {"reason", "waived"}
        asked = papers.ask(
            made, AttachmentKind.TAX, NeededBy.CONTRACT, waived=True,
            reason="Tulot ovat ristiriidassa", today=TODAY,
        )  # fmt: skip
        assert asked.reason == "Tulot ovat ristiriidassa"


class Huge(SimpleUploadedFile):
    """A file that says it is of 2 GB; nobody reads it."""

    def __init__(self) -> None:
        super().__init__("pommi.pdf", b"%PDF-1.4")
        self.size = 2 * 1024**3

    def read(self, *sizes: int) -> bytes:
        raise AssertionError("read")


@pytest.mark.parametrize(
    "file",
    [
        Huge(),
        paper(b"MZ\x90\x00\x03" + b"\0" * 90, "palkka.pdf"),
        paper(b"", "tyhja.pdf"),
        paper(b"%PDF-1.4\n1 0 obj<</JS(app.alert(1))/S/JavaScript>>endobj\n", "palkka.pdf"),
        paper(b"PK\x03\x04" + b"\0" * 90, "palkka.zip"),
    ],
)
def test_DP_A25_a_file_that_may_not_be_kept_is_refused_and_nothing_is_lost(
    person: Person, file: SimpleUploadedFile
) -> None:
    with system_access():
        made = received(person)
        asked = papers.ask(made, AttachmentKind.WAGE, NeededBy.CONTRACT, today=TODAY)
        with pytest.raises(ValidationError) as refused:
            papers.arrive(asked, on=TODAY, file=file, today=TODAY)
        assert told(refused) == {"file"}
        assert Attachment.objects.get().state == AttachmentState.ASKED


def test_of_a_permit_it_is_recorded_that_it_was_seen(person: Person) -> None:
    with system_access():
        made = received(person)
        asked = papers.ask(made, AttachmentKind.RESIDENCE, NeededBy.OFFER, today=TODAY)
        with pytest.raises(ValidationError) as refused:
            papers.arrive(asked, on=TODAY, file=paper(), today=TODAY)
        assert told(refused) == {"file", "permit"}
        assert papers.see(asked, today=TODAY).state == AttachmentState.SEEN


def test_a_paper_that_is_not_needed_says_why(person: Person) -> None:
    with system_access():
        made = received(person)
        asked = papers.ask(made, AttachmentKind.WAGE, NeededBy.CONTRACT, today=TODAY)
        with pytest.raises(ValidationError) as refused:
            papers.drop(asked, "", today=TODAY)
        assert told(refused) == {"reason"}
        dropped = papers.drop(asked, "Työ päättyi", today=TODAY)
        assert dropped.state == AttachmentState.DROPPED


def test_the_original_comes_unasked(person: Person) -> None:
    with system_access():
        made = begun(person)
        original = papers.add(
            made, AttachmentKind.ORIGINAL, on=TODAY, file=paper(pdf(), "hakemus.pdf"),
            today=TODAY,
        )  # fmt: skip
        assert (original.mime, original.needed_by) == ("application/pdf", NeededBy.PROCESSING)
