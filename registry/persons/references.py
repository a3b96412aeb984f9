"""The room's own tables as a merge of two people re-points them."""

from __future__ import annotations

from registry.persons.homes import Period, fit_homes
from registry.persons.merging import Change, Fit, OnConflict, exempt, repoint
from registry.persons.models import Address, AddressKind, ContactPoint, Identity


def fit_contact_points(survivor: int, merged: int) -> Fit:
    """A number or address that the surviving person has in force already is not taken twice."""
    held = {
        (point.kind, point.search_value)
        for point in ContactPoint.objects.filter(person_id=survivor, valid_to__isnull=True)
    }
    theirs = ContactPoint.objects.filter(person_id=merged, valid_to__isnull=True)
    return Fit(stay=frozenset(p.pk for p in theirs if (p.kind, p.search_value) in held))


def fit_addresses(survivor: int, merged: int) -> Fit:
    """Home addresses of two records made to follow each other, as `homes.fit_homes` tells."""
    homes = Address.objects.filter(person_id__in=[survivor, merged], kind=AddressKind.HOME)
    before = {
        home.pk: Period(home.pk, home.valid_from, home.valid_to, kept=home.person_id == survivor)
        for home in homes.only("person_id", "valid_from", "valid_to")
    }
    after = {period.pk: period for period in fit_homes(before.values())}
    ends = [p for p in after.values() if p.last != before[p.pk].last]
    begins = [p for p in after.values() if p.first != before[p.pk].first]
    changes = [Change(p.pk, "valid_to", p.last) for p in ends]
    changes += [Change(p.pk, "valid_from", p.first) for p in begins]
    return Fit(tuple(changes), frozenset(before.keys() - after.keys()))


def fit_identity(survivor: int, merged: int) -> Fit:
    """One identity to a person: the second rests with the merged record and reserves no code."""
    if not Identity.objects.filter(person_id=survivor).exists():
        return Fit()
    theirs = Identity.objects.filter(person_id=merged).only("pk").first()
    if theirs is None:
        return Fit()
    return Fit((Change(theirs.pk, "active", False),), frozenset({theirs.pk}))


def register() -> None:
    """Called from the room's AppConfig."""
    repoint("registry_persons.ContactPoint", on_conflict=fit_contact_points)
    repoint("registry_persons.Address", on_conflict=fit_addresses)
    repoint("registry_persons.Identity", on_conflict=fit_identity)
    repoint("registry_persons.FormerCode")
    repoint("registry_persons.FormerName")
    repoint("registry_persons.ExternalId")
    repoint("registry_persons.NoticeGiven", on_conflict=OnConflict.STAY)
    repoint("registry_persons.NoticeDuty", on_conflict=OnConflict.STAY)
    # two records of one death, or of one restriction: the longer of them is settled by a clerk
    repoint("registry_persons.Mark", on_conflict=OnConflict.REFUSE)
    # one tie is stricter than another: whoever knows settles it before the merge
    repoint("registry_persons.StaffLink", on_conflict=OnConflict.REFUSE)
    exempt("registry_persons_person", "id", "the person itself: the merged record is a tombstone")
    exempt("registry_persons_person", "merged_into_id", "records of a record lead on by themselves")
    exempt("registry_persons_search", "person_id", "triggers keep it: a tombstone is not in it")
