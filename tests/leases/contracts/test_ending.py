"""How leases end: notices, warnings, rescission and agreement, and what the database refuses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from leases.contracts import queries, services
from leases.contracts.models import Lease, Notice
from leases.contracts.rules.notice import Document, Method, Standing
from leases.contracts.rules.rescission import Conduct, Ground
from leases.contracts.rules.stages import Stage
from leases.contracts.services import NoticeDetails
from leases.homes.models import Flat, Occupancy
from registry.persons.models import Person
from tests.leases.contracts.conftest import DAY, TODAY, concluded, given, refused_by, told
from tests.people import system_access

pytestmark = pytest.mark.django_db
SERVED = date(2026, 11, 22)


def test_a_tenants_notice_ends_the_lease_and_its_withdrawal_undoes_that(
    flat: Flat, person: Person
) -> None:
    """TEN-K01 through the register."""
    with system_access():
        lease = concluded(flat, person)
        notice = given(lease, Document.TENANT_NOTICE)
        served = services.serve(notice, served_on=SERVED, method=Method.RECEIPT, today=SERVED)
        lease.refresh_from_db()
        assert served.ends_on == lease.last_day == date(2026, 12, 31)
        assert served.moves_on == date(2027, 1, 4)
        assert lease.stage_on(SERVED) is Stage.NOTICE
        assert Occupancy.objects.get().valid_to == date(2026, 12, 31)
        assert served.rule_versions == [["notice.tenant_months", 1]]
        heard = []
        services.withdrawn.connect(
            lambda **sent: heard.append(sent["lease"].pk), weak=False, dispatch_uid="a test"
        )
        services.withdraw(served, on=SERVED, today=SERVED)
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
        lease = concluded(flat, person, term_ends_on=TODAY + 400 * DAY)
        notice = given(lease, Document.TENANT_NOTICE)
        with pytest.raises(ValidationError, match="55 §"):
            services.serve(notice, served_on=TODAY, method=Method.RECEIPT, today=TODAY)
        with pytest.raises(ValidationError, match="Jatkosta tehdään uusi sopimus"):
            services.agree_end(lease, on=TODAY + 401 * DAY, today=TODAY)
        services.agree_end(lease, on=TODAY + 30 * DAY, today=TODAY)
        lease.refresh_from_db()
        assert lease.ends_on == TODAY + 30 * DAY


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
    next_day = SERVED + DAY
    with system_access():
        lease = concluded(flat, person)
        ends = []
        landlords = given(
            lease, Document.LANDLORD_NOTICE, ground="Myynti", stated_end=date(2027, 5, 31)
        )
        papers = [landlords, given(lease, Document.TENANT_NOTICE),
                  rescinded(lease, Ground.TRANSFER, happened_on=SERVED)]  # fmt: skip
        heard: list[int] = []
        services.withdrawn.connect(
            lambda **sent: heard.append(sent["notice"].pk), weak=False, dispatch_uid="a test"
        )
        for paper, day in zip(papers, (SERVED, SERVED, next_day), strict=True):
            services.serve(paper, served_on=day, method=Method.RECEIPT, today=next_day)
            lease.refresh_from_db()
            ends.append(lease.last_day)
        assert ends == [date(2027, 5, 31), date(2026, 12, 31), next_day]
        page = queries.lease_page(queries.lease_by_id(lease.pk, today=next_day))
        assert page.notice is not None and page.notice.pk == papers[2].pk
        for paper, end in ((papers[2], ends[1]), (papers[0], ends[1]), (papers[1], None)):
            services.withdraw(paper, on=next_day, today=next_day)
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
        assert served.ends_on is not None
        after = concluded(flat, other, starts_on=served.ends_on + DAY, signed_on=TODAY)
        with pytest.raises(ValidationError, match=str(after.number)):
            services.withdraw(served, on=TODAY, today=TODAY)
        served.refresh_from_db()
    assert served.withdrawn_on is None
