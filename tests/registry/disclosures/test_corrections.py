"""Correcting what another approved needs another too."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from registry.disclosures import desk, queries, rules, services
from registry.disclosures.models import (
    Category,
    Correction,
    CorrectionState,
    Disclosure,
    Recipient,
)
from registry.disclosures.services import Given
from registry.persons.models import Person, TieKind
from registry.persons.services.standing import record_tie
from tests.people import make_user, system_access
from tests.registry.disclosures.conftest import (
    SignedIn,
    acting,
    basis,
    company,
    given,
    today,
)
from tests.registry.protection.conftest import one_person
from vuokra.access.context import current
from vuokra.access.errors import FunctionDenied, ObjectDenied
from vuokra.accounts.models import User
from vuokra.policy.roles import Purpose, Role

pytestmark = pytest.mark.django_db
CLASS_C = ("PT-NIMI", "PT-HETU")


def correct(wrong: Disclosure, right: Given, *, void: bool = False) -> Disclosure | Correction:
    return services.correct_disclosure(wrong, right, void=void, today=today())


def right(agency: Recipient, *people: Person, **changes: object) -> Given:
    usual: dict[str, object] = {
        "codes": ["PT-NIMI"], "purpose": Purpose.PERINTA, "note": "Tunnusta ei annettu",
    }  # fmt: skip
    return given(agency, *people, **usual | changes)


@pytest.fixture
def approved(agency: Recipient, person: Person, clerk: User, director: User) -> Disclosure:
    """A disclosure of an identity code, which the director approved."""
    with acting(clerk):
        wish = given(
            agency, person, codes=CLASS_C, purpose=Purpose.PERINTA, approved_by=director.pk
        )
        return services.record_disclosure(wish, today=today())


@pytest.fixture
def waiting(approved: Disclosure, agency: Recipient, person: Person, registrar: User) -> Correction:
    with acting(registrar):
        made = correct(approved, right(agency, person))
    assert isinstance(made, Correction)
    return made


@pytest.mark.parametrize(
    ("changes", "needed"),
    [
        ({}, False),
        ({"approved": True}, True),
        ({"people": 101}, True),
        ({"codes": CLASS_C}, True),
        ({"category": Category.AUTHORITY}, True),
        ({"codes": CLASS_C, "irregular": True}, False),
        ({"approved": True, "irregular": True}, True),
    ],
)
def test_when_another_approves_a_correction(changes: dict[str, object], needed: bool) -> None:
    usual: dict[str, object] = {
        "codes": ["PT-NIMI"], "approved": False, "irregular": False, "people": 100, "limit": 100,
        "category": Category.PROCESSOR,
    }  # fmt: skip
    assert rules.correction_needs_approval(**usual | changes) is needed  # type: ignore[arg-type]


def test_a_correction_of_what_another_approved_waits(
    approved: Disclosure, waiting: Correction, person: Person, registrar: User, agency: Recipient
) -> None:
    with acting(registrar):
        assert queries.given_to(person) == {agency.pk: frozenset(CLASS_C)}
        with pytest.raises(ValidationError) as caught:
            correct(approved, right(agency, person))
        assert caught.value.code == "disclosures_correction_once"
        assert list(desk.correction_rows(current().actor, today())) == []


def test_another_approves_it_and_it_is_recorded_by_who_proposed_it(
    approved: Disclosure, waiting: Correction, person: Person, agency: Recipient,
    registrar: User, director: User,
) -> None:  # fmt: skip
    with acting(director):
        (row,) = desk.correction_rows(current().actor, today())
        assert row.key == str(waiting.pk)
        made = services.approve_correction(waiting, now=timezone.now())
        assert list(desk.correction_rows(current().actor, today())) == []
    with system_access():
        made = Disclosure.objects.get(pk=made.pk)
        assert (made.corrects, made.by, made.approved_by) == (approved, registrar, director)
        assert made.basis == approved.basis
        assert queries.given_to(person) == {agency.pk: frozenset({"PT-NIMI"})}
        waiting.refresh_from_db()
        assert (waiting.state, waiting.decided_by) == (CorrectionState.APPROVED, director)
    with acting(director), pytest.raises(ValidationError) as caught:
        services.approve_correction(waiting, now=timezone.now())
    assert caught.value.code == "decided"


def test_nobody_approves_ones_own_nor_of_ones_own_people(
    waiting: Correction, person: Person, registrar: User
) -> None:
    relative = make_user(Role.JOH, username="sukulainen")
    with system_access():
        record_tie(person, relative.pk, TieKind.HOUSEHOLD, valid_from=today() - timedelta(days=9))
    for user, code in ((registrar, "own"), (relative, "tied"), (None, "approver")):
        with acting(user) if user else system_access():
            with pytest.raises(ValidationError) as caught:
                services.approve_correction(waiting, now=timezone.now())
            assert caught.value.code == code
            if user:
                assert not queries.corrections_to_decide(user.pk).exists()
    with acting(make_user(Role.SOP, username="sopimus")), pytest.raises(FunctionDenied):
        services.approve_correction(waiting, now=timezone.now())
    with system_access():
        assert not Disclosure.objects.filter(corrects__isnull=False).exists()


def test_a_refusal_says_why_and_lets_it_be_corrected_anew(
    approved: Disclosure, waiting: Correction, person: Person, agency: Recipient,
    registrar: User, director: User,
) -> None:  # fmt: skip
    with acting(director):
        with pytest.raises(ValidationError) as caught:
            services.refuse_correction(waiting, note=" ", now=timezone.now())
        assert caught.value.code == "note"
        services.refuse_correction(waiting, note="Tunnus annettiin", now=timezone.now())
    with acting(registrar):
        again = correct(approved, right(agency, person, note="Toinen syy"), void=True)
        assert isinstance(again, Correction)
        assert again.void


def test_a_correction_that_widens_what_was_given_waits_too(
    agency: Recipient, person: Person, registrar: User
) -> None:
    with acting(registrar):
        row = services.record_disclosure(right(agency, person), today=today())
        assert isinstance(correct(row, right(agency, person, codes=CLASS_C)), Correction)


def test_the_database_holds_it_too(
    approved: Disclosure, waiting: Correction, registrar: User, director: User, clerk: User
) -> None:
    """Neither past the second person, nor in another's name, nor decided twice."""
    values: dict[str, object] = {
        "at": timezone.now(), "recipient": approved.recipient, "basis": approved.basis,
        "codes": ["PT-NIMI"], "purpose": Purpose.PERINTA, "person_count": 1, "channel": "phone",
        "origin": "test", "corrects": approved,
    }  # fmt: skip

    def fails(actor: User, match: str, **changes: object) -> None:
        with (
            acting(actor), pytest.raises(DatabaseError, match=match), transaction.atomic(),
        ):  # fmt: skip
            Disclosure.objects.create(**values | changes)

    fails(registrar, "disclosures_correction_approved", by=registrar)
    fails(registrar, "own name", by=clerk, approved_by=registrar)
    fails(director, "own name", by=clerk, approved_by=director)
    with acting(registrar):
        own = Correction.objects.get(pk=waiting.pk)
        own.state, own.decided_by, own.decided_at = "approved", director, timezone.now()
        with pytest.raises(DatabaseError), transaction.atomic():
            own.save()
    with acting(director):
        row = Correction.objects.get(pk=waiting.pk)
        row.note = "Muutettu"
        row.state, row.decided_by, row.decided_at = "approved", director, timezone.now()
        with (
            pytest.raises(DatabaseError, match="disclosures_correction_order"),
            transaction.atomic(),
        ):
            row.save()
        with pytest.raises(DatabaseError, match="own name"), transaction.atomic():
            Correction.objects.create(
                wrong=approved, at=timezone.now(), codes=["PT-NIMI"], purpose=Purpose.PERINTA,
                channel="phone", note="Toisen nimissä", proposed_by=registrar,
            )  # fmt: skip


def test_DP_A52_corrections_count_among_mutual_approvals(
    agency: Recipient, person: Person, registrar: User, other_registrar: User
) -> None:
    def turn(first: User, second: User) -> None:
        with acting(first):
            wish = right(agency, person, codes=CLASS_C, approved_by=second.pk)
            made = correct(services.record_disclosure(wish, today=today()), right(agency, person))
        assert isinstance(made, Correction)
        with acting(second):
            services.approve_correction(made, now=timezone.now())

    for first, second in ((registrar, other_registrar), (other_registrar, registrar)) * 2:
        turn(first, second)
    with system_access():
        (pair,) = queries.mutual_approvals(now=timezone.now(), today=today())
        assert pair.times == 4


def test_on_the_screen(signed_in: SignedIn, person: Person, clerk: User, director: User) -> None:
    with system_access():
        recipient = company("Kuuran Perintä Oy", Category.PROCESSOR, collects=True)
        basis(recipient, reference="KP-7", codes=CLASS_C, purposes=[Purpose.PERINTA])
    with acting(clerk):
        wish = given(
            recipient, person, codes=CLASS_C, purpose=Purpose.PERINTA, approved_by=director.pk
        )
        row = services.record_disclosure(wish, today=today())
    registrar, leader = signed_in("REK"), signed_in("JOH")
    page = f"/luovutukset/{row.pk}/"
    told = registrar.post(
        f"{page}oikaise/",
        {"codes": "PT-NIMI", "purpose": "P5", "channel": "phone", "day": "1.11.2026",
         "note": "Tunnusta ei annettu"},
        follow=True,
    ).content.decode()  # fmt: skip
    assert "Oikaisu odottaa toisen henkilön hyväksyntää." in told
    assert "Tunnusta ei annettu" in told
    assert "Hyväksy oikaisu" not in told
    with system_access():
        waiting = Correction.objects.get()
    url = f"/luovutukset/oikaisut/{waiting.pk}/"
    assert page in leader.get("/").content.decode()
    assert "Hyväksy oikaisu" in leader.get(page).content.decode()
    assert leader.post(f"{url}hylkaa/", {"note": ""}).status_code == 422
    assert registrar.post(f"{url}hyvaksy/", follow=True).status_code == 200
    with system_access():
        assert not Disclosure.objects.filter(corrects=row).exists()
    assert leader.post(f"{url}hyvaksy/")["Location"] == page
    with system_access():
        assert Disclosure.objects.get(corrects=row).approved_by.username == "joh"
    assert "Tämä rivi on oikaistu." in leader.get(page).content.decode()
    assert leader.post("/luovutukset/oikaisut/999/hyvaksy/").status_code == 404


def test_a_correction_that_is_not_there(registrar: User) -> None:
    with acting(registrar), pytest.raises(ObjectDenied):
        queries.correction_by_id(999)


def test_a_correction_is_not_of_another_disclosure(
    agency: Recipient, police: Recipient, person: Person, registrar: User
) -> None:
    """Else an authority would get data by no law and with nobody's approval."""
    with acting(registrar):
        wish = given(agency, person, codes=["PT-NIMI"], purpose=Purpose.PERINTA)
        wrong = services.record_disclosure(wish, today=today())
        for other in (right(police, person), right(agency, person, irregular=True)):
            with pytest.raises(DatabaseError, match="correction_same"), transaction.atomic():
                correct(wrong, other)
        assert isinstance(correct(wrong, right(agency, person)), Disclosure)


def test_another_account_of_who_proposed_it_does_not_approve_it(
    waiting: Correction, registrar: User, director: User
) -> None:
    one_person(registrar, director)
    with acting(director), pytest.raises(ValidationError) as caught:
        services.approve_correction(waiting, now=timezone.now())
    assert caught.value.code == "own"
