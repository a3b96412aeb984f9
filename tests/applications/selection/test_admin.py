"""The main user records what the municipality has decided: wealth limits and permits."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from applications.selection.models import ExemptionPermit, WealthTable
from applications.selection.queries.bounds import permits_for, wealth_table
from leases.homes.models import Flat, Site
from tests.applications.selection.conftest import (
    DAY,
    TODAY,
    flat,
    make_user,
    site,
    stair,
    system_access,
)
from tests.people import sign_in
from vuokra.policy.roles import Role
from vuokra.rules.rules import add_years

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("flat")]
__all__ = ["flat", "site", "stair"]
TABLES = "/hallinta/applications_selection/wealthtable/"
PERMITS = "/hallinta/applications_selection/exemptionpermit/"


@pytest.fixture
def main(db: None) -> Client:
    return sign_in(Client(), make_user(Role.PAA))


def limits(**given: Any) -> dict[str, Any]:
    return {
        "municipality": "Hillakoski", "valid_from": f"{TODAY:%d.%m.%Y}", "decision": "Kh § 9",
        "limit_1": "30 000", "limit_2": "45 000", "step_eur": "10000",
    } | given  # fmt: skip


def permit(**given: Any) -> dict[str, Any]:
    return {
        "authority": "Hillakoski", "decision": "Kh § 5", "valid_from": f"{TODAY:%d.%m.%Y}",
        "valid_to": f"{TODAY + 300 * DAY:%d.%m.%Y}", "need": "on", "flats": "3", "occupancy": "",
    } | given  # fmt: skip


def saved(main: Client, path: str, data: dict[str, Any]) -> str:
    answer = main.post(f"{path}add/", data)
    return "" if answer.status_code == 302 else answer.content.decode()


def test_limits_are_entered_and_followed_by_others(main: Client) -> None:
    assert main.get(f"{TABLES}add/").status_code == 200
    assert saved(main, TABLES, limits()) == ""
    found = wealth_table("Hillakoski", TODAY)
    assert found is not None
    assert (found.limit(1), found.limit(4)) == (Decimal(30000), Decimal(65000))
    assert "aikaisintaan huomenna" in saved(main, TABLES, limits())
    later = TODAY + timedelta(days=30)
    given = limits(valid_from=f"{later:%d.%m.%Y}", limit_1="31000")
    assert saved(main, TABLES, given) == ""
    assert "samalta ajalta" in saved(main, TABLES, given)
    for day, euros in ((later - DAY, 30000), (later, 31000)):
        table = wealth_table("Hillakoski", day)
        assert table is not None and table.limit(1) == euros
    listed = main.get(TABLES).content.decode()
    assert "1: 31\N{NO-BREAK SPACE}000" in listed
    pk = WealthTable.objects.latest("pk").pk
    assert main.get(f"{TABLES}{pk}/change/").status_code == 200


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"limit_2": "", "limit_3": "60000"}, "ilman aukkoja"),
        ({"limit_1": ""}, "vaaditaan"),
        ({"limit_1": "-1"}, "0"),
        ({"municipality": "Olematon"}, "Olematon"),
        ({"step_eur": "-5"}, "alle nolla"),
    ],
)
def test_what_cannot_be_limits_is_told(main: Client, given: dict[str, str], words: str) -> None:
    assert words in saved(main, TABLES, limits(**given))
    assert not WealthTable.objects.exists()


def test_a_permit_is_recorded_for_its_flats(main: Client, flat: Flat) -> None:
    assert saved(main, PERMITS, permit()) == ""
    assert [one.flats for one in permits_for(flat, TODAY)] == [3]
    with system_access():
        assert ExemptionPermit.objects.get().recorded_by is not None


def test_a_permit_has_a_longest_time_and_waives_something(main: Client) -> None:
    long = add_years(TODAY, 4)
    assert "enintään" in saved(main, PERMITS, permit(valid_to=f"{long:%d.%m.%Y}"))
    assert "ei ole päivälle" in saved(main, PERMITS, permit(valid_from="1.1.1999"))
    assert "oikea päivämäärä" in saved(main, PERMITS, permit(valid_from="ensi viikolla"))
    assert "mistä luvalla saa poiketa" in saved(main, PERMITS, permit(need=""))
    assert not ExemptionPermit.objects.exists()
    assert saved(main, PERMITS, permit(valid_to=f"{long - DAY:%d.%m.%Y}")) == ""


def test_a_permit_is_for_sites_of_one_municipality(main: Client, site: Site) -> None:
    far = Site.objects.create(number=102, name="Etäranta", postal_code="97998", town="Etäjärvi")
    assert "useassa kunnassa" in saved(main, PERMITS, permit())
    assert "yhdessä kunnassa" in saved(main, PERMITS, permit(sites=[site.pk, far.pk]))
    assert not ExemptionPermit.objects.exists()
    assert saved(main, PERMITS, permit(sites=[site.pk])) == ""


def test_nobody_else_records_limits(db: None) -> None:
    clerk = sign_in(Client(), make_user(Role.VAL))
    assert clerk.get(TABLES).status_code in (302, 403, 404)
