"""Who is in an application and what it tells; what a turvakielto hides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from applications.intake import services
from applications.intake.codes import (
    AssetKind,
    Corrected,
    EndReason,
    IncomeKind,
    Part,
    Proof,
    Relation,
    Residence,
    Situation,
    State,
    Tenure,
)
from applications.intake.models import (
    Asset,
    Ground,
    Income,
    Member,
    MemberCode,
    Need,
    Permit,
    PresentHome,
    Work,
)
from applications.intake.services import (
    HomeGiven,
    Membership,
    NeedGiven,
    PermitGiven,
)
from applications.intake.signals import together
from registry.households.models import GroundCode
from registry.households.services import Ground as CodeGround
from registry.households.services import Newcomer
from registry.persons.models import (
    Identity,
    IdentityKind,
    NoticeDuty,
    Person,
)
from registry.persons.services import Names
from tests.applications.intake.conftest import (
    DAY,
    TODAY,
    acting,
    ban,
    make_user,
    stepped,
    system_access,
    told,
)
from tests.applications.intake.living import (
    CHILD,
    DETAILS,
    MINORS,
    SPOUSE,
    begun,
    born_on,
    heard,
    member_of,
    received,
)
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db


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
        child = born_on(TODAY.replace(year=TODAY.year - 7))
        services.add_member(made, child, away, today=TODAY)


def test_the_applicant_is_never_dropped(person: Person) -> None:
    with system_access():
        made = begun(person)
        with pytest.raises(ValidationError) as refused:
            services.drop_member(member_of(made), today=TODAY)
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
