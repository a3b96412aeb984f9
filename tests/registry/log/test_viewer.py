"""The log viewer's filters, pages, file and work for the queue."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from registry.duplicates.services import Choices, merge
from registry.log import filters
from registry.log.queries import Wanted, log_page
from registry.persons import queries as persons
from registry.persons.models import Person, StaffLink, TieKind
from tests.people import make_user, sign_in, system_access
from tests.registry.persons.conftest import SignedIn, events, invented
from vuokra.access.codes import Action, Surface
from vuokra.access.context import open_access
from vuokra.access.log_queries import PAGE, LogRow, Segment, who_has_looked
from vuokra.accounts.models import User
from vuokra.accounts.queries import actor_for
from vuokra.policy.roles import Purpose, Role

LOG = "/kayttoloki/"
OWN = "/kayttoloki/omat/"


def look(
    user: User,
    person: Person,
    *,
    alarm: bool = False,
    action: Action = Action.VIEW,
    purpose: Purpose = Purpose.SOPIMUS,
) -> None:
    with open_access(
        actor_for(user), purpose=purpose, action=action, surface=Surface.DETAIL
    ) as ctx:
        ctx.alarm = alarm
        ctx.note_subjects([person.pk])


def lines(client: Client, address: str = LOG, **query: str) -> str:
    text = client.get(address, query).content.decode()
    return text[text.index("<tbody>") : text.index("</tbody>")] if "<tbody>" in text else ""


@pytest.fixture
def clerks(person: Person) -> dict[str, User]:
    made = {
        "sop": make_user(Role.SOP, username="a-sop"),
        "tal": make_user(Role.TAL, Role.PER, username="a-tal"),
    }
    with system_access():
        for name, user in made.items():
            user.full_name = {"sop": "Aino Aho", "tal": "Teppo Talo"}[name]
            user.save(update_fields=["full_name"])
    for user in made.values():
        look(user, person)
    return made


def test_events_of_one_user(signed_in: SignedIn, clerks: dict[str, User]) -> None:
    shown = lines(signed_in("TAR"), kayttaja=str(clerks["sop"].pk))
    assert "Aino Aho" in shown
    assert "Teppo Talo" not in shown


@pytest.mark.parametrize(("role", "name"), [("SOP", "Aino Aho"), ("PER", "Teppo Talo")])
def test_events_of_one_role(
    signed_in: SignedIn, clerks: dict[str, User], person: Person, role: str, name: str
) -> None:
    with open_access(
        actor_for(clerks["tal"]),
        purpose=Purpose.PERINTA,
        action=Action.VIEW,
        surface=Surface.DETAIL,
    ) as ctx:
        ctx.note_subjects([person.pk])
    shown = lines(signed_in("TAR"), rooli=role)
    assert name in shown
    assert all(other not in shown for other in {"Aino Aho", "Teppo Talo"} - {name})


def test_events_of_a_day_range(signed_in: SignedIn, clerks: dict[str, User]) -> None:
    reader, today = signed_in("TAR"), timezone.localdate()
    yesterday = today - dt.timedelta(days=1)
    assert "Aino Aho" in lines(reader, alku=f"{today:%d.%m.%Y}", loppu=f"{today:%d.%m.%Y}")
    assert "Aino Aho" not in lines(reader, loppu=f"{yesterday:%d.%m.%Y}")


def test_alarms_alone(signed_in: SignedIn, clerks: dict[str, User], person: Person) -> None:
    look(clerks["tal"], person, alarm=True)
    shown = lines(signed_in("TAR"), halytys="1")
    assert "Teppo Talo" in shown
    assert "Aino Aho" not in shown


def test_a_person_is_looked_for_by_number_that_stands_in_no_address(
    signed_in: SignedIn, clerks: dict[str, User], person: Person
) -> None:
    with system_access():
        other = Person.objects.create(surname="Toinen", given_names="Toini")
    look(clerks["tal"], other)
    reader = signed_in("TAR")
    answer = reader.post(f"{LOG}haku/", {"asiakas": str(person.customer_number)})
    assert answer.status_code == 302
    assert str(person.customer_number) not in answer.url
    shown = lines(reader, answer.url)
    assert f"Henkilö {person.customer_number}" in shown
    assert f"Henkilö {other.customer_number}" not in shown


@pytest.mark.parametrize("number", ["", "abc", "9999999", "-1", "1" * 30])
def test_a_number_of_nobody_tells_so(signed_in: SignedIn, db: None, number: str) -> None:
    reader = signed_in("TAR")
    assert reader.post(f"{LOG}haku/", {"asiakas": number}).url == LOG
    assert 'class="notice' in reader.get(LOG).content.decode()


def test_searching_the_log_is_itself_logged(
    signed_in: SignedIn, clerks: dict[str, User], person: Person
) -> None:
    query = {"henkilo": person.public_id, "rooli": "SOP", "rajaus": "katselut"}
    signed_in("TAR").get(LOG, query)
    event = events()[-1]
    assert (event.action, event.subjects) == (Action.VIEW_LOG, [person.pk])
    notes = next(part for part in event.detail if part["kind"] == "note")
    assert notes["filter"] == ["rajaus=katselut", "rooli=SOP"]


def test_pages_by_key_lead_back_and_forth_without_gap_or_repeat(
    clerks: dict[str, User], person: Person
) -> None:
    for _ in range(PAGE * 2 + 3):
        look(clerks["sop"], person)
    wanted = Wanted(actor_id=clerks["sop"].pk)
    with system_access():
        pages = [log_page(wanted)]
        while pages[-1].older:
            pages.append(log_page(wanted, place=pages[-1].older))
        back = [pages[-1]]
        while back[-1].newer:
            back.append(log_page(wanted, place=back[-1].newer, onward=True))
    times = [line.at for page in pages for line in page.lines]
    assert times == sorted(set(times), reverse=True)
    assert len(times) == PAGE * 2 + 4
    assert [p.lines for p in reversed(back)][1:] == [p.lines for p in pages][1:]
    assert {line.at for page in back for line in page.lines} == set(times)


@pytest.mark.parametrize(
    "place", ["1-1", "9" * 16 + "-1", "x-y", "1-", "-1", "9" * 40 + "-1", "１-１"]
)
def test_odd_places_give_a_page(signed_in: SignedIn, db: None, place: str) -> None:
    reader = signed_in("TAR")
    for name in ("ennen", "jalkeen"):
        assert reader.get(LOG, {name: place}).status_code == 200


def test_a_place_survives_the_address() -> None:
    place = (dt.datetime(2026, 11, 23, 8, 4, 12, 345678, tzinfo=dt.UTC), 48211)
    assert filters._place({"ennen": filters.spelled(place)}) == (place, False)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("role", "status"), [("REK", 200), ("TAR", 403), ("SOP", 403), ("PAA", 403)]
)
def test_only_the_data_protection_officer_takes_the_log_out(
    signed_in: SignedIn, clerks: dict[str, User], role: str, status: int
) -> None:
    client = signed_in(role)
    answer = client.post(f"{LOG}vienti/", {"peruste": "P14"})
    assert answer.status_code == status
    if status == 200:
        text = b"".join(answer.streaming_content).decode()
        assert text.startswith("\ufeffaika;käyttäjä;rooli;toiminto;asiakasnumero")
        assert "Aino Aho" in text
        assert any(event.action == Action.EXPORT for event in events())
    assert ("/kayttoloki/vienti/" in client.get(LOG).content.decode()) == (status == 200)


def test_own_looks_at_the_log_are_left_out_of_own_views(
    signed_in: SignedIn, person: Person
) -> None:
    clerk = signed_in("SOP")
    clerk.get(f"/henkilot/{person.public_id}/")
    for _ in range(3):
        clerk.get(OWN)
    shown = lines(clerk, OWN)
    assert "Kortti avattu" in shown
    assert "Lokin katselu" not in shown


def test_own_looks_at_the_log_are_left_out_of_who_has_looked(
    clerks: dict[str, User], person: Person
) -> None:
    for user in clerks.values():
        look(user, person, action=Action.VIEW_LOG)
    with open_access(
        actor_for(clerks["sop"]),
        purpose=Purpose.SOPIMUS,
        action=Action.VIEW,
        surface=Surface.DETAIL,
    ):
        seen = [(row.actor_id, row.action) for row in who_has_looked(person.pk)]
    assert (clerks["tal"].pk, Action.VIEW_LOG) in seen
    assert (clerks["sop"].pk, Action.VIEW_LOG) not in seen
    assert (clerks["sop"].pk, Action.VIEW) in seen


@pytest.mark.parametrize(
    ("action", "people", "hits", "words"),
    [
        (Action.VIEW, 1, None, "Kortti avattu"),
        (Action.VIEW, 0, None, "Sivu avattu"),
        (Action.SEARCH, 2, "2", "Näkyi haussa"),
        (Action.SEARCH, 1, "0", "Haku"),
    ],
)
def test_an_event_says_no_more_than_what_happened(
    action: Action, people: int, hits: str | None, words: str
) -> None:
    """A page about nobody is no card; who was looked at and not shown did not show."""
    surface = Surface.SEARCH if action is Action.SEARCH else Surface.DETAIL
    detail = [{"kind": "note", "hits": [hits]}] if hits else []
    row = LogRow(
        1, timezone.now(), 1, "user:1", "SOP", "P3", "", None, action, surface, "", "ok", None,
        people, detail, alarm=False,
    )  # fmt: skip
    assert row.words == words


@pytest.mark.parametrize("purpose", ["", "P3", "muu"])
def test_the_log_is_taken_out_for_a_purpose_that_is_chosen(
    signed_in: SignedIn, clerks: dict[str, User], purpose: str
) -> None:
    client = signed_in("REK")
    refused = client.post(f"{LOG}vienti/", {"peruste": purpose, "rooli": "SOP"})
    assert refused.status_code == 302 and refused["Location"].endswith("?rooli=SOP")
    assert "Valitse, mihin lokia viedään" in client.get(refused["Location"]).text
    file = client.post(f"{LOG}vienti/", {"peruste": "P15"})
    assert b"Aino Aho" in b"".join(file.streaming_content)  # type: ignore[attr-defined]  # a stream
    taken = [event for event in events() if event.action == Action.EXPORT]
    assert {event.purpose for event in taken[1:]} == {"P15"}


# -- whose log one may not read --------------------------------------------------------------


def tie(user: User, person: Person, kind: TieKind) -> None:
    with system_access():
        StaffLink.objects.create(
            person=person, staff=user, kind=kind, valid_from=timezone.localdate()
        )


@pytest.mark.parametrize("role", [Role.TAR, Role.REK])
@pytest.mark.parametrize("kind", [TieKind.OWN, TieKind.HOUSEHOLD])
def test_DP_A2_nobody_reads_the_log_of_their_own_record(
    clerks: dict[str, User], person: Person, role: Role, kind: TieKind
) -> None:
    """Not by the number, nor by the reference that stands in the address, nor as a file."""
    user = make_user(role, username="lukija")
    browser = sign_in(Client(), user)
    tie(user, person, kind)
    reference = {"henkilo": person.public_id}
    answers = [
        browser.post(f"{LOG}haku/", {"asiakas": str(person.customer_number)}),
        browser.get(LOG, reference),
    ]
    if role is Role.REK:
        answers += [browser.get(f"{LOG}henkilo/{person.public_id}/")]
        answers += [browser.post(f"{LOG}vienti/", reference)]
    for answer in answers:
        assert answer.status_code == 403
        assert "Aino Aho" not in answer.content.decode()
        event = events()[-1]
        assert event.alarm and {"kind": "note", "tie": [kind.value]} in event.detail


def test_the_log_of_a_colleague_is_the_auditors_to_read(
    signed_in: SignedIn, clerks: dict[str, User], person: Person
) -> None:
    tie(clerks["tal"], person, TieKind.OWN)
    assert "Aino Aho" in lines(signed_in("TAR"), henkilo=person.public_id)


def test_looks_at_a_merged_record_belong_to_the_surviving_one(
    signed_in: SignedIn, clerks: dict[str, User], person: Person
) -> None:
    with system_access():
        other = invented("Lehtovaara", "Marjukka", "311299-903B")
    for _ in range(2):
        look(clerks["sop"], other)
    with system_access():
        merge(person, other, Choices(), reason="Sama henkilö.", now=timezone.now())
        stranger = invented("Aarnivuori", "Saimi", "010180-926Y")
    look(clerks["tal"], stranger)
    with system_access():
        seen = persons.lookers(person, now=timezone.now())
    assert [look.name for look in seen].count("Aino Aho") >= 2
    client = signed_in("TAR")
    for reference in (person.public_id, other.public_id):
        shown = lines(client, henkilo=reference)
        assert shown.count("Aino Aho") == 3 and shown.count("Teppo Talo") == 1
        assert str(other.customer_number) in shown
    found = client.post(f"{LOG}haku/", {"asiakas": str(other.customer_number)})
    assert person.public_id in found["Location"]


# -- the work queue --------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "sees"), [("TAR", True), ("REK", False), ("SOP", False)])
def test_alarms_are_work_of_the_log_reviewer(
    signed_in: SignedIn, clerks: dict[str, User], person: Person, role: str, sees: bool
) -> None:
    look(clerks["sop"], person, alarm=True)
    shown = signed_in(role).get("/").content.decode()
    assert ("1 uusi hälytys lokissa" in shown) == sees


def test_a_log_without_seals_for_long_is_work(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = dt.timedelta(minutes=47)
    monkeypatch.setattr("vuokra.access.queries.seal_age", lambda now=None: late)
    shown = signed_in("JOH").get("/").content.decode()
    assert "Loki on sinetöimättä" in shown
    assert "47 min" in shown


def test_segments_are_those_of_the_screen() -> None:
    assert [s.value for s in Segment] == [
        "kaikki", "katselut", "paljastukset", "muutokset", "luovutukset", "estetyt",
    ]  # fmt: skip
