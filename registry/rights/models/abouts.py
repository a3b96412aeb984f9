"""What a step was about (mitä koski), as a code: each reader gets its words in his language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import models

from registry.persons.models import Ground as Restriction
from registry.rights.models.codes import LetterKind, Level, Method, Result, Right, Target, Way

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

KINDS: Final[dict[str, type[models.Choices]]] = {
    "right": Right,
    "way": Way,
    "method": Method,
    "level": Level,
    "letter": LetterKind,
    "target": Target,
    "result": Result,
    "ground": Restriction,
}


def about(choice: models.Choices) -> str:
    """The code of a choice in a step: `right:15`, `way:letter`. Raises LookupError for one of no
    kind."""
    kind = next((name for name, kind in KINDS.items() if isinstance(choice, kind)), "")
    if not kind:
        raise LookupError(f"{type(choice).__name__} is no kind of a step.")
    return f"{kind}:{choice.value}"


def abouts() -> list[tuple[str, StrOrPromise]]:
    """Every code with its words."""
    return [(about(choice), choice.label) for kind in KINDS.values() for choice in kind]
