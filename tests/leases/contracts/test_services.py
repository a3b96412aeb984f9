"""Leases from a draft to their end, and what the database refuses whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from leases.contracts import queries, services
from leases.contracts.models import Component, ComponentKind, Lease, Notice, Party
from leases.contracts.rules.notice import Document, Method, Standing
from leases.contracts.rules.persons import Role
from leases.contracts.rules.rescission import Conduct, Ground
from leases.contracts.rules.stages import Stage
from leases.contracts.services import NoticeDetails, Terms
from leases.contracts.services.ending import began_on
from leases.homes import services as homes
from leases.homes.models import Flat, Occupancy, OutReason, Place, PlaceKind, Site, Stair
from registry.persons.models import Ground as MarkGround
from registry.persons.models import Mark, MarkKind, Person, Source
from tests.leases.contracts.conftest import BEGAN, RENT, TODAY, concluded, drafted, make_flat
from tests.leases.homes.conftest import DAY
from tests.people import make_user, system_access
from tests.registry.protection.conftest import acting, ban
from vuokra.access.errors import FunctionDenied
from vuokra.db.constraints import broken_constraint
from vuokra.policy.roles import Role as StaffRole

pytestmark = pytest.mark.django_db


def told(refused: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    """Fields and codes of what was refused."""
    error = refused.value
    if not hasattr(error, "error_dict"):
        return {one.code or "" for one in error.error_list}
    return set(error.error_dict) | {
        one.code or "" for errors in error.error_dict.values() for one in errors
    }


@contextmanager
def refused_by(*names: str) -> Iterator[None]:
    """The database refuses what is written here by one of these constraints."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        yield
    assert broken_constraint(refused.value) in names


# -- drawing up --------------------------------------------------------------------------------


def test_a_lease_comes_into_force_with_the_last_signature(
    flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        lease = drafted(flat, person, other, starts_on=TODAY + 5 * DAY)
        assert lease.stage_on(TODAY) is Stage.DRAFT
        services.make_ready(lease, today=TODAY)
        first, second = Party.objects.order_by("id")
        after = services.sign(first, on=TODAY - DAY, today=TODAY)
        assert after.stage_on(TODAY) is Stage.WAITING and not Occupancy.objects.exists()
        after = services.sign(second, on=TODAY, today=TODAY)
        assert after.concluded_on == TODAY and after.stage_on(TODAY) is Stage.COMING
        assert after.stage_on(TODAY + 5 * DAY) is Stage.IN_FORCE
        row = Occupancy.objects.get()
        assert (row.flat, row.valid_from, row.valid_to) == (flat, TODAY + 5 * DAY, None)
        with pytest.raises(ValidationError):
            services.sign(second, on=TODAY, today=TODAY)


def test_what_a_draft_lacks_is_told_all_at_once(flat: Flat, person: Person) -> None:
    with system_access():
        lease = services.draft(flat, person, Terms(starts_on=BEGAN), today=TODAY)
        services.drop_party(lease.parties.get(), today=TODAY)
        with pytest.raises(ValidationError) as refused:
            services.make_ready(lease, today=TODAY)
    assert len(refused.value.messages) == 2


def test_the_end_before_the_start_is_refused_at_its_field(flat: Flat, person: Person) -> None:
    with system_access(), pytest.raises(ValidationError) as refused:
        services.draft(flat, person, Terms(starts_on=TODAY, term_ends_on=TODAY - DAY), today=TODAY)
    assert set(refused.value.error_dict) == {"term_ends_on"}
    with system_access():
        assert not Lease.objects.exists()


def test_a_lease_may_begin_on_the_29th_of_february(flat: Flat, person: Person) -> None:
    with system_access():
        lease = concluded(flat, person, starts_on=date(2024, 2, 29))
        notice = given(
            lease, Document.LANDLORD_NOTICE, ground="Myynti", stated_end=date(2025, 8, 31)
        )
        services.serve(
            notice, served_on=date(2025, 2, 28), method=Method.RECEIPT, today=date(2025, 3, 1)
        )
        lease.refresh_from_db()
    assert lease.last_day == date(2025, 8, 31), "the year is full on 28 February: six months"


def test_an_overlapping_lease_is_told_by_its_number(
    flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        known = concluded(flat, person)
        with pytest.raises(ValidationError, match=str(known.number)):
            services.draft(flat, other, Terms(starts_on=TODAY), today=TODAY)
        services.agree_end(known, on=TODAY, today=TODAY)
        services.draft(flat, other, Terms(starts_on=TODAY + DAY), today=TODAY)


def test_two_drafts_of_one_flat_do_not_both_become_leases(
    flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        first, second = drafted(flat, person), drafted(flat, other)
        for lease in (first, second):
            services.make_ready(lease, today=TODAY)
        services.sign(first.parties.get(), on=TODAY, today=TODAY)
        with pytest.raises(ValidationError, match=str(first.number)):
            services.sign(second.parties.get(), on=TODAY, today=TODAY)
        assert second.parties.get().signed_on is None, "nothing is half saved"


def test_the_database_refuses_a_second_lease_by_whatever_way(
    flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        concluded(flat, person)
        second = Lease(flat=flat, starts_on=TODAY, ready_at=timezone.now(), concluded_on=TODAY)
        with refused_by("homes_occupancy_one"):
            second.save()


def test_a_flat_out_of_use_is_not_let(flat: Flat, person: Person) -> None:
    with system_access():
        homes.record_vacancy(flat, OutReason.RENOVATION, valid_from=TODAY, valid_to=None)
        with pytest.raises(ValidationError, match="Remontti"):
            services.draft(flat, person, Terms(starts_on=TODAY), today=TODAY)


@pytest.mark.parametrize("kind", [MarkKind.RESTRICTION, MarkKind.DECEASED])
def test_nobody_restricted_or_dead_gets_a_lease(flat: Flat, person: Person, kind: MarkKind) -> None:
    with system_access():
        ground = MarkGround.ACCURACY if kind is MarkKind.RESTRICTION else ""
        source = Source.PERSON if kind is MarkKind.DECEASED else ""
        Mark.objects.create(
            person=person, kind=kind, ground=ground, source=source, valid_from=TODAY
        )
        with pytest.raises(ValidationError) as refused:
            services.draft(flat, person, Terms(starts_on=TODAY), today=TODAY)
        assert set(refused.value.error_dict) == {"number"}
        assert not Lease.objects.exists()


def test_terms_are_fixed_once_ready_and_free_again_when_reopened(
    flat: Flat, person: Person
) -> None:
    with system_access():
        lease = drafted(flat, person)
        services.make_ready(lease, today=TODAY)
        with pytest.raises(ValidationError):
            services.change_terms(lease, Terms(starts_on=TODAY), today=TODAY)
        row = Lease.objects.get(pk=lease.pk)
        row.clauses = "Muu ehto"
        with refused_by("contracts_lease_fixed"):
            row.save()
        services.reopen(lease, today=TODAY)
        changed = services.change_terms(lease, Terms(starts_on=TODAY), today=TODAY)
        assert changed.starts_on == TODAY
        assert changed.parties.get().valid_from == changed.components.get().valid_from == TODAY


def test_a_signed_lease_and_its_parts_stay_whoever_writes(flat: Flat, person: Person) -> None:
    with system_access():
        lease = concluded(flat, person)
        part, party = lease.components.get(), lease.parties.get()
        part.price_eur = Decimal("700.00")
        party.role = Role.OCCUPANT
        for write in (
            part.save, part.delete, party.save, party.delete, lease.delete,
            lambda: Lease.objects.get(pk=lease.pk).parties.get().delete(),
        ):  # fmt: skip
            with (
                pytest.raises(IntegrityError, match=r"contracts_(part|lease)_kept"),
                transaction.atomic(),
            ):
                write()
        with pytest.raises(ValidationError):
            services.cancel(lease, "Virhe", today=TODAY)


def test_a_cancelled_lease_frees_the_flat_and_keeps_its_number(flat: Flat, person: Person) -> None:
    with system_access():
        lease = concluded(flat, person, starts_on=TODAY + 9 * DAY)
        with pytest.raises(ValidationError):
            services.cancel(lease, " ", today=TODAY)
        services.cancel(lease, "Vuokralainen perui", today=TODAY)
        assert not Occupancy.objects.exists()
        again = drafted(flat, person)
        assert again.number > lease.number


def test_parking_is_let_once_and_in_the_same_site(
    flat: Flat, stair: Stair, site: Site, person: Person, other: Person
) -> None:
    place = Place.objects.create(site=site, kind=PlaceKind.HEATED, code="1")
    elsewhere = Place.objects.create(
        site=Site.objects.create(number=9, name="Muu", postal_code="97999", town="Hillakoski"),
        kind=PlaceKind.HEATED, code="1",
    )  # fmt: skip
    with system_access():
        first, second = drafted(flat, person), drafted(make_flat(stair, 9), other)
        for lease, wrong, right in ((first, elsewhere, place), (second, place, None)):
            if right:
                services.set_component(
                    lease, ComponentKind.PARKING, Decimal(12), today=TODAY, place=right
                )
            with pytest.raises(ValidationError) as refused:
                services.set_component(
                    lease, ComponentKind.PARKING, Decimal(12), today=TODAY, place=wrong
                )
            assert "place" in told(refused) or "contracts_place_once" in told(refused)
        assert Component.objects.filter(kind=ComponentKind.PARKING).count() == 1


# -- parties -----------------------------------------------------------------------------------


def test_a_person_is_in_a_lease_once_at_a_time(flat: Flat, person: Person, other: Person) -> None:
    with system_access():
        lease = drafted(flat, person, other)
        with pytest.raises(ValidationError):
            services.add_party(lease, other, Role.OCCUPANT, today=TODAY)
        services.drop_party(lease.parties.get(person=other), today=TODAY)
        services.add_party(lease, other, Role.OCCUPANT, today=TODAY)


def test_into_a_signed_lease_come_those_who_do_not_sign(
    flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        lease = concluded(flat, person)
        for role in (Role.CO_TENANT, Role.GUARANTOR, Role.TENANT):
            with pytest.raises(ValidationError):
                services.add_party(lease, other, role, today=TODAY)
        spouse = services.add_party(lease, other, Role.SPOUSE, today=TODAY, valid_from=TODAY)
        services.end_party(spouse, on=TODAY, today=TODAY)
        with pytest.raises(ValidationError):
            services.end_party(lease.parties.get(person=person), on=TODAY, today=TODAY)


def test_three_short_terms_make_the_last_one_open_ended(flat: Flat, person: Person) -> None:
    """TEN-K33 through the register."""
    days = [(1, 1, 3, 31), (4, 1, 6, 30), (7, 1, 9, 30)]
    with system_access():
        made = [
            concluded(
                flat, person, starts_on=date(2026, a, b), term_ends_on=date(2026, c, d),
                signed_on=date(2026, a, b), today=date(2026, a, b),
            )
            for a, b, c, d in days
        ]  # fmt: skip
    assert [lease.kind for lease in made] == ["fixed_term", "fixed_term", "open_ended"]
    assert made[2].ends_on is None
    assert Occupancy.objects.get(lease=made[2].pk).valid_to is None


def test_a_tenancy_goes_on_over_leases_without_a_day_between(
    flat: Flat, person: Person, other: Person
) -> None:
    """The length of the whole tenancy decides the notice period (TEN-K04, K06)."""
    with system_access():
        first = concluded(flat, person, starts_on=date(2022, 1, 1))
        services.agree_end(first, on=date(2024, 2, 29), today=date(2024, 2, 1))
        second = concluded(flat, other, person, starts_on=date(2024, 3, 1))
        assert second.previous is None, "the tenant was another"
        services.agree_end(second, on=date(2026, 10, 31), today=date(2026, 10, 1))
        third = concluded(flat, other, starts_on=date(2026, 11, 1), signed_on=date(2026, 9, 30))
        assert third.previous == second and began_on(third) == date(2024, 3, 1)
        notice = given(third, Document.LANDLORD_NOTICE, ground="Myynti", stated_end=TODAY)
        served = services.serve(notice, served_on=TODAY, method=Method.RECEIPT, today=TODAY)
        assert served.ends_on == date(2027, 5, 31), "six months, not three"


# -- ending ------------------------------------------------------------------------------------


def given(lease: Lease, document: Document, **more: object) -> Notice:
    details = NoticeDetails(document=document, **more)  # type: ignore[arg-type]  # a test's keywords
    return services.record_notice(lease, details, today=TODAY)


def test_a_tenants_notice_ends_the_lease_and_its_withdrawal_undoes_that(
    flat: Flat, person: Person
) -> None:
    """TEN-K01 through the register."""
    with system_access():
        lease = concluded(flat, person)
        notice = given(lease, Document.TENANT_NOTICE)
        served = services.serve(
            notice, served_on=date(2026, 11, 22), method=Method.RECEIPT, today=TODAY
        )
        lease.refresh_from_db()
        assert served.ends_on == lease.last_day == date(2026, 12, 31)
        assert served.moves_on == date(2027, 1, 4)
        assert lease.stage_on(TODAY) is Stage.NOTICE
        assert Occupancy.objects.get().valid_to == date(2026, 12, 31)
        assert served.rule_versions == [["notice.tenant_months", 1]]
        heard = []
        services.withdrawn.connect(
            lambda **sent: heard.append(sent["lease"].pk), weak=False, dispatch_uid="a test"
        )
        services.withdraw(served, on=TODAY, today=TODAY)
        services.withdrawn.disconnect(dispatch_uid="a test")
        lease.refresh_from_db()
        assert lease.last_day is None and lease.stage_on(TODAY) is Stage.IN_FORCE
        assert Occupancy.objects.get().valid_to is None and heard == [lease.pk]
        again = given(lease, Document.TENANT_NOTICE)
        services.serve(again, served_on=TODAY, method=Method.RECEIPT, today=TODAY)


def test_an_ineffective_notice_is_not_served_whoever_writes(flat: Flat, person: Person) -> None:
    """TEN-K09 through the register."""
    with system_access():
        lease = concluded(flat, person)
        for lacking in ({"ground": "Myynti"}, {"stated_end": date(2027, 5, 31)}):
            notice = given(lease, Document.LANDLORD_NOTICE, **lacking)
            assert notice.standing is Standing.INEFFECTIVE
            with pytest.raises(ValidationError, match="tehoton"):
                services.serve(notice, served_on=TODAY, method=Method.RECEIPT, today=TODAY)
            notice.served_on, notice.method = TODAY, Method.RECEIPT
            with (
                pytest.raises(IntegrityError, match="contracts_notice_effective"),
                transaction.atomic(),
            ):
                notice.save()


def test_one_notice_is_in_force_at_a_time(flat: Flat, person: Person) -> None:
    with system_access():
        lease = concluded(flat, person)
        first, second = given(lease, Document.TENANT_NOTICE), given(lease, Document.TENANT_NOTICE)
        services.serve(first, served_on=TODAY, method=Method.RECEIPT, today=TODAY)
        with pytest.raises(ValidationError, match="jo voimassa"):
            services.serve(second, served_on=TODAY, method=Method.RECEIPT, today=TODAY)
        with pytest.raises(ValidationError, match="jo annettu tiedoksi"):
            services.serve(first, served_on=TODAY, method=Method.RECEIPT, today=TODAY)
        with pytest.raises(ValidationError, match="Peru ensin"):
            services.agree_end(lease, on=TODAY, today=TODAY)
        first.refresh_from_db()
        first.ground = "Toinen"
        with refused_by("contracts_notice_kept"):
            first.save()


def test_a_notice_on_an_ended_lease_is_refused(flat: Flat, person: Person) -> None:
    with system_access():
        lease = concluded(flat, person)
        lease = services.agree_end(lease, on=TODAY - DAY, today=TODAY)
        with pytest.raises(ValidationError, match="Päättynyt"):
            given(lease, Document.TENANT_NOTICE)


def test_a_fixed_term_does_not_end_by_notice(flat: Flat, person: Person) -> None:
    with system_access():
        lease = concluded(flat, person, term_ends_on=date(2027, 12, 31))
        notice = given(lease, Document.TENANT_NOTICE)
        with pytest.raises(ValidationError, match="55 §"):
            services.serve(notice, served_on=TODAY, method=Method.RECEIPT, today=TODAY)
        services.agree_end(lease, on=date(2026, 12, 31), today=TODAY)
        lease.refresh_from_db()
        assert lease.ends_on == date(2026, 12, 31)


def rescinded(lease: Lease, ground: Ground, **facts: object) -> Notice:
    """A recorded rescission, for conduct of yesterday unless told otherwise."""
    conduct = Conduct(**{"ground": ground, "happened_on": TODAY - DAY} | facts)  # type: ignore[arg-type]  # a test's keywords
    details = NoticeDetails(document=Document.RESCISSION, ground="Häiritsevä elämä öisin")
    return services.record_rescission(lease, details, conduct, today=TODAY)


def warned(lease: Lease, on: date, breach: Ground = Ground.DISTURBANCE) -> Notice:
    """A warning that was served on a day."""
    paper = given(lease, Document.WARNING, breach=breach, ground="Häiritsevä elämä öisin")
    return services.serve(paper, served_on=on, method=Method.WITNESS, today=TODAY)


def test_rescission_for_disturbance_comes_after_a_served_warning(
    flat: Flat, person: Person
) -> None:
    """TEN-K36 through the register."""
    with system_access():
        lease = concluded(flat, person)
        with pytest.raises(ValidationError, match="anna ensin varoitus"):
            rescinded(lease, Ground.DISTURBANCE)
        warned(lease, TODAY - 9 * DAY)
        lease.refresh_from_db()
        assert lease.last_day is None, "a warning ends nothing"
        with pytest.raises(ValidationError) as refused:
            rescinded(lease, Ground.DISTURBANCE, happened_on=TODAY - 10 * DAY)
        assert told(refused) == {"happened_on", "not_since"}
        rescission = rescinded(lease, Ground.DISTURBANCE)
        services.serve(rescission, served_on=TODAY, method=Method.PROCESS_SERVER, today=TODAY)
        lease.refresh_from_db()
        assert lease.last_day == TODAY


@pytest.mark.parametrize(
    ("ground", "facts", "field"),
    [
        (Ground.DISTURBANCE, {"extreme": True}, None),  # 62 §: needs no warning
        (Ground.ORDER, {"extreme": True}, None),
        (Ground.USE, {"extreme": True}, "breach"),
        (Ground.TRANSFER, {}, None),
        (Ground.TRANSFER, {"minor": True}, "significant"),
        (Ground.PAYMENT, {}, "unpaid_eur"),
        (Ground.PAYMENT, {"unpaid": Decimal("1299.99")}, "unpaid_eur"),  # two months of 650
        (Ground.PAYMENT, {"unpaid": Decimal("1300.00")}, None),
        (Ground.PAYMENT, {"unpaid": Decimal("1300.00"), "goes_on": False}, "goes_on"),
        (Ground.TRANSFER, {"happened_on": TODAY + DAY}, "happened_on"),
    ],
)
def test_what_stands_in_the_way_of_a_rescission_is_told_at_its_field(
    flat: Flat, person: Person, ground: Ground, facts: dict[str, object], field: str | None
) -> None:
    with system_access():
        lease = concluded(flat, person)
        if field is None:
            assert rescinded(lease, ground, **facts).pk
            return
        with pytest.raises(ValidationError) as refused:
            rescinded(lease, ground, **facts)
        assert set(refused.value.error_dict) == {field}
        assert not Notice.objects.exists()


def test_a_tenant_who_puts_matters_right_keeps_the_lease(flat: Flat, person: Person) -> None:
    """AHVL 62 § 2 mom.; also when that happens between the record and the service."""
    with system_access():
        lease = concluded(flat, person)
        warning = warned(lease, TODAY - 9 * DAY, Ground.UPKEEP)
        rescission = rescinded(lease, Ground.UPKEEP)
        with pytest.raises(ValidationError):
            services.rectify(warning, on=TODAY - 10 * DAY, today=TODAY)
        services.rectify(warning, on=TODAY, today=TODAY)
        with pytest.raises(ValidationError, match="oikaissut") as refused:
            services.serve(rescission, served_on=TODAY, method=Method.RECEIPT, today=TODAY)
        assert set(refused.value.error_dict) == {"served_on"}
        with pytest.raises(ValidationError):
            services.rectify(rescission, on=TODAY, today=TODAY)


def test_a_rescission_needs_what_it_was_judged_by_whoever_writes(
    flat: Flat, person: Person
) -> None:
    with system_access():
        lease = concluded(flat, person)
        with refused_by("contracts_notice_judged"):
            Notice.objects.create(lease=lease, document=Document.RESCISSION, ground="Syy")
        with pytest.raises(ValidationError, match="omalla sivullaan"):
            given(lease, Document.RESCISSION, ground="Syy")


def test_a_lease_under_notice_ends_by_the_first_of_its_papers(flat: Flat, person: Person) -> None:
    """The landlord's half a year runs when the tenant gives a month's notice, and is rescinded."""
    with system_access():
        lease = concluded(flat, person)
        ends = []
        landlords = given(
            lease, Document.LANDLORD_NOTICE, ground="Myynti", stated_end=date(2027, 5, 31)
        )
        papers = [landlords, given(lease, Document.TENANT_NOTICE),
                  rescinded(lease, Ground.TRANSFER)]  # fmt: skip
        heard: list[int] = []
        services.withdrawn.connect(
            lambda **sent: heard.append(sent["notice"].pk), weak=False, dispatch_uid="a test"
        )
        for paper in papers:
            services.serve(paper, served_on=TODAY, method=Method.RECEIPT, today=TODAY)
            lease.refresh_from_db()
            ends.append(lease.last_day)
        assert ends == [date(2027, 5, 31), date(2026, 12, 31), TODAY]
        page = queries.lease_page(queries.lease_by_id(lease.pk, today=TODAY))
        assert page.notice is not None and page.notice.pk == papers[2].pk
        for paper, end in ((papers[2], ends[1]), (papers[0], ends[1]), (papers[1], None)):
            services.withdraw(paper, on=TODAY, today=TODAY)
            lease.refresh_from_db()
            assert lease.last_day == end
        services.withdrawn.disconnect(dispatch_uid="a test")
        assert heard == [papers[1].pk], "only when nothing ends the lease any more"


def test_a_paper_that_was_never_served_is_crossed_out(flat: Flat, person: Person) -> None:
    with system_access():
        lease = concluded(flat, person)
        paper = given(lease, Document.TENANT_NOTICE)
        services.withdraw(paper, on=TODAY - DAY, today=TODAY)
        assert not queries.waiting(today=TODAY).unserved
        with pytest.raises(ValidationError, match="peruttu"):
            services.serve(paper, served_on=TODAY, method=Method.RECEIPT, today=TODAY)
        with pytest.raises(ValidationError, match="jo peruttu"):
            services.withdraw(paper, on=TODAY, today=TODAY)
        paper.refresh_from_db()
        paper.served_on, paper.method = TODAY, Method.RECEIPT
        with refused_by("contracts_notice_withdrawn"):
            paper.save()


def test_papers_wait_in_the_queue_only_while_they_can_be_served(flat: Flat, person: Person) -> None:
    with system_access():
        lease = concluded(flat, person)
        given(lease, Document.LANDLORD_NOTICE, ground="Myynti")  # no end day: ineffective
        assert not queries.waiting(today=TODAY).unserved
        paper = given(lease, Document.TENANT_NOTICE)
        assert [one.pk for _row, one in queries.waiting(today=TODAY).unserved] == [paper.pk]
        services.agree_end(lease, on=TODAY - DAY, today=TODAY)
        assert not queries.waiting(today=TODAY).unserved


def test_a_withdrawal_does_not_go_over_a_lease_made_after_it(
    flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        lease = concluded(flat, person)
        notice = given(lease, Document.TENANT_NOTICE)
        served = services.serve(notice, served_on=TODAY, method=Method.RECEIPT, today=TODAY)
        after = concluded(flat, other, starts_on=date(2027, 1, 5), signed_on=TODAY)
        with pytest.raises(ValidationError, match=str(after.number)):
            services.withdraw(served, on=TODAY, today=TODAY)
        served.refresh_from_db()
    assert served.withdrawn_on is None


# -- turvakielto and rights --------------------------------------------------------------------


def test_a_ban_hides_the_days_of_the_home_at_once_and_its_end_shows_them(
    flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        concluded(flat, other, person)
        assert not Occupancy.objects.get().hidden
        ban(person)
        assert Occupancy.objects.get().hidden


def test_a_protected_guarantor_hides_nothing(flat: Flat, person: Person, other: Person) -> None:
    with system_access():
        lease = drafted(flat, other)
        services.add_party(lease, person, Role.GUARANTOR, today=TODAY, limit_eur=RENT)
        ban(person)
        services.make_ready(lease, today=TODAY)
        for party in lease.parties.all():
            services.sign(party, on=TODAY, today=TODAY)
    assert not Occupancy.objects.get().hidden


@pytest.mark.parametrize("role", [StaffRole.TAL, StaffRole.JOH, StaffRole.VAL, StaffRole.HUO])
def test_only_those_who_keep_leases_act_on_them(
    flat: Flat, person: Person, role: StaffRole
) -> None:
    with acting(make_user(role)), pytest.raises(FunctionDenied):
        services.draft(flat, person, Terms(starts_on=TODAY), today=TODAY)
