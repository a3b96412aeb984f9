"""Which columns an export may hold."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from vuokra.policy.catalogue import Protection
from vuokra.policy.fields import classified
from vuokra.policy.rights import Level, allows

EXPORTED = frozenset({None, Protection.A, Protection.B})
"""Classes that may leave in a file; C and D never do (data-protection 3.2)."""


def export_fields(
    model: type[models.Model], names: Iterable[str], roles: Iterable[str]
) -> list[str]:
    """The fields of `names`, in their order, that the roles may take out in an export.

    Encrypted columns and classes C and D stay out whoever asks. Raises as
    `vuokra.policy.fields.classified`.
    """
    held = frozenset(roles)
    return [name for name in names if _may_leave(model, name, held)]


def _may_leave(model: type[models.Model], name: str, roles: frozenset[str]) -> bool:
    known = classified(model, name)
    return (
        not known.column.encrypted
        and known.column.protection in EXPORTED
        and allows(roles, known.group, Level.READ)
    )
