"""What staff look at: pairs that wait, two records side by side, merges that can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from registry.duplicates.models import Candidate, Merge, Origin, State
from registry.duplicates.services import VALUE_FIELDS, undo_until
from registry.persons import likeness, merging
from registry.persons import queries as persons
from registry.persons.models import Address, ContactPoint, Identity, IdentityKind, Person
from registry.persons.queries.presence import known_empty
from registry.persons.queries.presence import register as seldom
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.accounts.queries import staff_names
from vuokra.policy.catalogue import lookup
from vuokra.policy.rights import Level
from vuokra.ui.formatting import date as written
from vuokra.ui.formatting import hetu_mask

seldom(Merge, lambda person: Merge.objects.filter(survivor=person, undone_at__isnull=True))
PAGE = 50
CANDIDATE_TABLE = "registry_duplicates_candidate"
MERGE_TABLE = "registry_duplicates_merge"
_SHOWN = ("customer_number", "surname", "given_names", "call_name", "public_id", "protected")
_PEOPLE = [f"{side}__{name}" for side in ("first", "second") for name in _SHOWN]


_OPEN = Q(first__protected=False, second__protected=False)
_TELLS_NO_CONTACT = _OPEN | ~Q(grounds__contains=[likeness.Ground.CONTACT])
"""A pair that was found by a telephone or e-mail before a ban would tell by the other's what the
ban hides (7.3): it is out of sight until the night finds it anew without that ground."""


def pairs(state: State) -> QuerySet[Candidate]:
    """Pairs of living records that the actor may know of, those that somebody pointed out first.

    A person with turvakielto is in none of them for a role without the right to know.
    """
    return _told().filter(state=state).order_by("origin", "-found_at", "id")


def _told() -> QuerySet[Candidate]:
    living = Q(first__merged_into__isnull=True, second__merged_into__isnull=True)
    found = Candidate.objects.filter(living, _TELLS_NO_CONTACT)
    return found if persons.may_know_of_protection() else found.filter(_OPEN)


def pair_page(state: State, number: int) -> Page[Any]:
    """A page of pairs with both people; three statements."""
    chosen = pairs(state).select_related("first", "second", "decided_by")
    own = (
        "origin", "grounds", "state", "found_at", "decided_at", "reason", "decided_by__full_name",
    )  # fmt: skip
    page = Paginator(chosen.only(*own, *_PEOPLE), PAGE).get_page(number)
    page.object_list = list(page.object_list)
    return page


def pair_by_id(pk: int) -> Candidate:
    """A pair whose both records the actor may open. Raises ObjectDenied, and TiedDenied (A2)."""
    ids = Candidate.objects.filter(pk=pk).values_list("first__public_id", "second__public_id")
    sides = ids.first()
    if sides is None:
        raise ObjectDenied(CANDIDATE_TABLE, pk)
    first, second = (persons.person_by_public_id(side) for side in sides)
    pair = _told().filter(pk=pk).first()
    if pair is None:
        raise ObjectDenied(CANDIDATE_TABLE, pk)
    pair.first, pair.second = first, second
    return pair


@dataclass(slots=True)
class Side:
    """One of the two records, with what the comparison shows of it."""

    person: Person
    identity: Identity | None = None
    contact_points: list[ContactPoint] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)

    @property
    def mask(self) -> str:
        """The birth year, and dots for the rest."""
        return hetu_mask(self.identity.birth_date) if self.identity else ""

    @property
    def coded(self) -> bool:
        """Whether a code identifies the person, not a birth date only."""
        return self.identity is not None and self.identity.kind != IdentityKind.BIRTH_DATE


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A field of both people; `take` when the merged record's value looks like the better one."""

    name: str
    differs: bool
    take: bool


@dataclass(frozen=True, slots=True)
class CountRow:
    """Rows of one kind of data that either record has and the actor may know of."""

    label: str
    kept: int
    moving: int


@dataclass(slots=True)
class Comparison:
    """Two records side by side: the one to survive, and the one to be merged into it."""

    pair: Candidate
    kept: Side
    moving: Side
    turned: bool
    values: list[ValueRow]
    counts: list[CountRow]
    fates: Mapping[str, Mapping[int, str]]

    @property
    def same_birth_date(self) -> bool | None:
        """Whether the birth dates are the same; None when either is not known."""
        mine, theirs = self.kept.identity, self.moving.identity
        return None if mine is None or theirs is None else mine.birth_date == theirs.birth_date

    @property
    def choose_identity(self) -> bool:
        """Whether there are two identities to choose from."""
        return self.kept.identity is not None and self.moving.identity is not None

    @property
    def two_codes(self) -> bool:
        """Whether both have a code: one of them stops being used, or they change places."""
        return self.kept.coded and self.moving.coded


def comparison(pair: Candidate, *, turned: bool) -> Comparison:
    """The two records of a pair; the older survives, or the newer when `turned`.

    A fixed number of statements: one for identities, two for contact details, two for how they fit
    together, and two for each table that rooms registered and the actor may read.
    """
    kept, moving = Side(pair.first), Side(pair.second)
    if turned:
        kept, moving = moving, kept
    sides = {side.person.pk: side for side in (kept, moving)}
    for identity in Identity.objects.filter(person__in=sides).only(
        "person_id", "uuid", "kind", "birth_date"
    ):
        sides[identity.person_id].identity = identity
    for point in ContactPoint.objects.filter(person__in=sides).order_by("-kind", "-valid_from"):
        sides[point.person_id].contact_points.append(point)
    for address in Address.objects.filter(person__in=sides):
        sides[address.person_id].addresses.append(address)
    return Comparison(
        pair, kept, moving, turned, _values(kept.person, moving.person),
        list(_counts(kept.person, moving.person)), _fates(kept.person, moving.person),
    )  # fmt: skip


def _values(kept: Person, moving: Person) -> list[ValueRow]:
    fuller = likeness.words(kept.given_names) < likeness.words(moving.given_names)
    rows = []
    for name in VALUE_FIELDS:
        mine, theirs = getattr(kept, name), getattr(moving, name)
        take = bool(theirs) and (not mine or (name == "given_names" and fuller))
        if name == "customer_since" and mine and theirs:
            take = theirs < mine
        rows.append(ValueRow(name, mine != theirs, take and mine != theirs))
    return rows


_SHOWN_APART = {"registry_persons.ContactPoint", "registry_persons.Address"}


def _counts(kept: Person, moving: Person) -> Iterable[CountRow]:
    """What else each has, by kind: only of field groups that the actor may read."""
    actor = current().actor
    for reference in merging.references():
        table = lookup(reference.model._meta.db_table)
        group = table.group if table else None
        if reference.model_label in _SHOWN_APART or reference.model is Identity:
            continue
        if group is None or actor.level(group) < Level.READ:
            continue
        rows = reference.model._base_manager
        kept_rows = rows.filter(**{reference.field: kept.pk}).count()
        moving_rows = rows.filter(**{reference.field: moving.pk}).count()
        if kept_rows or moving_rows:
            label = str(reference.model._meta.verbose_name_plural)
            yield CountRow(label[:1].upper() + label[1:], kept_rows, moving_rows)


def _fates(kept: Person, moving: Person) -> dict[str, dict[int, str]]:
    """What becomes of contact details that do not simply move, in words, by row id."""
    found: dict[str, dict[int, str]] = {}
    for reference in merging.references():
        if reference.model_label not in _SHOWN_APART or not callable(reference.on_conflict):
            continue
        fit = reference.on_conflict(kept.pk, moving.pk)
        words = {change.pk: _fate(change.column, change.value) for change in fit.changes}
        words |= dict.fromkeys(fit.stay, _("ei siirry: samalta ajalta on jo tieto"))
        found[reference.model._meta.model_name or ""] = words
    return found


def _fate(column: str, day: date) -> str:
    text = _("päättyy %(day)s") if column == "valid_to" else _("alkaa %(day)s")
    return text % {"day": written(day)}


@dataclass(frozen=True, slots=True)
class Done:
    """A merge as the screen shows it."""

    merge: Merge
    by: str
    last_day: date
    can_undo: bool


def merge_page(number: int, *, today: date) -> Page[Any]:
    """A page of merges, newest first; three statements."""
    chosen = Merge.objects.select_related("survivor", "merged").order_by("-at", "-id")
    if not persons.may_know_of_protection():
        chosen = chosen.filter(survivor__protected=False, merged__protected=False)
    paginator = Paginator(chosen, PAGE)
    found = paginator.get_page(number)
    return Page(_done(list(found.object_list), today), found.number, paginator)


def merge_by_id(pk: int, *, today: date) -> Done:
    """A merge of a person whom the actor may open. Raises ObjectDenied, and TiedDenied (A2)."""
    found = Merge.objects.select_related("survivor", "merged").filter(pk=pk).first()
    if found is None:
        raise ObjectDenied(MERGE_TABLE, pk)
    for side in (found.survivor, found.merged):
        person = persons.person_by_public_id(side.public_id)
        if person.protected and not persons.may_know_of_protection():
            raise ObjectDenied(MERGE_TABLE, pk)
    return _done([found], today)[0]


def merges_panel(person: Person, today: date) -> dict[str, Any] | None:
    """Records that were merged into this person's; two statements."""
    if known_empty(person, Merge):
        return None
    found = Merge.objects.filter(survivor=person, undone_at__isnull=True).select_related("merged")
    merges = list(found.order_by("-at"))
    return {"merges": _done(merges, today)} if merges else None


def _done(merges: list[Merge], today: date) -> list[Done]:
    names = staff_names({merge.by_id for merge in merges if merge.by_id})
    found = []
    for merge in merges:
        last = undo_until(merge)
        can = merge.undone_at is None and today <= last
        found.append(Done(merge, names.get(merge.by_id or 0, _("Järjestelmä")), last, can))
    return found


def waiting() -> tuple[int, list[Candidate]]:
    """How many found pairs wait, and the pairs of one identity code; two statements."""
    open_pairs = pairs(State.OPEN)
    clashes = open_pairs.filter(origin=Origin.CODE).only("found_at")
    return open_pairs.exclude(origin=Origin.CODE).count(), list(clashes)
