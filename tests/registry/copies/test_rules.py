"""Pure rules: other people's names in running text, and what is cut."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.copies.codes import What
from registry.copies.rules import (
    Cut,
    Known,
    contact_key,
    cut_text,
    find_others,
    likeness,
    words_of,
)

KNOWN = Known(
    own=frozenset({"Lehtovaara", "Marja"}),
    contacts=frozenset({contact_key("040 123 4567"), "marja@example.fi"}),
    codes=frozenset({"150685-906N"}),
    others={7: ("Lehtovaara", "Elias"), 8: ("Mäki", "Marjukka")},
    staff={1: ("Kotivaara", "Sari")},
    hidden={8: ("Varpuskuja 3 B 4", "+358 49 555 0000")},
)


def found(text: str) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.what.value) for one in find_others(text, KNOWN)]


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Marjukka", "Marjukka Marjukan Marjukkaa Marjukalle Marjukasta"),
        ("Virtanen", "Virtanen Virtasen Virtaselta Virtasta"),
        ("Lahti", "Lahti Lahden Lahdelle Lahtea"),
        ("Mäki", "Mäki Mäen Mäelle Mäkeä"),
        ("Elias", "Elias Eliaksen Eliasta Eliakselta"),
        ("Kangas", "Kangas Kankaan Kankaalle"),
        ("Virta", "Virta Virran Virtaa"),
        ("Ranta", "Ranta Rannan Rannalta"),
        ("Lampi", "Lampi Lammen Lammelta"),
        ("Satu", "Satu Sadun Satulle"),
        ("Pekka", "Pekka Pekan Pekalle"),
        ("Mikael", "Mikael Mikaelin Mikaelille"),
        ("Joki", "Joki Joen Joelle"),
    ],
)
def test_inflected_forms_of_a_name_are_found(name: str, forms: str) -> None:
    assert [form for form in forms.split() if not likeness(form, name)] == []


@pytest.mark.parametrize(
    ("word", "name"),
    [("Maria", "Markus"), ("Elina", "Elias"), ("hana", "Hanna"), ("vuokra", "Vuori"), ("a", "Aho")],
)
def test_another_word_is_not_the_name(word: str, name: str) -> None:
    assert likeness(word, name) == 0


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Eliaksen mukaan hana vuotaa.", [("Eliaksen", "person")]),
        ("Marjukan naapuri soitti.", [("Marjukan", "person")]),
        ("Marjan hana vuotaa, Lehtovaara soitti.", []),
        ("Puhuttu Sarin kanssa.", [("Sarin", "staff")]),
        ("Naapuri Kaarina valitti.", [("Kaarina", "name")]),
        ("Kaarina valitti.", []),  # begins the sentence: whoever reads finds it
        ("Naapuri Kaarina Esimerkki valitti.", [("Kaarina Esimerkki", "name")]),
        ("Soitti Elias Lehtovaara illalla.", [("Elias Lehtovaara", "person")]),
        ("Lehtovaara Elias soitti.", [("Lehtovaara Elias", "person")]),
        ("Elias, Lehtovaara ja Marja.", [("Elias", "person")]),
        ("Paikalla Elias Marjukan kanssa.", [("Elias", "person"), ("Marjukan", "person")]),
        ("Puhuttu Marjukka Mäen kanssa.", [("Marjukka Mäen", "person")]),
        ("Kirjasi Sari Kotivaara.", [("Sari Kotivaara", "staff")]),
        ("Soita 040 123 4567 tai 0401234567.", []),
        ("Soita +358 49 555 1234.", [("+358 49 555 1234", "contact")]),
        ("Posti: muu@example.fi, MARJA@example.fi.", [("muu@example.fi", "contact")]),
        ("Tunnus 150685-906N.", []),
        ("Tunnus 311299-903B.", [("311299-903B", "code")]),
        ("Asuu osoitteessa varpuskuja 3 b 4.", [("varpuskuja 3 b 4", "contact")]),
        ("", []),
    ],
)
def test_DP_A29_others_are_found_in_running_text(text: str, marks: list[tuple[str, str]]) -> None:
    assert found(text) == marks


def test_a_name_of_two_words_is_one_place_of_the_one_who_has_both() -> None:
    couple = replace(KNOWN, others={5: ("Virtanen", "Liisa"), 7: ("Virtanen", "Matti")})
    (mark,) = find_others("Soitti Matti Virtanen.", couple)
    assert (mark.start, mark.end, mark.person) == (7, 21, 7)
    (mark,) = find_others("Soitti Virtanen Matti.", couple)
    assert mark.person == 7


def test_DP_T6_what_may_be_a_protected_persons_name_stays_a_place_of_its_own() -> None:
    couple = replace(
        KNOWN, others={5: ("Virtanen", "Liisa"), 7: ("Virtanen", "Matti")}, protected=frozenset({5})
    )
    marks = find_others("Soitti Matti Virtanen.", couple)
    assert [one.person for one in marks] == [7, 5]
    (mark,) = find_others("Soitti Liisa Virtanen.", couple)
    assert mark.person == 5


def test_DP_T6_what_is_of_a_protected_person_names_that_person() -> None:
    (mark,) = find_others("Osoite Varpuskuja 3 B 4, jos kysytään.", KNOWN)
    assert (mark.what, mark.person) == (What.CONTACT, 8)


@given(st.text(max_size=80))
def test_marks_are_in_order_inside_the_text_and_apart(text: str) -> None:
    marks = find_others(text, KNOWN)
    assert all(0 <= one.start < one.end <= len(text) for one in marks)
    assert all(one.end <= two.start for one, two in pairwise(marks))


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10))))
def test_what_is_cut_is_gone(text: str, spans: list[tuple[int, int]]) -> None:
    cuts = [Cut(a, min(a + n, len(text)), "x") for a, n in spans if a < len(text)]
    kept = [c for i, c in enumerate(text) if not any(one.start <= i < one.end for one in cuts)]
    assert cut_text(text, cuts, {"x": ""}).replace("[]", "") == "".join(kept).replace("[]", "")


def test_a_cut_says_why() -> None:
    assert cut_text("Elias soitti", [Cut(0, 5, "other")], {"other": "syy"}) == "[syy] soitti"


def test_words_of_names() -> None:
    assert words_of("Marjukka Anneli", "af Virta-Lehto") == ("Marjukka", "Anneli", "Virta-Lehto")
