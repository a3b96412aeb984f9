"""Pages of requests: who sees what, forms with errors, two clerks, and nothing lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.disclosures import services as disclosures
from registry.disclosures.models import NotifyReason
from registry.persons.models import Person, StaffLink, TieKind
from registry.rights import clock, services
from registry.rights.models import Attachment, Channel, DataRequest, Method, Right, State
from tests.people import make_user, sign_in, system_access
from tests.registry.households.conftest import named
from tests.registry.persons.conftest import events
from tests.registry.protection.conftest import ban
from tests.registry.rights.conftest import (
    GRANT,
    SignedIn,
    acting,
    decided,
    fresh,
    in_progress,
    informed,
    take_in,
)
from vuokra.accounts.models import User
from vuokra.policy.roles import Role
from vuokra.ui import formatting

pytestmark = pytest.mark.django_db
LIST = "/tietopyynnot/"


def arrived(**changes: object) -> dict[str, object]:
    with system_access():
        today = formatting.date(clock.today())
    return {
        "received_on": today, "channel": "phone", "rights": ["15"], "wish": "Kaikki tiedot",
        "behalf": "", "sender": "", "sender_contact": "", "language": "fi",
    } | changes  # fmt: skip


@pytest.fixture
def browser(registrar: User) -> Client:
    """The registrar's browser."""
    return sign_in(Client(), registrar)


def test_a_request_is_taken_by_phone_and_found_in_the_register(
    browser: Client, person: Person
) -> None:
    answer = browser.post(f"{LIST}uusi/{person.public_id}/", arrived())
    assert answer.status_code == 302
    page = browser.get(answer["Location"]).content.decode()
    assert "Varmista henkilöllisyys" in page and "Kaikki tiedot" in page
    listed = browser.get(LIST).content.decode()
    assert "Lehtovaara" in listed and "Tarkastusoikeus" in listed
    assert "Lehtovaara" not in browser.get(f"{LIST}?oikeus=16").content.decode()
    card = browser.get(f"{LIST}henkilo/{person.public_id}/").content.decode()
    assert "TP-" in card
    event = events()[-1]
    assert event.subjects == [person.pk] and event.purpose == "P14"


def test_the_page_of_a_request_names_it_as_the_case(browser: Client, person: Person) -> None:
    with system_access():
        row = take_in(person)
    browser.get(f"{LIST}{row.slug}/")
    event = events()[-1]
    assert (event.case_kind, event.case_id) == ("tietopyynto", row.pk)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"rights": []}, "Valitse ainakin yksi oikeus."),
        ({"received_on": "1.1.2099"}, "Saapumispäivä on tulevaisuudessa."),
        ({"received_on": "joulu"}, "Kirjoita muodossa 1.12.2026."),
        ({"channel": ""}, "Tämä kenttä vaaditaan."),
        ({"wish": "Tunnus 150685-906N"}, "Tekstissä on henkilötunnus"),
        ({"behalf": "proxy"}, "Kirjoita, kuka pyytää henkilön puolesta."),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(
    browser: Client, person: Person, given: dict[str, object], told: str
) -> None:
    url = f"{LIST}uusi/{person.public_id}/"
    answer = browser.post(url, arrived(wish="Pitkä toivomus") | given)
    page = answer.content.decode()
    assert answer.status_code == 422 and told in page
    assert "Pitkä toivomus" in page or "wish" in given
    with system_access():
        assert not DataRequest.objects.exists()


def test_DP_A32_the_same_request_twice_is_asked_about_and_counted(
    browser: Client, person: Person
) -> None:
    url = f"{LIST}uusi/{person.public_id}/"
    browser.post(url, arrived())
    answer = browser.post(url, arrived())
    assert answer.status_code == 422 and "TP-" in answer.content.decode()
    again = browser.post(url, arrived(again="on"))
    assert again.status_code == 302
    page = browser.get(again["Location"]).content.decode()
    assert "Sama oikeus aiemmin:" in page and "1 pyyntö" in page


def test_somebody_who_is_not_in_the_register(browser: Client) -> None:
    answer = browser.post(f"{LIST}uusi/tuntematon/", arrived())
    assert answer.status_code == 422  # who wrote must be told
    answer = browser.post(f"{LIST}uusi/tuntematon/", arrived(sender="Outo Kirjoittaja"))
    url = answer["Location"]
    assert "Outo Kirjoittaja" in browser.get(url).content.decode()
    wrong = browser.post(f"{url}henkilo/", {"version": "1", "searched": "", "q": ""})
    assert wrong.status_code == 422 and "Valitse henkilö" in wrong.content.decode()
    done = browser.post(f"{url}henkilo/", {"version": "1", "nobody": "on"})
    assert done.status_code == 302
    with system_access():
        assert DataRequest.objects.get().known == "none"


def test_a_clerk_takes_a_request_in_and_sees_no_more(signed_in: SignedIn, person: Person) -> None:
    client = signed_in("SOP")
    answer = client.post(f"{LIST}uusi/{person.public_id}/", arrived())
    assert answer["Location"] == f"/henkilot/{person.public_id}/"
    with system_access():
        row = DataRequest.objects.get()
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{row.slug}/").status_code == 403
    assert "Tietopyynnöt" not in client.get(f"/henkilot/{person.public_id}/").content.decode()


def test_DP_A4_a_number_that_is_none(browser: Client) -> None:
    assert browser.get(f"{LIST}tp-2026-9999/").status_code == 404
    assert browser.get(f"{LIST}1/").status_code == 404


def test_DP_A2_ones_own_request_is_closed_and_in_no_list(
    registrar: User, browser: Client, person: Person
) -> None:
    with system_access():
        row = take_in(person)
        StaffLink.objects.create(
            person=person, staff=registrar, kind=TieKind.OWN, valid_from=clock.today()
        )
    assert browser.get(f"{LIST}{row.slug}/").status_code == 403
    assert row.number not in browser.get(LIST).content.decode()


def test_the_leader_reads_without_the_name_of_a_protected_person(
    signed_in: SignedIn, person: Person
) -> None:
    with system_access():
        row = take_in(person)
        ban(person)
    leader = signed_in("JOH")
    for url in (LIST, f"{LIST}{row.slug}/"):
        page = leader.get(url).content.decode()
        assert "1 asiakas" in page and "Lehtovaara" not in page
    assert leader.post(f"{LIST}{row.slug}/kasittelija/", {"version": "1"}).status_code == 403


# -- two clerks on one request -------------------------------------------------------------------


def test_two_clerks_the_second_is_told_who_did_what_and_keeps_what_was_typed(
    registrar: User, browser: Client, second: User, person: Person
) -> None:
    row = in_progress(registrar, person)
    url = f"{LIST}{row.slug}/arvio/"
    with acting(second):
        services.decide(row, Right.ACCESS, GRANT, version=row.version)
    answer = browser.post(url, {"version": str(row.version - 1), "text": "Oma pitkä arvioni"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Pyyntöä on muutettu sillä välin." in page and second.full_name in page
    assert "Oma pitkä arvioni" in page
    again = browser.post(url, {"version": str(row.version), "text": "Oma pitkä arvioni"})
    assert again.status_code == 302
    with system_access():
        assert fresh(row).assessment == "Oma pitkä arvioni"


def test_a_button_of_an_old_page_does_nothing_and_says_so(
    registrar: User, browser: Client, second: User, person: Person
) -> None:
    row = decided(registrar, person, Right.ACCESS)
    with acting(second):
        services.take(row, version=row.version)
    answer = browser.post(
        f"{LIST}{row.slug}/tarkastukseen/", {"version": str(row.version - 1)}, follow=True
    )
    assert "Pyyntöä on muutettu sillä välin: Käsittelijä" in answer.content.decode()
    with system_access():
        assert fresh(row).state == State.IN_PROGRESS


def test_blocked_steps_say_what_is_missing(
    registrar: User, browser: Client, person: Person
) -> None:
    row = in_progress(registrar, person)
    page = browser.get(f"{LIST}{row.slug}/").content.decode()
    assert "Ratkaise: Tarkastusoikeus." in page
    answer = browser.post(
        f"{LIST}{row.slug}/tarkastukseen/", {"version": str(row.version)}, follow=True
    )
    assert "Ratkaise: Tarkastusoikeus." in answer.content.decode()


def test_the_handlers_own_approval_is_refused_on_its_page(
    registrar: User, browser: Client, person: Person
) -> None:
    row = decided(registrar, person, Right.ACCESS)
    with acting(registrar):
        services.submit(row, version=row.version)
    page = browser.get(f"{LIST}{row.slug}/").content.decode()
    assert "Toinen henkilö tarkastaa ja hyväksyy vastauksen." in page
    answer = browser.post(f"{LIST}{row.slug}/hyvaksyminen/", {"version": str(row.version)})
    assert answer.status_code == 422
    assert "Toisen henkilön on hyväksyttävä vastaus." in answer.content.decode()


def test_both_dates_and_the_paused_clock_are_shown(
    registrar: User, browser: Client, person: Person
) -> None:
    with acting(registrar):
        row = take_in(person, channel=Channel.EMAIL)
        services.ask(row, way="letter", version=row.version)  # type: ignore[arg-type]
    page = browser.get(f"{LIST}{row.slug}/").content.decode()
    for day in (row.target, row.deadline):
        assert formatting.date(day) in page
    assert "Jos tunnistus pysäyttää ajan" in page and "Miksi?" in page


# -- files ---------------------------------------------------------------------------------------


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_file_is_sealed_and_comes_back_under_a_name_of_ours(
    registrar: User, browser: Client, person: Person
) -> None:
    row = in_progress(registrar, person)
    url, version = f"{LIST}{row.slug}/liitteet/", str(row.version)
    file = upload("150685-906N.txt", b"Oma lausuma")
    refused = browser.post(url, {"version": version, "attachment": file})
    assert refused.status_code == 422  # that it is no picture of a document must be said
    file.seek(0)
    answer = browser.post(
        url, {"version": version, "attachment": file, "no_identity": "on"}
    )  # fmt: skip
    assert answer.status_code == 302
    with system_access():
        kept = Attachment.objects.get()
        assert str(kept.name) == "••••••"
        assert "150685" not in kept.file.name
    answer = browser.get(f"{url}{kept.uuid}/")
    assert answer.content == b"Oma lausuma"
    assert answer["Content-Disposition"] == (
        f'attachment; filename="{row.slug}-liite-{kept.pk}.txt"'
    )
    assert events()[-1].action == "download"
    gone = browser.post(f"{url}{kept.uuid}/poista/", {"version": str(row.version + 1)})
    assert gone.status_code == 302
    with system_access():
        assert not Attachment.objects.exists()


def test_lists_cost_the_same_with_many_rows(
    registrar: User, browser: Client, person: Person
) -> None:
    def statements() -> int:
        browser.get(LIST)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(LIST).status_code == 200
        return len(captured)

    with acting(registrar):
        take_in(person)
    before = statements()
    with acting(registrar):
        for number in range(6):
            take_in(named("Aarnivuori", f"Saimi{number}"))
            take_in(None)
    assert statements() == before


def test_a_page_costs_the_same_whatever_it_holds(
    registrar: User, browser: Client, person: Person
) -> None:
    row = in_progress(registrar, person)
    url = f"{LIST}{row.slug}/"

    def statements() -> int:
        browser.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(url).status_code == 200
        return len(captured)

    with acting(registrar):
        services.decide(row, Right.ACCESS, GRANT, version=row.version)
    before = statements()
    with acting(registrar):
        for number in range(5):
            services.weigh(row, f"Arvio {number}", version=fresh(row).version)
            take_in(person, Right.PORTABILITY)
    assert statements() == before


def test_a_second_handler_and_a_third_person(person: Person, signed_in: SignedIn) -> None:
    """T3 is stated by two people, each from his own page."""
    with system_access():
        ban(person)
        person.refresh_from_db()
    one, other = make_user(Role.REK, username="yksi"), make_user(Role.REK, username="kaksi")
    with acting(one):
        row = take_in(person)
        services.verify(row, Method.PHOTO_ID, version=row.version)
    own = sign_in(Client(), one).get(f"{LIST}{row.slug}/").content.decode()
    assert "Toinen käsittelijä toteaa henkilöllisyyden." in own
    client = sign_in(Client(), other)
    client.post(f"{LIST}{row.slug}/tunnistus/toinen/", {"version": str(row.version)})
    with system_access():
        assert fresh(row).state == State.IN_PROGRESS


def test_a_deadline_that_passed_is_said(registrar: User, browser: Client, person: Person) -> None:
    with acting(registrar):
        row = take_in(person, received_on=clock.today() - timedelta(days=45))
    page = browser.get(f"{LIST}{row.slug}/").content.decode()
    assert "määräaika on ohi" in page
    assert "Jatka määräaikaa" not in page


def test_after_telling_a_recipient_the_request_is_shown(
    browser: Client, registrar: User, person: Person
) -> None:
    informed(person)
    with acting(registrar):
        other = take_in(named("Muukalainen", "Maija"), Right.RECTIFICATION)
        row = take_in(person, Right.RECTIFICATION)
        own, stray = (
            disclosures.notify_recipients(person, ["PT-PUH"], NotifyReason.RECTIFIED, number)[0]
            for number in (row.number, other.number)
        )
    page, tab = f"{LIST}{row.slug}/", f"/luovutukset/henkilo/{person.public_id}/"
    asked = f"{tab}ilmoitus/{own.pk}/?next=https://example.com/&takaisin=https://example.com/"
    assert f'href="{page}"' in browser.get(asked).content.decode()  # to give it up
    given = {"state": "notified", "note": "Kirje", "next": "https://example.com/"}
    assert browser.post(asked, given)["Location"] == page
    # a matter of somebody else's is not shown because of this person
    assert browser.post(f"{tab}ilmoitus/{stray.pk}/", given)["Location"] == tab
