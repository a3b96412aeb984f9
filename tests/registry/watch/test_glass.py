"""Break-glass (10.4): opened for a reason and a while, for reading, told at once and reviewed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.persons.models import Person, TieKind
from registry.watch.models import (
    BreakGlass,
    Duty,
    GlassApproval,
    GlassReview,
    Judgement,
    Suspicion,
)
from registry.watch.queries import alerts
from registry.watch.queries import glass as queries
from registry.watch.services import glass as services
from registry.watch.tasks import tell_watchers
from tests.people import make_user, sign_in, system_access
from tests.registry.persons.conftest import SignedIn, events, invented
from tests.registry.protection.conftest import ban
from tests.registry.watch.conftest import acting, tie
from vuokra.access.codes import Action, Outcome
from vuokra.access.stated import raw_sql
from vuokra.accounts.models import User
from vuokra.policy.roles import Role

WHY = "Vesivahinko kello kaksi yöllä, muita ei tavoiteta."
OPEN = {"reason": WHY}


def card(person: Person) -> str:
    return f"/henkilot/{person.public_id}/"


def way(person: Person) -> str:
    return f"/valvonta/hatakatselut/avaa/{person.public_id}/"


def open_glass(
    person: Person, user: User, *, special: bool = False, reason: str = WHY
) -> BreakGlass:
    with acting(user):
        return services.open_glass(person, reason=reason, wants_special=special, now=timezone.now())


@pytest.fixture
def browser(clerk: User) -> Client:
    return sign_in(Client(), clerk)


@pytest.fixture
def colleague(person: Person, clerk: User) -> Person:
    """A person whose record is closed to the clerk as a colleague's."""
    tie(person, clerk, TieKind.COLLEAGUE)
    return person


# -- opening ------------------------------------------------------------


@pytest.mark.parametrize("kind", [TieKind.COLLEAGUE, TieKind.HOUSEHOLD])
def test_DP_A2_a_closed_record_opens_by_break_glass_alone(
    browser: Client, clerk: User, person: Person, kind: TieKind
) -> None:
    tie(person, clerk, kind)
    refused = browser.get(card(person))
    assert refused.status_code == 403
    assert way(person) in refused.content.decode()
    form = browser.get(way(person)).content.decode()
    assert "Lehtovaara" not in form and str(person.customer_number) not in form
    opened = browser.post(way(person), OPEN)
    assert opened["Location"] == card(person)
    page = browser.get(card(person))
    assert page.status_code == 200
    text = page.content.decode()
    assert "Lehtovaara" in text and "Hätäkatselu, päättyy klo" in text


def test_DP_A2_ones_own_record_never_opens(browser: Client, clerk: User, person: Person) -> None:
    tie(person, clerk, TieKind.OWN)
    assert way(person) not in browser.get(card(person)).content.decode()
    assert browser.get(way(person)).status_code == 403
    assert browser.post(way(person), OPEN).status_code == 403
    with system_access():
        assert not BreakGlass.objects.exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            BreakGlass.objects.create(
                subject_id=person.pk, staff=clerk, reason=WHY,
                ends_at=timezone.now() + dt.timedelta(minutes=15),
            )  # fmt: skip


def test_the_opening_and_all_that_is_opened_are_events_of_break_glass(
    browser: Client, colleague: Person
) -> None:
    browser.post(way(colleague), OPEN)
    opening = events()[-1]
    assert (opening.action, opening.alarm) == (Action.BREAK_GLASS, True)
    assert opening.subjects == [colleague.pk]
    browser.get(card(colleague))
    looked = events()[-1]
    with system_access():
        glass = BreakGlass.objects.get()
    assert (looked.action, looked.outcome, looked.alarm) == (
        Action.BREAK_GLASS, Outcome.OK, False,
    )  # fmt: skip
    assert (looked.case_kind, looked.case_id) == (queries.CASE, glass.pk)


def test_it_lasts_as_long_as_the_rule_says(browser: Client, colleague: Person) -> None:
    browser.post(way(colleague), OPEN)
    with system_access():
        glass = BreakGlass.objects.get()
        assert round((glass.ends_at - glass.opened_at).total_seconds() / 60) == 15
    with acting(User.objects.get(username="sari")):
        last = glass.ends_at - dt.timedelta(seconds=1)
        assert queries.opened(glass.pk, last) is not None
        assert queries.opened(glass.pk, glass.ends_at) is None


def test_when_it_is_over_the_record_is_closed_again(
    browser: Client, colleague: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.post(way(colleague), OPEN)
    asked, later = queries.opened, timezone.now() + dt.timedelta(minutes=16)
    monkeypatch.setattr(queries, "opened", lambda pk, now: asked(pk, later))
    assert browser.get(card(colleague)).status_code == 403


def test_it_opens_one_person_in_one_web_session(
    browser: Client, clerk: User, colleague: Person
) -> None:
    with system_access():
        other = invented("Aarnivuori", "Saimi", "311299-903B")
    tie(other, clerk, TieKind.COLLEAGUE)
    browser.post(way(colleague), OPEN)
    assert browser.get(card(other)).status_code == 403
    assert sign_in(Client(), clerk).get(card(colleague)).status_code == 403


def test_it_is_for_reading_alone(browser: Client, colleague: Person) -> None:
    browser.post(way(colleague), OPEN)
    text = browser.get(card(colleague)).content.decode()
    assert "yhteystiedot/" not in text, "no button leads to a refusal"
    assert browser.get(f"{card(colleague)}muokkaa/").status_code == 403
    changed = browser.post(
        f"{card(colleague)}yhteystiedot/",
        {"kind": "phone", "value": "+358490000123", "source": "SRC-ASIAKAS",
         "valid_from": "1.10.2026"},
    )  # fmt: skip
    assert changed.status_code == 403
    assert "vain lukea" in changed.content.decode()
    assert events()[-1].outcome == Outcome.DENIED


def test_a_reveal_within_the_rights_of_the_role_works(browser: Client, colleague: Person) -> None:
    browser.post(way(colleague), OPEN)
    page = browser.post(f"{card(colleague)}hetu/")
    assert "150685-906N" in page.content.decode()
    event = events()[-1]
    assert (event.action, event.case_kind) == (Action.REVEAL, queries.CASE)


def test_the_caretaker_on_call_sees_whom_to_call(person: Person) -> None:
    user = make_user(Role.HUO, username="huolto")
    browser = sign_in(Client(), user)
    assert "04912" not in browser.get(card(person)).content.decode().replace(" ", "")
    off_duty = browser.post(way(person), OPEN)
    assert off_duty.status_code == 422
    assert "päivystysvuorossa" in off_duty.content.decode()
    now = timezone.now()
    with system_access():
        Duty.objects.create(
            staff=user, recorded_by=user, starts_at=now - dt.timedelta(hours=1),
            ends_at=now + dt.timedelta(hours=8),
        )  # fmt: skip
    assert browser.post(way(person), OPEN).status_code == 302
    text = browser.get(card(person)).content.decode().replace(" ", "").replace("\xa0", "")
    assert "04912" in text and "Koulukatu" in text
    assert "150685" not in text


@pytest.mark.parametrize("role", ["HAK", "TAL"])
def test_a_role_without_break_glass_is_told_so(
    signed_in: SignedIn, person: Person, role: str
) -> None:
    page = signed_in(role).post(way(person), OPEN)
    assert page.status_code == 422
    assert "Roolillesi ei ole hätäkatselua" in page.content.decode()


@pytest.mark.parametrize("reason", ["", "hätä", "         x"])
def test_a_reason_is_a_sentence(browser: Client, colleague: Person, reason: str) -> None:
    page = browser.post(way(colleague), {"reason": reason})
    assert page.status_code == 422
    with system_access():
        assert not BreakGlass.objects.exists()


def test_a_code_does_not_belong_in_a_reason(browser: Client, colleague: Person) -> None:
    page = browser.post(way(colleague), {"reason": "Asukas 150685-906N soitti yöllä."})
    assert page.status_code == 422


def test_the_same_reason_again_says_nothing(
    clerk: User, colleague: Person, registrar: User
) -> None:
    first = open_glass(colleague, clerk)
    with acting(registrar):
        services.review(first, judgement=Judgement.JUSTIFIED, text="Vahinkoilmoitus löytyy.")
    with pytest.raises(ValidationError, match="Sama syy"):
        open_glass(colleague, clerk, reason=WHY.upper())
    assert open_glass(colleague, clerk, reason="Toinen vuoto samassa talossa.").pk


# -- the next one waits for the review ------------------------------------------------------------


def test_an_unreviewed_one_bars_the_next(
    browser: Client, clerk: User, colleague: Person, registrar: User
) -> None:
    glass = open_glass(colleague, clerk)
    page = browser.post(way(colleague), {"reason": "Uusi hätätilanne toisessa talossa."})
    assert page.status_code == 422
    assert "odottaa katselmointia" in page.content.decode()
    with system_access(), pytest.raises(DatabaseError, match="unreviewed"), transaction.atomic():
        BreakGlass.objects.create(
            subject_id=colleague.pk, staff=clerk, reason=WHY,
            ends_at=timezone.now() + dt.timedelta(minutes=15),
        )  # fmt: skip
    with acting(registrar):
        services.review(glass, judgement=Judgement.JUSTIFIED, text="Vahinkoilmoitus löytyy.")
    assert open_glass(colleague, clerk, reason="Uusi hätätilanne toisessa talossa.").pk


def test_the_review_is_anothers_and_made_once(
    clerk: User, colleague: Person, registrar: User, auditor: User
) -> None:
    glass = open_glass(colleague, clerk)
    with acting(auditor):
        services.review(glass, judgement=Judgement.UNJUSTIFIED, text="Asia olisi voinut odottaa.")
        with pytest.raises(ValidationError, match="jo katselmoitu"):
            services.review(glass, judgement=Judgement.JUSTIFIED, text="Vielä kerran.")
    own = open_glass(colleague, clerk, reason="Toinen vuoto samassa talossa.")
    both = make_user(Role.SOP, Role.REK, username="molemmat")
    tie(colleague, both, TieKind.COLLEAGUE)
    mine = open_glass(colleague, both)
    with acting(both):
        with pytest.raises(ValidationError, match="Toinen henkilö"):
            services.review(mine, judgement=Judgement.JUSTIFIED, text="Itse katsoin.")
        with pytest.raises(DatabaseError, match="second"), transaction.atomic():
            GlassReview.objects.create(
                glass=mine, reviewer=both, judgement="justified", text="Itse katsoin."
            )
        services.review(own, judgement=Judgement.JUSTIFIED, text="Vuoto oli.")


def test_suspected_misuse_becomes_a_suspected_breach(
    clerk: User, colleague: Person, registrar: User
) -> None:
    glass = open_glass(colleague, clerk)
    with acting(registrar):
        done = services.review(
            glass, judgement=Judgement.SUSPECTED, text="Vahinkoa ei ollut missään."
        )
        assert Suspicion.objects.get().review_id == done.pk


@pytest.mark.parametrize("role", ["SOP", "HAK", "PAA"])
def test_who_does_not_review(
    signed_in: SignedIn, clerk: User, colleague: Person, role: str
) -> None:
    glass = open_glass(colleague, clerk)
    assert signed_in(role).get(f"/valvonta/hatakatselut/{glass.pk}/").status_code == 403


def test_the_auditor_sees_numbers_and_codes_and_no_content(
    signed_in: SignedIn, browser: Client, colleague: Person
) -> None:
    browser.post(way(colleague), OPEN)
    browser.get(card(colleague))
    with system_access():
        glass = BreakGlass.objects.get()
    auditor = signed_in("TAR")
    assert "Katselmoi hätäkatselu" in auditor.get("/").content.decode()
    text = auditor.get(f"/valvonta/hatakatselut/{glass.pk}/").content.decode()
    assert str(colleague.customer_number) in text and "Hätäkatselu" in text and WHY in text
    assert "Lehtovaara" not in text and "Koulukatu" not in text
    done = auditor.post(
        f"/valvonta/hatakatselut/{glass.pk}/",
        {"judgement": "justified", "text": "Vahinkoilmoitus löytyy huollosta."},
    )
    assert done.status_code == 302
    assert "Katselmoi hätäkatselu" not in auditor.get("/").content.decode()


def test_the_manager_sees_the_reviews(signed_in: SignedIn, clerk: User, colleague: Person) -> None:
    open_glass(colleague, clerk)
    text = signed_in("JOH").get("/valvonta/hatakatselut/").content.decode()
    assert WHY in text and "Katselmoimatta" in text


# -- class D ------------------------------------------------------------


@pytest.fixture
def hidden(person: Person, clerk: User) -> Person:
    """Under turvakielto, and a colleague."""
    with system_access():
        ban(person)
    tie(person, clerk, TieKind.COLLEAGUE)
    return person


def reveal(browser: Client, person: Person) -> int:
    with system_access():
        detail = person.protected_details.get(kind="home")
    return browser.post(
        f"/turvakielto/{person.public_id}/tieto/{detail.uuid}/",
        {"reason": "P3", "reason_text": "Vesivahinko yöllä"},
    ).status_code


def test_class_d_takes_a_second_person(
    browser: Client, clerk: User, hidden: Person, registrar: User
) -> None:
    browser.post(way(hidden), OPEN | {"wants_special": "on"})
    assert browser.get(card(hidden)).status_code == 200
    assert reveal(browser, hidden) == 403
    with system_access():
        glass = BreakGlass.objects.get()
    second = sign_in(Client(), registrar)
    assert "Hyväksy erityisten tietojen avaaminen" in second.get("/").content.decode()
    page = f"/valvonta/hatakatselut/{glass.pk}/hyvaksy/"
    assert WHY in second.get(page).content.decode()
    assert second.post(page).status_code == 302
    assert reveal(browser, hidden) == 200
    assert second.post(page).status_code == 422, "approved already"


def test_without_asking_for_class_d_there_is_nothing_to_approve(
    clerk: User, hidden: Person, registrar: User
) -> None:
    glass = open_glass(hidden, clerk)
    with acting(registrar):
        assert queries.waiting_for_approval(timezone.now()) == []
        with pytest.raises(ValidationError, match="ei enää odota"):
            services.approve(glass, now=timezone.now())
        with pytest.raises(DatabaseError), transaction.atomic():
            GlassApproval.objects.create(glass=glass, approver=registrar)


def test_class_d_is_not_approved_by_oneself_nor_too_late(
    clerk: User, hidden: Person, registrar: User
) -> None:
    glass = open_glass(hidden, clerk, special=True)
    with acting(clerk), pytest.raises(ValidationError, match="toinen henkilö"):
        services.approve(glass, now=timezone.now())
    with acting(clerk), pytest.raises(DatabaseError), transaction.atomic():
        GlassApproval.objects.create(glass=glass, approver=clerk)
    with acting(registrar), pytest.raises(ValidationError, match="ei enää odota"):
        services.approve(glass, now=glass.ends_at)


# -- told at once, kept as it was ------------------------------------------------------------


def test_registrars_and_auditors_are_told_without_names(
    clerk: User, colleague: Person, registrar: User, auditor: User, settings: pytest.FixtureRequest
) -> None:
    settings.VUOKRA_MAIL = True  # type: ignore[attr-defined]
    with system_access():
        for user in (registrar, auditor):
            user.email = f"{user.username}@example.fi"
            user.save(update_fields=["email"])
    glass = open_glass(colleague, clerk)
    tell_watchers.call(glass.pk)
    (letter,) = mail.outbox
    assert sorted(letter.to) == ["rekisteri@example.fi", "tarkastaja@example.fi"]
    told = letter.subject + letter.body
    assert str(glass.pk) in told
    for secret in ("Lehtovaara", "Kotivaara", str(colleague.customer_number), WHY):
        assert secret not in told


@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
@pytest.mark.parametrize("table", ["breakglass", "glassapproval", "glassend", "glassreview"])
def test_SY_07_nothing_is_changed_or_taken_away(
    clerk: User, hidden: Person, registrar: User, statement: str, table: str
) -> None:
    glass = open_glass(hidden, clerk, special=True)
    with acting(registrar):
        services.approve(glass, now=timezone.now())
    with acting(clerk):
        services.end_glass(glass, now=timezone.now())
    with acting(registrar):
        services.review(glass, judgement=Judgement.JUSTIFIED, text="Vahinkoilmoitus löytyy.")
    with (
        system_access(),
        raw_sql("a test of the guard"),
        connection.cursor() as cursor,
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        cursor.execute(statement.format(f"registry_watch_{table}"))


def test_pages_without_a_break_glass_cost_nothing_more(browser: Client, person: Person) -> None:
    browser.get(card(person))
    with CaptureQueriesContext(connection) as captured:
        browser.get(card(person))
    assert not [q for q in captured if "registry_watch" in q["sql"]]


# -- on-call duty ------------------------------------------------------------


def test_a_duty_is_entered_ahead_and_taken_away_before_it_begins(
    signed_in: SignedIn, clerk: User
) -> None:
    browser = signed_in("HUO")
    given = {
        "staff": str(clerk.pk), "first": "+1", "first_clock": "15.30", "last": "+2",
        "last_clock": "7.00",
    }  # fmt: skip
    late = browser.post("/valvonta/paivystys/", given | {"first": "1.1.2020"})
    assert late.status_code == 422
    assert "ennen kuin se alkaa" in late.content.decode()
    turned = browser.post("/valvonta/paivystys/", given | {"last": "+1", "last_clock": "15.00"})
    assert turned.status_code == 422
    assert browser.post("/valvonta/paivystys/", given).status_code == 302
    with system_access():
        duty = Duty.objects.get()
    assert browser.post(f"/valvonta/paivystys/{duty.pk}/poista/").status_code == 302
    with system_access():
        assert not Duty.objects.exists()


def test_the_database_takes_no_duty_of_the_past(clerk: User) -> None:
    now = timezone.now()
    with acting(clerk), pytest.raises(DatabaseError, match="duty"), transaction.atomic():
        Duty.objects.create(
            staff=clerk, recorded_by=clerk, starts_at=now - dt.timedelta(hours=2), ends_at=now
        )


def test_it_waits_for_its_review_and_is_no_new_alarm_of_the_log(
    colleague: Person, clerk: User, auditor: User
) -> None:
    open_glass(colleague, clerk)
    assert events()[-1].alarm
    with acting(auditor):
        assert alerts.unseen_alarms(timezone.now()) == 0
        assert queries.waiting_for_review().count() == 1
