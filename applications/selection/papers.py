"""The memorandum of a choice on paper (valintamuistio): what was compared, in which order, and why.

It is made from the snapshot, so that it says the same after rules and people have changed. Those
who were compared stand under the random ids of the snapshot; who they are is kept elsewhere and for
a shorter time (R2). Source: VNa 166/2008 5 §; resident-selection specification, section 11.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from applications.intake.codes import Part
from applications.selection import words
from applications.selection.models import Decision, OutOfOrder
from applications.selection.queries.replayed import ID_LENGTH
from applications.selection.rules.exceptions import Deviation
from applications.selection.rules.findings import Test
from applications.selection.rules.snapshot import intact
from leases.contracts.papers import tells_home
from leases.homes.models import Funding
from vuokra.accounts.queries import staff_names
from vuokra.documents import registry, services
from vuokra.documents.errors import Fault, NotMade
from vuokra.documents.models import Document
from vuokra.documents.registry import Data, Kind
from vuokra.policy.groups import Group
from vuokra.policy.roles import Purpose
from vuokra.rules.kinds import Kind as Kinds
from vuokra.rules.registry import Spec, spec
from vuokra.ui import formatting

TOLD: Final = (Group.NEED, Group.ECONOMY)
"""What papers of a choice tell of besides: to leaders it is told alone that somebody was chosen."""
LANGUAGE: Final = "fi"
"""The company keeps its file in Finnish; English is printed by choice."""


def memorandum_data(document: Document) -> Data:
    """What the memorandum says. Raises NotMade for a decision that is not there."""
    found = Decision.objects.select_related("round__flat__stair__building__site", "permit")
    decision = found.filter(pk=document.about_id or 0).first()
    if decision is None:
        raise NotMade(Fault.DATA)
    kept: Mapping[str, Any] = decision.snapshot
    return {
        "facts": _facts(decision, kept),
        "decision": _decision(decision, kept),
        "reason": decision.reason,
        "compared": [_household(one, str(decision.chosen)) for one in kept["compared"]],
        "legend": [list(one) for one in words.legend(kept["compared"])],
        "findings": [line for one in kept["compared"] if (line := _findings(one))],
        "rules": [_rule(row) for row in kept["rules"]],
        "replayed": intact(decision.snapshot, decision.digest),
        "digest": decision.digest,
    }


def _facts(decision: Decision, kept: Mapping[str, Any]) -> list[list[str]]:
    round_, asked = decision.round, kept["flat"]["asks"]
    flat = round_.flat
    site = flat.stair.building.site
    tests = [
        (asked["need"], Test.NEED), (asked["wealth"], Test.WEALTH),
        (asked["income_limit"], Test.INCOME),
    ]  # fmt: skip
    named = [str(test.label) for asks, test in tests if asks]
    table = kept["flat"]["wealth_table"]
    return [
        [_("Asunto"), f"{flat.address}, {site.postal_code} {site.town}"],
        [_("Huoneita, pinta-ala"), f"{flat.rooms} h, {formatting.area(flat.area)}"],
        [_("Vuokra kuukaudessa"), formatting.money(round_.rent_eur)],
        [_("Vapautuu"), formatting.date(round_.free_from)],
        [_("Yleisesti haettavana alkaen"), formatting.date(round_.open_to_all_from)],
        [_("Rahoitus"), str(Funding(kept["flat"]["funding"]).label)],
        [_("Valinnan perusteet"), ", ".join(named) or _("Ei valintaperusteita")],
        [_("Varallisuusrajat"), table["decision"] if table else _("Ei vahvistettu")],
        [_("Vertailun järjestys"), words.order(kept)],
    ]


def _decision(decision: Decision, kept: Mapping[str, Any]) -> list[list[str]]:
    ids = [pk for pk in (decision.decided_by_id, decision.approved_by_id) if pk]
    names = staff_names(ids)
    found = [
        [_("Valittu"), _short(str(decision.chosen))],
        [_("Sija, kun ohitettuja ei lasketa"), str(decision.place)],
        [_("Vertailtuja"), str(decision.compared_count)],
        *(
            [[_("Vertailun ulkopuolella, käsittely rajoitettu"), str(kept["left_out"])]]
            if kept.get("left_out")
            else []
        ),
        [_("Valintapäivä"), formatting.date(decision.on)],
        [_("Päättäjä"), names.get(decision.decided_by_id or 0, _("Järjestelmä"))],
    ]
    if decision.approved_at is not None:
        by = names.get(decision.approved_by_id or 0, "")
        found.append([_("Hyväksyjä"), f"{by}, {formatting.moment(decision.approved_at)}"])
    if decision.out_of_order:
        found.append(
            [pgettext("selection", "Peruste"), str(OutOfOrder(decision.out_of_order).label)]
        )
    if decision.deviation:
        exception = Deviation(decision.deviation)
        found.append([_("Poikkeaminen"), f"{exception.value} {exception.label}"])
    if decision.permit is not None:
        permit = f"{decision.permit.authority}, {decision.permit.decision}"
        found.append([_("Poikkeuslupa"), permit])
    return found


def _short(token: str) -> str:
    return token[:ID_LENGTH]


def _household(one: Mapping[str, Any], chosen: str) -> list[str]:
    """One row: place, id, persons, need, income and wealth with their limits, how it ended."""
    return [
        str(one["place"]),
        _short(one["id"]),
        str(one["persons"]),
        " ".join(filter(None, [str(one["urgency"] or "–"), *one["situations"]])),
        _of(one["income"], one["limit"]),
        _of(one["wealth"], one["wealth_limit"]),
        words.ended(one, chosen),
    ]


def _of(euros: str | None, limit: str | None) -> str:
    shown = "–" if euros is None else formatting.money(Decimal(euros))
    return shown if limit is None else f"{shown} / {formatting.money(Decimal(limit))}"


def _findings(one: Mapping[str, Any]) -> list[str] | None:
    """What stood in the way of a household, or was let by for it."""
    told = words.found(one)
    return [_short(one["id"]), " ".join(told)] if told else None


def _rule(row: Mapping[str, Any]) -> list[str]:
    one = spec(row["key"])
    shown = _value(one, str(row["value"]))
    since = formatting.date(date.fromisoformat(row["from"]))
    return [str(one.title), f"{shown} {one.unit}".strip(), f"{row['version']}, {since}",
            row["source"]]  # fmt: skip


def _value(one: Spec, written: str) -> str:
    if one.kind is Kinds.BOOLEAN:
        return _("kyllä") if written == "true" else _("ei")
    if one.kind is Kinds.DECIMAL:
        _whole, _point, cents = written.partition(".")
        return formatting.number(Decimal(written), len(cents))
    return str(one.choices[written]) if one.choices else written


MEMORANDUM = Kind(
    key="selection.memorandum", title=gettext_lazy("Valintamuistio"), group=Group.SELECTION,
    item="HK-ARA", templates="applications/selection/memorandum.typ", data=memorandum_data,
    also=TOLD,
)  # fmt: skip


@transaction.atomic
def order_memorandum(decision: Decision, language: str = LANGUAGE) -> Document:
    """Order the memorandum of a decision (valintamuistion tilaaminen); it is listed on everybody
    who is to live there: under turvakielto of one of them it closes. Raises FunctionDenied, and
    ValueError when the household is not known any more."""
    if decision.application is None:
        raise ValueError("the household of the decision is not known any more")
    living = decision.application.members.exclude(part=Part.AWAY)
    return services.order_now(
        MEMORANDUM.key, subjects=list(living.values_list("person_id", flat=True)),
        about_id=decision.pk, language=MEMORANDUM.spoken(language),
        reference=reference_of(decision),
        usual=Purpose.ASUKASVALINTA,
    )  # fmt: skip


def reference_of(decision: Decision) -> str:
    """What the papers of a decision refer to (valintapäätöksen tunnus)."""
    return f"AV-{decision.on.year}-{decision.pk:04}"


def register() -> None:
    """What `SelectionConfig.ready` registers."""
    registry.register(MEMORANDUM)
    tells_home(MEMORANDUM.key)
