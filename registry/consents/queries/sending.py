"""What every sending asks: may this go to these people, and why (data-protection 11.4).

The questions read what the asking role may not see (who is under age, whose address is the same),
so they run as stated raw SQL and give an answer, never a value. A role that may not open people's
records is told that somebody gets nothing, not why.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, F, Func, Value
from django.utils.translation import gettext as _

from registry.consents import rules, tenancy
from registry.consents.codes import BY_CODE, CELLS, Cell, Channel, Reason, Use
from registry.consents.models import Decision, Suppression
from registry.consents.rule_rows import FORMER_CUSTOMER, REVIEW, SOFT_OPT_IN
from registry.consents.rules import NOTHING, SAID_NO, Stand, Standing
from registry.persons.models import ContactKind, Person
from registry.persons.queries.majority import age_of_majority
from vuokra.access.context import current
from vuokra.access.stated import raw_sql
from vuokra.crypto.blind import lasting
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules import queries as numbers
from vuokra.rules.queries import RuleValue
from vuokra.ui import formatting

WHY: Final = "who may be contacted"
LABEL: Final = "suppressed contact"
PERSONS: Final = """
SELECT p.id, p.protected, i.birth_date,
    coalesce(bool_or(m.kind = 'deceased'), false),
    coalesce(bool_or(m.kind = 'restriction'), false),
    coalesce(bool_or(m.kind = 'legal_hold'), false)
FROM registry_persons_person p
LEFT JOIN registry_persons_identity i ON i.person_id = p.id
LEFT JOIN registry_persons_mark m ON m.person_id = p.id AND m.valid_from <= %(today)s
    AND (m.valid_to IS NULL OR m.valid_to >= %(today)s)
WHERE p.id = ANY (%(persons)s) AND p.merged_into_id IS NULL
GROUP BY p.id, p.protected, i.birth_date
"""
CONTACTS: Final = Path(__file__).with_name("sending.sql").read_text()
HOMES: Final = """
SELECT p.sort_key || '|' || lower(a.street) || '|' || a.postal_code, ARRAY[p.id]
FROM registry_persons_address a JOIN registry_persons_person p ON p.id = a.person_id
WHERE a.person_id = ANY (%(persons)s) AND p.merged_into_id IS NULL
    AND a.valid_from <= %(today)s AND (a.valid_to IS NULL OR a.valid_to >= %(today)s)
"""
KINDS: Final = {
    Channel.PHONE: (ContactKind.PHONE,),
    Channel.SMS: (ContactKind.PHONE,),
    Channel.EMAIL: (ContactKind.EMAIL,),
}
"""The contact points that a channel uses; the others may use any."""
NOT_TOLD: Final = frozenset(
    {
        Reason.UNKNOWN, Reason.DECEASED, Reason.RESTRICTED, Reason.PROTECTED, Reason.HELD,
        Reason.MINOR, Reason.AGE_UNKNOWN, Reason.FORMER_CUSTOMER,
    }
)  # fmt: skip
"""Reasons for those who may open a record: to the others they would tell something of it."""
Stands = dict[int, dict[Cell, Stand]]


class Among(Func):
    """Whether a column is one of an array: thousands of ids are one parameter, not one each."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether something may be sent to a person, why, and the decision that settles it.

    The decision of another person is never told, so a `SHARED` answer names none.
    """

    reason: Reason
    decision_id: int | None = None
    decided_on: date | None = None

    @property
    def allowed(self) -> bool:
        """Whether it may be sent."""
        return rules.allows(self.reason)

    @property
    def text(self) -> str:
        """The reason in words of the active language, with the day of the decision."""
        if self.decided_on is None:
            return str(self.reason.label)
        return _("%(reason)s (%(date)s)") % {
            "reason": self.reason.label, "date": formatting.date(self.decided_on)
        }  # fmt: skip


class Row(NamedTuple):
    """A decision as it is read for thousands of people at once."""

    id: int
    person_id: int
    use: str
    channel: str
    kind: str
    decided_on: date
    source: str
    manner: str
    expires: date | None
    corrects_id: int | None


def may_send(
    person_ids: Iterable[int], *, purpose: Use, channel: Channel, today: date
) -> dict[int, Answer]:
    """Whether something of this purpose may be sent to each person by this channel, and why.

    The one question that every sending asks, and asks again when it sends: what was forbidden
    between is honoured then (M1). A fixed number of statements, whatever the number of people.
    Raises ValueError when the purpose does not use the channel, and FunctionDenied when the role
    may not know of consents.
    """
    wanted = tuple(dict.fromkeys(person_ids))
    answers = {person: Answer(Reason.UNKNOWN) for person in wanted}
    found, majority = _persons(wanted, today), age_of_majority(today)
    for person, facts in found.items():
        reason = rules.barred(facts, purpose, majority=majority, today=today)
        answers[person] = Answer(reason or Reason.SERVICE)
    if purpose != Use.SERVICE:
        open_to = [one for one, answer in answers.items() if answer.reason == Reason.SERVICE]
        answers |= _weighed(open_to, purpose, channel, today)
    current().note("may_send", f"{purpose}:{channel}")
    _note(answers.values())
    return _as_told(answers)


def may_disclose_for_marketing(
    person_ids: Iterable[int], *, channel: Channel, today: date, purpose: Use = Use.PARTNER
) -> dict[int, Answer]:
    """Whether each person's contact details may be handed on to another for its direct marketing,
    or for market research (`purpose=Use.RESEARCH`), by this channel.

    An objection is one against disclosure too (S9-07): whoever forbids direct marketing by the
    channel is left out, and for marketing nobody is taken without a consent given for that.
    Raises ValueError for a purpose that is the company's own.
    """
    if purpose not in (Use.PARTNER, Use.RESEARCH):
        raise ValueError(f"Nobody's details are disclosed for {purpose}.")
    return may_send(person_ids, purpose=purpose, channel=channel, today=today)


def barred_from_marketing(person_id: int, today: date) -> Reason | None:
    """Why a person gets no marketing and no surveys whatever they decide, or None; as the role may
    know. One statement."""
    facts = _persons((person_id,), today).get(person_id)
    if facts is None:
        reason: Reason | None = Reason.UNKNOWN
    else:
        adult = age_of_majority(today)
        reason = rules.barred(facts, Use.MARKETING, majority=adult, today=today)
    return reason if reason is None or _may_be_told(reason) else Reason.EXCLUDED


def contacts_of(person: Person, channel: Channel, *, today: date) -> list[str]:
    """The contact points by which the channel reaches a person, as the suppression list has them;
    one statement."""
    current().note_subjects([person.pk])
    return [text for text, _sharers in _contacts([person.pk], channel, today, every=True)]


def review_rule(today: date) -> RuleValue:
    """After how many years an entry made today on the suppression list is looked at again (R11)."""
    return numbers.rule(REVIEW, on=today)


def _weighed(
    persons: Collection[int], use: Use, channel: Channel, today: date
) -> dict[int, Answer]:
    """The answers for people whom nothing bars."""
    current().require(Group.CONSENT, Level.READ)
    cell = _known(rules.cell_of(use, channel))
    digests = _suppressed_digests(rules.also_forbidding(cell))
    contacts = _contacts(persons, channel, today, every=bool(digests))
    everybody = {*persons, *chain.from_iterable(sharers for _text, sharers in contacts)}
    stands = _stands(everybody, rules.also_forbidding(cell), today)
    suppressed = _suppressed(contacts, digests)
    shared = _shared(contacts, stands, cell)
    ends = tenancy.latest_ends(persons, today)
    months, soft_opt_in = _numbers(today)
    answers = {}
    for person in persons:
        if rules.is_former(ends.get(person), months, today=today):
            answers[person] = Answer(Reason.FORMER_CUSTOMER)
            continue
        own = stands[person].get(cell, NOTHING)
        other = _forbidding(stands[person], cell)
        reason = rules.answer(
            cell,
            own,
            forbidden=other is not None,
            suppressed=person in suppressed,
            shared=person in shared,
            soft=soft_opt_in and person in ends and ends[person] is None,
        )
        answers[person] = _answer(reason, own, other)
    return answers


def _known(cell: Cell) -> Cell:
    if cell.code not in BY_CODE:
        raise ValueError(f"{cell.use} is not sent by {cell.channel}.")
    return cell


def _answer(reason: Reason, own: Stand, other: Stand | None) -> Answer:
    """With the decision that settles it, where it is the person's own."""
    settles = own.decision
    if reason == Reason.PROHIBITED and own.standing is not Standing.FORBIDDEN and other:
        settles = other.decision
    elif reason in (Reason.SUPPRESSED, Reason.SHARED, Reason.LEGITIMATE_INTEREST):
        settles = None
    return Answer(reason, settles.id, settles.decided_on) if settles else Answer(reason)


def _forbidding(stands: dict[Cell, Stand], cell: Cell) -> Stand | None:
    """The prohibition of another cell that stops this one too, or None."""
    others = (stands.get(one, NOTHING) for one in rules.also_forbidding(cell) if one != cell)
    return next((one for one in others if one.standing is Standing.FORBIDDEN), None)


def _numbers(today: date) -> tuple[int, bool]:
    """After how many months one is a former customer, and whether existing customers may be told
    of similar services without consent; one statement at most."""
    values = numbers.rules([FORMER_CUSTOMER, SOFT_OPT_IN], on=today)
    return values[FORMER_CUSTOMER].integer, values[SOFT_OPT_IN].flag


# -- what is read ------------------------------------------------------------------------------


def _persons(persons: Collection[int], today: date) -> dict[int, rules.Person]:
    """What bars sending to each living record of these; one statement."""
    current().note_subjects(persons)
    return {
        pk: rules.Person(dead, restricted, protected, held, born)
        for pk, protected, born, dead, restricted, held in _rows(PERSONS, persons, today)
    }


def _contacts(
    persons: Collection[int], channel: Channel, today: date, *, every: bool
) -> list[tuple[str, list[int]]]:
    """The contact points that the channel would use, and who has each: every one, or those that
    several people share; at most two statements."""
    homes = _rows(HOMES, persons, today) if channel in (Channel.POST, Channel.SURVEY) else []
    if channel == Channel.POST:
        return homes
    kinds = list(KINDS.get(channel, ContactKind.values))
    return homes + _rows(CONTACTS, persons, today, kinds=kinds, every=every)


def _rows(sql: str, persons: Collection[int], today: date, **more: Any) -> list[Any]:
    given = {"persons": list(persons), "today": today, **more}
    with raw_sql(WHY), connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())


def _stands(persons: Collection[int], cells: Collection[Cell], today: date) -> Stands:
    """How each person stands to these cells; one statement."""
    rows = Decision.objects.filter(
        Among(F("person_id"), Value(list(persons), output_field=ArrayField(BigIntegerField()))),
        use__in={cell.use for cell in cells},
        channel__in={cell.channel for cell in cells},
    ).order_by()
    said: dict[tuple[int, str, str], list[Row]] = defaultdict(list)
    for row in map(Row._make, rows.values_list(*Row._fields)):
        said[row.person_id, row.use, row.channel].append(row)
    stands: Stands = defaultdict(dict)
    for (person, use, channel), decisions in said.items():
        stands[person][BY_CODE[f"{use}:{channel}"]] = rules.stand(decisions, today)
    return stands


def stands_of_many(persons: Collection[int], today: date) -> Stands:
    """How each person stands to everything that can be decided of; one statement."""
    return _stands(persons, CELLS, today)


def suppressed_texts(texts: Collection[str]) -> set[str]:
    """Those of the contact points that are on the suppression list, for whatever; one statement."""
    digests = {lasting(LABEL, text): text for text in texts}
    listed = Suppression.objects.filter(digest__in=list(digests))
    return {digests[bytes(digest)] for digest in listed.values_list("digest", flat=True)}


def _suppressed_digests(cells: Collection[Cell]) -> frozenset[bytes]:
    """What is on the suppression list for these cells; one statement (RT12)."""
    listed = Suppression.objects.filter(
        use__in={cell.use for cell in cells}, channel__in={cell.channel for cell in cells}
    )
    return frozenset(bytes(digest) for digest in listed.values_list("digest", flat=True))


def _suppressed(contacts: list[tuple[str, list[int]]], digests: frozenset[bytes]) -> set[int]:
    """Those of whose contact points one is on the suppression list."""
    if not digests:
        return set()
    return {
        person
        for text, sharers in contacts
        if lasting(LABEL, text) in digests
        for person in sharers
    }


def _shared(contacts: list[tuple[str, list[int]]], stands: Stands, cell: Cell) -> set[int]:
    """Those who share a contact point with another who said no (M2)."""
    found: set[int] = set()
    for _text, sharers in contacts:
        if len(sharers) < 2:
            continue
        said_no = {person for person in sharers if _said_no(stands[person], cell)}
        if said_no:
            found.update(one for one in sharers if said_no - {one})
    return found


def _said_no(stands: dict[Cell, Stand], cell: Cell) -> bool:
    own = stands.get(cell, NOTHING).standing
    return own in SAID_NO or _forbidding(stands, cell) is not None


# -- what is told ------------------------------------------------------------------------------


def _note(answers: Iterable[Answer]) -> None:
    """Who was left out and why, in numbers, into the access event (A35)."""
    for reason, count in sorted(Counter(answer.reason for answer in answers).items()):
        if not rules.allows(reason):
            told = reason if reason == Reason.RESTRICTED or reason not in NOT_TOLD else "excluded"
            current().note("left_out", f"{told}:{count}")


def _as_told(answers: dict[int, Answer]) -> dict[int, Answer]:
    return {one: a if _may_be_told(a.reason) else Answer(Reason.EXCLUDED)
            for one, a in answers.items()}  # fmt: skip


def _may_be_told(reason: Reason) -> bool:
    return reason not in NOT_TOLD or current().actor.level(Group.PERSON) >= Level.READ
