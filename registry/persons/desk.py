"""Whom rows of the work queue concern: names for the desk, which knows no people."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.persons import merging, panels
from registry.persons.models import Person, StaffLink
from registry.persons.queries import in_force, person_by_public_id
from registry.persons.services import refuse_hetu_in_text
from vuokra.access.context import current
from vuokra.desk import subjects
from vuokra.desk.subjects import Directory, Subject
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

NAMED = ("surname", "given_names", "call_name", "protected")
"""What is read of a person for those who may know a name; the others see the number."""


def register() -> None:
    """Tell the desk who knows people, and offer a reminder on the card."""
    subjects.register(Directory(by_ids, by_reference, refuse_hetu_in_text))
    panels.register_action(60, _("Lisää muistutus"), "desk:reminder_about", "bell")
    merging.repoint("vuokra_desk.Reminder", "subject_id")


def by_ids(ids: Collection[int]) -> Mapping[int, Subject]:
    """People by row id, as far as the actor may know them; one statement, or none."""
    actor = current().actor
    if actor.level(Group.CUSTOMER) < Level.READ:
        return {}
    named = actor.level(Group.PERSON) >= Level.READ
    columns = ("public_id", "customer_number", *(NAMED if named else ()))
    tie = StaffLink.objects.filter(
        in_force(timezone.localdate()), staff_id=actor.user_id, person=OuterRef("pk")
    )
    found = Person.objects.filter(pk__in=ids).only(*columns).annotate(tied=Exists(tie.order_by()))
    return {
        person.pk: _subject(person, named=named) if not person.tied else _closed(person)
        for person in found
    }


def _closed(person: Person) -> Subject:
    """A person to whom the user is tied (A2): the row is there, but names nobody."""
    return Subject(id=person.pk, name="", number="", url="")


def by_reference(reference: str) -> Subject:
    """The person of an opaque id. Raises ObjectDenied as the card does."""
    return _subject(person_by_public_id(reference), named=True)


def _subject(person: Person, *, named: bool) -> Subject:
    return Subject(
        id=person.pk,
        name=person.name if named and not person.protected else "",
        number=str(person.customer_number),
        url=reverse("persons:card", args=[person.public_id]) if named else "",
        protected=named and person.protected,
    )
