"""Addresses and how a flat stands, without a database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leases.homes import rules
from leases.homes.rules import AddressError, Days, Home, Searched, Standing, Street

TODAY = date(2026, 11, 26)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("written", "street", "home"),
    [
        ("Koulukatu 5 A 2", Street("Koulukatu", "5"), Home("A", 2)),
        ("  Koulukatu  5  a  2 ", Street("Koulukatu", "5"), Home("A", 2)),
        ("Koulukatu 5A 2", Street("Koulukatu", "5"), Home("A", 2)),
        ("Rantatie 3 4", Street("Rantatie", "3"), Home("", 4)),
        ("Rantatie 3b 4", Street("Rantatie", "3b"), Home("", 4)),
        ("Rantatie 3b A 12", Street("Rantatie", "3b"), Home("A", 12)),
        ("Iso Roobertinkatu 5-7 B 14b", Street("Iso Roobertinkatu", "5-7"), Home("B", 14, "b")),
        ("Törmätie 5 – 7 c 3", Street("Törmätie", "5-7"), Home("C", 3)),
        ("Koulukatu 5 AB 3", Street("Koulukatu", "5"), Home("AB", 3)),
    ],
)
def test_an_address_is_taken_apart(written: str, street: Street, home: Home) -> None:
    assert rules.parse_address(written) == (street, home)


@pytest.mark.parametrize(
    "written", ["", "5", "Koulukatu", "Koulukatu 5", "Koulukatu 5 A", "Koulukatu 5 A 0",
                "Koulukatu A 2", "Koulukatu 5 ABC 2", "Koulukatu 5 A 2 x y"],
)  # fmt: skip
def test_what_is_no_flats_address_is_refused(written: str) -> None:
    with pytest.raises(AddressError):
        rules.parse_address(written)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("koulu", Searched("koulu")),
        ("koulu 5a 2", Searched("koulu", "5", "A", 2)),
        ("Koulukatu 5 A", Searched("koulukatu", "5", "A")),
        ("rantatie 3 4", Searched("rantatie", "3", "", 4)),
        ("iso roo", Searched("iso roo")),
        ("12345", None),
        ("koulu 5 a 2 ja muuta", None),
    ],
)
def test_half_an_address_is_searched(typed: str, wanted: Searched | None) -> None:
    assert rules.search_address(typed) == wanted


@given(
    st.sampled_from(["Koulukatu", "Rantatie", "Iso Katu", "Ålandsvägen", "Yli-Iin tie"]),
    st.sampled_from(["1", "5", "5-7", "12", "120"]),
    st.sampled_from(["", "A", "B", "Ö", "AB"]),
    st.integers(1, 999),
    st.sampled_from(["", "b"]),
)
def test_a_written_address_is_read_back(
    street: str, house: str, stair: str, number: int, suffix: str
) -> None:
    place, home = Street(street, house), Home(stair, number, suffix)
    assert rules.parse_address(rules.address(place, home)) == (place, home)


def test_addresses_are_in_the_order_of_numbers_and_finnish_letters() -> None:
    written = [
        "Koulu 1 A 1", "Koulukatu 2 A 1", "Koulukatu 2 A 2", "Koulukatu 2 A 10", "Koulukatu 2 B 1",
        "Koulukatu 10 A 1", "Zetatie 1 A 1", "Åkatu 1 A 1", "Äkatu 1 A 1", "Ökatu 1 A 1",
    ]  # fmt: skip
    keys = [rules.address_key(*rules.parse_address(one)) for one in written]
    assert keys == sorted(keys)


LET = Days(TODAY - 400 * DAY, None)
ENDING = Days(TODAY - 400 * DAY, TODAY + 4 * DAY)
ENDED = Days(TODAY - 400 * DAY, TODAY - DAY)
COMING = Days(TODAY + 5 * DAY, None)


@pytest.mark.parametrize(
    ("let", "barred", "expected"),
    [
        ([], False, Standing.FREE),
        ([], True, Standing.OUT),
        ([ENDED], False, Standing.FREE),
        ([LET], False, Standing.LET),
        ([LET], True, Standing.LET),
        ([ENDING], False, Standing.FREEING),
        ([ENDING, COMING], False, Standing.LET),
        ([COMING], False, Standing.COMING),
        ([Days(TODAY, TODAY)], False, Standing.FREEING),
        ([Days(TODAY - DAY, TODAY - DAY)], False, Standing.FREE),
    ],
)
def test_how_a_flat_stands(let: list[Days], barred: bool, expected: Standing) -> None:
    assert rules.standing(let, barred=barred, in_use=True, today=TODAY) is expected


def test_a_flat_that_is_no_home_any_more_is_gone_whatever_else() -> None:
    assert rules.standing([LET], barred=True, in_use=False, today=TODAY) is Standing.GONE


@given(
    st.lists(
        st.tuples(st.integers(-2000, 2000), st.integers(0, 900)).map(
            lambda pair: Days(TODAY + pair[0] * DAY, TODAY + (pair[0] + pair[1]) * DAY)
        ),
        max_size=6,
    )
)
def test_the_strip_stays_within_its_length(let: list[Days]) -> None:
    first, last = date(2022, 1, 1), date(2027, 12, 31)
    for part in rules.strip(let, first=first, last=last):
        assert 0 <= part.start <= 1000
        assert part.length >= 1
        assert part.start + part.length <= 1001
