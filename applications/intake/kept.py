"""How long applications are kept (R1–R4, R6, R17): by the end of their validity, or the choice.

What was decided of an application is told by the room that chooses, through `tell_judged`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from django.db import models
from django.utils import timezone

from applications.intake.models import (
    Application,
    Asset,
    Attachment,
    Debt,
    Ground,
    Income,
    Member,
    MemberCode,
    Need,
    Permit,
    PresentHome,
    Step,
    Wish,
    Work,
)
from leases.contracts.kept import LEASE as OF_LEASE
from leases.contracts.kept import kept_by_lease
from leases.contracts.models import Lease
from registry.retention import starts
from registry.retention.rules import Facts, Lengths, retention_end
from registry.retention.starts import Kept

__all__ = ["OF_LEASE", "Judged", "Kept", "last_days", "register", "tell_judged"]


@dataclass(frozen=True, slots=True)
class Judged:
    """What was decided of an application: the last decision in which it was compared, the one in
    which it was chosen, and the lease that came of it."""

    compared: date | None = None
    chosen: date | None = None
    lease: Lease | None = None

    def and_(self, more: Judged) -> Judged:
        """What another room tells of the same application beside it."""
        return Judged(
            self.compared or more.compared, self.chosen or more.chosen, self.lease or more.lease
        )


Judge = Callable[[Collection[int]], Mapping[int, Judged]]
"""Application ids → what was decided of each; those never compared are absent. A fixed number of
statements."""

_judges: list[Judge] = []
_NOTHING: Final = Judged()


def tell_judged(judge: Judge) -> None:
    """Let the room that chooses tell what was decided; called from `AppConfig.ready`."""
    _judges.append(judge)


def last_days(
    rows: Mapping[int, int], *, files: bool, papers: bool, lengths: Lengths, today: date
) -> Mapping[int, Kept]:
    """Row ids with their applications → how they are kept. `files`: what goes sooner (R3, R4);
    `papers`: what is kept with the documents of the selection (R2, R4) and not with the lease.
    Two statements, and those of the judges."""
    known = Application.objects.in_bulk(set(rows.values()))
    judged: dict[int, Judged] = {}
    for judge in _judges:
        for key, one in judge(list(known)).items():
            judged[key] = judged.get(key, _NOTHING).and_(one)
    by_lease = {pk: lease for pk, of in rows.items() if (lease := judged.get(of, _NOTHING).lease)}
    with_lease = kept_by_lease(by_lease, lengths, today) if by_lease else {}
    found = {}
    for pk, of in rows.items():
        one = judged.get(of, _NOTHING)
        if one.chosen and (files or papers):
            found[pk] = Kept("R4", retention_end("R4", Facts(chosen=one.chosen), lengths))
        elif pk in with_lease:
            found[pk] = with_lease[pk]
        else:
            found[pk] = _unsuccessful(known[of], one, files=files, lengths=lengths)
    return found


def _unsuccessful(row: Application, one: Judged, *, files: bool, lengths: Lengths) -> Kept:
    """From the day on which its validity ended or ends; of a draft, from its recording on."""
    told = row.confirmed_on or timezone.localdate(row.made_at)
    end = row.valid_until or row.ended_on or lengths["R1"].after(told)
    if files:
        return Kept("R3", lengths["R3"].after(end))
    return Kept("R2", lengths["R2"].after(max(end, one.compared or end)))


def _kept(
    model: type[models.Model], path: str, ids: Collection[int], lengths: Lengths, today: date, *,
    files: bool, papers: bool,
) -> Mapping[int, Kept]:  # fmt: skip
    rows: Any = model._default_manager.filter(pk__in=list(ids)).order_by()
    of = dict(rows.values_list("pk", path))
    return last_days(of, files=files, papers=papers, lengths=lengths, today=today)


_OF_APPLICATION: Final = (Member, Need, Ground, PresentHome, Wish, Step)
_OF_MEMBER: Final = (Work, Income, Asset, Debt)
_OF_SELECTION: Final = (MemberCode, Permit)


def register() -> None:
    """Called from the room's AppConfig."""
    paths: dict[type[models.Model], str] = {
        Application: "pk",
        Attachment: "application_id",
        **dict.fromkeys(_OF_APPLICATION, "application_id"),
        **dict.fromkeys((*_OF_MEMBER, *_OF_SELECTION), "member__application_id"),
    }
    for model, path in paths.items():
        tell = partial(_kept, model, path, files=model is Attachment, papers=model in _OF_SELECTION)
        starts.register(model._meta.db_table, tell)
