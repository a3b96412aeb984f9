"""Collecting anew: decisions on what is as it was stay, the rest is asked again, approval falls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from registry.copies import queries, services
from registry.copies.codes import Decision, Reason, What
from registry.copies.content import CHANGES
from registry.copies.models import Copy, Finding, Reading, State
from registry.persons.models import ContactPoint, Person, Source
from registry.protection.services import approve_ending, propose_ending
from tests.people import make_user, system_access
from tests.registry.copies.conftest import (
    NOTE,
    SPOUSE_NOTE,
    Gathered,
    acting,
    approve,
    ban,
    collected,
    remind,
    settle,
)
from vuokra.access.errors import ObjectDenied
from vuokra.accounts.models import User
from vuokra.desk.models import Reminder
from vuokra.policy.roles import Role

NOTES = "VS-YHTEYS"
HOUSEHOLD = "HK-TALOUSLKM+HK-TALOUSNIMI"


def again(copy: Copy, user: User) -> Copy:
    """The copy, collected anew by the worker."""
    with acting(user):
        services.restart(copy)
    return collected(copy)


def decided(copy: Copy, user: User) -> dict[tuple[str, str], Finding]:
    """Places by the beginning of the row they stand in and the words that were decided on."""
    with acting(user):
        texts = {place: value.shown for place, _e, value in queries.content_of(copy).values()}
        return {
            (one.place.split("/")[0], texts.get(one.place, "")[one.start : one.end or None]): one
            for one in services.findings(copy)
        }


def read(copy: Copy) -> set[str]:
    with system_access():
        return set(Reading.objects.filter(copy=copy).values_list("code", flat=True))


def edit(text: str, new: str) -> None:
    with system_access():
        row = Reminder.objects.get(text=text)
        row.text = new
        row.save()


@pytest.fixture
def settled(person: Person, registrar: User, gathered: Gathered) -> Copy:
    """A copy in which everything was left out and read."""
    return settle(gathered(person), registrar)


def test_one_note_that_changed_is_asked_again_and_the_rest_stays(
    settled: Copy, registrar: User
) -> None:
    before = decided(settled, registrar)
    edit(SPOUSE_NOTE, "Eliaksen mukaan hana ei enää vuoda.")
    copy = again(settled, registrar)
    after = decided(copy, registrar)
    kept = after[NOTES, "Kaarina Esimerkki"]
    assert (kept.decision, kept.reason) == (Decision.REDACTED, Reason.OTHER)
    assert kept.decided_by_id == registrar.pk
    assert kept.decided_at == before[NOTES, "Kaarina Esimerkki"].decided_at
    assert after[NOTES, "Eliaksen"].decision == Decision.OPEN
    old_line = after[CHANGES, "Kaarina Esimerkki"]  # of the history that was there already
    assert old_line.decision == Decision.REDACTED
    assert HOUSEHOLD in read(copy) and not read(copy) & {NOTES, CHANGES}
    with acting(registrar):
        assert not services.is_ready(copy)


def test_nothing_is_asked_again_when_nothing_changed(settled: Copy, registrar: User) -> None:
    before = decided(settled, registrar)
    assert read(settled) >= {NOTES, HOUSEHOLD, CHANGES}
    copy = again(settled, registrar)
    after = decided(copy, registrar)
    same = [(one.decision, one.reason, one.decided_at) for one in after.values()]
    assert same == [(one.decision, one.reason, one.decided_at) for one in before.values()]
    assert after.keys() == before.keys() and read(copy) >= {NOTES, HOUSEHOLD}


def test_a_new_note_is_asked_and_what_was_kept_stays_kept(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    copy = settle(gathered(person), registrar, keep=True)
    with system_access():
        remind(person, "Naapuri Rauha Esimerkki soitti.", registrar)
    after = decided(again(copy, registrar), registrar)
    assert after[NOTES, "Kaarina Esimerkki"].decision == Decision.KEPT
    assert after[NOTES, "Kaarina Esimerkki"].reason == Reason.KNOWN
    assert after[NOTES, "Rauha Esimerkki"].decision == Decision.OPEN


@pytest.mark.parametrize("change", [True, False])
def test_the_approval_falls_always(
    person: Person, registrar: User, gathered: Gathered, change: bool
) -> None:
    copy = approve(settle(gathered(person), registrar))
    with acting(registrar):
        services.build_package(copy, by=registrar)
    if change:
        edit(NOTE, "Ei muita.")
    copy = settle(again(copy, registrar), registrar)
    assert copy.approved_digest == "" and copy.approved_by_id is None and not copy.package
    with acting(registrar), pytest.raises(ValidationError, match="hyväksyttävä"):
        services.build_package(copy, by=registrar)
    assert approve(copy).approved_digest != ""


def test_who_decided_before_cannot_approve_afterwards(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    copy = gathered(person)
    other = make_user(Role.REK, username="toinen")
    settle(copy, other)
    copy = settle(again(copy, registrar), registrar)
    with acting(other), pytest.raises(ValidationError) as refused:
        services.approve(copy)
    assert refused.value.code == "four_eyes"


def test_words_marked_by_hand_stay_marked_where_the_text_stands(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    with system_access():
        for text in ("naapurin kalle soitti", "naapurin pekka soitti"):
            remind(person, text, registrar)
    copy = gathered(person)
    with acting(registrar):
        for words in ("kalle", "pekka"):
            place = next(
                where for where, _e, value in queries.content_of(copy).values()
                if words in value.shown and where.startswith(NOTES)
            )  # fmt: skip
            services.mark(copy, place, words, Reason.SECRET)
    edit("naapurin pekka soitti", "naapurin pekka soitti taas")
    after = decided(again(copy, registrar), registrar)
    kept = after[NOTES, "kalle"]
    assert (kept.what, kept.decision, kept.reason) == (
        What.HAND, Decision.REDACTED, Reason.SECRET,
    )  # fmt: skip
    assert (NOTES, "pekka") not in after


def test_what_was_marked_in_a_value_that_changed_is_asked_again(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    """Nobody reads a value that is no running text: the mark would be gone without a word."""
    with system_access():
        row = ContactPoint.objects.create(
            person=person, kind="email", value="marjukka.ja.rauha@esimerkki.fi",
            valid_from=dt.date(2024, 1, 1), source=Source.PERSON,
        )  # fmt: skip
    copy = gathered(person)
    with acting(registrar):
        content = queries.content_of(copy)
        place = next(where for where, _e, value in content.values() if "rauha" in value.shown)
        assert not content.section(place.split("/")[0]).free
        services.mark(copy, place, "rauha", Reason.OTHER)
    copy = settle(copy, registrar)
    with system_access():
        row.value = "rauha.ja.marjukka@esimerkki.fi"
        row.save()
    again(copy, registrar)
    with acting(registrar):
        (found,) = [one for one in services.findings(copy) if one.place == place]
    assert (found.what, found.decision) == (What.HAND, Decision.OPEN)


def test_a_place_that_is_now_about_another_is_asked_again(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    """Kaarina of the note moves in: the name was nobody's of the register before."""
    from registry.households.models import Membership
    from tests.registry.persons.conftest import invented

    copy = settle(gathered(person), registrar, keep=True)
    assert decided(copy, registrar)[NOTES, "Kaarina Esimerkki"].what == What.NAME
    with system_access():
        kaarina = invented("Esimerkki", "Kaarina", "290296-9059")
        household = person.memberships.get().household
        Membership.objects.create(
            household=household, person=kaarina, valid_from=dt.date(2025, 1, 1)
        )
    after = decided(again(copy, registrar), registrar)[NOTES, "Kaarina Esimerkki"]
    assert (after.what, after.other_id) == (What.PERSON, kaarina.pk)
    assert after.decision == Decision.OPEN


def test_DP_T6_what_comes_under_a_turvakielto_is_left_out_whatever_was_decided(
    person: Person, spouse: Person, registrar: User, gathered: Gathered
) -> None:
    copy = settle(gathered(person), registrar, keep=True)
    with system_access():
        ban(spouse)
    after = decided(again(copy, registrar), registrar)[NOTES, "Eliaksen"]
    assert after.locked and (after.decision, after.reason) == (
        Decision.REDACTED, Reason.PROTECTED,
    )  # fmt: skip


def test_what_was_locked_is_asked_when_the_ban_is_over(
    person: Person, spouse: Person, registrar: User, gathered: Gathered
) -> None:
    with system_access():
        ban(spouse)
    copy = settle(gathered(person), registrar)
    assert decided(copy, registrar)[NOTES, "Eliaksen"].locked
    with acting(registrar):
        propose_ending(spouse.bans.get(), reason="Poliisin päätös on kumottu.")
    with acting(make_user(Role.REK, username="toinen")):
        approve_ending(spouse.bans.get())
    after = decided(again(copy, registrar), registrar)[NOTES, "Eliaksen"]
    assert after.decision == Decision.OPEN and not after.locked


# -- the earlier snapshot ------------------------------------------------------------------------


def files_in(place: Path) -> int:
    return sum(1 for one in place.rglob("*") if one.is_file())


def test_the_earlier_snapshot_goes_when_the_new_one_is_there(
    settled: Copy, registrar: User, files: Path, django_capture_on_commit_callbacks: Callable
) -> None:
    before = files_in(files)
    with django_capture_on_commit_callbacks(execute=True), acting(registrar):
        waiting = services.restart(settled)
        assert waiting.state == State.QUEUED and waiting.content
    with django_capture_on_commit_callbacks(execute=True):
        copy = collected(settled)
    assert copy.state == State.REVIEW and files_in(files) == before


def test_a_copy_that_is_collected_anew_is_not_worked_on(settled: Copy, registrar: User) -> None:
    with acting(registrar):
        services.restart(settled)
        place = Finding.objects.filter(copy=settled).first()
        assert place is not None
        with pytest.raises(ObjectDenied):
            services.keep(place, Reason.KNOWN)
        assert services.missing(Copy.objects.get(pk=settled.pk)) == [
            "Tietoja ei ole vielä koottu."
        ]  # fmt: skip


def test_a_fault_keeps_what_was_decided(
    settled: Copy, registrar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from registry.copies import finding, tasks

    def broken(*args: object) -> None:
        raise RuntimeError

    with acting(registrar):
        services.restart(settled)
    with monkeypatch.context() as patch, pytest.raises(RuntimeError):
        patch.setattr(finding, "find", broken)
        tasks.gather.func(settled.pk, registrar.pk)
    with system_access():
        failed = Copy.objects.get(pk=settled.pk)
    assert failed.state == State.FAILED and failed.content
    after = decided(again(failed, registrar), registrar)
    assert after[NOTES, "Kaarina Esimerkki"].decision == Decision.REDACTED


def test_an_earlier_snapshot_is_destroyed_in_its_time_too(settled: Copy, registrar: User) -> None:
    with acting(registrar):
        waiting = services.restart(settled)
    with system_access():
        waiting.destroy_on = timezone.localdate() - dt.timedelta(days=1)
        waiting.save()
        assert services.destroy_old() == 1
        gone = Copy.objects.get(pk=settled.pk)
    assert gone.state == State.DESTROYED and not gone.content
    assert collected(settled).state == State.DESTROYED  # the worker comes too late


def test_there_is_nothing_to_destroy_of_what_was_never_collected(
    person: Person, registrar: User
) -> None:
    with acting(registrar):
        copy = services.start_copy(person, language="fi", reference="x", by=registrar)
    with system_access():
        copy.destroy_on = timezone.localdate() - dt.timedelta(days=1)
        copy.save()
        assert services.destroy_old() == 0
        with pytest.raises(ObjectDenied):
            services.destroy(copy)


def test_the_database_lets_no_approval_stand_while_it_is_collected_anew(
    settled: Copy, registrar: User
) -> None:
    approve(settled)
    with system_access():
        copy = Copy.objects.get(pk=settled.pk)
        copy.state = State.QUEUED
        with pytest.raises(DatabaseError), transaction.atomic():
            copy.save()
