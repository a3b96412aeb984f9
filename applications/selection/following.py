"""What the selection does when an application changes below it."""

from __future__ import annotations

from applications.intake.signals import changed
from applications.selection.tasks import assess


def connect() -> None:
    """Called from AppConfig.ready."""
    changed.connect(_work_out, dispatch_uid="selection_assess")


def _work_out(sender: object, application_id: int, **given: object) -> None:
    """The worker reads what a clerk may not: permits and expected children are of class D."""
    assess.enqueue(application_id)
