"""Recording that people were informed, or are to be."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry.persons.models import NoticeChannel, NoticeDuty, NoticeGiven, Person, Source
from vuokra.access.context import current
from vuokra.company.models import NoticeVersion
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.days import refuse_future


def give_notice(
    person: Person,
    version: NoticeVersion,
    channel: NoticeChannel,
    *,
    given_on: date,
    today: date,
) -> NoticeGiven:
    """Record that a person was given the privacy notice (informoinnin kirjaaminen)."""
    current().require(Group.PERSON, Level.WRITE)
    refuse_future("given_on", given_on, today)
    if given_on < version.valid_from:
        raise ValidationError(_("Versio ei ollut vielä voimassa sinä päivänä."), code="version")
    given = NoticeGiven(
        person=person,
        version=version,
        channel=channel,
        given_on=given_on,
        given_by_id=current().actor.user_id,
    )
    with constraint_errors(NoticeGiven):
        given.save()
    return given


def note_source_elsewhere(person: Person, source: Source, *, today: date) -> NoticeDuty:
    """Note that a person's data came from somebody else: they are to be informed within a month.

    The first source counts; a person already noted stays as they are. Raises ValidationError when
    the source is the person.
    """
    if source == Source.PERSON:
        raise ValidationError(_("Valitse muu lähde kuin asiakas itse."), code="source")
    return _note(person, source, today)


def note_named_by_another(person: Person, source: Source, *, today: date) -> NoticeDuty | None:
    """Note that somebody was named in what is recorded of another: as a guardian, trustee, payer or
    guarantor. Whoever told it, a customer too, it was not the named one.

    None for one who was told of the processing before (article 14(5)(a)).
    """
    if NoticeGiven.objects.filter(person=person).exists():
        return None
    return _note(person, source, today)


def _note(person: Person, source: Source, today: date) -> NoticeDuty:
    current().require(Group.PERSON, Level.WRITE)
    known = NoticeDuty.objects.filter(person=person).first()
    if known is not None:
        return known
    duty = NoticeDuty(person=person, source=source, arisen_on=today)
    with constraint_errors(NoticeDuty):
        duty.save()
    return duty
