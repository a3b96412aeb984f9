"""What code holds of an encrypted value: bytes that are sealed, and an object that shows a mask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NoReturn

from django.db import models

if TYPE_CHECKING:
    from vuokra.crypto.blind import BlindIndex
    from vuokra.crypto.fields import SealedField

MASK = "••••••"


class Sealed(bytes):
    """Ciphertext as the column holds it. Its type tells it from bytes that somebody typed."""

    def __repr__(self) -> str:
        return "<Sealed>"

    __str__ = __repr__

    def __copy__(self) -> Sealed:
        return self

    def __deepcopy__(self, memo: Any) -> Sealed:
        return self

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError("Sealed values are not pickled.")


class Fresh(Sealed):
    """Ciphertext of a value assigned in this process, with the blind index made beside it."""

    blind_index: BlindIndex | None = None


class Masked:
    """An encrypted value of one row. It shows dots, always the same number, until it is revealed.

    It cannot be pickled, turned into JSON or formatted into its content. Two are equal when they
    are the same ciphertext, which says nothing about equal content.
    """

    __slots__ = ("_field", "_row", "_sealed")

    def __init__(self, field: SealedField, row: models.Model, sealed: Sealed) -> None:
        self._field = field
        self._row = row
        self._sealed = sealed

    def reveal(self) -> str:
        """Open the value; the access event records it first.

        Raises NoAccessContext, FunctionDenied when the role may not reveal the field group,
        SealBroken when the value does not belong here, KeyDestroyed when its key is gone.
        """
        self._field.note_reveal(self._row)
        return self._field.unseal(self._row, self._sealed)

    # Django templates do not call what alters data: a page reveals by the tag `{% reveal %}`.
    reveal.alters_data = True  # type: ignore[attr-defined]

    def fingerprint(self) -> str:
        """Ten hex digits for the change log: they change when the content does.

        Keyed, and mixed with the row's uuid: equal values of two rows do not look alike.
        """
        return self._field.fingerprint(self._row, self._sealed)

    @property
    def destroyed(self) -> bool:
        """Whether the key of the value was destroyed, so that nobody can read it."""
        return self._field.is_destroyed(self._row)

    def belongs_to(self, field: SealedField, row: models.Model) -> bool:
        """Whether the value was sealed for this column of this row."""
        return self._field.place == field.place and self._row.uuid == row.uuid  # type: ignore[attr-defined]

    def __str__(self) -> str:
        return MASK

    def __html__(self) -> str:
        return MASK

    def __repr__(self) -> str:
        return "<Masked>"

    def __format__(self, specification: str) -> str:
        return MASK

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Masked) and self._sealed == other._sealed

    def __hash__(self) -> int:
        return hash(self._sealed)

    def __copy__(self) -> Masked:
        return self

    def __deepcopy__(self, memo: Any) -> Masked:
        return self

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError("Masked values are not pickled.")


def reveal_many(rows: Iterable[models.Model], name: str) -> list[str | None]:
    """Open the column `name` of many rows of one model; recorded in bulk before the first opens.

    Gives None where the column is empty. Raises as `Masked.reveal`.
    """
    loaded = list(rows)
    if not loaded:
        return []
    field: SealedField = loaded[0]._meta.get_field(name)  # type: ignore[assignment]
    sealed = [field.sealed_of(row) for row in loaded]
    filled = [row for row, value in zip(loaded, sealed, strict=True) if value is not None]
    field.note_reveals(filled)
    opened = iter(field.unseal_many(filled))
    return [None if value is None else next(opened) for value in sealed]
