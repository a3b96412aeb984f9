"""Broken database constraints as words for the screen.

A check before saving can be overtaken by another transaction; the database's own answer cannot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from vuokra.db.scrub import Diagnostics

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def broken_constraint(error: IntegrityError) -> str:
    """The name of the constraint that an error is about, or an empty text."""
    diagnostics: Diagnostics | None = getattr(error, "diag", None)
    return (diagnostics.constraint_name if diagnostics else None) or ""


@contextmanager
def constraint_errors(
    model: type[models.Model], texts: Mapping[str, StrOrPromise] | None = None
) -> Iterator[None]:
    """Run a save in a savepoint; a broken constraint raises ValidationError with its text.

    The text is that of `texts` by constraint name, or the model constraint's own
    `violation_error_message`. A constraint without a text of its own is a fault in the code and
    stays an IntegrityError.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = broken_constraint(error)
        text = (texts or {}).get(name) or _own_text(model, name)
        if not text:
            raise
        raise ValidationError(text, code=name) from None


def _own_text(model: type[models.Model], name: str) -> str:
    for constraint in model._meta.constraints:
        if constraint.name == name and constraint.violation_error_message:
            message = str(constraint.violation_error_message)
            if message != str(constraint.default_violation_error_message):
                return message
    return ""
