"""Pages of applications, as HAK and VAL see them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from applications.intake import services
from applications.intake.codes import (
    AttachmentKind,
    Channel,
    Corrected,
    IncomeKind,
    NeededBy,
    Situation,
    State,
    Tenure,
)
from applications.intake.models import (
    Application,
    Attachment,
    Ground,
    Income,
    Member,
    Need,
    Permit,
    Wish,
)
from applications.intake.services import Details, HomeGiven, NeedGiven, papers
from leases.homes.models import Site
from registry.persons.models import Person, TieKind
from registry.persons.services.standing import record_tie
from registry.protection.models import Turvakielto
from tests.applications.intake.conftest import (
    DAY,
    TODAY,
    SignedIn,
    ban,
    row,
    stepped,
    system_access,
)
from tests.applications.intake.living import MINORS, again, born_on
from vuokra.accounts.models import User

pytestmark = pytest.mark.django_db
NEW = {
    "q": "", "searched": "", "chosen": "", "surname": "", "given_names": "", "birth_date": "",
    "hetu": "", "channel": "paper", "received_on": f"{TODAY:%d.%m.%Y}", "kind": "new",
    "subsidised": "on", "assured_on": "", "signed_on": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def told(person: Person, site: Site) -> Application:
    """A received application that tells something of everything."""
    with system_access():
        made = services.begin(
            person, Details(channel=Channel.PAPER, received_on=TODAY), today=TODAY
        )
        services.receive(made, today=TODAY)
        given: Any = {"whose": Corrected.APPLICANT, "today": TODAY}
        services.set_need(made, NeedGiven(own_words="Ahtaus vaivaa", wished_on=TODAY), **given)
        services.set_home(
            made, HomeGiven(tenure=Tenure.RENTED, municipality="Suvanto", rooms=2), **given
        )
        services.put(Wish(application=made, sites=[site.pk], rooms_from=2, rooms_to=3), **given)
        services.put(Ground(application=made, situation=Situation.CRAMPED), **given)
        member = made.members.get()
        wage = Income(member=member, kind=IncomeKind.WAGE, euros=Decimal("2345.60"))
        services.put(wage, **given)
        papers.ask(made, AttachmentKind.WAGE, NeededBy.CONTRACT, member=member, today=TODAY)
    return made


def at(name: str, application: Application, *more: object) -> str:
    return reverse(f"applications:{name}", args=[application.number, *more])


def body(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize("role", ["HAK", "VAL"])
def test_the_list_and_the_page_show_what_was_told(
    signed_in: SignedIn, told: Application, role: str
) -> None:
    client = signed_in(role)
    listed = body(client, reverse("applications:list"))
    assert told.number in listed
    assert "Lehtovaara" in listed
    assert ("data-choose" in listed) == (role == "HAK"), "x chooses the row"
    page = body(client, at("application", told))
    assert "2 345,60" in page.replace("\xa0", " ")
    assert "Suvanto" in page
    assert "Ahtaus vaivaa" not in page
    assert ("Hyväksy valintaan" in page) == (role == "HAK")


@pytest.mark.parametrize(
    "view, state",
    [
        ("uudet", State.RECEIVED), ("taydennettavat", State.INCOMPLETE), ("voimassa", State.VALID),
        ("tarjotut", State.OFFERED), ("luonnokset", State.DRAFT), ("paattyneet", State.EXPIRED),
    ],
)  # fmt: skip
def test_each_view_has_its_own(
    signed_in: SignedIn, person: Person, other: Person, view: str, state: State
) -> None:
    with system_access():
        here = row(person, state)
        elsewhere = row(other, State.WITHDRAWN if state != State.EXPIRED else State.VALID)
    listed = body(signed_in("HAK"), reverse("applications:list") + f"?rajaus={view}")
    assert here.number in listed
    assert elsewhere.number not in listed


def test_those_that_expire_stand_in_their_own_view(signed_in: SignedIn, person: Person) -> None:
    with system_access():
        made = row(person, received_on=TODAY - timedelta(days=80))
        stepped(made, State.RECEIVED, valid_until=TODAY + timedelta(days=9))
    listed = body(signed_in("HAK"), reverse("applications:list") + "?rajaus=vanhenevat")
    assert made.number in listed
    assert "9 päivää" in listed


@pytest.mark.parametrize("role", ["SOP", "TAL", "HUO", "REK", "JOH", "MAR"])
def test_others_do_not_see_applications(signed_in: SignedIn, told: Application, role: str) -> None:
    client = signed_in(role)
    for url in (reverse("applications:list"), at("application", told)):
        assert client.get(url).status_code == 403


def test_an_application_of_ones_own_is_closed(signed_in: SignedIn, told: Application) -> None:
    client = signed_in("HAK")
    with system_access():
        user = User.objects.get(username="hak")
        record_tie(told.members.get().person, user.pk, TieKind.OWN, valid_from=TODAY)
    assert told.number not in body(client, reverse("applications:list"))
    assert client.get(at("application", told)).status_code == 403


def test_of_protected_people_nothing_is_told_to_who_may_not_know(
    signed_in: SignedIn, told: Application
) -> None:
    with system_access():
        ban(told.members.get().person)
    chooser = signed_in("VAL")
    assert told.number not in body(chooser, reverse("applications:list"))
    for name in ("application", "review"):  # nor by whoever counts numbers
        assert chooser.get(at(name, told)).status_code == 404
    page = body(signed_in("HAK"), at("application", told))
    assert "Suvanto" not in page


# -- a new one -----------------------------------------------------------------------------------


def test_an_application_of_somebody_new_begins_with_the_registration(signed_in: SignedIn) -> None:
    client = signed_in("HAK")
    given = NEW | {"surname": "Uusikivi", "given_names": "Uuno", "birth_date": "3.4.1980"}
    answer = client.post(reverse("applications:new"), given)
    with system_access():
        made = Application.objects.get()
        assert made.members.get().person.surname == "Uusikivi"
    assert answer.status_code == 302
    assert answer["Location"] == at("application", made)


def test_one_under_turvakielto_is_hidden_from_the_first(signed_in: SignedIn) -> None:
    given = NEW | {
        "surname": "Uusikivi", "given_names": "Uuno", "birth_date": "3.4.1980", "protected": "on",
    }  # fmt: skip
    assert signed_in("HAK").post(reverse("applications:new"), given).status_code == 302
    with system_access():
        assert Turvakielto.objects.get().person == Person.objects.get(surname="Uusikivi")
        assert Person.objects.get(surname="Uusikivi").protected


def test_turvakielto_of_somebody_of_the_register_is_recorded_once(
    signed_in: SignedIn, person: Person, other: Person
) -> None:
    client = signed_in("HAK")
    with system_access():
        ban(other)
    for one in (person, other):
        given = NEW | {"q": str(one.customer_number), "protected": "on"}
        assert client.post(reverse("applications:new"), given).status_code == 302
    with system_access():
        assert Person.objects.get(pk=person.pk).protected
        assert Turvakielto.objects.filter(person=person).count() == 1
        assert Turvakielto.objects.filter(person=other).count() == 1
        assert Application.objects.count() == 2


def test_what_was_typed_is_not_lost(signed_in: SignedIn) -> None:
    given = NEW | {"surname": "Uusikivi", "received_on": "+9"}
    answer = signed_in("HAK").post(reverse("applications:new"), given)
    assert answer.status_code == 422
    assert "Uusikivi" in answer.content.decode()
    with system_access():
        assert not Person.objects.filter(surname="Uusikivi").exists()


def test_it_is_received_and_the_one_before_it_is_told(
    signed_in: SignedIn, told: Application
) -> None:
    with system_access():
        second = row(told.members.get().person)
    client = signed_in("HAK")
    answer = client.post(at("receive", second), {"reason": ""})
    assert answer.status_code == 422
    assert told.number in answer.content.decode()
    assert client.post(at("receive", second), {"replace": "on", "reason": ""}).status_code == 302
    with system_access():
        assert again(told).state == State.MERGED
    assert "yhdistetty" in body(client, at("application", told))


# -- parts ---------------------------------------------------------------------------------------


def test_what_is_unlikely_is_confirmed_and_never_an_error(
    signed_in: SignedIn, told: Application
) -> None:
    client = signed_in("HAK")
    with system_access():
        member = told.members.get()
    url = at("add_part", told, member.pk, "tulo")
    wage = {
        "kind": "wage", "euros": "34 000", "period": "month", "since": "", "until": "",
        "proof": "told", "whose": "clerk",
    }  # fmt: skip
    answer = client.post(url, wage)
    assert answer.status_code == 422
    assert "epätavallisen suuri" in answer.content.decode()
    assert client.post(url, wage | {"confirmed": "on"}).status_code == 302
    with system_access():
        assert Income.objects.filter(euros=34000).exists()


def test_negative_wealth_is_refused_at_its_field(signed_in: SignedIn, told: Application) -> None:
    with system_access():
        member = told.members.get()
    given = {
        "kind": "savings", "euros": "-5", "share": "100", "place": "", "given_up_on": "",
        "left_out": "", "left_out_reason": "", "proof": "told", "whose": "clerk",
    }  # fmt: skip
    answer = signed_in("HAK").post(at("add_part", told, member.pk, "varallisuus"), given)
    assert answer.status_code == 422


def test_sealed_words_stay_when_the_rest_is_corrected(
    signed_in: SignedIn, told: Application
) -> None:
    day = f"{TODAY + DAY:%d.%m.%Y}"
    given = {"wished_on": day, "whose": "applicant", "expected_proof": "told"}
    assert signed_in("HAK").post(at("change_need", told), given).status_code == 302
    with system_access():
        need = Need.objects.get()
        assert need.wished_on == TODAY + DAY
        assert need.own_words.reveal() == "Ahtaus vaivaa"


def test_a_sealed_value_is_opened_for_a_moment(signed_in: SignedIn, told: Application) -> None:
    client = signed_in("VAL")
    answer = client.post(at("reveal", told, "sanat"))
    assert "Ahtaus vaivaa" in answer.content.decode()
    assert client.post(at("reveal", told, "laskettu")).status_code == 404
    assert client.get(at("reveal", told, "sanat")).status_code == 405


def test_a_child_is_registered_on_the_spot_with_a_code(
    signed_in: SignedIn, told: Application
) -> None:
    given = {
        "q": "", "searched": "", "chosen": "", "surname": "Lehtovaara", "given_names": "Nea",
        "birth_date": "", "part": "resident", "relation": "child", "residence": "citizen",
        "hetu": MINORS, "ground": "", "ground_text": "", "whose": "applicant",
    }  # fmt: skip
    assert signed_in("HAK").post(at("add_member", told), given).status_code == 302
    with system_access():
        member = Member.objects.get(relation="child")
        assert member.code.hetu.reveal() == MINORS


def test_a_permit_is_recorded_and_taken_back(signed_in: SignedIn, told: Application) -> None:
    client = signed_in("HAK")
    with system_access():
        member = told.members.get()
    url = at("change_permit", told, member.pk)
    given = {
        "kind": "study",
        "granted_from": "",
        "granted_to": "",
        "shown_on": "",
        "whose": "clerk",
    }
    assert client.post(url, given).status_code == 302
    with system_access():
        assert Permit.objects.get().kind.reveal() == "study"
    assert client.post(url, given | {"kind": ""}).status_code == 302
    with system_access():
        assert not Permit.objects.exists()


PAGES = (
    "change_details", "change_need", "change_home", "change_wish", "add_ground", "add_member",
    "receive", "ask_to_complete", "send_back", "withdraw", "ask_paper", "add_original",
)  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_every_form_opens_for_who_takes_in_alone(
    signed_in: SignedIn, told: Application, name: str
) -> None:
    assert "<form" in body(signed_in("HAK"), at(name, told))
    assert signed_in("VAL").get(at(name, told)).status_code == 403


@pytest.mark.parametrize("kind", ["tyo", "tulo", "varallisuus", "velka"])
def test_forms_of_a_members_means_open(signed_in: SignedIn, told: Application, kind: str) -> None:
    client = signed_in("HAK")
    with system_access():
        member = told.members.get()
    body(client, at("add_part", told, member.pk, kind))
    for name in ("change_member", "change_permit", "change_told"):
        body(client, at(name, told, member.pk))


def test_consent_of_guardians_is_told_at_its_field_and_shown(signed_in: SignedIn) -> None:
    with system_access():
        made = row(born_on(TODAY.replace(year=TODAY.year - 16)), State.RECEIVED)
        grown = row(born_on(TODAY.replace(year=TODAY.year - 30)), State.RECEIVED)
        keys = [one.members.get().pk for one in (made, grown)]
    client, day = signed_in("HAK"), f"{TODAY:%d.%m.%Y}"
    given = {"residence": "citizen", "hetu": "", "consent_on": day, "whose": "applicant"}
    assert "Huoltajan suostumus puuttuu" in body(client, at("application", made))
    assert client.post(at("change_member", made, keys[0]), given).status_code == 302
    page = body(client, at("application", made))
    assert "huoltajan suostumus" in page and "Huoltajan suostumus puuttuu" not in page
    answer = client.post(at("change_member", grown, keys[1]), given)
    assert answer.status_code == 422 and "vain alaikäiselle" in answer.content.decode()
    assert day in answer.content.decode()


# -- acts ----------------------------------------------------------------------------------------


def test_one_keystroke_renews(signed_in: SignedIn, told: Application) -> None:
    client = signed_in("HAK")
    assert client.post(at("renew", told)).status_code == 302
    with system_access():
        assert again(told).renewed_on == TODAY


def test_a_row_that_expires_is_renewed_where_it_stands(
    signed_in: SignedIn, person: Person, other: Person
) -> None:
    with system_access():
        soon, later = row(person), row(other)
        stepped(soon, State.RECEIVED, valid_until=TODAY + timedelta(days=9))
        stepped(later, State.RECEIVED)
    client, here = signed_in("HAK"), reverse("applications:list")
    listed = body(client, here + "?rajaus=vanhenevat")
    url = at("renew", soon) + "?lista=vanhenevat"
    assert f'action="{url}"' in listed and 'data-keys="u"' in listed
    assert at("renew", later) not in body(client, here)
    assert 'data-keys="u"' in body(client, at("application", soon))
    answer = client.post(url)
    assert (answer.status_code, answer["Location"]) == (302, here + "?rajaus=vanhenevat")
    with system_access():
        assert again(soon).renewed_on == TODAY
    assert 'data-keys="u"' not in body(signed_in("VAL"), here)


@pytest.mark.parametrize("said", ["{0}", " {0} ", "{1}-{2}", "h {1}/{2}"])
def test_one_is_found_by_its_number(signed_in: SignedIn, told: Application, said: str) -> None:
    _letter, year, number = told.number.split("-")
    typed = said.format(told.number, year, int(number))
    answer = signed_in("HAK").post(reverse("applications:find"), {"number": typed})
    assert (answer.status_code, answer["Location"]) == (302, at("application", told))


@pytest.mark.parametrize(
    ("typed", "words", "shown"),
    [("2020-0001", "Hakemusta H-2020-0001 ei ole.", True), ("Lehtovaara", "näin", True),
     ("", "näin", True), ("150685-906N", "näin", False)],
)  # fmt: skip
def test_a_number_that_is_none_is_told_at_its_field(
    signed_in: SignedIn, told: Application, typed: str, words: str, shown: bool
) -> None:
    answer = signed_in("HAK").post(reverse("applications:find"), {"number": typed})
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page
    assert (f'value="{typed}"' in page) == (shown and bool(typed))


def test_of_whom_one_may_not_know_no_number_is_found(
    signed_in: SignedIn, told: Application
) -> None:
    with system_access():
        ban(told.members.get().person)
    answer = signed_in("VAL").post(reverse("applications:find"), {"number": told.number})
    assert answer.status_code == 422


def test_a_paper_that_does_for_two_stands_once(signed_in: SignedIn, told: Application) -> None:
    with system_access():
        member, given = told.members.get(), {"whose": Corrected.CLERK, "today": TODAY}
        services.put(Income(member=member, kind=IncomeKind.PENSION, euros=Decimal(900)), **given)
        papers.ask(told, AttachmentKind.TAX, NeededBy.CONTRACT, member=member, today=TODAY)
    page = " ".join(body(signed_in("HAK"), at("application", told)).split())
    assert page.count("<div>Esitäytetty veroilmoitus ") == 1
    assert "<div>Eläketodistus " not in page and "kelpaa myös: eläketodistus" in page


def test_it_is_admitted_sent_back_and_withdrawn(signed_in: SignedIn, told: Application) -> None:
    client = signed_in("HAK")
    client.post(at("admit", told))
    with system_access():
        assert again(told).state == State.VALID
    client.post(at("send_back", told), {"reason": "Tulot puuttuvat"})
    client.post(at("withdraw", told), {"why": "elsewhere", "reason": ""})
    with system_access():
        assert again(told).state == State.WITHDRAWN
    assert "päättynyt" in body(client, at("application", told))


def test_many_are_renewed_at_once_and_what_is_left_out_is_told(
    signed_in: SignedIn, told: Application, other: Person
) -> None:
    with system_access():
        gone = row(other, State.WITHDRAWN)
    client = signed_in("HAK")
    chosen = {"do": "renew", "chosen": [told.number, gone.number]}
    preview = client.post(reverse("applications:bulk"), chosen).content.decode()
    assert "Uusi 1 hakemus" in preview
    assert "Nämä jäävät pois" in preview
    with system_access():
        assert again(told).renewed_on is None
    client.post(reverse("applications:bulk"), chosen | {"confirmed": "1"})
    with system_access():
        assert again(told).renewed_on == TODAY


def test_a_paper_comes_with_its_file_and_opens(signed_in: SignedIn, told: Application) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = signed_in("HAK")
    with system_access():
        paper = Attachment.objects.get()
    file = SimpleUploadedFile("palkka.txt", b"Palkka 2100\n")
    url = at("paper_arrives", told, paper.uuid)
    answer = client.post(url, {"on": f"{TODAY:%d.%m.%Y}", "file": file})
    assert answer.status_code == 302
    opened = client.get(at("paper_file", told, paper.uuid))
    assert opened.content == b"Palkka 2100\n"
    assert "attachment" in opened["Content-Disposition"]
    bad = SimpleUploadedFile("ohjelma.pdf", b"MZ\x90\x00" + b"\0" * 60)
    answer = client.post(at("add_original", told), {"on": f"{TODAY:%d.%m.%Y}", "file": bad})
    assert answer.status_code == 422
    assert "Tiedostomuotoa ei tunneta" in answer.content.decode()
    assert client.post(at("see_paper", told, paper.uuid)).status_code == 302


def test_the_card_and_the_work_queue_tell_of_it(signed_in: SignedIn, told: Application) -> None:
    client = signed_in("HAK")
    with system_access():
        person = told.members.get().person
    card = body(client, reverse("persons:card", args=[person.public_id]))
    assert told.number in card
    assert "Hakemus saapui" in card
    assert "Käsittele uusi hakemus" in body(client, reverse("home"))


def test_an_unborn_number_is_not_there(signed_in: SignedIn, person: Person) -> None:
    with system_access():
        born_on(TODAY)
    url = reverse("applications:application", args=["H-2020-0001"])
    assert signed_in("HAK").get(url).status_code == 404
