"""What staff do with turvakielto: record, renew, end by two, and keep what it hides.

Recording is immediate for everybody: the database flips `Person.protected`, and in the same
transaction the contact details move to the sealed table and their old values leave the change log.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.persons import rules as person_rules
from registry.persons.models import Address, ContactPoint, Person
from registry.persons.queries import records_of, surviving
from registry.persons.queries.standing import one_of
from registry.persons.services import PostalAddress, cleaned_address, refuse_hetu_in_text
from registry.persons.services.contacts import HOME_COUNTRY
from registry.protection import queries, rules
from registry.protection.models import (
    ContactAddress,
    Coverage,
    DetailKind,
    FollowUp,
    ProtectedDetail,
    TaskKind,
    Turvakielto,
)
from registry.protection.rule_rows import EXPORT_DAYS, REVIEW_YEARS
from registry.protection.rules import PlainAddress
from vuokra.access.context import current
from vuokra.access.stated import SHORTEST_REASON
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.sources import Source
from vuokra.rules.queries import rule
from vuokra.rules.services import note_use


def _require_keeper() -> None:
    """Who maintains contact details and knows of bans may record, renew and end them."""
    current().require(Group.PROTECTION, Level.READ)
    current().require(Group.CONTACT, Level.WRITE)


# -- the ban -----------------------------------------------------------------------------------


def record_ban(
    person: Person,
    *,
    valid_from: date,
    valid_until: date | None,
    source: Source,
    covers_household: bool,
) -> Turvakielto:
    """Record a turvakielto (turvakiellon merkitseminen); in force at once for everybody (DP-T8).

    Covers the household's other members too when it says so, and makes the tasks of DP-T5. A record
    that was merged meanwhile leads to the surviving one.
    Raises ValidationError when a ban is in force already.
    """
    _require_keeper()
    with transaction.atomic():
        living = _living(person)
        if queries.ban_of(living) is not None:  # also one that stands under a merged record's name
            raise ValidationError(_("Henkilöllä on jo voimassa oleva turvakielto."), code="ban")
        ban = _recorded(
            living, valid_from=valid_from, valid_until=valid_until, source=source,
            covers_household=covers_household,
        )  # fmt: skip
        cover(ban, [person])
        if covers_household:
            follow_household(living)
    current().note("turvakielto", "recorded")
    return ban


def _recorded(
    person: Person,
    *,
    valid_from: date,
    valid_until: date | None,
    source: Source,
    covers_household: bool,
) -> Turvakielto:
    ban = Turvakielto(
        person=person,
        valid_from=valid_from,
        valid_until=valid_until,
        source=source,
        covers_household=covers_household,
        review_at=_review_day(valid_from, valid_until),
        noted_by_id=current().actor.user_id,
    )
    with constraint_errors(Turvakielto):
        ban.save(force_insert=True)
    return ban


def _review_day(since: date, valid_until: date | None) -> date:
    years = rule(REVIEW_YEARS, timezone.localdate())
    note_use(years)
    return rules.review_day(since, valid_until, years.integer)


def _living(person: Person) -> Person:
    """The record that holds the person's details, locked: a merge waits for the ban, or the ban
    for the merge and then follows it. The same object when it was not merged."""
    found = Person.with_merged.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    if found.merged_into_id is not None:
        return _living(surviving(found))
    return person


def cover(ban: Turvakielto, persons: Iterable[Person]) -> None:
    """Let a ban cover these persons; those whom it covers already stay as they are.

    With a person go the records merged into theirs: these may still hold a telephone or an address.
    """
    for person in (record for one in persons for record in records_of(_living(one))):
        if Coverage.objects.filter(ban=ban, person=person, ended_at__isnull=True).exists():
            continue
        with transaction.atomic():
            Coverage(ban=ban, person=person).save(force_insert=True)
            _move_details(person)
            _make_tasks(ban, person)
        person.protected = True


def _move_details(person: Person) -> None:
    """Contact details to the sealed table; the database refuses to commit when one is left."""
    for point in ContactPoint.objects.filter(person=person):
        _keep(point, person, DetailKind(point.kind), point.value)
    for address in Address.objects.filter(person=person):
        _keep(address, person, DetailKind(address.kind), rules.packed_address(_plain(address)))


def _plain(address: Address | PostalAddress) -> PlainAddress:
    return PlainAddress(address.street, address.postal_code, address.town, address.country)


def _keep(row: ContactPoint | Address, person: Person, kind: DetailKind, content: str) -> None:
    kept = ProtectedDetail(
        person=person, kind=kind, source=row.source, verified_at=row.verified_at,
        valid_from=row.valid_from, valid_to=row.valid_to,
    )  # fmt: skip
    kept.content = content
    kept.save(force_insert=True)
    row.person = person
    row.delete()


def _make_tasks(ban: Turvakielto, person: Person) -> None:
    """What must be checked now (DP-T5): letters, plates and lists of the home, once; and each
    export that took any of those whom the ban covers."""
    if person == ban.person:
        for kind in (TaskKind.LETTERS, TaskKind.PLATES, TaskKind.LISTS):
            FollowUp(ban=ban, person=person, kind=kind).save(force_insert=True)
    days = rule(EXPORT_DAYS, timezone.localdate())
    note_use(days)
    since = timezone.now() - timedelta(days=days.integer)
    known = set(FollowUp.objects.filter(ban=ban).values_list("event_id", flat=True))
    for event in queries.exports_of(person, since=since):
        if event.id in known:
            continue
        FollowUp(
            ban=ban, person=person, kind=TaskKind.EXPORT, event_id=event.id, event_at=event.at,
            event_by=event.actor_id,
        ).save(force_insert=True)  # fmt: skip


def follow_household(person: Person) -> None:
    """Cover whoever shares a household, now or by a move to come, with one whom a ban covers with
    the household: be it the holder's home, or that of somebody whom the ban covers through it.

    For when it has changed who lives with whom. Nobody is uncovered by moving out: the old address
    is theirs too, and only two people end a ban.
    """
    for ban in queries.household_bans(queries.living_with(person)):
        cover(ban, queries.household_of(ban))


def share_bans(survivor: Person, merged: Person) -> None:
    """Cover both records of one person by the bans that cover either, before they are merged: no
    contact detail of either is open when the rows of one move to the other."""
    both = [survivor, merged]
    for ban in queries.bans_over(both):
        cover(ban, both)


def renew_ban(ban: Turvakielto, *, valid_until: date | None) -> Turvakielto:
    """Renew a ban by its new paper (turvakiellon jatkaminen). It never becomes shorter.

    Raises ValidationError for a day before the one it holds until already.
    """
    _require_keeper()
    shorter = valid_until is not None and (ban.valid_until is None or valid_until < ban.valid_until)
    if shorter:
        raise ValidationError(
            _("Turvakieltoa ei lyhennetä. Jos se päättyy, ehdota sen päättämistä."),
            code="shorter",
        )
    ban.valid_until = valid_until
    ban.review_at = _review_day(timezone.localdate(), valid_until)
    ban.ending_proposed_by, ban.ending_proposed_at, ban.ending_reason = None, None, ""
    ban.save()
    current().note("turvakielto", "renewed")
    return ban


def propose_ending(ban: Turvakielto, *, reason: str) -> None:
    """Propose that a ban ends (päättämisen ehdottaminen). Nothing opens before another approves."""
    _require_keeper()
    text = person_rules.clean_text(reason)
    if len(text) < SHORTEST_REASON:
        raise ValidationError(_("Kirjoita peruste."), code="no_reason")
    refuse_hetu_in_text(text)
    ban.ending_proposed_by_id = current().actor.user_id
    ban.ending_proposed_at = timezone.now()
    ban.ending_reason = text
    ban.save()
    current().note("turvakielto", "ending proposed")


def withdraw_ending(ban: Turvakielto) -> None:
    """Take back or refuse a proposal that a ban ends: the ban stays."""
    _require_keeper()
    ban.ending_proposed_by, ban.ending_proposed_at, ban.ending_reason = None, None, ""
    ban.save()
    current().note("turvakielto", "ending withdrawn")


def approve_ending(ban: Turvakielto) -> None:
    """End a ban on another's proposal (päättämisen hyväksyminen, DP-A53).

    What was recorded before and under the ban stays sealed (DP-T4). Raises ValidationError when
    there is no proposal, when it is one's own, or when neither of the two is a registrar.
    """
    _require_keeper()
    actor = current().actor
    if ban.ending_proposed_by_id is None:
        raise ValidationError(_("Päättämistä ei ole ehdotettu."), code="no_proposal")
    if one_of(actor.user_id, {ban.ending_proposed_by_id}, today=timezone.localdate()):
        raise ValidationError(
            _("Toisen henkilön on hyväksyttävä ehdotuksesi."), code="own_proposal"
        )
    if not queries.one_is_registrar(ban.ending_proposed_by_id):
        raise ValidationError(
            _("Ehdottajan tai hyväksyjän on oltava rekisteriasioiden hoitaja."),
            code="no_registrar",
        )
    with transaction.atomic():
        ban.ended_by_id, ban.ended_at = actor.user_id, timezone.now()
        ban.save()
        for covered in Coverage.objects.filter(ban=ban, ended_at__isnull=True):
            covered.ended_at = ban.ended_at
            covered.save()
    current().note("turvakielto", "ended")


def finish_task(task: FollowUp) -> None:
    """A task after recording is done (jälkitehtävän kuittaus)."""
    _require_keeper()
    if task.done_at is None:
        task.done_at, task.done_by_id = timezone.now(), current().actor.user_id
        task.save()


# -- what it hides -----------------------------------------------------------------------------


def add_point(
    person: Person, kind: DetailKind, value: str, *, source: Source, valid_from: date
) -> ProtectedDetail:
    """Add a telephone number or e-mail of a protected person (suojattu yhteystieto)."""
    normalise = (
        person_rules.normalise_phone if kind == DetailKind.PHONE else person_rules.normalise_email
    )
    try:
        value = normalise(value)
    except person_rules.ContactError:
        text = (
            _("Tarkista puhelinnumero. Ulkomaan numero alkaa merkillä +.")
            if kind == DetailKind.PHONE
            else _("Tarkista sähköpostiosoite.")
        )
        raise ValidationError(text, code=kind) from None
    return _add(person, kind, value, source, valid_from)


def add_address(
    person: Person, kind: DetailKind, address: PostalAddress, *, source: Source, valid_from: date
) -> ProtectedDetail:
    """Add an address of a protected person; a new home ends the old one the day before. What the
    table of open addresses checks is checked here: these lie sealed. Raises ValidationError."""
    written = cleaned_address(address)
    code = written.postal_code
    if written.country == HOME_COUNTRY and not (len(code) == 5 and code.isdigit()):
        text = _("Suomalaisessa postinumerossa on viisi numeroa.")
        raise ValidationError(text, code="postal_code")
    content = rules.packed_address(_plain(written))
    with transaction.atomic():
        if kind == DetailKind.HOME:
            for home in ProtectedDetail.objects.select_for_update().filter(
                person=person, kind=kind, valid_to__isnull=True, valid_from__lt=valid_from
            ):
                home.valid_to = valid_from - timedelta(days=1)
                home.save(update_fields=["valid_to"])
        return _add(person, kind, content, source, valid_from)


def _add(
    person: Person, kind: DetailKind, content: str, source: Source, valid_from: date
) -> ProtectedDetail:
    _require_keeper()
    if not person.protected:
        raise ValidationError(
            _("Henkilöllä ei ole turvakieltoa. Lisää tieto yhteystietoihin."), code="not_protected"
        )
    detail = ProtectedDetail(person=person, kind=kind, source=source, valid_from=valid_from)
    detail.content = content
    with constraint_errors(ProtectedDetail):
        detail.save(force_insert=True)
    return detail


def end_detail(detail: ProtectedDetail, *, last_day: date) -> None:
    """End a protected detail (suojatun yhteystiedon päättäminen)."""
    _require_keeper()
    detail.valid_to = last_day
    with constraint_errors(ProtectedDetail):
        detail.save(update_fields=["valid_to"])


def set_contact_address(
    person: Person, address: PlainAddress, *, source: Source, valid_from: date
) -> ContactAddress:
    """Record a contact address that may be told (yhteysosoite); the former ends."""
    _require_keeper()
    row = ContactAddress(
        person=person,
        street=person_rules.clean_text(address.street),
        postal_code=person_rules.clean_text(address.postal_code),
        town=person_rules.clean_text(address.town),
        source=source,
        valid_from=valid_from,
    )
    for text in (row.street, row.town):
        refuse_hetu_in_text(text)
    row.full_clean(exclude=["person"], validate_constraints=False)
    with transaction.atomic(), constraint_errors(ContactAddress):
        for former in ContactAddress.objects.filter(person=person, valid_to__isnull=True):
            former.valid_to = max(former.valid_from, valid_from - timedelta(days=1))
            former.save(update_fields=["valid_to"])
        row.save(force_insert=True)
    return row
