"""The report: of ended periods alone, as they were on their last day; its page and its paper."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from applications.selection import services as selection
from applications.selection.models import Decision, Offer, OfferChannel, Refusal
from applications.selection.services import Choice
from applications.supervision import papers, queries, services
from applications.supervision.models import Extract, Report
from applications.supervision.queries import counts as reporting
from applications.supervision.rule_rows import REPORT_PERIOD
from applications.supervision.rules.periods import Step
from applications.supervision.words import Kind
from leases.homes.models import Flat, Site
from tests.applications.selection.rounds import applicants, choosing
from tests.applications.supervision.conftest import (
    DAY,
    TODAY,
    make_user,
    refused_by,
    system_access,
)
from tests.applications.supervision.test_pages import ROOM, read
from tests.people import sign_in
from tests.registry.protection.conftest import acting
from vuokra.documents.errors import NotMade
from vuokra.documents.models import Document, DocumentSubject
from vuokra.policy.roles import Role
from vuokra.rules.services import add_version

pytestmark = pytest.mark.django_db
PAGE = f"{ROOM}raportti/"
PRINT = f"{ROOM}tulosta/raportti/"
LATER = date(TODAY.year + 1, 2, 1)
"""When the year of the choice is over."""
YEAR = str(TODAY.year)
PERIOD = Extract(first=date(TODAY.year, 1, 1), last=date(TODAY.year, 12, 31))
FREE = f"first=1.1.{TODAY.year}&last={TODAY:%d.%m.%Y}"


@pytest.fixture
def val(db: None) -> Client:
    return sign_in(Client(), make_user(Role.VAL))


@pytest.fixture
def later(decision: Decision) -> None:
    """The night after the year of the choice has passed."""
    with system_access():
        services.make_reports(LATER)


def parted(step: Step) -> None:
    """In the open context: the year is parted otherwise."""
    add_version(REPORT_PERIOD, step.value, date(TODAY.year, 1, 1), source="Kokous 1 §")


def options(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"{PAGE}?{query}")
    return [code for code, _name in answer.context["form"].fields["period"].choices]


# -- which periods -----------------------------------------------------------------------------


def test_the_year_so_far_is_not_offered(val: Client, decision: Decision) -> None:
    with system_access():
        services.make_reports(TODAY)
    assert options(val) == [str(TODAY.year - 1)]
    for asked in (YEAR, "2016", "x", f"{TODAY.year - 1}-half-1"):
        found = read(val, f"{PAGE}?period={asked}")
        assert "Valitse päättynyt ajanjakso luettelosta." in found
        assert "Valinnat kiireellisyysluokan mukaan" not in found


def test_the_last_ended_year_is_shown_first(val: Client, decision: Decision, later: None) -> None:
    assert options(val) == [YEAR], "from the year of the first choice"
    found = read(val, PAGE)
    assert f"1.1.{YEAR}–31.12.{YEAR}" in found
    assert "Valinnat kiireellisyysluokan mukaan" in found and "ei kerrota" in found


def test_the_company_chooses_how_long_a_period_is(val: Client, decision: Decision) -> None:
    with system_access():
        parted(Step.QUARTER)
        services.make_reports(LATER)
    assert options(val)[0] == f"{YEAR}-quarter-4"
    found = read(val, f"{PAGE}?period={YEAR}-quarter-2")
    assert f"1.4.{YEAR}–30.6.{YEAR}" in found and f"2. vuosineljännes {YEAR}" in found
    assert YEAR not in options(val), "one length at a time"


def test_one_person_is_told_in_the_singular(val: Client, decision: Decision, later: None) -> None:
    found = read(val, PAGE)
    assert ">1 henkilö<" in found and ">2 henkilöä<" in found and "1 henkilöä" not in found


@pytest.mark.parametrize("query", [FREE, "first=1.1.2026", "last=x", f"{FREE}&site=1"])
def test_an_old_address_with_free_days_is_told_at_the_field(
    val: Client, decision: Decision, later: None, query: str
) -> None:
    answer = val.get(f"{PAGE}?{query}")
    assert answer.status_code == 200
    (told,) = answer.context["form"].errors["period"]
    assert "vapaavalintaisilta päiviltä" in told and "Valitse päättynyt" in told
    assert answer.context["tables"] == [] and "Tulosta PDF" not in answer.content.decode()


def test_the_log_and_the_report_lead_to_each_other(
    val: Client, decision: Decision, flat: Flat, later: None
) -> None:
    site = flat.stair.building.site_id
    found = read(val, f"{PAGE}?period={YEAR}&site={site}")
    assert f"?first=01.01.{YEAR}&amp;last=31.12.{YEAR}&amp;site={site}" in found
    found = read(val, f"{ROOM}?{FREE}&site={site}")
    assert f"{PAGE}?site={site}" in found


# -- what it tells -----------------------------------------------------------------------------


@pytest.fixture
def every_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """No number is too small to be told."""
    monkeypatch.setattr(reporting, "rule", lambda key, day: SimpleNamespace(integer=1, text="year"))


def told_of(first: date, last: date, kind: Kind) -> dict[str, int | None]:
    """What a report of these days would tell in a table, of the whole company."""
    (table,) = (one for one in reporting.counted(first, last, TODAY) if one["kind"] == kind)
    return dict(zip(table["codes"], table["whole"][0], strict=True))


def offered(flat: Flat, on: date) -> Offer:
    round_ = choosing(flat, free_from=TODAY)
    (applicant,) = applicants("1000")
    decision = selection.decide(round_, applicant, Choice(), today=on)
    return selection.offer(decision, channel=OfferChannel.PHONE, answer_by=TODAY, today=on)


def test_offers_are_told_as_they_were_on_the_last_day(flat: Flat, every_number: None) -> None:
    begun = TODAY - 5 * DAY
    with system_access():
        offer = offered(flat, begun)
        before = told_of(begun, TODAY - DAY, Kind.OFFERS)
        selection.accept(offer, answered_on=TODAY, today=TODAY)
        assert told_of(begun, TODAY - DAY, Kind.OFFERS) == before
        assert (before["open"], before["accepted"]) == (1, 0)
        after = told_of(begun, TODAY, Kind.OFFERS)
        assert (after["open"], after["accepted"]) == (0, 1)


def test_skips_are_told_of_the_period_in_which_they_were_made(
    decision: Decision, every_number: None
) -> None:
    with system_access():
        of_year = told_of(PERIOD.first, PERIOD.last, Kind.SKIPS)
        before = told_of(date(2020, 1, 1), date(2020, 12, 31), Kind.SKIPS)
    assert (sum(n or 0 for n in of_year.values()), set(before.values())) == (1, {0})


def test_a_site_is_told_beside_the_company(
    decision: Decision, flat: Flat, every_number: None
) -> None:
    site = flat.stair.building.site_id
    with system_access():
        elsewhere = Site.objects.create(
            number=103, name="Toinen", postal_code="97999", town="Hillakoski"
        )
        services.make_reports(LATER)
        made = Report.objects.get(first=PERIOD.first)
        later = Site.objects.create(number=104, name="Uusi", postal_code="97999", town="Hillakoski")
        here, there, new, everywhere = (
            [one.told for one in queries.tables(made, of)]
            for of in (site, elsewhere.pk, later.pk, None)
        )
    assert here == everywhere
    assert {one.total for one in there} == {0}
    assert {one.total for one in new} == {None}, "it was not there"


def test_the_threshold_is_that_of_the_last_day(decision: Decision) -> None:
    asked: list[tuple[str, date]] = []
    real = reporting.rule
    with pytest.MonkeyPatch.context() as patch, system_access():
        patch.setattr(
            reporting, "rule", lambda key, day: asked.append((key, day)) or real(key, day)
        )
        reporting.counted(PERIOD.first, PERIOD.last, TODAY)
    assert asked == [(reporting.SMALLEST_GROUP, PERIOD.last)]


# -- it stays ----------------------------------------------------------------------------------


def test_what_is_recorded_after_a_report_changes_no_reading(
    flat: Flat, every_number: None, val: Client
) -> None:
    with system_access():
        offer = offered(flat, TODAY)
        services.make_reports(LATER)
        (before,) = Report.objects.filter(first=PERIOD.first).values_list("told", flat=True)
        selection.decline(offer, Refusal.OTHER, answered_on=TODAY, today=LATER)
        assert services.make_reports(LATER) == 0
        (after,) = Report.objects.filter(first=PERIOD.first).values_list("told", flat=True)
    assert before == after
    with system_access():
        would_be = told_of(PERIOD.first, PERIOD.last, Kind.OFFERS)
    assert would_be["declined"] == 1, "the answer was of a day of the period"


def test_no_other_report_is_made_of_days_that_were_reported(decision: Decision) -> None:
    with system_access():
        services.make_reports(LATER)
        before = {one.period.code for one in queries.reports()}
        parted(Step.QUARTER)
        assert services.make_reports(LATER) == 0
        assert {one.period.code for one in queries.reports()} == before == {YEAR}


def test_a_report_stays_as_it_was_made_whoever_writes(decision: Decision) -> None:
    with system_access():
        services.make_reports(LATER)
        made = Report.objects.get()
        with refused_by("supervision_report_kept"):
            made.delete()
        made.told = []
        with refused_by("supervision_report_kept"):
            made.save()
        with refused_by("supervision_report_one"):
            Report.objects.create(
                first=PERIOD.last, last=PERIOD.last + DAY, step="year", number=1, told=[]
            )
    with acting(make_user(Role.JOH)), refused_by("supervision_report_kept"):
        Report.objects.create(
            first=date(2001, 1, 1), last=date(2001, 12, 31), step="year", number=1, told=[]
        )


def test_before_the_first_report_the_page_says_when_there_is_one(val: Client) -> None:
    found = read(val, PAGE)
    assert "Raportteja ei ole vielä" in found and "Tulosta PDF" not in found


# -- on paper ----------------------------------------------------------------------------------


def test_the_report_is_ordered_of_an_ended_period(
    val: Client, decision: Decision, later: None
) -> None:
    assert val.post(PRINT, {"period": YEAR, "site": ""}).status_code == 302
    with system_access():
        assert Document.objects.get().kind == "supervision.report"
        assert not DocumentSubject.objects.exists(), "it is about nobody"
        made = Extract.objects.get()
        assert (made.first, made.last) == (PERIOD.first, PERIOD.last)
        found = papers.report_data(Document.objects.get())
    assert found["tables"][0]["total"] == "ei kerrota"


@pytest.mark.parametrize(
    "data",
    [
        {"first": f"1.1.{YEAR}", "last": f"{TODAY:%d.%m.%Y}"}, {"period": YEAR}, {"period": "x"},
        {"period": str(TODAY.year - 1), "first": f"1.1.{YEAR}", "site": "x"},
    ],
)  # fmt: skip
def test_no_paper_is_made_of_other_days(
    val: Client, decision: Decision, data: dict[str, str]
) -> None:
    answer = val.post(PRINT, data, follow=True)
    assert answer.redirect_chain[-1][0] == PAGE
    assert "Tulostetta ei tehty" in answer.content.decode()
    assert not Extract.objects.exists()


def test_whoever_asks_for_other_days_gets_no_paper(decision: Decision) -> None:
    with acting(make_user(Role.JOH)):
        period = services.extract(PERIOD.first, TODAY, None)
        with pytest.raises(ValidationError, match="päättyneestä"):
            papers.order(papers.REPORT, period)


def test_a_paper_that_was_ordered_of_other_days_is_not_made(decision: Decision) -> None:
    with acting(make_user(Role.JOH)):
        period = services.extract(PERIOD.first, TODAY, None)
        document = Document(kind=papers.REPORT.key, about_id=period.pk)
        with pytest.raises(NotMade):
            papers.report_data(document)
