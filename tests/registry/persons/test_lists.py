"""The list of people: filters, order, saved views, choosing, files."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from registry.persons import queries, services
from registry.persons.models import Language, Mark, MarkKind, Person
from registry.persons.models.marks import Ground
from registry.persons.queries import Customer, Filters, Missing, Sort
from registry.persons.services import Names
from registry.protection.services import record_ban
from tests.people import make_user, sign_in, system_access
from tests.registry.persons.conftest import CODE, SINCE, TODAY, SignedIn, events, invented
from vuokra.access.codes import Action
from vuokra.policy.roles import Role
from vuokra.policy.sources import Source
from vuokra.search import saved
from vuokra.search.models import MOST_VIEWS, SavedView

LIST = "/henkilot/"


def someone(surname: str, given: str = "Aino", since: date | None = None) -> Person:
    return services.register_person(Names(surname, given), today=TODAY, customer_since=since)


def protect(person: Person) -> None:
    """Record a turvakielto."""
    record_ban(
        person,
        valid_from=SINCE,
        valid_until=date(2030, 1, 1),
        source=Source.POPULATION_REGISTER,
        covers_household=True,
    )


def names(filters: Filters, sort: Sort = Sort.NAME, page: int = 1) -> list[str]:
    found = queries.person_list(filters, page, today=TODAY, sort=sort)
    return [row.person.surname for row in found.object_list]


def test_filters_and_orders(db: None) -> None:
    with system_access():
        first = someone("Aalto", since=date(2020, 1, 1))
        someone("Äijälä")
        someone("Virtanen", since=date(2024, 1, 1))
        services.change_person(
            first, Names("Aalto", "Aino"), language=Language.SWEDISH, customer_since=SINCE
        )
        assert names(Filters()) == ["Aalto", "Virtanen", "Äijälä"]
        assert names(Filters(), Sort.NAME_DOWN) == ["Äijälä", "Virtanen", "Aalto"]
        assert names(Filters(), Sort.NUMBER) == ["Aalto", "Äijälä", "Virtanen"]
        assert names(Filters(), Sort.SINCE) == ["Virtanen", "Aalto", "Äijälä"]
        assert names(Filters(), Sort.SINCE_DOWN) == ["Aalto", "Virtanen", "Äijälä"]
        assert names(Filters(initial="A")) == ["Aalto"]
        assert names(Filters(initial="Ä")) == ["Äijälä"]
        assert names(Filters(language=Language.SWEDISH)) == ["Aalto"]
        assert names(Filters(customer=Customer.NO)) == ["Äijälä"]
        assert names(Filters(customer=Customer.YES)) == ["Aalto", "Virtanen"]


@pytest.mark.smoke
def test_who_lacks_a_contact_detail(db: None) -> None:
    with system_access():
        whole = invented()
        someone("Aalto")
        for missing in Missing:
            assert names(Filters(missing=missing)) == ["Aalto"]
        point = whole.contact_points.get(kind="phone")
        services.end_contact_point(point, last_day=date(2024, 6, 1))
        assert names(Filters(missing=Missing.PHONE)) == ["Aalto", "Lehtovaara"]
        assert names(Filters(missing=Missing.EMAIL)) == ["Aalto"]
        assert names(Filters(missing=Missing.PHONE, initial="L")) == ["Lehtovaara"]


def test_a_detail_that_is_over_leaves_the_search_at_night(person: Person) -> None:
    from datetime import timedelta

    from django.utils import timezone

    with system_access():
        today = timezone.localdate()
        address = person.addresses.get()
        services.end_address(address, last_day=today)
        assert queries.find("Koulukatu 5", today=today).persons == [person]
        from vuokra.access.stated import bulk_write

        with bulk_write("a test lets a day pass"):
            person.addresses.filter(pk=address.pk).update(valid_to=today - timedelta(days=1))
        assert queries.expire_searched() >= 1
        assert queries.find("Koulukatu 5", today=today).persons == []


def test_counting_stops(db: None, monkeypatch: pytest.MonkeyPatch, signed_in: SignedIn) -> None:
    monkeypatch.setattr("registry.persons.queries.lists.COUNTED", 100)
    with system_access():
        for number in range(101):
            someone(f"Virtanen{number:03}")
    text = signed_in("SOP").get(LIST, {"sivu": "2"}).content.decode()
    assert "51–100 / yli 100" in text
    assert "Yli 100 henkilöä" in text
    assert 'rel="next"' not in text


def test_every_filter_is_in_the_address_and_is_taken_off_by_its_chip(
    signed_in: SignedIn, person: Person
) -> None:
    text = signed_in("SOP").get(LIST, {"alku": "L", "kieli": "fi"}).content.decode()
    assert "Lehtovaara" in text
    assert 'href="?kieli=fi"' in text
    assert 'href="?alku=L"' in text
    assert "Kaikki on piilossa" not in text
    empty = signed_in("HAK").get(LIST, {"alku": "Z"}).content.decode()
    assert "Suodattimet piilottavat kaikki" in empty


@pytest.mark.parametrize(
    "query",
    ["alku=%27", "kieli=xx", "puuttuu=kaikki", "jarjestys=-", "sivu=9999999999", "q=Lehtovaara",
     "asiakkuus=1&alku=LL"],
)  # fmt: skip
def test_odd_addresses_give_the_usual_list(signed_in: SignedIn, person: Person, query: str) -> None:
    page = signed_in("SOP").get(f"{LIST}?{query}")
    assert page.status_code == 200
    assert "Lehtovaara" in page.content.decode()


def test_heads_tell_the_order(signed_in: SignedIn, person: Person) -> None:
    client = signed_in("SOP")
    text = client.get(LIST).content.decode()
    assert text.count('aria-sort="ascending"') == 1
    assert "?jarjestys=-nimi" in text
    text = client.get(LIST, {"jarjestys": "-asiakas", "alku": "L"}).content.decode()
    assert 'aria-sort="descending"' in text
    assert "?alku=L&amp;jarjestys=asiakas" in text


# -- saved views -------------------------------------------------------------------------------


def test_a_view_is_saved_opened_written_over_and_deleted(
    signed_in: SignedIn, person: Person
) -> None:
    client = signed_in("SOP")
    for letter in "LM":
        page = client.post(f"{LIST}nakymat/", {"nimi": " Oma  lista ", "alku": letter, "x": "1"})
        assert page["Location"] == f"{LIST}?alku={letter}"
    with system_access():
        view = SavedView.objects.get()
        assert (view.name, view.query) == ("Oma lista", "alku=M")
    assert "Oma lista" in client.get(LIST).content.decode()
    assert client.get(f"{LIST}nakymat/{view.pk}/")["Location"] == f"{LIST}?alku=M"
    assert client.post(f"{LIST}nakymat/{view.pk}/poista/").status_code == 302
    with system_access():
        assert not SavedView.objects.exists()


def test_a_broken_view_gives_the_whole_list_and_says_so(
    signed_in: SignedIn, person: Person
) -> None:
    client = signed_in("SOP")
    client.post(f"{LIST}nakymat/", {"nimi": "Vanha", "alku": "L"})
    with system_access():
        view = SavedView.objects.get()
        view.query = "alku=L&poistunut=1"
        view.save()
    page = client.get(f"{LIST}nakymat/{view.pk}/", follow=True)
    assert page.redirect_chain[-1][0] == LIST
    assert "ei voi enää käyttää" in page.content.decode()


def test_views_are_ones_own(person: Person) -> None:
    mine = sign_in(Client(), make_user(Role.SOP, username="oma"))
    theirs = sign_in(Client(), make_user(Role.SOP, username="muu"))
    mine.post(f"{LIST}nakymat/", {"nimi": "Omani", "alku": "L"})
    with system_access():
        view = SavedView.objects.get()
    assert "Omani" not in theirs.get(LIST).content.decode()
    assert theirs.get(f"{LIST}nakymat/{view.pk}/").status_code == 404
    assert theirs.post(f"{LIST}nakymat/{view.pk}/poista/").status_code == 404
    with system_access():
        assert SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, f"Asiakas {CODE}"])
def test_a_view_needs_a_proper_name(signed_in: SignedIn, person: Person, name: str) -> None:
    page = signed_in("SOP").post(f"{LIST}nakymat/", {"nimi": name, "alku": "L"}, follow=True)
    assert CODE not in page.content.decode()
    with system_access():
        assert not SavedView.objects.exists()


def test_there_are_not_too_many_views(signed_in: SignedIn, person: Person) -> None:
    client = signed_in("SOP")
    for number in range(MOST_VIEWS + 1):
        page = client.post(f"{LIST}nakymat/", {"nimi": f"Näkymä {number}"}, follow=True)
    assert "Poista ensin jokin" in page.content.decode()
    with system_access():
        assert SavedView.objects.count() == MOST_VIEWS
    assert saved.SavedView is SavedView


# -- choosing ----------------------------------------------------------------------------------


def test_chosen_people_are_shown_before_they_are_taken_out(
    signed_in: SignedIn, person: Person
) -> None:
    with system_access():
        other = invented("Aarnivuori", "Saimi", "311299-903B")
        someone("Virtanen")
    client = signed_in("SOP")
    data = {"toimi": "vienti", "valittu": [person.public_id, other.public_id, "'; DROP"]}
    text = client.post(f"{LIST}valitut/", data).content.decode()
    assert "Vie 2 henkilöä" in text
    assert "Virtanen" not in text
    page = client.post(f"{LIST}vienti/", {"reason": "P3", "muoto": "csv", **data})
    body = b"".join(page.streaming_content).decode()
    assert "Lehtovaara" in body
    assert "Aarnivuori" in body
    assert "Virtanen" not in body


def test_choosing_all_takes_the_filters(signed_in: SignedIn, person: Person) -> None:
    with system_access():
        someone("Virtanen")
    data = {"toimi": "vienti", "kaikki": "1", "alku": "L"}
    text = signed_in("SOP").post(f"{LIST}valitut/", data).content.decode()
    assert "Vie 1 henkilö" in text
    assert '<input type="hidden" name="alku" value="L">' in text


def test_choosing_nobody_says_so(signed_in: SignedIn, person: Person) -> None:
    page = signed_in("SOP").post(f"{LIST}valitut/", {"toimi": "vienti", "alku": "L"}, follow=True)
    assert page.redirect_chain[-1][0] == f"{LIST}?alku=L"
    assert "Valitse ensin" in page.content.decode()


@pytest.mark.parametrize("role", ["HAK", "HUO", "TAL"])
def test_who_may_not_export_has_nothing_to_choose(
    signed_in: SignedIn, person: Person, role: str
) -> None:
    client = signed_in(role)
    assert "data-choose" not in client.get(LIST).content.decode()
    data = {"toimi": "vienti", "valittu": person.public_id}
    assert client.post(f"{LIST}valitut/", data).status_code == 403


# -- turvakielto -------------------------------------------------------------------------------


def test_DP_T1_who_is_under_turvakielto_is_found_by_number_and_code_alone(
    signed_in: SignedIn, person: Person
) -> None:
    with system_access():
        protect(person)
    words = ["lehtovaara", "marj leht", "le", "049 12", "asukas", "Koulukatu 5"]
    for role in ("SOP", "REK"):
        client = signed_in(role)
        for typed in words:
            for address in ("/haku/", f"{LIST}haku/"):
                text = client.post(address, {"q": typed}).content.decode()
                assert person.public_id not in text, (role, typed)
                assert "Ei osumia" in text
    for typed in (str(person.customer_number), CODE):
        found = client.post("/haku/", {"q": typed})
        assert found["Location"] == f"{LIST}{person.public_id}/"
        panel = client.post("/haku/", {"q": typed}, headers={"HX-Request": "true"})
        assert "Turvakielto" in panel.content.decode()
    hidden = signed_in("TAL")
    for typed in (str(person.customer_number), CODE):
        text = hidden.post("/haku/", {"q": typed}).content.decode()
        assert person.public_id not in text
        assert "Ei osumia" in text


def test_DP_T2_lists_and_files_have_no_row_and_no_count_of_the_protected(
    signed_in: SignedIn, person: Person
) -> None:
    with system_access():
        someone("Virtanen")
        protect(person)
    client = signed_in("JOH")
    text = client.get(LIST).content.decode()
    assert "Lehtovaara" not in text
    assert "1–1 / 1" in text
    data = {"toimi": "vienti", "valittu": person.public_id}
    assert "Ketään ei jää" in client.post(f"{LIST}valitut/", data).content.decode()
    for more in ({"muoto": "csv"}, {"muoto": "csv", "kaikki": "1"}):
        page = client.post(f"{LIST}vienti/", data | more)
        assert b"Lehtovaara" not in b"".join(page.streaming_content)


def test_DP_T2_who_may_know_sees_the_badge_and_who_is_left_out(
    signed_in: SignedIn, person: Person
) -> None:
    with system_access():
        someone("Virtanen")
        protect(person)
    client = signed_in("REK")
    text = client.get(LIST).content.decode()
    assert "Lehtovaara" in text
    assert "Turvakielto" in text
    text = client.post(f"{LIST}valitut/", {"toimi": "vienti", "kaikki": "1"}).content.decode()
    assert "Vie 1 henkilö" in text
    assert "1 henkilö jätetään pois: turvakielto" in text
    page = client.post(f"{LIST}vienti/", {"kaikki": "1", "muoto": "xlsx"})
    sheet = load_workbook(BytesIO(b"".join(page.streaming_content))).active
    assert sheet is not None
    assert [row[1] for row in sheet.iter_rows(values_only=True)] == ["sukunimi", "Virtanen"]


def test_DP_6_6_restricted_data_do_not_leave_in_a_file(signed_in: SignedIn, person: Person) -> None:
    with system_access():
        someone("Virtanen")
        Mark.objects.create(
            person=person,
            kind=MarkKind.RESTRICTION,
            ground=Ground.ACCURACY,
            valid_from=SINCE,
        )
        assert names(Filters(marked=MarkKind.RESTRICTION)) == ["Lehtovaara"]
        assert names(Filters(marked=MarkKind.DECEASED)) == []
    client = signed_in("SOP")
    text = client.post(f"{LIST}valitut/", {"toimi": "vienti", "kaikki": "1"}).content.decode()
    assert "Vie 1 henkilö<" in text
    assert "1 henkilö jätetään pois: tietojen käsittelyä on rajoitettu" in text
    page = client.post(f"{LIST}vienti/", {"muoto": "csv", "reason": "P3"})
    body = b"".join(page.streaming_content).decode()
    assert "Virtanen" in body
    assert "Lehtovaara" not in body


# -- files -------------------------------------------------------------------------------------


def test_xlsx_has_types_and_is_recorded_by_batch(signed_in: SignedIn, person: Person) -> None:
    page = signed_in("SOP").post(f"{LIST}vienti/", {"reason": "P3", "muoto": "xlsx"})
    assert page["Content-Disposition"] == 'attachment; filename="henkilot.xlsx"'
    book = load_workbook(BytesIO(b"".join(page.streaming_content)))
    sheet = book["Henkilöt"]
    head, row = list(sheet.iter_rows(values_only=True))
    found = dict(zip(head, row, strict=True))
    assert found["asiakasnumero"] == person.customer_number
    assert found["asiakkuus alkoi"].date() == SINCE
    assert found["puhelin"].startswith("049 ")
    assert found["katuosoite"] == "Koulukatu 5 A 2"
    assert CODE not in str(row)
    batches = [event for event in events() if event.action == Action.EXPORT and event.subjects]
    assert [event.subject_count for event in batches] == [1]
    assert {event.purpose for event in batches} == {"P3"}


@pytest.mark.parametrize(
    "name", ['=HYPERLINK("x")', "+1+1", "-2", "@SUM(A1)", "a<b&c", "\u200f]]>"]
)
def test_DP_A23_a_name_in_a_file_is_never_a_formula(
    signed_in: SignedIn, db: None, name: str
) -> None:
    with system_access():
        stored = someone(name).surname
    client = signed_in("SOP")
    page = client.post(f"{LIST}vienti/", {"muoto": "xlsx"})
    sheet = load_workbook(BytesIO(b"".join(page.streaming_content))).active
    assert sheet is not None
    cell = sheet.cell(2, 2)
    assert (cell.data_type, cell.value) == ("s", stored)
    page = client.post(f"{LIST}vienti/", {"muoto": "csv"})
    text = b"".join(page.streaming_content).decode()
    assert not any(part.startswith(("=", "+", "-", "@")) for part in text.split(";"))


def test_many_rows_leave_in_batches(signed_in: SignedIn, db: None) -> None:
    from registry.persons import demo

    with system_access():
        people = demo.invent(seed=3)
        demo.make_persons([next(people) for _ in range(620)])
    clerk = signed_in("SOP")
    asked = clerk.post(f"{LIST}vienti/", {"muoto": "xlsx"})["Location"]
    signed_in("REK").post(f"{asked}hyvaksy/")
    page = clerk.post(f"{asked}lataa/")
    sheet = load_workbook(BytesIO(b"".join(page.streaming_content)), read_only=True).active
    assert sheet is not None
    assert sum(1 for _ in sheet.iter_rows()) == 621
    batches = [event for event in events() if event.action == Action.EXPORT and event.subjects]
    assert [event.subject_count for event in batches] == [500, 120]
