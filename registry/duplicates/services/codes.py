"""Identity codes of two people: exchanging what each was identified by."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from registry.persons.models import Identity, Person
from vuokra.access.context import current
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

CONTENTS = ("kind", "birth_date", "artificial")


def swap_identities(one: Person, other: Person) -> None:
    """Give each of two people the identity of the other (tunnusten vaihto): one transaction.

    For codes that were recorded on each other's records (DP-A16). The change log and the events
    of both tell of it; no former code is kept, since neither code was ever its holder's own.
    Raises ValidationError when either has no identity.
    """
    current().require(Group.IDENTITY, Level.WRITE)
    current().require(Group.HETU, Level.MASKED)
    with transaction.atomic():
        locked = Identity.objects.select_for_update(of=("self",)).filter(
            person__in=[one, other], active=True
        )
        found = {identity.person_id: identity for identity in locked.order_by("pk")}
        if len(found) != 2:
            raise ValidationError(
                _("Tunnukset voi vaihtaa vain, kun molemmilla on tunnistetieto."),
                code="no_identity",
            )
        first, second = found[one.pk], found[other.pk]
        second.active = False  # so that no code is in use twice on the way
        second.save(update_fields=["active"])
        exchange(first, second)
        second.active = True
        second.save(update_fields=["active"])


def exchange(one: Identity, other: Identity) -> None:
    """Exchange the contents of two identities, each code sealed anew for its row.

    `other` is not active meanwhile: no code may be in use twice.
    """
    codes = [row.hetu.reveal() if row.hetu is not None else None for row in (one, other)]
    for name in CONTENTS:
        mine, theirs = getattr(one, name), getattr(other, name)
        setattr(one, name, theirs)
        setattr(other, name, mine)
    one.hetu, other.hetu = codes[1], codes[0]
    fields = [*CONTENTS, "hetu", "hetu_index", "changed_at"]
    one.save(update_fields=fields)
    other.save(update_fields=fields)
