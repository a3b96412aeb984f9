"""Article 19: whoever got data is told when they are corrected, erased or restricted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from registry.disclosures import desk, queries, services
from registry.disclosures.models import (
    Category,
    Notification,
    NotifyReason,
    NotifyState,
    Recipient,
)
from registry.persons.models import Person
from tests.people import system_access
from tests.registry.disclosures.conftest import (
    SignedIn,
    acting,
    basis,
    company,
    given,
    someone,
    today,
)
from vuokra.access.errors import FunctionDenied
from vuokra.accounts.models import User
from vuokra.accounts.queries import actor_for
from vuokra.policy.roles import Purpose


def record(recipient: Recipient | None, person: Person, **changes: object) -> None:
    services.record_disclosure(given(recipient, person, **changes), today=today())


def test_one_task_for_each_recipient_that_got_the_data(
    doors: Recipient, agency: Recipient, person: Person, registrar: User
) -> None:
    with system_access():
        other = someone("Muu")
        record(doors, person)
        record(doors, person, reference="TM 13")
        record(doors, other)
        record(agency, person, codes=["PT-NIMI"], purpose=Purpose.PERINTA)
        record(None, person)
    with acting(registrar):
        tell = services.notify_recipients
        made = tell(person, ["PT-PUH", "PT-EMAIL"], NotifyReason.RECTIFIED, "TP 4")
        assert [(task.recipient, task.codes) for task in made] == [(doors, ["PT-PUH"])]
        assert tell(person, ["PT-PUH"], NotifyReason.RECTIFIED, "TP 4") == []
        more = tell(person, ["PT-NIMI"], NotifyReason.ERASED, "TP 4")
        assert {task.recipient for task in more} == {doors, agency}
        assert len(queries.notifications_of(person)) == 3
        assert queries.notifications_of(other) == []


def test_told_or_why_not(doors: Recipient, person: Person, registrar: User) -> None:
    now = timezone.now()
    with system_access():
        record(doors, person)
    with acting(registrar):
        (task,) = services.notify_recipients(person, ["PT-PUH"], NotifyReason.RESTRICTED, "TP 5")
        finish = services.finish_notification
        for state in (NotifyState.IMPOSSIBLE, NotifyState.EXCESSIVE):
            with pytest.raises(ValidationError) as caught:
                finish(Notification.objects.get(), state, note=" ", now=now)
            assert caught.value.code == "disclosures_notify_says_why"
        finish(task, NotifyState.NOTIFIED, note="Soitettu", now=now)
        with pytest.raises(ValidationError):
            finish(task, NotifyState.IMPOSSIBLE, note="Myöhemmin", now=now)
        task.refresh_from_db()
        assert (task.state, task.done_by) == (NotifyState.NOTIFIED, registrar)


def test_who_keeps_disclosures_tells(doors: Recipient, person: Person, clerk: User) -> None:
    with acting(clerk), pytest.raises(FunctionDenied):
        services.notify_recipients(person, ["PT-PUH"], NotifyReason.RECTIFIED, "TP 4")


def test_the_list_that_the_person_may_ask_for(
    signed_in: SignedIn, doors: Recipient, person: Person, registrar: User
) -> None:
    with system_access():
        record(doors, person)
    with acting(registrar):
        (task,) = services.notify_recipients(person, ["PT-PUH"], NotifyReason.RECTIFIED, "TP 4")
    client = signed_in("REK")
    tab = f"/luovutukset/henkilo/{person.public_id}/"
    text = client.get(tab).content.decode()
    assert "Oikaistu (16 artikla)" in text
    url = f"{tab}ilmoitus/{task.pk}/"
    assert url in text
    assert client.post(url, {"state": "impossible", "note": ""}).status_code == 422
    assert client.post(url, {"state": "notified", "note": "Kirje"})["Location"] == tab
    assert "Ilmoitettu" in client.get(tab).content.decode()
    with system_access():
        stranger = someone("Muu")
    assert client.get(url.replace(person.public_id, stranger.public_id)).status_code == 404


# -- the work queue ----------------------------------------------------------------------------


def rows_of(user: User, source: object) -> list[tuple[str, str]]:
    with acting(user):
        return [(row.key, str(row.task)) for row in source(actor_for(user), today())]  # type: ignore[operator]


def test_a_row_for_each_recipient_to_tell(
    doors: Recipient, person: Person, registrar: User
) -> None:
    with system_access():
        record(doors, person)
    with acting(registrar):
        (task,) = services.notify_recipients(person, ["PT-PUH"], NotifyReason.ERASED, "TP 4")
        (row,) = desk.telling_rows(actor_for(registrar), today())
        assert (row.key, row.person_id, row.statutory) == (str(task.pk), person.pk, True)
        assert row.due == today() + timedelta(days=7)
        services.finish_notification(task, NotifyState.NOTIFIED, note="", now=timezone.now())
    assert rows_of(registrar, desk.telling_rows) == []


def test_DP_A60_a_row_sixty_days_before_the_end(registrar: User) -> None:
    with system_access():
        for number, left in enumerate((60, 61, 0, -30, -61)):
            basis(company(f"Yritys {number}"), valid_to=today() + timedelta(days=left))
        renewed = company("Uusittu Oy", Category.PROCESSOR)
        basis(renewed, valid_to=today() + timedelta(days=5))
        basis(renewed, reference="AV-32", valid_from=today(), valid_to=today()
              + timedelta(days=500))  # fmt: skip
    with acting(registrar):
        found = list(desk.agreement_rows(actor_for(registrar), today()))
        assert {row.facts.split(",")[0] for row in found} == {"Yritys 0", "Yritys 2", "Yritys 3"}
        over = [row for row in found if "estetty" in str(row.task)]
        assert [row.facts.split(",")[0] for row in over] == ["Yritys 3"]
