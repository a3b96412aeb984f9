"""Moving rows from one person to another, by the references that rooms registered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction
from django.utils.translation import gettext as _

from registry.duplicates.services.journal import WHY
from registry.persons.merging import Reference
from vuokra.access.errors import FunctionDenied
from vuokra.access.stated import bulk_write
from vuokra.crypto.fields import SubjectEncryptedTextField


class DoesNotFit(Exception):
    """The database would not let the person have a row; nothing of it was changed."""


def rows_of(reference: Reference, person: int) -> list[int]:
    """Ids of the rows that name a person."""
    rows = reference.model._base_manager.filter(**{reference.field: person})
    return list(rows.order_by("pk").values_list("pk", flat=True))


def move(reference: Reference, rows: Sequence[int], to: int) -> None:
    """Let rows name another person. Raises DoesNotFit; then none of them has moved.

    Raises ValidationError when the texts of the rows are sealed for the person and the actor may
    not open them.
    """
    if not rows:
        return
    sealed = _sealed_for_person(reference)
    try:
        with transaction.atomic():
            if sealed:
                _move_sealed(reference, sealed, rows, to)
            else:
                with bulk_write(WHY):
                    reference.model._base_manager.filter(pk__in=rows).update(
                        **{reference.field: to}
                    )
    except DatabaseError:
        raise DoesNotFit(reference.model_label) from None
    except FunctionDenied:
        raise ValidationError(
            _("Yhdistäminen vaatii oikeuden tietoihin, joita sinulla ei ole."),
            code="right",
        ) from None


def move_what_fits(reference: Reference, rows: Sequence[int], to: int) -> list[int]:
    """Move rows together, or one by one when they do not all fit; gives those that moved."""
    try:
        move(reference, rows, to)
    except DoesNotFit:
        return [row for row in rows if _fits(reference, row, to)]
    return list(rows)


def _fits(reference: Reference, row: int, to: int) -> bool:
    try:
        move(reference, [row], to)
    except DoesNotFit:
        return False
    return True


def refused(reference: Reference) -> ValidationError:
    """What the screen says when rows of a kind do not fit together."""
    return ValidationError(
        _("Tiedot eivät sovi yhteen: %(what)s. Selvitä ne korteilla ja yritä uudelleen."),
        code="conflict",
        params={"what": str(reference.model._meta.verbose_name_plural)},
    )


def _sealed_for_person(reference: Reference) -> list[str]:
    """Fields whose text is sealed with the key of the person that the row names."""
    attribute = reference.model._meta.get_field(reference.field).attname  # type: ignore[union-attr]  # a column
    return [
        field.name
        for field in reference.model._meta.concrete_fields
        if isinstance(field, SubjectEncryptedTextField) and field.subject == attribute
    ]


def _move_sealed(reference: Reference, names: Iterable[str], rows: Sequence[int], to: int) -> None:
    """Open each text with the key of its person and seal it anew for the other, row by row.

    Every opening is recorded, and refused to a role that may not open such texts.
    """
    attribute = reference.model._meta.get_field(reference.field).attname  # type: ignore[union-attr]  # a column
    for row in reference.model._base_manager.filter(pk__in=rows):
        texts = {name: _opened(row, name) for name in names}
        setattr(row, attribute, to)
        for name, text in texts.items():
            setattr(row, name, text)
        row.save(update_fields=[reference.field, *texts])


def _opened(row: models.Model, name: str) -> Any:
    sealed = getattr(row, name)
    return None if sealed is None else sealed.reveal()
