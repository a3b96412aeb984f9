"""Values of the change log in words: choices, days, numbers, lists."""

from __future__ import annotations

import pytest

from registry.persons.models import Person
from registry.persons.queries.stored import in_words
from registry.rights.models import DataRequest, Decision
from vuokra.ui.formatting import NBSP


@pytest.mark.parametrize(
    ("model", "field", "stored", "words"),
    [
        (DataRequest, "rights", "['15', '20']", "Tarkastusoikeus, Siirto järjestelmästä toiseen"),
        (DataRequest, "rights", '["15"]', "Tarkastusoikeus"),
        (DataRequest, "rights", "[]", ""),
        (DataRequest, "rights", "15", "Tarkastusoikeus"),
        (DataRequest, "state", "in_review", "Tarkastuksessa"),
        (DataRequest, "level", "2", "T2: kuvallinen todistus nähty"),
        (DataRequest, "received_on", "2026-11-03", "3.11.2026"),
        (DataRequest, "approved_at", "2026-11-03 08:04:00+00:00", f"3.11.2026{NBSP}klo{NBSP}10.04"),
        (DataRequest, "wish", "Kaikki tiedot", "Kaikki tiedot"),
        (DataRequest, "wish", None, ""),
        (DataRequest, "handler", "7", "Kotivaara Sari"),
        (DataRequest, "handler", "8", ""),
        (Decision, "fee", "1234.50", f"1{NBSP}234,50"),
        (Decision, "tells_remedy", "True", "kyllä"),
        (Decision, "tells_remedy", "false", "ei"),
        (Person, "customer_since", "None", ""),
    ],
)
def test_a_kept_value_is_told_in_words(
    model: type, field: str, stored: str | None, words: str
) -> None:
    column = model._meta.get_field(field)  # type: ignore[attr-defined]  # a model
    assert in_words(column, stored, {7: "Kotivaara Sari"}) == words
