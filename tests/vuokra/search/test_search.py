"""The search box: what it finds, for whom, and what is kept of a search."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from registry.persons import services
from registry.persons.models import Person
from registry.persons.services import Names
from tests.people import make_user, sign_in, system_access
from tests.registry.persons.conftest import CODE, TODAY, invented
from vuokra.access.codes import Action, Outcome
from vuokra.access.context import Actor
from vuokra.access.models import AccessEvent
from vuokra.policy.roles import Role
from vuokra.search import registry
from vuokra.search.queries import Group, _shared
from vuokra.search.registry import Hit

pytestmark = pytest.mark.django_db
ADDRESS = "/haku/"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def demo_mode(settings: pytest.FixtureRequest) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]


@pytest.fixture
def person() -> Person:
    with system_access():
        return invented()


def clerk(role: str = "SOP") -> Client:
    return sign_in(Client(), make_user(Role(role), username=role.lower()))


def last_event() -> AccessEvent:
    with system_access():
        found = AccessEvent.objects.filter(actor__startswith="user:").order_by("id").last()
    assert found is not None
    return found


def notes(event: AccessEvent) -> dict[str, list[str]]:
    return next(part for part in event.detail if part["kind"] == "note")


@pytest.mark.parametrize(
    "typed", ["leht mar", "MARJ LEHT", "lehtovaara", "le", "049 12", "+358 49 12", "asukas",
              "Koulukatu 5", "koulu 5a 2"],
)  # fmt: skip
def test_person_is_found_below_the_box(person: Person, typed: str) -> None:
    page = clerk().post(ADDRESS, {"q": typed}, headers=HTMX)
    text = page.content.decode()
    assert f'href="/henkilot/{person.public_id}/"' in text
    assert f"asiakas {person.customer_number}" in text
    assert "Koulukatu 5 A" not in text, "a hit is the least that identifies"
    assert "<html" not in text
    event = last_event()
    assert (event.action, event.subjects) == (Action.SEARCH, [person.pk])
    assert notes(event)["hits"] == ["1"]
    assert "lehto" not in str(event.detail).casefold()


def test_end_of_a_phone_number_finds(person: Person) -> None:
    with system_access():
        number = person.contact_points.get(kind="phone").value
    text = clerk().post(ADDRESS, {"q": f"{number[-6:-3]} {number[-3:]}"}, headers=HTMX)
    assert "Lehtovaara" in text.content.decode()


def test_letters_with_dots_are_found_without_them_exact_ones_first() -> None:
    with system_access():
        invented("Mäkelä", "Aino", "150685-906N")
        invented("Makela", "Aino", "311299-903B")
    client = clerk()
    text = client.post(ADDRESS, {"q": "makela"}, headers=HTMX).content.decode()
    assert text.index("Makela") < text.index("Mäkelä")
    text = client.post(ADDRESS, {"q": "mäkelä"}, headers=HTMX).content.decode()
    assert "Mäkelä" in text
    assert "Makela" not in text


def test_more_hits_than_fit_are_told(person: Person) -> None:
    with system_access():
        for number in range(9):
            services.register_person(Names("Lehtonen", f"Aino {number}"), today=TODAY)
    text = clerk().post(ADDRESS, {"q": "leht"}, headers=HTMX).content.decode()
    assert "Ensimmäiset 8 osumaa" in text
    assert text.count('role="option"') == 8
    assert last_event().subject_count == 8


@pytest.mark.parametrize("typed", ["%", "*", "", "a", "__", "%%%"])
@pytest.mark.parametrize("headers", [HTMX, {}], ids=["panel", "page"])
def test_DP_A10_short_searches_are_refused(
    person: Person, typed: str, headers: dict[str, str]
) -> None:
    page = clerk().post(ADDRESS, {"q": typed}, headers=headers)
    assert page.status_code == 422
    assert "Marjukka" not in page.content.decode()
    assert notes(last_event())["hits"] == ["0"]


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}?q={CODE}", f"{ADDRESS}?q=lehtovaara"])
def test_DP_A11_nothing_is_searched_from_the_address(person: Person, address: str) -> None:
    text = clerk().get(address).content.decode()
    assert "Lehtovaara" not in text
    assert CODE not in text


def test_code_opens_the_card_and_is_never_echoed(person: Person) -> None:
    client = clerk()
    panel = client.post(ADDRESS, {"q": CODE}, headers=HTMX).content.decode()
    assert person.public_id in panel
    page = client.post(ADDRESS, {"q": CODE})
    assert page["Location"] == f"/henkilot/{person.public_id}/"
    for wrong in ("311299-903B", "311299-903C", "311299 – 903b"):
        unknown = client.post(ADDRESS, {"q": wrong})
        assert unknown.status_code == 200
        for text in (panel, unknown.content.decode(), str(last_event().detail)):
            assert CODE not in text
            assert "311299" not in text


def test_code_without_the_right_says_which_is_missing(person: Person) -> None:
    client = clerk("HUO")
    panel = client.post(ADDRESS, {"q": CODE}, headers=HTMX)
    assert panel.status_code == 403
    assert "Henkilötunnus" in panel.content.decode()
    assert "Lehtovaara" not in panel.content.decode()
    assert last_event().outcome == Outcome.DENIED
    assert client.post(ADDRESS, {"q": CODE}).status_code == 403


@pytest.mark.parametrize("typed", ["049 12", "asukas", "Koulukatu 5"])
def test_contact_details_find_nobody_for_a_role_that_may_not_know_of_them(
    person: Person, typed: str
) -> None:
    page = clerk("JOH").post(ADDRESS, {"q": typed}, headers=HTMX)
    assert "Lehtovaara" not in page.content.decode()


def test_a_role_without_people_finds_its_own_pages_only(person: Person) -> None:
    client = clerk("TAR")
    assert "Lehtovaara" not in client.post(ADDRESS, {"q": "lehtovaara"}).content.decode()
    text = client.post(ADDRESS, {"q": "käytt"}, headers=HTMX).content.decode()
    assert 'href="/kayttoloki/"' in text


def test_functions_are_those_the_user_may_open(person: Person) -> None:
    text = clerk("HUO").post(ADDRESS, {"q": "uusi henk"}, headers=HTMX).content.decode()
    assert "/henkilot/uusi/" not in text
    assert clerk("HAK").post(ADDRESS, {"q": "uusi henk"}, headers=HTMX).content.decode().count(
        "/henkilot/uusi/"
    )  # fmt: skip


def test_no_hits_offer_what_can_be_done(person: Person) -> None:
    for headers in (HTMX, {}):
        text = clerk("SOP" if headers else "HAK").post(
            ADDRESS, {"q": "olematon"}, headers=headers
        ).content.decode()  # fmt: skip
        assert "Ei osumia" in text
        assert "puhelinnumeroa" in text
        assert "/henkilot/uusi/" in text


def test_works_as_a_page_without_scripts(person: Person) -> None:
    text = clerk().post(ADDRESS, {"q": "lehto"}).content.decode()
    assert f'href="/henkilot/{person.public_id}/"' in text
    assert 'value="lehto"' in text
    assert 'action="/henkilot/haku/"' in text, "all hits as a list"


def test_the_box_says_that_searches_are_recorded(person: Person) -> None:
    assert "kirjataan käyttölokiin" in clerk().post(
        ADDRESS, {"q": "lehto"}, headers=HTMX
    ).content.decode()  # fmt: skip


def test_eight_hits_are_shared_by_the_groups() -> None:
    hits = [Hit("/", str(number)) for number in range(8)]
    sources = registry.sources_for(Actor.system("test"))
    many, few = Group(sources[0], hits), Group(sources[-1], hits[:2])
    assert [len(group.hits) for group in _shared([many, few], 8)] == [6, 2]
    assert [len(group.hits) for group in _shared([many], 8)] == [8]
    assert _shared([], 8) == []


def test_a_source_is_registered_once() -> None:
    def nothing(_text: str, _today: date) -> list[Hit]:
        return []

    with pytest.raises(registry.DuplicateSource):
        registry.register("functions", "x", 1, nothing)


@pytest.mark.parametrize(
    "typed", ["10 ", "x" * 300, "'; DROP TABLE", "<script>", "\u202eabc", "🙂🙂"]
)
def test_odd_texts_find_nobody_and_break_nothing(person: Person, typed: str) -> None:
    assert clerk().post(ADDRESS, {"q": typed}, headers=HTMX).status_code in (200, 422)
