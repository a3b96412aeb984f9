"""What was tried against the review: to hide looks, to judge oneself, with two accounts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from registry.persons.models import Person, TieKind
from registry.watch.models import (
    Alert,
    BreakGlass,
    GlassApproval,
    Judgement,
    Listed,
    Outcome,
    Passing,
    Round,
    Rule,
    Suspicion,
)
from registry.watch.services import alerts as services
from registry.watch.services import glass
from tests.leases.contracts.conftest import refused_by
from tests.people import make_user, system_access
from tests.registry.persons.conftest import SINCE, SignedIn, invented
from tests.registry.watch.conftest import DAY, acting, tie
from vuokra.accounts.models import User
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
YESTERDAY = TODAY - dt.timedelta(days=1)


def alert_about(user: User) -> Alert:
    """An alert about a member of staff."""
    with system_access():
        return Alert.objects.create(
            rule=Rule.COLLEAGUE, actor=f"user:{user.pk}", staff_id=user.pk, day=DAY
        )


def accounts(*roles: Role) -> list[User]:
    """Accounts of one and the same person."""
    found = [make_user(role, username=f"tili-{role.value.lower()}") for role in roles]
    with system_access():
        same = invented("Rantala", "Oili", "010170-906R")
    for user in found:
        tie(same, user, TieKind.OWN)
    return found


def opened(user: User, person: Person, *, special: bool = False) -> BreakGlass:
    with acting(user):
        return glass.open_glass(
            person, reason="Vesivahinko, asiakas ei vastaa.", wants_special=special,
            now=timezone.now(),
        )  # fmt: skip


# -- oneself -------------------------------------------------------------------------------------


def test_nobody_takes_on_the_suspicion_about_himself(
    signed_in: SignedIn, registrar: User, auditor: User
) -> None:
    """To say where it was taken ends the row and the hours of article 33."""
    alert = alert_about(registrar)
    with acting(auditor):
        services.dispose(alert, outcome=Outcome.SUSPECTED, text="Ei asiaa.")
    with system_access():
        suspicion = Suspicion.objects.get()
    with acting(registrar):
        with pytest.raises(ValidationError, match="koskee sinua"):
            services.pass_on(suspicion, where="Ei toimenpiteitä")
        with refused_by("watch_passing_by_another"):
            Passing.objects.create(
                suspicion=suspicion, where="Ei toimenpiteitä", passed_by=registrar
            )
    with acting(make_user(Role.REK, username="toinen")):
        services.pass_on(suspicion, where="Loukkausasia 3/2026")


def test_nobody_takes_on_the_suspicion_about_his_own_break_glass(
    registrar: User, person: Person
) -> None:
    tie(person, registrar, TieKind.COLLEAGUE)
    row = opened(registrar, person)
    other = make_user(Role.REK, username="toinen")
    with acting(other):
        glass.review(row, judgement=Judgement.SUSPECTED, text="Ei mitään asiaa.")
        suspicion = Suspicion.objects.get()
    with acting(registrar), pytest.raises(ValidationError, match="koskee sinua"):
        services.pass_on(suspicion, where="Ei toimenpiteitä")


def test_two_accounts_of_one_person_are_not_two_persons(person: Person) -> None:
    """What another must do is not done with another account of one's own."""
    clerk, registrar = accounts(Role.SOP, Role.REK)
    row = opened(clerk, person, special=True)
    alert = alert_about(clerk)
    with acting(registrar):
        with pytest.raises(ValidationError, match="toinen henkilö"):
            glass.approve(row, now=timezone.now())
        with pytest.raises(ValidationError, match="Toinen henkilö"):
            glass.review(row, judgement=Judgement.JUSTIFIED, text="Aiheellinen katselu.")
        with pytest.raises(ValidationError, match="koskee sinua"):
            services.dispose(alert, outcome=Outcome.UNFOUNDED, text="Itse katsoin.")
    with system_access():
        assert not GlassApproval.objects.exists()


# -- looks that would not be found ---------------------------------------------------------------


def test_a_listing_does_not_end_in_the_past(
    signed_in: SignedIn, registrar: User, person: Person
) -> None:
    """Else whoever looked at noon would take the person off the list as of yesterday."""
    with acting(registrar):
        row = services.list_person(person, why="Julkisuuden henkilö", valid_from=SINCE)
        with pytest.raises(ValidationError) as refused:
            services.end_listing(row, last_day=YESTERDAY)
        assert set(refused.value.error_dict) == {"last_day"}
        row.refresh_from_db()
        row.valid_to = YESTERDAY
        with refused_by("watch_listed_stays"):
            row.save()
        with refused_by("watch_listed_stays"):
            row.delete()
    page = f"/valvonta/seurattavat/{row.pk}/"
    browser = signed_in("TAR")
    assert browser.post(page, {"last_day": f"{YESTERDAY:%d.%m.%Y}"}).status_code == 422
    assert browser.post(page, {"last_day": f"{TODAY:%d.%m.%Y}"}).status_code == 302
    with system_access():
        assert Listed.objects.get().valid_to == TODAY


def test_a_listing_that_was_ended_does_not_get_shorter(registrar: User, person: Person) -> None:
    with acting(registrar):
        row = services.list_person(person, why="Julkisuuden henkilö", valid_from=SINCE)
        row.valid_from = TODAY
        with refused_by("watch_listed_stays"):
            row.save()


def test_the_log_is_not_said_to_be_gone_through_ahead(registrar: User) -> None:
    with acting(registrar):
        with refused_by("watch_round_of_the_past"):
            Round.objects.create(up_to=timezone.now() + dt.timedelta(days=300), alerts=0)
        services.go_through(timezone.now())
        row = Round.objects.get()
        with refused_by("watch_round_of_the_past"):
            row.save()
        with refused_by("watch_round_of_the_past"):
            row.delete()
