"""What may be disclosed to whom: no, unless a basis says so on the day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.disclosures import rules
from registry.disclosures.models import BasisKind, Category, Channel, Instrument
from registry.disclosures.rules import Answer, Approval, Refusal, Terms
from vuokra.policy.roles import Purpose

DAY = date(2026, 11, 22)
FLAT = ("PT-NIMI", "PT-PUH")
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def terms(**changes: object) -> Terms:
    usual: dict[str, object] = {
        "pk": 1, "kind": BasisKind.PROCESSING, "codes": frozenset(FLAT),
        "purposes": frozenset({Purpose.KUNNOSSAPITO.value}), "valid_from": date(2026, 1, 1),
        "valid_to": date(2026, 12, 31),
    }  # fmt: skip
    return Terms(**usual | changes)  # type: ignore[arg-type]


def ask(*bases: Terms, category: Category = Category.DOORS, country: str = "FI",
        collects: bool = False, codes: tuple[str, ...] = FLAT,
        purpose: Purpose = Purpose.KUNNOSSAPITO, on: date = DAY) -> Answer:  # fmt: skip
    return rules.answer(
        category, country, collects=collects, terms=bases, codes=codes, purpose=purpose, on=on
    )


@pytest.mark.parametrize("category", Category)
def test_S7_01_nothing_is_disclosed_without_a_basis(category: Category) -> None:
    found = ask(category=category, country="US" if category == Category.THIRD_COUNTRY else "FI")
    assert not found.allowed


def test_S7_02_flat_name_and_telephone_and_no_more() -> None:
    assert ask(terms()).allowed
    wide = terms(codes=frozenset({*FLAT, "PT-EMAIL"}))
    assert ask(wide, codes=("PT-EMAIL",)) == Answer(
        False, Refusal.CODES, codes=frozenset({"PT-EMAIL"})
    )
    note = terms(kind=BasisKind.NOTE, valid_to=None)
    assert ask(note, category=Category.MAINTENANCE).allowed


def test_S7_03_as_the_agreement_says_and_codes_to_collection_alone() -> None:
    wide = terms(codes=frozenset({"PT-NIMI", "PT-HETU"}))
    asked = ("PT-NIMI", "PT-HETU")
    assert ask(wide, category=Category.PROCESSOR, codes=asked).refusal is Refusal.HETU
    assert ask(wide, category=Category.PROCESSOR, codes=asked, collects=True).allowed
    assert ask(wide, category=Category.PROCESSOR, codes=("PT-EMAIL",)).refusal is Refusal.CODES
    other = ask(wide, category=Category.PROCESSOR, purpose=Purpose.PERINTA, codes=("PT-NIMI",))
    assert other.refusal is Refusal.PURPOSE


@pytest.mark.parametrize(
    ("category", "kind"),
    [(category, kind) for category in Category for kind in BasisKind
     if kind not in rules.KINDS[category]],
)  # fmt: skip
def test_S7_04_another_proper_connection_is_no_basis(category: Category, kind: BasisKind) -> None:
    """A basis of a kind that does not serve the category counts for nothing."""
    codes = () if category == Category.GROUP else FLAT
    country = "US" if category == Category.THIRD_COUNTRY else "FI"
    found = ask(
        terms(kind=kind, instrument=Instrument.CLAUSES), category=category, country=country,
        codes=codes,
    )  # fmt: skip
    assert found.refusal is Refusal.NO_BASIS


def test_S7_05_an_authority_by_its_statute() -> None:
    statute = terms(kind=BasisKind.STATUTE, codes=frozenset({"PT-HETU"}), valid_to=None)
    assert ask(statute, category=Category.AUTHORITY, codes=("PT-HETU",)).allowed
    assert ask(statute, category=Category.AUTHORITY, codes=FLAT).refusal is Refusal.CODES


def test_S7_06_group_companies_get_aggregates_alone() -> None:
    balance = terms(kind=BasisKind.BALANCE, codes=frozenset(FLAT))
    assert ask(balance, category=Category.GROUP).refusal is Refusal.AGGREGATES
    assert ask(balance, category=Category.GROUP, codes=()).allowed


def test_S7_07_transfers_are_blocked_without_an_instrument() -> None:
    found = ask(terms(), category=Category.THIRD_COUNTRY, country="US")
    assert found.refusal is Refusal.THIRD_COUNTRY
    clauses = terms(instrument=Instrument.CLAUSES)
    assert ask(clauses, category=Category.THIRD_COUNTRY, country="US").allowed


def test_DP_A60_blocked_from_the_day_after_the_last() -> None:
    last = date(2026, 11, 30)
    agreement = terms(valid_to=last)
    assert ask(agreement, on=last).allowed
    over = ask(agreement, on=last + timedelta(days=1))
    assert (over.refusal, over.day) == (Refusal.ENDED, last)
    early = ask(agreement, on=date(2025, 12, 31))
    assert (early.refusal, early.day) == (Refusal.NOT_YET, date(2026, 1, 1))


@given(
    st.lists(
        st.builds(
            terms,
            pk=st.integers(1, 9),
            kind=st.sampled_from(BasisKind),
            codes=st.frozensets(st.sampled_from(["PT-NIMI", "PT-PUH", "PT-HETU"])),
            valid_to=st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2027, 1, 1))),
        ),
        max_size=4,
        unique_by=lambda one: one.pk,
    ),
    st.sampled_from(Category),
    st.frozensets(st.sampled_from(["PT-NIMI", "PT-PUH", "PT-HETU"]), min_size=1),
)
def test_a_yes_has_a_basis_that_says_it(
    bases: list[Terms], category: Category, codes: frozenset[str]
) -> None:
    found = ask(*bases, category=category, codes=tuple(codes), collects=True)
    if found.allowed:
        one = next(
            one for one in bases
            if one.pk == found.basis and codes <= one.codes and one.holds(DAY)
        )  # fmt: skip
        assert one.kind in rules.KINDS[category]


@pytest.mark.parametrize(
    ("people", "households", "reference", "fits"),
    [(1, 1, "TM 1", True), (3, 1, "TM 1", True), (2, 2, "TM 1", False), (1, 1, " ", False),
     (0, 0, "TM 1", False)],
)  # fmt: skip
def test_DP_A19_one_flat_for_one_order(
    people: int, households: int, reference: str, fits: bool
) -> None:
    for category in rules.PER_ORDER:
        found = rules.flat_level(
            category, people=people, households=households, reference=reference
        )
        assert found == fits
    assert rules.flat_level(Category.PROCESSOR, people=90, households=60, reference="")


def test_when_another_approves() -> None:
    def needed(codes: tuple[str, ...], people: int, category: Category | None = None) -> bool:
        return rules.needs_approval(codes, people=people, limit=100, category=category)

    assert not needed(FLAT, 100)
    assert needed(FLAT, 101)
    assert needed(("PT-HETU",), 1)
    assert needed(("MU-ELÄMÄ",), 1)
    assert needed(FLAT, 1, Category.AUTHORITY)


def test_DP_A18_whom_one_calls_back() -> None:
    spoken = {channel for channel in Channel if rules.call_back_needed(channel)}
    assert spoken == {Channel.PHONE, Channel.VISIT, Channel.EMAIL}


# -- approving each other's ---------------------------------------------------------------------


def approvals(*pairs: tuple[int, int, int]) -> list[Approval]:
    """(who asked, who approved, days ago)."""
    return [Approval(asked, by, NOW - timedelta(days=days)) for asked, by, days in pairs]


def pairs_of(*pairs: tuple[int, int, int]) -> list[tuple[int, int, int]]:
    found = rules.mutual_pairs(approvals(*pairs), now=NOW, days=30, times=3)
    return [(one.first, one.second, one.times) for one in found]


def test_DP_A52_once_is_allowed_and_the_third_in_thirty_days_is_told() -> None:
    assert pairs_of((1, 2, 1)) == []
    assert pairs_of((1, 2, 2), (2, 1, 1)) == []
    assert pairs_of((1, 2, 3), (2, 1, 2), (1, 2, 1)) == [(1, 2, 3)]


def test_DP_A52_one_way_is_no_pattern_and_the_old_is_forgotten() -> None:
    assert pairs_of((1, 2, 3), (1, 2, 2), (1, 2, 1)) == []
    assert pairs_of((1, 2, 30), (2, 1, 2), (1, 2, 1)) == []
    assert pairs_of((1, 2, 29), (2, 1, 2), (1, 2, 1)) == [(1, 2, 3)]
    assert pairs_of((1, 2, 1), (2, 3, 1), (3, 1, 1)) == []
