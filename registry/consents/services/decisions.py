"""Recording what a person decided: objection, consent, its withdrawal, the end of an objection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.consents import queries, rules
from registry.consents.codes import PERSONS_OWN, Cell, Channel, Kind, Manner, Use
from registry.consents.models import ConsentText, Decision
from registry.consents.rules import SAID_NO, Stand, Standing
from registry.persons import rules as person_rules
from registry.persons.models import Person
from registry.persons.services import refuse_hetu_in_text
from vuokra.access.context import current
from vuokra.access.stated import SHORTEST_REASON
from vuokra.company.models import NoticeVersion
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.sources import Source
from vuokra.rules.days import refuse_future
from vuokra.ui import formatting

TEXTS = {
    "consents_adult_consents": gettext_lazy(
        "Alaikäinen ei voi antaa suostumusta markkinointiin, eikä hänelle lähetetä markkinointia."
    ),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """How a decision reached the company, and what proves it (11.3): the day of the person's act,
    the way, and the number of a scan or a recording."""

    decided_on: date
    manner: Manner | None = None
    proof: str = ""
    source: Source = Source.PERSON


def forbid(
    person: Person, cells: Iterable[Cell], evidence: Evidence, *, today: date
) -> list[Decision]:
    """Record an objection to these (kiellon kirjaaminen; S9-03 … S9-06), in force at once.

    Nothing is asked of the person but what is forbidden (S9-08). What is forbidden already stays
    as it is; gives what is new. Raises ValidationError for a day to come.
    """
    _begin(evidence, today)
    standing = queries.stands_of(person, today=today)
    new = [cell for cell in cells if standing[cell].standing is not Standing.FORBIDDEN]
    with transaction.atomic():
        rows = [_save(_row(person, cell, Kind.PROHIBITION, evidence)) for cell in new]
    current().note("consents", "forbidden")
    return rows


def permit(
    person: Person,
    channels: Sequence[Channel],
    evidence: Evidence,
    *,
    text: ConsentText,
    notice: NoticeVersion,
    repeated_back: bool = False,
    expires: date | None = None,
    today: date,
) -> list[Decision]:
    """Record a consent to what a text asks, one row for each channel (suostumuksen kirjaaminen).

    Raises ValidationError for one under age (M5), without the person's own act, by telephone
    without having been repeated back, when the person said no later, and for the marketing of
    partners where the person forbids direct marketing.
    """
    _begin(evidence, today)
    _demand_own_act(evidence)
    if not channels:
        raise ValidationError(_("Valitse ainakin yksi kanava."), code="channels")
    standing = queries.stands_of(person, today=today)
    use = Use(text.use)
    rows = []
    with transaction.atomic():
        for cell in (Cell(use, channel) for channel in channels):
            _refuse_forbidden(cell, standing, evidence.decided_on)
            row = _row(person, cell, Kind.PERMISSION, evidence)
            row.text, row.notice = text, notice
            row.repeated_back, row.expires = repeated_back, expires
            rows.append(_save(row))
    current().note("consents", "permitted")
    return rows


def withdraw(person: Person, cell: Cell, evidence: Evidence, *, today: date) -> Decision | None:
    """Take back a consent at the person's word (suostumuksen peruuttaminen, art. 7(3)), at once.

    None when there is no consent to take back: said twice it is done once.
    """
    _begin(evidence, today)
    if queries.stands_of(person, today=today)[cell].standing is not Standing.PERMITTED:
        return None
    row = _save(_row(person, cell, Kind.WITHDRAWAL, evidence))
    current().note("consents", "withdrawn")
    return row


def lift(person: Person, cell: Cell, evidence: Evidence, *, today: date) -> Decision:
    """End an objection (kiellon poistaminen), which only the person's own later act does.

    Raises ValidationError where nothing is forbidden, without the person's own act, and for an act
    before the objection.
    """
    _begin(evidence, today)
    _demand_own_act(evidence)
    now = queries.stands_of(person, today=today)[cell]
    if now.standing is not Standing.FORBIDDEN:
        raise ValidationError(_("Kieltoa ei ole voimassa."), code="not_forbidden")
    _refuse_earlier(now, evidence.decided_on)
    row = _save(_row(person, cell, Kind.LIFTING, evidence))
    current().note("consents", "lifted")
    return row


def correct(decision: Decision, *, reason: str, today: date) -> Decision:
    """Say that a row was a mistake (kirjauksen korjaaminen); it counts no more, and stays.

    Raises ValidationError without a reason, for a correction and for what was corrected already;
    FunctionDenied for an objection unless the registrar does it: a person's no is not undone by
    whoever recorded it.
    """
    current().require(Group.CONSENT, Level.WRITE)
    if decision.kind == Kind.PROHIBITION:
        current().require(Group.RIGHTS, Level.WRITE)
    text = person_rules.clean_text(reason)
    if len(text) < SHORTEST_REASON:
        raise ValidationError(_("Kirjoita, mikä kirjauksessa oli väärin."), code="no_reason")
    refuse_hetu_in_text(text)
    if decision.kind == Kind.CORRECTION or Decision.objects.filter(corrects=decision).exists():
        raise ValidationError(_("Kirjaus on jo korjattu."), code="corrected")
    row = _row(
        decision.person,
        decision.cell,
        Kind.CORRECTION,
        Evidence(today, source=Source(decision.source)),
    )
    row.corrects, row.reason = decision, text
    current().note("consents", "corrected")
    return _save(row)


# -- parts -------------------------------------------------------------------------------------


def _begin(evidence: Evidence, today: date) -> None:
    current().require(Group.CONSENT, Level.WRITE)
    refuse_future("decided_on", evidence.decided_on, today)
    refuse_hetu_in_text(evidence.proof)


def _demand_own_act(evidence: Evidence) -> None:
    if evidence.source != Source.PERSON or evidence.manner not in PERSONS_OWN:
        raise ValidationError(_("Valitse, miten henkilö itse ilmoitti asiasta."), code="manner")


def _refuse_forbidden(cell: Cell, standing: dict[Cell, Stand], decided_on: date) -> None:
    for one in rules.also_forbidding(cell):
        if one != cell and standing[one].standing is Standing.FORBIDDEN:
            raise ValidationError(
                _("Henkilö on kieltänyt suoramarkkinoinnin: %(channel)s. Poista ensin se kielto."),
                code="channels",
                params={"channel": str(cell.channel.label).lower()},
            )
    if standing[cell].standing in SAID_NO:
        _refuse_earlier(standing[cell], decided_on)


def _refuse_earlier(now: Stand, decided_on: date) -> None:
    """What a person said before is not newer than what the person said later."""
    if now.decision is not None and decided_on < now.decision.decided_on:
        raise ValidationError(
            _("Henkilö on sanonut ei myöhemmin, %(date)s. Uusi päivä ei voi olla sitä ennen."),
            code="decided_on",
            params={"date": formatting.date(now.decision.decided_on)},
        )


def _row(person: Person, cell: Cell, kind: Kind, evidence: Evidence) -> Decision:
    return Decision(
        person=person,
        use=cell.use,
        channel=cell.channel,
        kind=kind,
        decided_on=evidence.decided_on,
        source=evidence.source,
        manner=evidence.manner or "",
        proof=person_rules.clean_text(evidence.proof),
        recorded_by_id=current().actor.user_id,
    )


def _save(row: Decision) -> Decision:
    row.full_clean(exclude=["person", "recorded_by", "corrects", "text", "notice"],
                   validate_constraints=False)  # fmt: skip
    with constraint_errors(Decision, TEXTS):
        row.save(force_insert=True)
    return row
