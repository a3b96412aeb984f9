"""Pages of resident selection: the list, a selection, choosing, offering; who sees what."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.intake.codes import IncomeKind, State
from applications.intake.models import Application, Income
from applications.selection import services
from applications.selection.models import Decision, Offer, OfferState, Round, Skip
from applications.selection.services import assess_again
from leases.homes.models import Flat, Regime
from registry.persons.models import StaffLink, TieKind
from tests.applications.selection.conftest import (
    DAY,
    TODAY,
    asking,
    flat,
    make_flat,
    make_user,
    site,
    somebody,
    stair,
    system_access,
)
from tests.applications.selection.rounds import applicants, choosing
from tests.applications.selection.test_as_decided import joins
from tests.people import sign_in
from tests.registry.persons.conftest import events
from tests.registry.protection.conftest import ban
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
__all__ = ["flat", "site", "stair"]


@pytest.fixture
def val(db: None) -> Client:
    return sign_in(Client(), make_user(Role.VAL))


@pytest.fixture
def round_(flat: Flat) -> Round:
    with system_access():
        return choosing(flat)


def three() -> list[Application]:
    with system_access():
        return applicants("1000", "2000", "9000")


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def posted(client: Client, path: str, data: dict[str, Any] | None = None, status: int = 302) -> str:
    answer = client.post(path, data or {})
    assert answer.status_code == status, re.sub(r"\s+", " ", answer.content.decode())[-3000:]
    return answer["Location"] if status == 302 else answer.content.decode()


def test_the_applicants_stand_in_their_order(val: Client, round_: Round) -> None:
    rows = three()
    found = page(val, f"/valinta/{round_.pk}/")
    at = [found.index(f'value="{one.number}"') for one in rows]
    assert at == sorted(at)
    for words in ("varallisuusraja voimassa", "Ei täytä", "Tulot ylittävät", "tarve, tulot",
                  "ihminen päättää", "Valitse ensimmäinen"):  # fmt: skip
        assert words in found


def test_SEL_T17_without_the_municipalitys_limits_the_page_says_what_is_to_be_recorded(
    val: Client, flat: Flat
) -> None:
    with system_access():
        Regime.objects.create(flat=flat, funding="arava", valid_from=date(2000, 1, 1))
        bare = choosing(flat)
        (one,) = applicants("1000")
    found = page(val, f"/valinta/{bare.pk}/")
    for words in ("kunnan varallisuusraja puuttuu", "Kunnan varallisuusraja puuttuu.",
                  "kirjannut kunnan varallisuusrajat", f'value="{one.number}"'):  # fmt: skip
        assert words in found
    assert "varallisuusraja voimassa" not in found


def test_beside_the_sums_that_were_told_stand_those_that_count_and_why(val: Client) -> None:
    told, why = "Ilmoitetut tulot kuukaudessa", "Huomioon ei oteta tuloa"
    with system_access():
        made = asking(somebody(7), wages="2900", saved="5000")
    paths = [f"/hakemukset/{made.number}/", f"/hakemukset/{made.number}/tarkistus/"]
    for path in paths:
        found = page(val, path)
        assert told in found and "Valinnan tulot" not in found, "not yet worked out"
    with system_access():
        assess_again([made.pk], TODAY)
    for path in paths:
        found = page(val, path).replace("\xa0", " ")
        assert found.count("2 900,00 €") >= 2 and why not in found
        assert "varallisuutta, joka" not in found
    with system_access():
        Income.objects.create(
            member=made.members.get(), kind=IncomeKind.HOUSING_ALLOWANCE, euros=Decimal(300)
        )
        assess_again([made.pk], TODAY)
    for path in paths:
        found = page(val, path).replace("\xa0", " ")
        at = [found.index(one) for one in (told, "3 200,00 €", "Valinnan tulot kuukaudessa")]
        assert at == sorted(at) and "2 900,00 €" in found[at[-1] :] and why in found
        assert "varallisuutta, joka" not in found


def test_the_event_names_those_shown_and_counts_all(
    val: Client, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("applications.selection.queries.page.PAGE", 2)
    poor, rich, over = three()
    page(val, f"/valinta/{round_.pk}/")
    event = events()[-1]
    with system_access():
        shown = {one.members.get().person_id for one in (poor, rich)}
        left = over.members.get().person_id
    assert shown <= set(event.subjects) and left not in event.subjects
    assert [one["compared"] for one in event.detail if one["kind"] == "note"] == [["3"]]


def test_statements_do_not_grow_with_applicants(val: Client, round_: Round) -> None:
    three()
    page(val, f"/valinta/{round_.pk}/")
    with CaptureQueriesContext(connection) as few:
        page(val, f"/valinta/{round_.pk}/")
    with system_access():
        for number in range(20):
            asking(somebody(100 + number), wages=str(900 + number))
        services.assess_due(TODAY)
    with CaptureQueriesContext(connection) as many:
        page(val, f"/valinta/{round_.pk}/")
    assert len(many) == len(few)


def test_the_compared_stay_chosen_from_page_to_page(
    val: Client, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("applications.selection.queries.page.PAGE", 2)
    poor, rich, over = three()
    here = f"/valinta/{round_.pk}/"
    first = page(val, f"{here}?vertaa={poor.number}&vertaa={rich.number}")
    assert f"?vertaa={poor.number}&amp;vertaa={rich.number}&amp;sivu=2" in first
    assert f'type="hidden" name="vertaa" value="{poor.number}"' not in first
    alone = page(val, f"{here}?vertaa={poor.number}&sivu=2")
    assert f'type="hidden" name="vertaa" value="{poor.number}"' in alone
    second = page(val, f"{here}?vertaa={poor.number}&vertaa={over.number}&sivu=2")
    assert f'type="hidden" name="vertaa" value="{poor.number}"' in second
    assert f'value="{over.number}" data-choose checked' in second
    assert 'type="hidden" name="sivu" value="2"' in second


def test_the_rows_of_the_lists_open(val: Client, round_: Round) -> None:
    """What Enter opens: also a flat without a selection, and somebody who was passed over."""
    poor, *_rest = three()
    with system_access():
        free = make_flat(round_.flat.stair, 9)
        Regime.objects.create(flat=free, funding="arava", valid_from=date(2000, 1, 1))
    listed = page(val, "/valinta/?rajaus=ilman")
    assert re.search(rf'data-open href="/kohteet/huoneistot/{free.pk}/"', listed), listed[-3000:]
    given = {"reason": "not_reached", "text": "Ei vastaa."}
    posted(val, f"/valinta/{round_.pk}/{poor.number}/ohita/", given)
    found = page(val, f"/valinta/{round_.pk}/")
    passed = re.search(r"<s>.*?</s>", found, re.S)
    assert passed and f'data-open href="/hakemukset/{poor.number}/"' in passed.group()


def test_to_whom_the_flat_is_offered_is_answered_and_not_skipped(
    val: Client, round_: Round
) -> None:
    poor, *_rest = three()
    base = f"/valinta/{round_.pk}/"
    where = posted(val, f"{base}{poor.number}/valitse/", {"reason": ""})
    waits = page(val, base)
    assert "Valittu" in waits and f"{where}tarjous/" in waits
    posted(val, f"{where}tarjous/", {"channel": "phone", "answer_by": "+7"})
    found = page(val, base)
    form = page(val, f"{where}tarjous/hyvaksyi/")
    assert poor.number in form and f'href="{base}"' in form
    assert f"{where}tarjous/hyvaksyi/" in found and f"{where}tarjous/hylkasi/" in found
    assert f"{poor.number}/ohita/" not in found and "toinen asunto" not in found
    assert found.index("Tarjous: odottaa vastausta") < found.index("Valinta avattu")
    given = {"reason": "not_reached", "text": "Ei vastaa."}
    refused = posted(val, f"{base}{poor.number}/ohita/", given, 422)
    assert "Kirjaa vastaus, tai peruuta tarjous." in refused
    with system_access():
        assert not Skip.objects.exists()


def _queue(client: Client) -> str:
    return page(client, "/?laji=valinta")


def test_a_second_choice_waits_as_the_first_did(val: Client, round_: Round) -> None:
    poor, rich, _over = three()
    base = f"/valinta/{round_.pk}/"
    where = posted(val, f"{base}{poor.number}/valitse/", {"reason": ""})
    posted(val, f"{where}tarjous/", {"channel": "phone", "answer_by": "+7"})
    posted(val, f"{where}tarjous/hylkasi/", {"answered_on": "+0", "refusal": "rent"})
    assert "Tarjoa asunto valitulle" not in _queue(val)
    posted(val, f"{base}{rich.number}/valitse/", {"reason": ""})
    assert "Tarjoa asunto valitulle" in _queue(val)
    for path in (base, "/valinta/"):
        assert "Tarjottava" in page(val, path), path


def test_a_choice_that_was_set_aside_waits_for_nothing(val: Client, round_: Round) -> None:
    poor, *_rest = three()
    base = f"/valinta/{round_.pk}/"
    posted(val, f"{base}{poor.number}/valitse/", {"reason": ""})
    assert "Tarjoa asunto valitulle" in _queue(val)
    posted(val, f"{base}{poor.number}/ohita/", {"reason": "not_reached", "text": "Ei vastaa."})
    assert "Tarjoa asunto valitulle" not in _queue(val)
    for path in (base, "/valinta/"):
        assert "Tarjottava" not in page(val, path), path
        assert "Valinta kesken" in page(val, path), path


def test_a_household_that_changed_is_told_and_chosen_anew(val: Client, round_: Round) -> None:
    poor, *_rest = three()
    base = f"/valinta/{round_.pk}/"
    where = posted(val, f"{base}{poor.number}/valitse/", {"reason": ""})
    posted(val, f"{where}tarjous/", {"channel": "phone", "answer_by": "+7"})
    assert "Ruokakunta on muuttunut" not in page(val, where)
    with system_access():
        joins(poor)
    assert "Ruokakunta on muuttunut" in page(val, where)
    found = posted(val, f"{where}tarjous/hyvaksyi/", {"answered_on": "+0"}, 422)
    assert "Ruokakunta on muuttunut valinnan jälkeen. Peruuta tarjous" in found
    posted(val, f"{where}tarjous/peru/", {"reason": "Ruokakunta muuttui."})
    assert "Valitse ensimmäinen" in page(val, base)
    assert where != posted(val, f"{base}{poor.number}/valitse/", {"reason": ""})


def test_grounds_are_no_purposes_in_english(val: Client, round_: Round) -> None:
    poor, *_rest = three()
    val.cookies["django_language"] = "en"
    listed = page(val, "/hakemukset/").split("<thead>")[1].split("</thead>")[0]
    assert "Applicant" in listed and "Purpose" not in listed
    assert "Purpose" not in page(val, f"/valinta/{round_.pk}/{poor.number}/ohita/")


def test_a_decision_on_somebody_hidden_is_told_without_a_link(val: Client, round_: Round) -> None:
    poor, *_rest = three()
    where = posted(val, f"/valinta/{round_.pk}/{poor.number}/valitse/", {"reason": ""})
    with system_access():
        ban(poor.members.get().person)
    found = page(val, f"/valinta/{round_.pk}/")
    assert where not in found and poor.number not in found
    assert "Valittu" in found
    both = sign_in(Client(), make_user(Role.VAL, Role.HAK))
    posted(
        both, f"/valinta/{round_.pk}/peruste/", {"reason": "P2", "reason_text": "Tarjous tehdään."}
    )
    assert where in page(both, f"/valinta/{round_.pk}/")


def test_from_skipping_to_accepting(val: Client, round_: Round) -> None:
    poor, rich, _over = three()
    base = f"/valinta/{round_.pk}/"
    posted(val, f"{base}{poor.number}/ohita/", {"reason": "", "text": ""}, 422)
    posted(val, f"{base}{poor.number}/ohita/", {"reason": "not_reached", "text": "Ei vastaa."})
    assert "Ei tavoitettu" in page(val, base)
    where = posted(val, f"{base}{rich.number}/valitse/", {"reason": ""})
    with system_access():
        decision = Decision.objects.get()
    assert str(decision.uuid) in where
    assert "Tarjoa asunto" in page(val, where)
    assert "Vastausaika päättyy ennen tarjousta." in posted(
        val, f"{where}tarjous/", {"channel": "phone", "answer_by": "1.1.2026"}, 422
    )
    posted(val, f"{where}tarjous/", {"channel": "phone", "answer_by": "+7"})
    assert "Tarjottu" in page(val, "/valinta/?rajaus=tarjotut")
    posted(val, f"{where}tarjous/hylkasi/", {"answered_on": "+0", "refusal": ""}, 422)
    posted(val, f"{where}tarjous/hyvaksyi/", {"answered_on": "+0"})
    with system_access():
        assert Offer.objects.get().state == OfferState.ACCEPTED
        rich.refresh_from_db()
        assert rich.state == State.ACCEPTED
    assert posted(val, f"{where}muistio/").startswith("/asiakirjat/")


def test_out_of_order_is_refused_at_its_field_and_nothing_is_lost(
    val: Client, round_: Round
) -> None:
    _poor, rich, over = three()
    found = posted(
        val, f"/valinta/{round_.pk}/{rich.number}/valitse/", {"reason": "Sanani säilyvät."}, 422
    )
    assert "Kirjaa peruste." in found and "Sanani säilyvät." in found
    found = posted(val, f"/valinta/{round_.pk}/{over.number}/valitse/", {}, 422)
    assert "Tulot ylittävät enimmäistulorajan." in found
    with system_access():
        assert not Decision.objects.exists()


def test_a_skip_is_taken_back(val: Client, round_: Round) -> None:
    poor, *_rest = three()
    base = f"/valinta/{round_.pk}/{poor.number}/"
    posted(val, f"{base}ohita/", {"reason": "wish", "text": "Ei halua."})
    posted(val, f"{base}ohitus/peru/")
    with system_access():
        assert Skip.objects.get().taken_back_at is not None
    assert val.post(f"{base}ohitus/peru/").status_code == 404


def test_whom_one_may_not_know_keeps_a_place_without_a_name(val: Client, round_: Round) -> None:
    poor, rich, _over = three()
    with system_access():
        ban(poor.members.get().person)
    found = page(val, f"/valinta/{round_.pk}/")
    assert "Hakija, jonka tietoja et näe" in found
    assert poor.number not in found and "Numero20" not in found
    assert rich.number in found
    beside = page(val, f"/valinta/{round_.pk}/?vertaa={rich.number}&vertaa={poor.number}")
    assert "Ei näy sinulle" not in beside, "a guessed number is compared with nobody"
    for part in ("ohita", "valitse"):
        assert val.get(f"/valinta/{round_.pk}/{poor.number}/{part}/").status_code == 404
    both = sign_in(Client(), make_user(Role.VAL, Role.HAK))
    assert poor.number in page(both, f"/valinta/{round_.pk}/")


def test_of_a_colleague_nothing_is_told(val: Client, round_: Round) -> None:
    (poor, *_rest), colleague = three(), make_user(Role.HAK)
    with system_access():
        StaffLink.objects.create(
            person=poor.members.get().person, staff=colleague, kind=TieKind.OWN,
            valid_from=TODAY - DAY,
        )  # fmt: skip
    assert poor.number not in page(val, f"/valinta/{round_.pk}/")


def test_who_reads_only_sees_no_acts(round_: Round) -> None:
    poor, *_rest = three()
    reader = sign_in(Client(), make_user(Role.HAK))
    found = page(reader, f"/valinta/{round_.pk}/")
    assert "ohita/" not in found and "valitse/" not in found
    assert reader.post(f"/valinta/{round_.pk}/{poor.number}/ohita/").status_code == 403


@pytest.mark.parametrize("role", [Role.TAL, Role.HUO, Role.MAR])
def test_who_takes_no_part_sees_none(role: Role, round_: Round) -> None:
    client = sign_in(Client(), make_user(role))
    assert client.get("/valinta/").status_code == 403
    assert client.get(f"/valinta/{round_.pk}/").status_code == 403


def test_a_selection_is_opened_from_the_list_of_flats(val: Client, flat: Flat) -> None:
    with system_access():
        Regime.objects.create(flat=flat, funding="free", valid_from=TODAY - DAY)
        make_flat(flat.stair, 44)
    found = page(val, "/valinta/?rajaus=ilman")
    assert f"/valinta/avaa/{flat.pk}/" in found
    given = {"free_from": "+0", "rent_eur": "-1", "open_to_all_from": "+1"}
    posted(val, f"/valinta/avaa/{flat.pk}/", given, 422)
    where = posted(
        val, f"/valinta/avaa/{flat.pk}/", {**given, "rent_eur": "612,50", "open_to_all_from": "+0"}
    )
    row = Round.objects.get()
    assert where == f"/valinta/{row.pk}/"
    assert "Asuntoon ei ole sopivia hakijoita" in page(val, where)
    again = posted(
        val, f"/valinta/avaa/{flat.pk}/", {**given, "rent_eur": "1", "open_to_all_from": "+0"}, 422
    )
    assert "Asunnolla on jo avoin asukasvalinta." in again
    posted(val, f"{where}keskeyta/", {"reason": "Remontti"})
    assert "Keskeytetty" in page(val, "/valinta/?rajaus=paattyneet")


def test_the_page_of_a_flat_tells_whether_residents_are_chosen(
    val: Client, flat: Flat, round_: Round
) -> None:
    assert f"/valinta/{round_.pk}/" in page(val, f"/kohteet/huoneistot/{flat.pk}/")
    posted(val, f"/valinta/{round_.pk}/keskeyta/", {"reason": "Remontti"})
    assert f"/valinta/avaa/{flat.pk}/" in page(val, f"/kohteet/huoneistot/{flat.pk}/")


def test_the_form_of_a_choice_tells_the_place(val: Client, round_: Round) -> None:
    poor, rich, richer = three()
    base = f"/valinta/{round_.pk}/"
    assert "sija 2 / 3" in page(val, f"{base}{rich.number}/valitse/")
    posted(val, f"{base}{poor.number}/ohita/", {"reason": "wish", "text": "Ei halua."})
    assert "sija 2 / 2" in page(val, f"{base}{richer.number}/valitse/")
    assert "· sija" not in page(val, f"{base}{poor.number}/valitse/")
    with system_access():
        stranger = richer.members.get().person_id
        here = rich.members.get().person_id
    page(val, f"{base}{rich.number}/valitse/")
    subjects = events()[-1].subjects
    assert here in subjects and stranger not in subjects, "others are counted, not read"


def test_the_page_of_an_application_tells_flats_that_suit_and_what_was_offered(
    val: Client, round_: Round
) -> None:
    poor, *_rest = three()
    here = f"/hakemukset/{poor.number}/"
    assert f"/valinta/{round_.pk}/" in page(val, here)
    where = posted(val, f"/valinta/{round_.pk}/{poor.number}/valitse/", {"reason": ""})
    told = reverse("selection:decided", args=[where.split("/")[-2]])
    assert told in page(val, here)
    posted(val, f"{where}tarjous/", {"channel": "phone", "answer_by": "+7"})
    found = page(val, here)
    assert told in found and "Odottaa vastausta" in found
