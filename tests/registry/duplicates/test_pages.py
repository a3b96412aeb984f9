"""Pages of duplicates: the list, two records side by side, a code that another has, undoing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from registry.duplicates.models import Candidate, Merge, Origin, State
from registry.duplicates.services import choose_pair, find_likely
from registry.persons.models import (
    FormerCodeReason,
    Identity,
    IdentityKind,
    Person,
    Source,
    StaffLink,
    TieKind,
)
from registry.persons.services import Code, Names, change_identity, record_identity, register_person
from registry.protection.services import record_ban
from tests.people import make_user, sign_in, system_access
from tests.registry.duplicates.conftest import OTHER_CODE, REASON, UNDO_REASON, merged
from tests.registry.persons.conftest import CODE, TODAY, SignedIn, events, invented
from vuokra.access.codes import Outcome
from vuokra.access.models import AccessEvent
from vuokra.company.models import Limits
from vuokra.company.services import save_limits
from vuokra.desk.rows import rows_for
from vuokra.policy.roles import Role

LIST = "/henkilot/kaksoiskappaleet/"
Both = tuple[Person, Person]
MAY, MAY_NOT = (
    ("HAK", "SOP", "REK"),
    ("VAL", "TAL", "PER", "HUO", "ASN", "MAR", "TAR", "JOH", "PAA"),
)


def page_of(pair: Candidate, what: str = "") -> str:
    return f"{LIST}{pair.pk}/{what}"


def choices(**changed: str) -> dict[str, str]:
    return {
        "given_names": "keep", "customer_since": "keep", "identity": "keep", "call_name": "keep",
        "other_code": "mistake", "reason": REASON, **changed,
    }  # fmt: skip


@pytest.mark.parametrize("role", MAY)
def test_list_and_comparison_open(signed_in: SignedIn, pair: Candidate, role: str) -> None:
    client = signed_in(role)
    text = client.get(LIST).content.decode()
    assert text.count("Lehtovaara") == 2
    page = client.get(page_of(pair))
    text = page.content.decode()
    assert page.status_code == 200
    for value in ("Marjukka Anneli", "toinen@example.fi", "Koulukatu 5 A 2", "päättyy 30.4.2025"):
        assert value in text
    for code in (CODE, OTHER_CODE, "150685", "15.6.1985"):
        assert code not in text
    assert set(events()[-1].subjects) == {pair.first_id, pair.second_id}


@pytest.mark.parametrize("role", MAY_NOT)
def test_other_roles_are_refused(signed_in: SignedIn, pair: Candidate, role: str) -> None:
    client = signed_in(role)
    for address in (LIST, page_of(pair), f"{LIST}yhdistykset/"):
        page = client.get(address)
        assert page.status_code == 403
        assert "Lehtovaara" not in page.content.decode()


@pytest.mark.smoke
def test_merge_and_undo_by_the_pages(signed_in: SignedIn, pair: Candidate, both: Both) -> None:
    older, newer = both
    client = signed_in("SOP")
    page = client.post(page_of(pair, "yhdista/"), choices(given_names="take"))
    assert page.status_code == 302
    assert page["Location"] == f"/henkilot/{older.public_id}/"
    card = client.get(page["Location"]).content.decode()
    assert "Yhdistetyt tietueet" in card
    assert client.get(f"/henkilot/{newer.public_id}/").status_code == 302
    with system_access():
        done = Merge.objects.get()
        older.refresh_from_db()
        assert (older.given_names, done.reason) == ("Marjukka", REASON)
    assert set(events()[-3].subjects) >= {older.pk, newer.pk}
    address = f"{LIST}yhdistykset/{done.pk}/"
    assert "Kumoa yhdistäminen" in client.get(address).content.decode()
    assert client.post(address, {"reason": "lyhyt"}).status_code == 422
    assert client.post(address, {"reason": UNDO_REASON}).status_code == 302
    assert client.get(f"/henkilot/{newer.public_id}/").status_code == 200
    assert "kumottu" in client.get(f"{LIST}yhdistykset/").content.decode()


def test_the_newer_record_may_survive(signed_in: SignedIn, pair: Candidate, both: Both) -> None:
    client = signed_in("SOP")
    assert client.get(f"{page_of(pair)}?sailyy=2").status_code == 200
    page = client.post(page_of(pair, "yhdista/"), choices(sailyy="2"))
    assert page["Location"] == f"/henkilot/{both[1].public_id}/"


def test_nothing_is_lost_when_the_form_is_refused(signed_in: SignedIn, pair: Candidate) -> None:
    page = signed_in("SOP").post(
        page_of(pair, "yhdista/"), choices(reason="lyhyt", customer_since="take")
    )
    text = page.content.decode()
    assert page.status_code == 422
    assert "lyhyt" in text
    assert "Perustelu" in text
    with system_access():
        assert not Merge.objects.exists()


def test_what_cannot_be_put_back_is_told_first(
    signed_in: SignedIn, pair: Candidate, both: Both
) -> None:
    with system_access():
        done = merged(*both)
        Person.objects.get(pk=both[0].pk).contact_points.get(value="toinen@example.fi").delete()
    client, address = signed_in("SOP"), f"{LIST}yhdistykset/{done.pk}/"
    assert "Näitä ei palauteta" in client.get(address).content.decode()
    assert client.post(address, {"reason": UNDO_REASON}).status_code == 422
    assert client.post(address, {"reason": UNDO_REASON, "seen": "on"}).status_code == 302


def test_two_people_are_marked_so(signed_in: SignedIn, pair: Candidate) -> None:
    client = signed_in("HAK")
    assert client.post(page_of(pair, "eri/"), {"eri-reason": "ei"}).status_code == 422
    page = client.post(page_of(pair, "eri/"), {"eri-reason": "Äiti ja tytär, samanimiset."})
    assert page.status_code == 302
    assert "Lehtovaara" not in client.get(LIST).content.decode()
    assert "Äiti ja tytär" in client.get(f"{LIST}?tila=eri").content.decode()


def test_search_now_finds_pairs(signed_in: SignedIn, both: Both) -> None:
    client = signed_in("SOP")
    page = client.post(f"{LIST}etsi/", follow=True)
    assert "Löytyi 1 uusi pari." in page.content.decode()
    assert "Uusia pareja ei" in client.post(f"{LIST}etsi/", follow=True).content.decode()


def test_the_other_record_is_chosen_by_its_number(signed_in: SignedIn, both: Both) -> None:
    older, newer = both
    client, address = signed_in("SOP"), f"{LIST}{older.public_id}/valitse/"
    assert client.get(address).status_code == 200
    for number in ("99999999", str(older.customer_number), "abc", ""):
        assert client.post(address, {"number": number}).status_code == 422
    page = client.post(address, {"number": str(newer.customer_number)})
    with system_access():
        assert page["Location"] == page_of(Candidate.objects.get(origin=Origin.CHOSEN))


def test_a_protected_person_is_compared_without_contact_details(
    signed_in: SignedIn, pair: Candidate, both: Both
) -> None:
    with system_access():
        record_ban(
            both[0], valid_from=TODAY, valid_until=None, source=Source.PERSON,
            covers_household=False,
        )  # fmt: skip
    client = signed_in("SOP")
    text = client.get(page_of(pair)).content.decode()
    assert "Turvakielto koskee yhdistämisen jälkeen kumpaakin" in text
    assert "Koulukatu" not in text
    page = client.post(page_of(pair, "yhdista/"), choices())
    assert page.status_code == 302
    with system_access():
        merge = Merge.objects.get()
    card = client.get(page["Location"]).content.decode()
    assert "toinen@example.fi" not in card and "Suokuja" not in card
    undoing = client.get(f"/henkilot/kaksoiskappaleet/yhdistykset/{merge.pk}/").content.decode()
    assert "ei päätä turvakieltoa" in undoing


def identity_form(code: str) -> dict[str, str]:
    return {"kind": "hetu", "hetu": code, "birth_date": "", "reason": "mistake"}


def third() -> Person:
    return register_person(Names("Petäjäsuo", "Iida"), today=TODAY)


def test_DP_A16_a_code_of_another_is_blocked_and_the_merge_offered(
    signed_in: SignedIn, both: Both
) -> None:
    with system_access():
        other = third()
    client, address = signed_in("SOP"), f"/henkilot/{other.public_id}/tunniste/"
    page = client.post(address, identity_form(CODE))
    text = page.content.decode()
    assert page.status_code == 422
    assert "Lehtovaara" not in text
    assert "Selvitä kaksoiskappale" in text
    settle = f"{LIST}{other.public_id}/tunnus/"
    assert f'formaction="{settle}"' in text
    page = client.post(settle, identity_form(CODE))
    with system_access():
        assert not Identity.objects.filter(person=other).exists()
        pair = Candidate.objects.get()
    assert (pair.origin, pair.state) == (Origin.CODE, State.OPEN)
    assert page["Location"] == page_of(pair)
    assert "Lehtovaara" in client.get(page_of(pair)).content.decode()


def test_DP_A16_nothing_of_the_other_is_told_without_the_right(both: Both) -> None:
    """The clerk may not open the other's record, since it is of the clerk's own household (A2)."""
    clerk = make_user(Role.SOP)
    with system_access():
        other = third()
        StaffLink(
            person=both[0], staff=clerk, kind=TieKind.HOUSEHOLD, valid_from=TODAY - timedelta(9)
        ).save()
    client = sign_in(Client(), clerk)
    refused = client.post(f"/henkilot/{other.public_id}/tunniste/", identity_form(CODE))
    page = client.post(f"{LIST}{other.public_id}/tunnus/", identity_form(CODE), follow=True)
    for text in (refused.content.decode(), page.content.decode()):
        assert "Lehtovaara" not in text
        assert str(both[0].customer_number) not in text
    assert "kirjattu selvitettäväksi" in page.content.decode()
    with system_access():
        pair = Candidate.objects.get()
    assert client.get(page_of(pair)).status_code == 403
    assert "Lehtovaara" not in client.get(page_of(pair)).content.decode()
    colleague = sign_in(Client(), make_user(Role.REK))
    assert "Lehtovaara" in colleague.get(page_of(pair)).content.decode()


def test_DP_A16_an_officially_changed_code_leads_to_its_holder(
    signed_in: SignedIn, both: Both
) -> None:
    with system_access():
        new = Code(IdentityKind.HETU, "150685X907P")
        change_identity(both[0], new, reason=FormerCodeReason.CHANGED, today=TODAY)
        other = third()
    client = signed_in("SOP")
    page = client.post(f"/henkilot/{other.public_id}/tunniste/", identity_form(CODE))
    assert page.status_code == 422
    assert "Selvitä kaksoiskappale" in page.content.decode()
    assert client.post(f"{LIST}{other.public_id}/tunnus/", identity_form(CODE)).status_code == 302
    with system_access():
        assert {p.first_id for p in Candidate.objects.all()} == {both[0].pk}


def test_DP_A16_a_free_code_makes_no_pair(signed_in: SignedIn, both: Both) -> None:
    client = signed_in("SOP")
    for code in ("311299-903B", "nonsense", ""):
        page = client.post(f"{LIST}{both[0].public_id}/tunnus/", {"hetu": code})
        assert page["Location"] == f"/henkilot/{both[0].public_id}/tunniste/"
    with system_access():
        assert not Candidate.objects.exists()


@pytest.mark.smoke
def test_DP_A16_swapped_codes_change_places_at_once(
    signed_in: SignedIn, pair: Candidate, both: Both
) -> None:
    client = signed_in("SOP")
    assert client.post(page_of(pair, "vaihda/"), {"vaihto-reason": "ei"}).status_code == 422
    page = client.post(page_of(pair, "vaihda/"), {"vaihto-reason": "Tunnukset kirjattu ristiin."})
    assert page.status_code == 302
    with system_access():
        codes = {i.person_id: i.hetu.reveal() for i in Identity.objects.all()}
        assert codes == {both[0].pk: OTHER_CODE, both[1].pk: CODE}
        assert all(identity.active for identity in Identity.objects.all())
        assert Candidate.objects.get().state == State.NOT_SAME
        event = AccessEvent.objects.filter(route="duplicates:swap").latest("id")
        assert set(event.subjects) == {both[0].pk, both[1].pk}
        assert event.outcome == Outcome.OK


def test_DP_A16_codes_are_swapped_only_between_two_who_have_one(
    signed_in: SignedIn, pair: Candidate, both: Both
) -> None:
    with system_access():
        Identity.objects.get(person=both[1]).delete()
    client = signed_in("SOP")
    assert "vaihda/" not in client.get(page_of(pair)).content.decode()
    page = client.post(page_of(pair, "vaihda/"), {"vaihto-reason": "Tunnukset kirjattu ristiin."})
    assert page.status_code == 422
    with system_access():
        record_identity(both[1], Code(IdentityKind.HETU, OTHER_CODE), today=TODAY)
        assert Candidate.objects.get().state == State.OPEN


def test_pairs_stand_in_the_work_queue(signed_in: SignedIn, both: Both) -> None:
    client = signed_in("SOP")
    with system_access():
        find_likely(today=TODAY)
        other = third()
        choose_pair(both[0], other, Origin.CODE)
        actor_rows = [row for _, row in rows_for(_everything(), TODAY) if row.kind == "duplicates"]
    assert len(actor_rows) == 2
    assert all("Lehtovaara" not in f"{row.task}{row.facts}" for row in actor_rows)
    assert "Mahdolliset kaksoiskappaleet" in client.get(LIST).content.decode()


def _everything() -> Any:
    from vuokra.access.context import current

    return current().actor


def test_a_namesake_of_another_birth_date_is_no_pair(signed_in: SignedIn, both: Both) -> None:
    """A third person of another birth date is no pair with either."""
    with system_access():
        invented("Lehtovaara", "Marjukka Anneli", "311299-903B")
        find_likely(today=TODAY)
        assert Candidate.objects.count() == 1


@pytest.mark.parametrize("decision", ["yhdista/", "eri/", "vaihda/"])
def test_DP_A9_a_decision_that_is_refused_counts_as_opening_the_pair(
    signed_in: SignedIn, pair: Candidate, decision: str
) -> None:
    """Posting nothing shows the two side by side again, contact details and all."""
    with system_access():
        save_limits(Limits(cards_per_hour=1, reveals_per_day=2))
        other = invented("Uusimaa", "Ulla", code="010180-926Y")
        another = choose_pair(pair.first, other, Origin.CHOSEN)
    client = signed_in("SOP")
    assert "Koulukatu 5 A 2" in client.post(page_of(pair, decision)).content.decode()
    stopped = client.post(page_of(another, decision))
    assert stopped["Location"].startswith("/kirjaudu/uudelleen/")
    assert client.get(page_of(another)).status_code == 302


@pytest.mark.parametrize("address", [LIST, f"{LIST}yhdistykset/", "/henkilot/"])
@pytest.mark.parametrize("number", ["9" * 5000, "-1", "\N{SUPERSCRIPT TWO}", "x"])
def test_a_page_number_that_is_none_gives_a_page(
    signed_in: SignedIn, pair: Candidate, address: str, number: str
) -> None:
    assert signed_in("SOP").get(address, {"sivu": number}).status_code == 200
