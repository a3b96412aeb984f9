"""The list of disclosures as a file: what the screen shows, batch by batch."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from registry.disclosures import queries
from registry.disclosures.queries import Line, Place, Wanted
from vuokra.policy.roles import purpose_title
from vuokra.ui.formatting import moment
from vuokra.ui.spreadsheet import BYTE_ORDER_MARK, csv_text

BATCH = 500


def reader(wanted: Wanted) -> Callable[[Place | None], tuple[str, Place | None]]:
    """What `AccessStream` calls for each batch: (text, where the next one begins)."""

    def read(place: Place | None) -> tuple[str, Place | None]:
        lines, following = queries.batch(wanted, place, BATCH)
        text = csv_text(_values(line) for line in lines)
        if place is None:
            text = BYTE_ORDER_MARK + csv_text([_headers()]) + text
        return text, following

    return read


def _headers() -> list[str]:
    return [
        _("aika"), _("vastaanottaja"), _("ryhmä"), _("peruste"), _("käyttötarkoitus"),
        _("tiedot"), _("henkilöitä"), _("tapa"), _("kirjasi"), _("hyväksyi"), _("asia"),
        _("tiiviste"), _("huomautus"),
    ]  # fmt: skip


def _values(line: Line) -> list[object]:
    row = line.row
    to = row.recipient
    return [
        moment(row.at).replace("\N{NO-BREAK SPACE}", " "),
        to.name if to else _("oma käyttö"), to.get_category_display() if to else "", line.law,
        purpose_title(row.purpose), line.what, row.person_count, row.get_channel_display(),
        line.by, line.approved_by, row.reference, row.copy.sha256 if line.whole else "",
        ", ".join(map(str, line.remarks)),
    ]  # fmt: skip
