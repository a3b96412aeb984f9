"""What the selection does when something by which an application is judged changes below it.

The database writes with the change that it is to be worked out. The worker works it out: it reads
what a clerk may not, permits and expected children (class D), and whoever corrects a birth date may
know nothing of applications.
"""

from __future__ import annotations

from django.db.models.signals import post_save
from django.utils import timezone

from applications.intake.models import Member
from applications.intake.signals import arrived, changed
from applications.selection.rule_rows import judges
from applications.selection.services import follow_application, refuse_tied_to_choice
from applications.selection.tasks import assess, assess_due, assess_of_person
from registry.duplicates.models import Merge
from registry.persons.models import Identity
from vuokra.rules.signals import changed as rule_changed


def connect() -> None:
    """Called from AppConfig.ready."""
    changed.connect(_application_changed, dispatch_uid="selection_assess")
    arrived.connect(_applications_arrived, dispatch_uid="selection_assess")
    post_save.connect(_identity_saved, sender=Identity, dispatch_uid="selection_assess")
    post_save.connect(_merged, sender=Merge, dispatch_uid="selection_assess")
    rule_changed.connect(_rule_changed, dispatch_uid="selection_assess")


def _application_changed(sender: object, application_id: int, **given: object) -> None:
    refuse_tied_to_choice(application_id, timezone.localdate())
    follow_application(application_id, timezone.localdate())
    assess.enqueue(application_id)


def _applications_arrived(sender: object, **given: object) -> None:
    assess_due.enqueue()


def _identity_saved(sender: object, instance: Identity, **given: object) -> None:
    if Member.objects.filter(person=instance.person_id, is_open=True).exists():
        assess_of_person.enqueue(instance.person_id)


def _merged(sender: object, **given: object) -> None:
    """Two records became one, or two again: whose birth date counts in which household is told by
    the rows that moved."""
    assess_due.enqueue()


def _rule_changed(sender: object, key: str, **given: object) -> None:
    if judges(key):
        assess_due.enqueue()
