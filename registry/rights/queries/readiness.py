"""What an answer still lacks before it may be reviewed: each part of the room says its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from registry.persons.models import Identity
from registry.persons.queries.majority import age_of_majority
from registry.persons.queries.marks import death_of, standing_of
from registry.persons.queries.reading import may_read
from registry.rights import clock, rules
from registry.rights.models import (
    Correction,
    DataRequest,
    Decision,
    ErasureLine,
    Known,
    Outcome,
    Result,
    Right,
)
from registry.rights.rule_rows import OWN_VIEW_AGE
from registry.rights.rules import WEIGHED, Asker, Flag
from vuokra.policy.groups import Group
from vuokra.rules.queries import rule

MET: Final = (Outcome.GRANTED, Outcome.PARTLY)
Check = Callable[[DataRequest], Iterator[str]]

_checks: list[Check] = []


def register(check: Check) -> None:
    """Let another part of the room say what an answer lacks: the copy and its redactions."""
    _checks.append(check)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an answer: outcome by right, flags, results of corrections, whether the
    table of erasure was computed."""

    decided: Mapping[str, str]
    flags: Collection[Flag]
    corrections: Collection[str]
    computed: bool


def level_for(row: DataRequest) -> int:
    """The level of identification that the request needs as things are now (6.2)."""
    return rules.required_level(
        row.rights,
        protected=row.person is not None and row.person.protected,
        behalf=row.behalf,
        in_register=row.known != Known.NONE,
    )


def missing(row: DataRequest) -> list[str]:
    """What is missing, in words for the screen; empty when the answer may be reviewed."""
    facts = Facts(
        dict(Decision.objects.filter(request=row).values_list("right", "outcome")),
        flags_of(row),
        list(Correction.objects.filter(request=row).values_list("result", flat=True)),
        ErasureLine.objects.filter(request=row).exists(),
    )
    return [*_identity(row), *lacking(row, facts)]


def _identity(row: DataRequest) -> list[str]:
    """A turvakielto recorded after the requester was identified raises what is needed."""
    if row.level is not None and row.level < level_for(row):
        return [_("Toisen käsittelijän on todettava henkilöllisyys: henkilöllä on turvakielto.")]
    return []


def lacking(row: DataRequest, facts: Facts) -> list[str]:
    """The same of what was read already."""
    found = [
        _("Ratkaise: %(right)s.") % {"right": right.label}
        for right in row.asks
        if right not in facts.decided
    ]
    if not row.assessment and set(facts.flags) & WEIGHED:
        found.append(_("Kirjaa arvio: pyytäjän asema on punnittava."))
    if facts.corrections or facts.decided.get(Right.RECTIFICATION) in MET:
        found += _corrections(facts.corrections)
    if facts.decided.get(Right.RESTRICTION) in MET and not _restricted(row):
        found.append(_("Rajoita käsittelyä."))
    if facts.decided.get(Right.ERASURE) in MET and row.person_id and not facts.computed:
        found.append(_("Laske poistotaulukko."))
    for check in _checks:
        found += check(row)
    return found


def _restricted(row: DataRequest) -> bool:
    """Whether processing of the person's data is restricted; none when read already."""
    if row.person is None:
        return True
    return standing_of(row.person, today=clock.today()).restriction is not None


def _corrections(results: Collection[str]) -> list[str]:
    if not results:
        return [_("Kirjaa oikaistava tieto.")]
    return [_("Ratkaise oikaistavat tiedot.")] if Result.OPEN in results else []


def flags_of(row: DataRequest) -> list[Flag]:
    """What must be weighed of who asks (DP-A28); at most three statements. Whoever may not know
    how old the person is, as the leader who approves, relies on what the handler wrote."""
    today, person = clock.today(), row.person
    born = death = None
    if person is not None:
        if may_read(Group.IDENTITY):
            found = Identity.objects.filter(person=person).only("person_id", "birth_date").first()
            born = found.birth_date if found else None
        death = death_of(person)
    asker = Asker(row.behalf, row.authority, born, death is not None)
    return rules.flags(
        asker, own_view_age=rule(OWN_VIEW_AGE, today).integer, majority=age_of_majority(today),
        today=today,
    )  # fmt: skip
