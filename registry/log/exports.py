"""The log as a file, for the data-protection officer: what the screen shows, batch by batch."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from registry.log.queries import Line, Wanted, in_words
from vuokra.access.log_queries import Place
from vuokra.ui.formatting import moment
from vuokra.ui.spreadsheet import BYTE_ORDER_MARK, csv_text

BATCH = 500


def reader(wanted: Wanted) -> Callable[[Place | None], tuple[str, Place | None]]:
    """What `AccessStream` calls for each batch: (text, where the next one begins)."""

    def read(place: Place | None) -> tuple[str, Place | None]:
        rows = wanted.rows(place=place, onward=False, limit=BATCH)
        text = csv_text(_values(line) for line in in_words(rows))
        if place is None:
            text = BYTE_ORDER_MARK + csv_text([_headers()]) + text
        return text, (rows[-1].at, rows[-1].id) if len(rows) == BATCH else None

    return read


def _headers() -> list[str]:
    return [
        _("aika"), _("käyttäjä"), _("rooli"), _("toiminto"), _("asiakasnumero"), _("kohde"),
        _("tarkenne"), _("peruste"), _("hälytys"),
    ]  # fmt: skip


def _values(line: Line) -> list[object]:
    number = str(line.person.customer_number) if line.person else ""
    return [
        moment(line.at, seconds=True).replace("\N{NO-BREAK SPACE}", " "),
        line.name, line.role, line.what, number, line.target, line.detail, line.purpose,
        _("kyllä") if line.alarm else "",
    ]  # fmt: skip
