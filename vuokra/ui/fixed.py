"""Parts of pages that tell nothing of the page, the user or a person: drawn once per process.

They are drawn with nothing in their context but what the code names, so that nothing of the page
can get into what is kept.
"""

from __future__ import annotations

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language


def fixed_part(template: str, **state: str) -> SafeString:
    """A component in the language of the screen; `state` are words of the code, never values.

    Raises ValueError for what is no word.
    """
    if not all(word.isidentifier() for word in state.values()):
        raise ValueError(f"{template}: what is drawn once is told by words of the code.")
    return _drawn(template, get_language(), tuple(state.items()))


@lru_cache(maxsize=256)
def _drawn(template: str, language: str | None, state: tuple[tuple[str, str], ...]) -> SafeString:
    return SafeString(render_to_string(template, dict(state)).strip())
