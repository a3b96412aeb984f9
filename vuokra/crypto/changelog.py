"""What the change log says of an encrypted column: that it changed, never what it holds.

django-auditlog compares texts, and a masked value's text is always the same. Its one function
that reads a field's value is therefore wrapped: an encrypted field gives the mask and a
fingerprint, a blind index gives nothing. A test fails when auditlog renames that function.
"""

from __future__ import annotations

from typing import Any

from auditlog import diff
from django.db import models

from vuokra.crypto.blind import BlindIndexField
from vuokra.crypto.fields import SealedField
from vuokra.crypto.values import MASK, Masked

_original = diff.get_field_value


def logged_value(
    obj: Any, field: models.Field[Any, Any], use_json_for_changes: bool = False
) -> Any:
    """The value of a field as the change log compares and keeps it."""
    if not isinstance(field, SealedField | BlindIndexField):
        return _original(obj, field, use_json_for_changes)
    value = None if isinstance(field, BlindIndexField) or obj is None else getattr(obj, field.name)
    if isinstance(value, Masked):
        return f"{MASK} #{value.fingerprint()}"
    return None if use_json_for_changes else str(None)


def install() -> None:
    """Make django-auditlog ask `logged_value`."""
    diff.get_field_value = logged_value
