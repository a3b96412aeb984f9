"""The letter of reasons tells an applicant of himself, and nothing of whoever was chosen."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from applications.intake.models import Application
from applications.selection import services
from applications.selection.models import (
    Compared,
    Decision,
    OfferChannel,
    OutOfOrder,
    SkipReason,
    passed_words,
)
from applications.selection.reasons import order_reasons, reasons_data
from applications.selection.services import Choice
from leases.homes.models import Flat
from tests.applications.selection.conftest import (
    DAY,
    TODAY,
    asking,
    flat,
    make_user,
    site,
    somebody,
    stair,
    system_access,
)
from tests.applications.selection.rounds import applicants, choosing
from tests.people import sign_in
from vuokra.documents.models import Document
from vuokra.documents.registry import Data
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
__all__ = ["flat", "site", "stair"]


def told(decision: Decision, application: Application) -> Data:
    row = Compared.objects.get(decision=decision, application=application)
    applicant = application.members.get().person_id
    return reasons_data(Document(about_id=row.pk, subject_id=applicant))


def offered(decision: Decision) -> None:
    services.offer(
        decision, channel=OfferChannel.PHONE, answer_by=TODAY + 7 * DAY, today=TODAY
    )  # fmt: skip


def words(data: Data) -> str:
    return " ".join(str(one) for one in data["reasons"])


@pytest.fixture(autouse=True)
def reached(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody has an address to be written to."""

    class Known:
        def required(self) -> list[str]:
            return ["Hakija", "Koskikatu 1"]

    monkeypatch.setattr(
        "applications.selection.reasons.letter_address", lambda person, day: Known()
    )


def test_the_second_is_told_what_decided_and_the_own_place(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        first, second = applicants("1000", "2000")
        decision = services.decide(round_, first, Choice(), today=TODAY)
        found = told(decision, second)
        assert (found["place"], found["compared"]) == ("2", "2")
        assert "Ratkaiseva ero oli: tulot." in words(found)
        text = str(found)
        assert first.number not in text and flat.address not in text and "1000" not in text


def test_whoever_was_passed_over_is_told_why(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        first, second = applicants("1000", "2000")
        services.skip(round_, first, SkipReason.NOT_REACHED, "Kolmesti soitettu.", today=TODAY)
        decision = services.decide(round_, second, Choice(), today=TODAY)
        assert "Sinut ohitettiin tässä valinnassa: ei tavoitettu." in words(told(decision, first))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("declined", "Hakija hylkäsi tarjouksen"), ("no_answer", "Tarjoukseen ei vastattu"),
        ("withdrawn", "Tarjous peruutettiin"), ("debt", "Vuokravelka yhtiölle, harkittu"),
    ],
)  # fmt: skip
def test_who_declined_is_not_told_to_be_declined(code: str, words: str) -> None:
    assert passed_words(code) == words


def test_whoever_does_not_meet_what_is_asked_is_told_the_tests(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        first, over = applicants("1000", "9000")
        decision = services.decide(round_, first, Choice(), today=TODAY)
        found = told(decision, over)
        assert "ei täyttänyt" in words(found)
        assert ["Enimmäistulo", "Ei täyty. Tulot ylittävät enimmäistulorajan."] in found["tests"]


def test_a_deviation_from_the_order_is_told_by_its_ground(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        first, second = applicants("1000", "2000")
        choice = Choice(out_of_order=OutOfOrder.MARKET, reason="Talo on puoliksi tyhjä.")
        decision = services.decide(round_, second, choice, today=TODAY)
        found = words(told(decision, first))
        assert "poikettiin järjestyksestä" in found and "Talo on" not in found


def test_nobody_else_gets_the_letter(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (first,) = applicants("1000")
        decision = services.decide(round_, first, Choice(), today=TODAY)
        with pytest.raises(ValidationError, match="kun asunto on tarjottu"):
            order_reasons(decision, first)
        offered(decision)
        with pytest.raises(ValidationError, match="valittiin"):
            order_reasons(decision, first)
        later = asking(somebody(40))
        with pytest.raises(ValidationError, match="ei ollut mukana"):
            order_reasons(decision, later)


def test_the_letter_is_ordered_by_the_number_of_the_application(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        first, second = applicants("1000", "2000")
        decision = services.decide(round_, first, Choice(), today=TODAY)
        offered(decision)
    client = sign_in(Client(), make_user(Role.VAL))
    path = f"/valinta/{round_.pk}/paatos/{decision.uuid}/perustelut/"
    for number in ("", "H-2026-9999", first.number):
        answer = client.post(path, {"number": number})
        assert answer.status_code == 422 and "number" in answer.context["form"].errors
    assert client.post(path, {"number": second.number.lower()}).status_code == 302
    with system_access():
        assert Document.objects.get().kind == "selection.reasons"


def test_an_applicant_whose_wishes_do_not_match_is_chosen_by_number(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        applicants("1000")
        far = asking(somebody(50), wages="500", wish={"rooms_from": 5, "rooms_to": 6})
        services.assess_due(TODAY)
    client = sign_in(Client(), make_user(Role.VAL))
    path = f"/valinta/{round_.pk}/toinen/"
    assert "number" in client.post(path, {"number": "tuo"}).context["form"].errors
    answer = client.post(path, {"number": far.number})
    assert answer["Location"] == f"/valinta/{round_.pk}/{far.number}/valitse/"
    client.post(answer["Location"], {"out_of_order": "", "deviation": "", "reason": ""})
    with system_access():
        assert Decision.objects.get().application == far
