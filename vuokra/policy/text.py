"""A text in both languages of the screen, for data that is kept in code."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import get_language


class Bilingual(NamedTuple):
    """Finnish and English; as a string it is the one of the active language, Finnish first."""

    fi: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "fi").startswith("en") else self.fi
