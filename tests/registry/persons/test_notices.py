"""Privacy notices: who was told, when and how; who is to be told within a month."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from registry.persons import standing
from registry.persons.models import NoticeChannel, NoticeDuty, NoticeGiven, Person, Source
from registry.persons.queries import notices
from registry.persons.services import marks
from registry.persons.services import notices as services
from tests.people import system_access
from tests.registry.persons.conftest import TODAY, SignedIn
from vuokra.access.context import current
from vuokra.company.models import NoticeVersion

ARISEN = date(2026, 10, 31)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arisen", "due"),
    [
        (date(2026, 10, 31), date(2026, 11, 30)),
        (date(2026, 12, 5), date(2027, 1, 5)),
        (date(2027, 1, 30), date(2027, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
    ],
)
def test_article_14_gives_a_month(arisen: date, due: date) -> None:
    assert notices.notice_due(NoticeDuty(arisen_on=arisen)) == due


def owe(person: Person) -> NoticeDuty:
    return services.note_source_elsewhere(person, Source.APPLICATION, today=ARISEN)


def give(person: Person, day: date = TODAY) -> NoticeGiven:
    version = NoticeVersion.objects.get()
    return services.give_notice(person, version, NoticeChannel.LETTER, given_on=day, today=TODAY)


def test_who_waits_to_be_informed(person: Person) -> None:
    with system_access():
        assert notices.waiting() == []
        duty = owe(person)
        assert notices.waiting() == [(duty, date(2026, 11, 30))]
        give(person, date(2026, 10, 30))  # before the data came: of something else
        assert len(notices.waiting()) == 1
        give(person)
        assert notices.waiting() == []


def test_the_dead_are_not_informed(person: Person) -> None:
    with system_access():
        owe(person)
        marks.record_death(person, TODAY, source=Source.OTHER, today=TODAY)
        assert notices.waiting() == []


def test_the_work_queue_has_a_row_without_personal_data(person: Person) -> None:
    with system_access():
        owe(person)
        (row,) = standing.to_inform(current().actor, TODAY)
        assert (row.due, row.statutory, row.person_id) == (date(2026, 11, 30), True, person.pk)
        assert str(row.facts) == "Tiedot saatu muualta 31.10.2026"
        assert row.url == f"/henkilot/{person.public_id}/informointi/"


def test_the_work_queue_shows_whom_to_inform(signed_in: SignedIn, person: Person) -> None:
    with system_access():
        owe(person)
    address = "/?nakyma=kaikki&myohemmin=1"
    assert "Anna tietosuojaseloste" not in signed_in("TAL").get(address).content.decode()
    text = signed_in("SOP").get(address).content.decode()
    assert "Anna tietosuojaseloste" in text
    assert f"/henkilot/{person.public_id}/informointi/" in text


def test_the_first_source_counts(person: Person) -> None:
    with system_access():
        owe(person)
        again = services.note_source_elsewhere(person, Source.OTHER, today=TODAY)
        assert (again.source, again.arisen_on) == (Source.APPLICATION, ARISEN)
        assert NoticeDuty.objects.count() == 1


def test_the_person_is_no_other_source(person: Person) -> None:
    with system_access(), pytest.raises(ValidationError, match="muu lähde"):
        services.note_source_elsewhere(person, Source.PERSON, today=TODAY)


def test_a_notice_is_given_with_a_version_of_its_day(person: Person) -> None:
    with system_access():
        with pytest.raises(ValidationError, match="ei ollut vielä voimassa"):
            give(person, date(2025, 12, 31))
        with pytest.raises(ValidationError, match="tulevaisuudessa"):
            give(person, date(2026, 12, 31))
        give(person)
        with pytest.raises(ValidationError, match="jo kirjattu"):
            give(person)


def test_a_notice_is_recorded_on_its_page_and_shown_on_the_card(
    signed_in: SignedIn, person: Person
) -> None:
    client, card = signed_in("SOP"), f"/henkilot/{person.public_id}/"
    assert "antamista ei ole kirjattu" in client.get(card).content.decode()
    with system_access():
        owe(person)
        version = NoticeVersion.objects.get()
    assert "viimeistään 30.11.2026" in client.get(card).content.decode()
    given = {"version": version.pk, "channel": "visit", "given_on": "2.11.2026"}
    wrong = client.post(f"{card}informointi/", given | {"given_on": "1.1.2099"})
    assert wrong.status_code == 422
    assert client.post(f"{card}informointi/", given).status_code == 302
    text = client.get(card).content.decode()
    assert "Seloste 1" in text
    assert "Käynnillä" in text
    assert "viimeistään 30.11.2026" not in text


def test_a_new_person_told_of_by_somebody_else_is_to_be_informed(signed_in: SignedIn) -> None:
    client = signed_in("HAK")
    page = client.post(
        "/henkilot/uusi/",
        {"person-surname": "Uusikivi", "person-given_names": "Uuno", "person-language": "fi",
         "origin-source": "SRC-HAK"},
    )  # fmt: skip
    assert page.status_code == 302
    with system_access():
        duty = NoticeDuty.objects.get()
        assert (duty.source, duty.arisen_on) == (Source.APPLICATION, timezone.localdate())
