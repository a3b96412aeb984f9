"""Pages: what each role meets of a protected person, and the two clicks to one detail."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from registry.persons.models import Person
from registry.protection import queries, services, tasks
from registry.protection.models import ProtectedDetail, Turvakielto
from registry.protection.rule_rows import PROMPT_MINUTES
from tests.people import identified, make_user, sign_in, system_access
from tests.registry.persons.conftest import events
from tests.registry.protection.conftest import STREET, TOWN, SignedIn, acting
from vuokra.accounts.models import User
from vuokra.policy.roles import Role
from vuokra.rules.services import add_version

WHY = {"reason": "P3", "reason_text": "Vesivahinko, soitto asukkaalle"}


def secrets_of(person: Person) -> list[str]:
    number = f"04912{person.customer_number:05}"[:10]
    return [STREET, TOWN, f"asukas{person.customer_number}@", number, number[1:], "97999",
            f"{number[:3]}\u00a0{number[3:6]}"]  # fmt: skip


def none_of(person: Person, text: str) -> None:
    told = [value for value in secrets_of(person) if value in text]
    assert not told, told


def details(person: Person) -> dict[str, str]:
    with system_access():
        rows = ProtectedDetail.objects.filter(person=person)
        return {row.kind: str(row.uuid) for row in rows}


def reveal_url(person: Person, kind: str) -> str:
    return f"/turvakielto/{person.public_id}/tieto/{details(person)[kind]}/"


@pytest.mark.parametrize("role", ["SOP", "HAK", "REK", "TAL", "PER", "VAL", "HUO", "ASN", "JOH"])
def test_DP_T7_the_card_shows_the_mask_to_every_role(
    signed_in: SignedIn, protected: Person, role: str
) -> None:
    answer = signed_in(role).get(f"/henkilot/{protected.public_id}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    none_of(protected, page)
    assert page.index("protection-banner") < page.index("access-banner")
    assert "Turvakielto" in page
    if role in ("SOP", "HAK", "REK", "TAL", "PER"):
        assert "Turvakielto – ei näytetä" in page
    opens = f"/turvakielto/{protected.public_id}/tieto/" in page
    assert opens == (role in ("SOP", "HAK", "REK"))


def test_DP_T8_another_session_meets_the_mask_at_its_next_request(
    signed_in: SignedIn, person: Person
) -> None:
    """HAK records a ban while SOP has the card open."""
    sop, hak = signed_in("SOP"), signed_in("HAK")
    card = f"/henkilot/{person.public_id}/"
    assert STREET in sop.get(card).content.decode()
    answer = hak.post(
        f"/turvakielto/{person.public_id}/merkitse/",
        {"begins": "1.11.2026", "until": "31.10.2031", "origin": "SRC-DVV", "household": "on"},
    )
    assert answer.status_code == 302, answer.content.decode()
    none_of(person, sop.get(card).content.decode())
    with system_access():
        assert Turvakielto.objects.get(person=person).noted_by.username == "hak"


def test_what_is_unusual_is_asked_and_not_refused(signed_in: SignedIn, person: Person) -> None:
    client, url = signed_in("SOP"), f"/turvakielto/{person.public_id}/merkitse/"
    long = {"begins": "1.11.2026", "until": "31.12.2036", "origin": "SRC-DVV"}
    answer = client.post(url, long)
    assert answer.status_code == 422 and "enintään 5 vuotta" in answer.content.decode()
    with system_access():
        assert not Turvakielto.objects.exists()
    assert client.post(url, long | {"confirmed": "on"}).status_code == 302


def test_DP_A5_a_posted_word_does_not_unmask(signed_in: SignedIn, protected: Person) -> None:
    client = signed_in("SOP")
    names = {"surname": "Lehtovaara", "given_names": "Marjukka", "call_name": "", "language": "fi"}
    client.post(
        f"/henkilot/{protected.public_id}/muokkaa/",
        names | {"protected": "false", "turvakielto": "false"},
    )
    with system_access():
        protected.refresh_from_db()
        assert protected.protected


def test_a_form_opened_before_the_ban_is_refused_at_its_field(
    signed_in: SignedIn, person: Person
) -> None:
    client, url = signed_in("SOP"), f"/henkilot/{person.public_id}/yhteystiedot/"
    point = {"kind": "phone", "value": "0491112223", "source": "SRC-ASIAKAS",
             "valid_from": "1.11.2026"}  # fmt: skip
    with system_access():
        services.record_ban(
            person, valid_from=date(2026, 11, 1), valid_until=None, source="SRC-DVV",
            covers_household=False,
        )  # fmt: skip
    answer = client.post(url, point)
    assert answer.status_code == 422
    assert "turvakielto" in answer.content.decode()
    moved = client.get(url)
    assert moved.status_code == 302 and moved["Location"].startswith("/turvakielto/")
    assert client.post(moved["Location"], point).status_code == 302
    with system_access():
        assert ProtectedDetail.objects.filter(person=person, kind="phone").count() == 2


def test_a_reveal_needs_a_purpose_and_words(signed_in: SignedIn, protected: Person) -> None:
    client, url = signed_in("SOP"), reveal_url(protected, "home")
    for given in ({}, {"reason": "P3"}, {"reason": "P3", "reason_text": "x"},
                  {"reason": "P5", "reason_text": "ei omia perusteita"}):  # fmt: skip
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.post(url, given, headers=headers)
            assert answer.status_code == 422, given
            none_of(protected, answer.content.decode())
    assert client.get(url).status_code == 405


def test_a_reveal_opens_one_detail_and_is_recorded(
    signed_in: SignedIn, protected: Person, settings: pytest.FixtureRequest
) -> None:
    client = signed_in("SOP")
    answer = client.post(reveal_url(protected, "home"), WHY, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer.status_code == 200 and STREET in page and TOWN in page
    assert 'data-reveal-seconds="60"' in page and "asukas" not in page
    assert answer["Cache-Control"] == "no-store"
    event = events()[-1]
    assert event.action == "reveal" and event.purpose == "P3" and event.payload_digest
    assert event.subjects == [protected.pk]
    seen = [part for part in event.detail if part["kind"] == "reveal"]
    assert seen[0]["table"] == "registry_protection_protecteddetail"
    none_of(protected, str(event.detail))


def test_one_prompt_per_person_and_session(signed_in: SignedIn, protected: Person) -> None:
    client, card = signed_in("SOP"), f"/henkilot/{protected.public_id}/"
    assert "reveal-ask" in client.get(card).content.decode()
    assert client.post(reveal_url(protected, "home"), WHY).status_code == 200
    page = client.get(card).content.decode()
    none_of(protected, page)
    assert "reveal-ask" not in page, "asked once"
    answer = client.post(reveal_url(protected, "email"))
    assert answer.status_code == 200 and "asukas" in answer.content.decode()
    assert not set(secrets_of(protected)) & set(str(dict(client.session.items())).split())
    with system_access():
        add_version(PROMPT_MINUTES, 0, date(2020, 1, 1), source="Testi")
    assert client.post(reveal_url(protected, "phone")).status_code == 422


def test_a_prompt_of_one_person_opens_nothing_of_another(
    signed_in: SignedIn, protected: Person, neighbour: Person
) -> None:
    client = signed_in("SOP")
    with system_access():
        services.record_ban(
            neighbour, valid_from=date(2026, 11, 1), valid_until=None, source="SRC-DVV",
            covers_household=False,
        )  # fmt: skip
    client.post(reveal_url(protected, "home"), WHY)
    assert client.post(reveal_url(neighbour, "home")).status_code == 422
    crossed = f"/turvakielto/{protected.public_id}/tieto/{details(neighbour)['home']}/"
    assert client.post(crossed, WHY).status_code == 404
    assert client.post(f"/turvakielto/{protected.public_id}/tieto/{uuid4()}/").status_code == 404


@pytest.mark.parametrize("role", ["TAL", "PER", "VAL", "HUO", "ASN", "MAR", "TAR", "JOH", "PAA"])
def test_other_roles_open_and_change_nothing(
    signed_in: SignedIn, protected: Person, role: str
) -> None:
    client, base = signed_in(role), f"/turvakielto/{protected.public_id}/"
    for url in (reveal_url(protected, "home"), f"{base}merkitse/", f"{base}paattaminen/",
                f"{base}paattaminen/hyvaksy/", f"{base}paattaminen/hylkaa/", f"{base}jatka/",
                f"{base}osoite/", f"{base}yhteystieto/"):  # fmt: skip
        assert client.post(url, WHY).status_code == 403, url
    assert client.get(base).status_code == 403


def test_the_registrar_is_told_without_personal_data(
    signed_in: SignedIn, protected: Person, registrar: User, settings: pytest.FixtureRequest,
    mailoutbox: list,
) -> None:  # fmt: skip
    settings.VUOKRA_MAIL = True  # type: ignore[attr-defined]
    settings.VUOKRA_MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_BACKEND = "vuokra.access.mail.RecordingBackend"  # type: ignore[attr-defined]
    with system_access():
        registrar.email = "rekisteri@example.fi"
        registrar.save(update_fields=["email"])
    tasks.tell_registrar.func(protected.pk)
    (message,) = mailoutbox
    assert message.to == ["rekisteri@example.fi"]
    text = f"{message.subject}\n{message.body}"
    assert str(protected.customer_number) in text
    none_of(protected, text)
    assert "Lehtovaara" not in text and "Marjukka" not in text and "906" not in text


def test_a_reveal_queues_the_message_with_it(signed_in: SignedIn, protected: Person) -> None:
    from django_tasks_db.models import DBTaskResult

    signed_in("SOP").post(reveal_url(protected, "home"), WHY)
    queued = DBTaskResult.objects.get(task_path__contains="tell_registrar")
    assert queued.args_kwargs["args"] == [protected.pk]


def test_DP_T1_T2_lists_searches_and_exports(signed_in: SignedIn, protected: Person) -> None:
    for role in ("SOP", "HAK", "REK", "TAL", "PER", "JOH", "HUO", "ASN"):
        client = signed_in(role)
        page = client.get("/henkilot/").content.decode()
        none_of(protected, page)
        assert ("Lehtovaara" in page) == (role in ("SOP", "HAK", "REK")), role
        if role not in ("SOP", "HAK", "REK"):
            assert re.search(r"(?<!\d)0 henkilöä", page), "the count tells nobody is hidden"
        for missing in ("puhelin", "sahkoposti", "osoite"):
            assert "Lehtovaara" not in client.get(f"/henkilot/?puuttuu={missing}").content.decode()
        answer = client.post("/henkilot/vienti/")
        if answer.status_code == 200:
            text = b"".join(answer.streaming_content).decode()
            assert "Lehtovaara" not in text and str(protected.customer_number) not in text
            none_of(protected, text)


def test_DP_A17_name_and_code_open_nothing_for_others(
    signed_in: SignedIn, protected: Person
) -> None:
    client = signed_in("TAL")
    for typed in ("150685-906N", str(protected.customer_number), "Lehtovaara"):
        answer = client.post("/henkilot/haku/", {"q": typed}, follow=True)
        page = answer.content.decode()
        assert f"/henkilot/{protected.public_id}/" not in page and "Turvakielto" not in page
    assert "Henkilötunnus ei tunnista soittajaa" in client.get("/henkilot/haku/").content.decode()


def test_DP_A53_ending_over_the_pages(protected: Person, clerk: User, registrar: User) -> None:
    base = f"/turvakielto/{protected.public_id}/paattaminen/"
    sop, rek = sign_in(Client(), clerk), sign_in(Client(), registrar)
    for browser, user in ((sop, clerk), (rek, registrar)):
        identified(browser, user, ago=16 * 60)
    asked = sop.get(base)
    assert asked.status_code == 302 and "uudelleen" in asked["Location"], "re-authentication"
    assert sop.post(base, {"grounds": "DVV ilmoitti"}).status_code == 302
    with system_access():
        assert queries.the_ban(protected).ending_proposed_at is None
    strict = Client(enforce_csrf_checks=True)
    sign_in(strict, make_user(Role.REK, username="toinen"))
    assert strict.post(f"{base}hyvaksy/").status_code == 403, "token"
    with acting(clerk):
        services.propose_ending(queries.the_ban(protected), reason="DVV ilmoitti")
    assert "uudelleen" in rek.post(f"{base}hyvaksy/")["Location"]
    with system_access():
        protected.refresh_from_db()
        assert protected.protected


def test_the_ban_page_and_its_tasks(signed_in: SignedIn, protected: Person) -> None:
    client, base = signed_in("SOP"), f"/turvakielto/{protected.public_id}/"
    page = client.get(base).content.decode()
    none_of(protected, page)
    assert "14.3.2031" in page and "porrastaulu" in page
    done = re.findall(r"/turvakielto/[a-z0-9]+/tehtava/\d+/", page)
    assert client.post(done[0]).status_code == 302
    assert len(re.findall(r"/tehtava/\d+/", client.get(base).content.decode())) == len(done) - 1


def test_the_queue_names_nobody(signed_in: SignedIn, protected: Person) -> None:
    page = signed_in("SOP").get("/", follow=True).content.decode()
    assert "Turvakielto merkitty" in page
    assert "Lehtovaara" not in page and str(protected.customer_number) not in page
    assert "Turvakielto merkitty" not in signed_in("TAL").get("/", follow=True).content.decode()


def test_a_role_is_told_nothing_by_the_guide(signed_in: SignedIn) -> None:
    assert signed_in("HUO").get("/turvakielto/ohje/").status_code == 200
