"""Days entered long after them: a reason is asked, kept and shown; who chooses the law is two."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from leases.contracts import services
from leases.contracts.models import DayOf, LateDay, Lease
from leases.contracts.rule_rows import BACK_DAYS, REFORM
from leases.contracts.rules.notice import Document, Method
from leases.contracts.services import NoticeDetails
from leases.homes.models import Flat
from registry.persons.models import Person
from tests.leases.contracts.conftest import (
    DAY,
    TODAY,
    SignedIn,
    concluded,
    drafted,
    refused_by,
)
from tests.people import make_user, sign_in, system_access
from tests.registry.protection.conftest import acting
from vuokra.policy.roles import Role
from vuokra.rules.services import add_version

pytestmark = pytest.mark.django_db
WHY = "Paperi löytyi vasta nyt"
BEFORE, AFTER = REFORM - DAY, REFORM + 3 * DAY


def waiting(flat: Flat, *people: Person, **terms: object) -> Lease:
    """A lease that waits for its signatures, in the open context."""
    return services.make_ready(drafted(flat, *people, **terms), today=TODAY)  # type: ignore[arg-type]  # a test's keywords


def sign(lease: Lease, on: date, today: date, reason: str = "") -> Lease:
    return services.sign(lease.parties.get(), on=on, today=today, reason=reason)


def test_an_old_signing_day_takes_a_reason(flat: Flat, person: Person) -> None:
    with system_access():
        lease, old = waiting(flat, person), TODAY - 15 * DAY
        for none in ("", "   ", "x"):
            with pytest.raises(ValidationError) as refused:
                sign(lease, old, TODAY, none)
            assert list(refused.value.error_dict) == ["reason"]
        with pytest.raises(ValidationError):
            sign(lease, old, TODAY, "Tunnus 150685-906N")
        sign(lease, old, TODAY, WHY)
        kept = LateDay.objects.get()
        assert (kept.lease, kept.what, kept.day) == (lease, DayOf.SIGNATURE, old)
        assert (kept.entered_on, kept.reason, kept.other_law) == (TODAY, WHY, False)


def test_a_recent_day_takes_none_and_the_company_sets_how_recent(
    flat: Flat, person: Person
) -> None:
    with system_access():
        lease = waiting(flat, person)
        add_version(BACK_DAYS, 3, TODAY - 30 * DAY, source="Testi")
    with system_access():
        with pytest.raises(ValidationError):
            sign(lease, TODAY - 4 * DAY, TODAY)
        sign(lease, TODAY - 3 * DAY, TODAY)
        assert not LateDay.objects.exists()


def test_a_day_that_chooses_another_law_takes_a_reason_and_a_second_person(
    flat: Flat, person: Person
) -> None:
    """The reform holds for leases concluded from its first day: entered on the fourth day of it, a
    signature of the last day before chooses the old law."""
    first, second = make_user(Role.SOP), make_user(Role.SOP)
    with system_access():
        lease = waiting(flat, person, starts_on=AFTER + 60 * DAY)
    with acting(first):
        with pytest.raises(ValidationError, match="eri lain"):
            sign(lease, BEFORE, AFTER)
        sign(lease, BEFORE, AFTER, WHY)
        late = LateDay.objects.get()
        assert late.waits
        with pytest.raises(ValidationError, match="toinen"):
            services.confirm_day(late, now=timezone.now())
    page = f"/sopimukset/{lease.pk}/"
    task = "Vahvista allekirjoituspäivä"
    assert task not in sign_in(Client(), first).get("/").content.decode()
    browser = sign_in(Client(), second)
    assert task in browser.get("/").content.decode()
    shown = browser.get(page).content.decode()
    assert WHY in shown and "Toinen käsittelijä vahvistaa sen" in shown
    assert browser.post(f"{page}paiva/{late.pk}/vahvista/").status_code == 302
    assert "on vahvistanut sen" in browser.get(page).content.decode()
    assert task not in browser.get("/").content.decode()
    with acting(first), pytest.raises(ValidationError, match="ei odota"):
        services.confirm_day(late, now=timezone.now())


def test_a_day_in_the_time_of_one_law_waits_for_nobody(flat: Flat, person: Person) -> None:
    with system_access():
        lease = waiting(flat, person, starts_on=AFTER + 60 * DAY)
        sign(lease, REFORM, AFTER)
        assert not LateDay.objects.exists()


def test_an_old_service_and_an_old_agreed_end_take_a_reason(
    signed_in: SignedIn, flat: Flat, person: Person
) -> None:
    with system_access():
        lease = concluded(flat, person)
        details = NoticeDetails(document=Document.TENANT_NOTICE)
        notice = services.record_notice(lease, details, today=TODAY)
    browser, page, old = signed_in("SOP"), f"/sopimukset/{lease.pk}/", TODAY - 20 * DAY
    serve = f"{page}ilmoitus/{notice.pk}/tiedoksi/"
    given = {"served_on": f"{old:%d.%m.%Y}", "method": "receipt", "reason": ""}
    asked = browser.post(serve, given)
    assert asked.status_code == 422 and "vasta nyt" in asked.content.decode()
    assert browser.post(serve, given | {"reason": WHY}).status_code == 302
    why = browser.get(page).content.decode()
    assert WHY in why and "Jälkikäteen kirjatut päivät" in why
    with system_access():
        services.withdraw(notice, on=TODAY, today=TODAY)
    end = {"on": f"{old:%d.%m.%Y}", "reason": ""}
    assert browser.post(f"{page}paattyminen/", end).status_code == 422
    assert browser.post(f"{page}paattyminen/", end | {"reason": WHY}).status_code == 302
    with system_access():
        assert set(LateDay.objects.values_list("what", "day")) == {
            (DayOf.SERVICE, old), (DayOf.END, old),
        }  # fmt: skip


def test_the_law_is_asked_why(signed_in: SignedIn, flat: Flat, person: Person) -> None:
    """Miksi? of the end of a lease tells that the day which chose its law was entered late."""
    with system_access():
        lease = sign(waiting(flat, person), TODAY - 20 * DAY, TODAY, WHY)
        notice = services.record_notice(
            lease, NoticeDetails(document=Document.TENANT_NOTICE), today=TODAY
        )
        services.serve(notice, served_on=TODAY, method=Method.RECEIPT, today=TODAY)
    text = signed_in("SOP").get(f"/sopimukset/{lease.pk}/").content.decode()
    panel = text[text.index('class="why-panel"') :]
    assert WHY in panel[: panel.index("</details>")]


def test_the_database_keeps_the_reason(flat: Flat, person: Person) -> None:
    user = make_user(Role.SOP)
    with system_access():
        lease = waiting(flat, person)
        given = {"lease": lease, "what": "end", "day": TODAY - DAY, "entered_on": TODAY}
        with refused_by("contracts_late_reason"):
            LateDay.objects.create(**given, reason="  ")
        with refused_by("contracts_late_reason"):
            LateDay.objects.create(**given | {"day": TODAY}, reason=WHY)
        with refused_by("contracts_late_confirmed"):
            LateDay.objects.create(
                **given, reason=WHY, recorded_by=user, confirmed_by=user,
                confirmed_at=timezone.now(),
            )  # fmt: skip
        kept = LateDay.objects.create(**given, reason=WHY)
        kept.reason = "Muu"
        with refused_by("contracts_late_kept"):
            kept.save()
