"""The answer at the door by what was found; names; gaps of the roster. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from leases.doors.rules.letting_in import Answer, Ground, Part, same_name, verdict
from leases.doors.rules.on_call import Stretch, on_call_times, uncovered
from tests.leases.doors.test_on_call import HOLIDAYS, HOURS

TODAY = date(2026, 11, 27)
DAY = timedelta(days=1)


def part(person: int = 1, **more: object) -> Part:
    given: dict[str, object] = {
        "person": person, "lease": 7, "ground": Ground.TENANT, "first": date(2024, 1, 1),
        "last": None,
    }  # fmt: skip
    return Part(**given | more)  # type: ignore[arg-type]  # a test's keywords


@pytest.mark.parametrize(
    ("found", "answer", "ground"),
    [
        ([], Answer.UNKNOWN, Ground.NONE),
        ([part()], Answer.YES, Ground.TENANT),
        ([part(last=TODAY)], Answer.YES, Ground.TENANT),
        ([part(last=TODAY - DAY)], Answer.NO, Ground.MOVED_OUT),
        ([part(first=TODAY)], Answer.YES, Ground.TENANT),
        ([part(first=TODAY + DAY)], Answer.NO, Ground.NOT_YET),
        ([part(ground=Ground.RESIDENT)], Answer.YES, Ground.RESIDENT),
        (
            [part(last=TODAY - DAY), part(ground=Ground.CO_TENANT, first=TODAY - DAY)],
            Answer.YES, Ground.CO_TENANT,
        ),
        ([part(last=TODAY - DAY), part(first=TODAY + DAY)], Answer.NO, Ground.NOT_YET),
        ([part(1), part(2)], Answer.UNKNOWN, Ground.NONE),
        ([part(closed=True)], Answer.UNKNOWN, Ground.NONE),
        ([part(hidden=True)], Answer.UNKNOWN, Ground.NONE),
        ([part(last=TODAY - DAY, hidden=True), part()], Answer.UNKNOWN, Ground.NONE),
    ],
)  # fmt: skip
def test_S10_03_the_answer_follows_from_the_part(
    found: list[Part], answer: Answer, ground: Ground
) -> None:
    told = verdict(found, may_tell_hidden=False, today=TODAY)
    assert (told.answer, told.ground) == (answer, ground)
    assert (told.part is None) == (answer is Answer.UNKNOWN)


def test_a_hidden_part_is_told_to_whoever_may_and_a_closed_one_to_nobody() -> None:
    assert verdict([part(hidden=True)], may_tell_hidden=True, today=TODAY).answer is Answer.YES
    assert verdict([part(closed=True)], may_tell_hidden=True, today=TODAY).answer is Answer.UNKNOWN


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("Lehtovaara Marjukka", True),
        ("marjukka LEHTOVAARA", True),
        ("Lehtovaara, Anneli", True),
        ("Lehtovaara Marjukka Anneli", True),
        ("Lehtovaara", False),
        ("Marjukka", False),
        ("Lehtovaara M", False),
        ("Lehtovara Marjukka", False),
        ("Lehtovaara Marjukka Helena", False),
        ("", False),
    ],
)
def test_a_name_is_the_persons_or_not(typed: str, same: bool) -> None:
    assert same_name(typed, "Lehtovaara", ["Marjukka Anneli", "Marjukka"]) is same


def test_a_name_of_one_part_is_whole_by_itself() -> None:
    assert same_name("Aino", "", ["Aino"]) and same_name("Aino", "Aino", [])
    assert same_name("Koski Aho", "Koski-Aho", []) and not same_name("Koski", "Koski-Aho", [])


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime(2026, 11, day, hour, minute))  # noqa: DTZ001  (made aware)


def test_S10_02_the_on_call_times_of_some_days() -> None:
    found = list(on_call_times(local(25, 12), local(30, 12), HOURS, HOLIDAYS))
    assert found == [
        Stretch(local(25, 15, 30), local(26, 7)),
        Stretch(local(26, 15, 30), local(27, 7)),
        Stretch(local(27, 13, 45), local(30, 7)),
    ]
    cut = list(on_call_times(local(28, 3), local(28, 5), HOURS, HOLIDAYS))
    assert cut == [Stretch(local(28, 3), local(28, 5))]


@pytest.mark.parametrize(
    ("duties", "gaps"),
    [
        ([], [(15, 23)]),
        ([(15, 23)], []),
        ([(10, 16), (16, 24)], []),
        ([(16, 18), (17, 20)], [(15, 16), (20, 23)]),
        ([(8, 15), (23, 24)], [(15, 23)]),
    ],
)
def test_S10_02_the_parts_of_a_night_without_anybody(
    duties: list[tuple[int, int]], gaps: list[tuple[int, int]]
) -> None:
    def of(pair: tuple[int, int]) -> Stretch:
        begins, ends = pair
        return Stretch(local(25, 0) + timedelta(hours=begins), local(25, 0) + timedelta(hours=ends))

    assert uncovered(of((15, 23)), map(of, duties)) == [of(pair) for pair in gaps]
