"""Papers for the supervisor: the selection log (asukasvalintaluettelo) and the report of a period
(valvontaraportti).

The log names nobody: households stand under the random ids of their snapshots. Who they are is told
to the supervisor by a disclosure of its own. Source: resident-selection specification, section 11.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.intake.codes import Part
from applications.intake.models import Member
from applications.selection import words
from applications.selection.papers import TOLD
from applications.supervision import queries
from applications.supervision.models import Extract
from applications.supervision.queries import Choice, Table
from leases.contracts.papers import tells_homes
from vuokra.accounts.queries import staff_names
from vuokra.documents import registry, services
from vuokra.documents.errors import Fault, NotMade
from vuokra.documents.models import Document
from vuokra.documents.registry import Data, Kind
from vuokra.policy.groups import Group
from vuokra.policy.roles import Purpose
from vuokra.ui import formatting

ID_LENGTH: Final = 8
LANGUAGE: Final = "fi"
NOT_REPORTED: Final = gettext_lazy("Raportti tehdään vain päättyneestä ajanjaksosta.")


def _period(document: Document) -> Extract:
    found = Extract.objects.select_related("site").filter(pk=document.about_id or 0).first()
    if found is None:
        raise NotMade(Fault.DATA)
    return found


def _facts(period: Extract) -> list[list[str]]:
    days = f"{formatting.date(period.first)}–{formatting.date(period.last)}"
    return [
        [_("Ajalta"), days],
        [_("Kohde"), period.site.name if period.site else _("Kaikki kohteet")],
    ]


def log_data(document: Document) -> Data:
    """The log of a period. Raises NotMade for one that is not there."""
    period = _period(document)
    today = timezone.localdate()
    chosen = queries.whole_log(period, today)
    names = staff_names({by for one in chosen if (by := one.decision.decided_by_id)})
    return {
        "facts": _facts(period),
        "rows": [_choice(one, names) for one in chosen],
        "legend": [list(one) for one in words.legend(one.household for one in chosen)],
        "hidden": any(one.hidden for one in chosen),
        "left_out": queries.left_out(period, today),
        "by_site": period.site_id is not None,
    }


def _choice(one: Choice, names: Any) -> list[str]:
    decision = one.decision
    codes = filter(None, [decision.deviation, decision.get_out_of_order_display()])
    return [
        formatting.date(decision.on),
        "–" if one.hidden else decision.round.flat.address,
        str(decision.chosen)[:ID_LENGTH],
        str(one.household["persons"]),
        one.codes or "–",
        _sums(one.income, one.limit),
        _sums(one.wealth, one.wealth_limit),
        ", ".join(map(str, codes)) or "–",
        names.get(decision.decided_by_id or 0, _("Järjestelmä")),
    ]


def _sums(euros: Decimal | None, limit: Decimal | None) -> str:
    shown = "–" if euros is None else formatting.money(euros)
    return shown if limit is None else f"{shown} / {formatting.money(limit)}"


def report_data(document: Document) -> Data:
    """The report of a period. Raises NotMade for one that is not there, or of which no report is
    made."""
    period = _period(document)
    found = queries.report_of(period)
    if found is None:
        raise NotMade(Fault.DATA)
    made = formatting.date(timezone.localdate(found.made_at))
    return {
        "facts": [*_facts(period), [_("Luvut laskettu"), made]],
        "tables": [_table(one) for one in queries.tables(found, period.site_id)],
    }


def _table(one: Table) -> dict[str, Any]:
    rows = [[label, _count(count)] for label, count in one.rows]
    return {"title": one.title, "rows": rows, "total": _count(one.told.total)}


def _count(count: int | None) -> str:
    return _("ei kerrota") if count is None else str(count)


LOG: Final = Kind(
    key="supervision.log", title=gettext_lazy("Asukasvalintaluettelo"), group=Group.SELECTION,
    item="HK-ARA", templates="applications/supervision/log.typ", data=log_data, also=TOLD,
)  # fmt: skip
REPORT: Final = Kind(
    key="supervision.report", title=gettext_lazy("Asukasvalinnan valvontaraportti"),
    group=Group.SELECTION, item="SY-06", templates="applications/supervision/report.typ",
    data=report_data,
)  # fmt: skip


def reference_of(period: Extract) -> str:
    """What papers of a period refer to."""
    return f"VA-{period.first:%Y%m%d}-{period.last:%Y%m%d}-{period.pk}"


@transaction.atomic
def order(kind: Kind, period: Extract) -> Document:
    """Order a paper of a period (tuloste). The log is listed on everybody whose choice it tells of.
    Raises FunctionDenied, and ValidationError for a period of which no report is made, and for a
    log that the user could not open: it tells of a colleague, say (A2)."""
    if kind is REPORT and queries.report_of(period) is None:
        raise ValidationError(NOT_REPORTED, code="period")
    today = timezone.localdate()
    if kind is LOG and queries.is_closed_to_user(period, today):
        text = _("Luettelossa on valinta, jonka tietoja et näe. Toinen tulostaa sen.")
        raise ValidationError(text, code="closed")
    told_of = queries.told_of(period, today)
    living = Member.objects.filter(application__decisions__in=told_of)
    subjects = living.exclude(part=Part.AWAY).values_list("person_id", flat=True).distinct()
    return services.order_now(
        kind.key, subjects=list(subjects) if kind is LOG else [], about_id=period.pk,
        language=LANGUAGE, reference=reference_of(period),
        usual=Purpose.ASUKASVALINTA,
    )  # fmt: skip


def register() -> None:
    """Called from the room's AppConfig."""
    registry.register(LOG)
    registry.register(REPORT)
    tells_homes(LOG.key)
