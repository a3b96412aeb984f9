"""The main user's pages of rules: the list, a new version with its effect, confirming, holidays."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from django.test import Client

from tests.vuokra.accounts.conftest import MakeUser, acting_as, events, sign_in
from tests.vuokra.rules.conftest import ANSWER, REMINDER
from vuokra.accounts.models import User
from vuokra.policy.roles import Role
from vuokra.rules import queries, registry, services
from vuokra.rules.models import Holiday, RuleVersion
from vuokra.rules.rules import add_months

pytestmark = pytest.mark.usefixtures("samples")

LIST = "/hallinta/vuokra_rules/ruleversion/"
PAGE = f"{LIST}{ANSWER.key}/"
NEW = f"{PAGE}uusi/"
GIVEN = {
    "value": "2", "valid_from": "1.1.2099", "valid_until": "", "source": "Hallitus 1.12.2026",
    "note": "",
}  # fmt: skip


@pytest.fixture
def as_paa(client: Client, paa: User) -> Client:
    sign_in(client, paa)
    return client


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PAA])
def test_only_the_main_user_sees_rules(client: Client, make_user: MakeUser, role: Role) -> None:
    sign_in(client, make_user("toinen", role))
    for page in (LIST, PAGE, NEW):
        assert client.get(page).status_code == 403


def test_list_shows_every_rule_with_its_value(as_paa: Client) -> None:
    text = as_paa.get(LIST).text
    for part in (ANSWER.key, "1\xa0kk", "12 artikla 3", "Säilytysajat", "R2 hylätty tai rauennut"):
        assert part in text


def test_list_of_what_the_company_has_not_confirmed(as_paa: Client) -> None:
    text = as_paa.get(LIST, {"tila": "vahvistamatta"}).text
    assert REMINDER.key in text
    assert ANSWER.key not in text
    assert "yhtiön valittavissa" in text


def test_list_of_rules_without_a_value(as_paa: Client) -> None:
    text = as_paa.get(LIST, {"tila": "puuttuu"}).text
    assert "sample.bare" in text
    assert ANSWER.key not in text


def test_list_has_a_fixed_number_of_statements(
    as_paa: Client, django_assert_max_num_queries: Any
) -> None:
    as_paa.get(LIST)
    with django_assert_max_num_queries(16):
        as_paa.get(LIST)


def test_effect_is_shown_before_anything_is_saved(
    as_paa: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def effect(new: registry.Proposed) -> list[str]:
        return [f"{new.first.year}: {new.value} kk, 4 avointa pyyntöä"]

    with_effect(monkeypatch, effect)
    text = as_paa.post(NEW, GIVEN).text
    assert "2099: 2 kk, 4 avointa pyyntöä" in text
    assert "Siihen asti on voimassa 1\xa0kk (versio 1)" in text
    assert RuleVersion.objects.filter(key=ANSWER.key).count() == 1


def with_effect(monkeypatch: pytest.MonkeyPatch, effect: registry.Effect) -> None:
    told = dataclasses.replace(ANSWER, effect=effect)
    monkeypatch.setitem(registry._specs, ANSWER.key, told)


@pytest.mark.parametrize(
    ("changes", "last"),
    [({}, dt.date(2099, 12, 31)), ({"valid_until": "1.6.2099"}, dt.date(2099, 6, 1)),
     ({"valid_from": "1.1.2100"}, None)],
)  # fmt: skip
def test_an_effect_is_asked_for_the_days_on_which_the_value_would_hold(
    as_paa: Client, monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], last: dt.date | None
) -> None:
    asked: list[registry.Proposed] = []
    with acting_as(None):
        services.add_version(ANSWER.key, 3, dt.date(2100, 1, 1), source="Laki")

    def effect(new: registry.Proposed) -> list[str]:
        asked.append(new)
        return []

    with_effect(monkeypatch, effect)
    as_paa.post(NEW, GIVEN | changes)
    assert [(one.integer, one.last) for one in asked] == [(2, last)]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: queries.rule("sample.bare", dt.date(2026, 1, 1)), "sample.bare"),
        (lambda: add_months(dt.date(9999, 1, 1), 12), "Päivä ei mahdu kalenteriin."),
    ],
)
def test_an_effect_that_cannot_be_computed_says_why_and_the_version_is_saved(
    as_paa: Client, monkeypatch: pytest.MonkeyPatch, wrong: Any, words: str
) -> None:
    with_effect(monkeypatch, lambda _new: [str(wrong())])
    text = as_paa.post(NEW, GIVEN).text
    assert "Vaikutusta ei voi laskea:" in text
    assert words in text
    assert as_paa.post(NEW, GIVEN | {"tallenna": "1"}).status_code == 302
    assert RuleVersion.objects.filter(key=ANSWER.key).count() == 2


def test_an_effect_is_told_by_one_room(samples: None) -> None:
    def effect(new: registry.Proposed) -> list[str]:
        return []

    before = registry.spec(ANSWER.key)
    try:
        registry.tell_effect(ANSWER.key, effect)
        assert registry.spec(ANSWER.key).effect is effect
        with pytest.raises(ValueError, match="told already"):
            registry.tell_effect(ANSWER.key, effect)
        with pytest.raises(LookupError):
            registry.tell_effect("sample.nothing", effect)
    finally:
        registry._specs[ANSWER.key] = before


def test_effect_names_the_calculations_where_a_room_tells_no_more(as_paa: Client) -> None:
    assert "Sääntöä käyttää: Määräajat" in as_paa.post(NEW, GIVEN).text


def test_a_past_beginning_is_pointed_out(as_paa: Client) -> None:
    text = as_paa.post(NEW, GIVEN | {"valid_from": "1.1.2020"}).text
    assert "Alkamispäivä on mennyt" in text
    assert "Alkamispäivä on mennyt" not in as_paa.post(NEW, GIVEN).text


def test_preview_says_what_comes_after(as_paa: Client) -> None:
    with acting_as(None):
        services.add_version(ANSWER.key, 3, dt.date(2100, 1, 1), source="Laki")
    assert "Arvo muuttuu taas 1.1.2100: 3\xa0kk" in as_paa.post(NEW, GIVEN).text
    text = as_paa.post(NEW, GIVEN | {"valid_until": "31.12.2099"}).text
    assert "päättyy 31.12.2099" in text


def test_version_is_saved_and_listed(as_paa: Client) -> None:
    assert as_paa.post(NEW, GIVEN | {"tallenna": "1"}).status_code == 302
    row = RuleVersion.objects.get(key=ANSWER.key, version=2)
    assert (row.value, row.valid_from, row.seeded) == ("2", dt.date(2099, 1, 1), False)
    assert row.confirmed_at
    assert "Tulossa" in as_paa.get(PAGE).text
    assert "Muuttuu 1.1.2099: 2\xa0kk" in as_paa.get(LIST).text
    event = events(action="setting")[-1]
    assert "sample.answer_months v2" in str(event.detail)


def test_editing_goes_back_to_the_form_with_everything_kept(as_paa: Client) -> None:
    text = as_paa.post(NEW, GIVEN | {"muokkaa": "1"}).text
    assert "Näytä vaikutus" in text
    assert "Hallitus 1.12.2026" in text
    assert RuleVersion.objects.filter(key=ANSWER.key).count() == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"value": "kaksi"}, "Syötä kokonaisluku"),
        ({"value": "13"}, "Arvon pitää olla 1–12"),
        ({"valid_from": "eilen"}, "Kirjoita muodossa 1.12.2026"),
        ({"source": ""}, "Tämä kenttä vaaditaan"),
        ({"valid_until": "1.1.2098"}, "ennen alkamispäivää"),
    ],
)
def test_bad_input_is_named_at_its_field(
    as_paa: Client, change: dict[str, str], message: str
) -> None:
    for given in (GIVEN | change, GIVEN | change | {"tallenna": "1"}):
        answer = as_paa.post(NEW, given)
        assert answer.status_code == 422
        assert message in answer.text
    assert RuleVersion.objects.filter(key=ANSWER.key).count() == 1


def test_a_day_that_is_taken_is_refused_when_saving(as_paa: Client) -> None:
    answer = as_paa.post(NEW, GIVEN | {"valid_from": "25.5.2018", "tallenna": "1"})
    assert answer.status_code == 422
    assert "samasta päivästä" in answer.text


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("sample.rate", "1,25", "1.25"),
        ("other.yes", "false", "false"),
        ("other.chosen", "b", "b"),
        ("sample.bare", "1.2.2030", "2030-02-01"),
    ],
)
def test_every_kind_has_its_field(as_paa: Client, key: str, typed: str, value: str) -> None:
    as_paa.post(f"{LIST}{key}/uusi/", GIVEN | {"value": typed, "tallenna": "1"})
    assert RuleVersion.objects.get(key=key, seeded=False).value == value


def test_a_rule_of_sign_in_has_no_last_day(as_paa: Client) -> None:
    assert "valid_until" not in as_paa.get(f"{LIST}accounts.lock_at/uusi/").text


def test_the_company_confirms_and_withdraws(as_paa: Client) -> None:
    row = RuleVersion.objects.get(key=REMINDER.key)
    page = f"{LIST}{REMINDER.key}/"
    assert "Vahvista versio 1" in as_paa.get(page).text
    assert as_paa.post(f"{LIST}{row.pk}/vahvista/", follow=True).status_code == 200
    assert "Vahvista versio 1" not in as_paa.get(page).text
    assert "voimassa olevaa arvoa" in as_paa.post(f"{LIST}{row.pk}/peru/", follow=True).text
    as_paa.post(f"{page}uusi/", GIVEN | {"tallenna": "1"})
    own = RuleVersion.objects.get(key=REMINDER.key, seeded=False)
    assert "Rivi on peruttu" in as_paa.post(f"{LIST}{own.pk}/peru/", follow=True).text
    own.refresh_from_db()
    assert own.withdrawn_at


def test_a_used_version_offers_no_withdrawal(as_paa: Client) -> None:
    with acting_as(None):
        services.note_use(queries.rule(ANSWER.key, dt.date(2026, 1, 1)))
    text = as_paa.get(PAGE).text
    assert "Käytetty ensi kerran" in text
    assert "Peru versio" not in text


def test_unknown_rules_and_rows_are_not_found(as_paa: Client) -> None:
    for page in (f"{LIST}ei.ole/", f"{LIST}ei.ole/uusi/"):
        assert as_paa.get(page).status_code == 404
    assert as_paa.post(f"{LIST}999999/vahvista/").status_code == 404
    assert as_paa.get(f"{LIST}1/peru/").status_code == 405


def test_the_eves_are_a_setting_of_the_main_user(as_paa: Client) -> None:
    eve = Holiday.objects.get(day=dt.date(2026, 12, 24))
    page = f"/hallinta/vuokra_rules/holiday/{eve.pk}/change/"
    names = {"name_fi": eve.name_fi, "name_en": eve.name_en}
    assert as_paa.post(page, names | {"rolls": "on"}).status_code == 302
    assert queries.working_day(eve.day) == dt.date(2026, 12, 28)
    assert "Poista" not in as_paa.get(page).text
