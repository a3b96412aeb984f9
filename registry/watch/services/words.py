"""What somebody writes as the grounds of what he concludes or opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from registry.persons.rules import clean_text
from registry.persons.services import refuse_hetu_in_text
from vuokra.access.stated import SHORTEST_REASON

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

DEMANDED = _("Kirjoita perustelu.")


def grounds(
    text: str,
    field: str = "text",
    *,
    shortest: int = SHORTEST_REASON,
    demanded: StrOrPromise = DEMANDED,
) -> str:
    """The words as they are kept. Raises ValidationError for an identity code (DP-A12), and with
    what is `demanded` for fewer characters than the shortest that says something."""
    words = clean_text(text)
    refuse_hetu_in_text(words)
    if len(words) < shortest:
        raise ValidationError({field: demanded}, code="no_words")
    return words
