"""What a password may not be, beyond Django's list of common passwords and the least length."""

from __future__ import annotations

import re

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vuokra.accounts.models import User

HOUSE_WORDS = ("vuokra", "asunto", "koti", "salasana", "password", "kirjaudu")
"""Words that anybody would try first here; the company's own name is added to them."""


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    """Django's own, with words that it has in English only."""

    def get_error_message(self) -> str:
        return ngettext(
            "Salasanassa on oltava vähintään %(count)d merkki.",
            "Salasanassa on oltava vähintään %(count)d merkkiä.",
            self.min_length,
        ) % {"count": self.min_length}

    get_help_text = get_error_message


class MaximumLengthValidator:
    """Refuses a password longer than the hash is meant to be fed with."""

    def __init__(self, max_length: int = 128) -> None:
        self.max_length = max_length

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError when the password is too long."""
        if len(password) > self.max_length:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        return ngettext(
            "Salasanassa voi olla enintään %(count)d merkki.",
            "Salasanassa voi olla enintään %(count)d merkkiä.",
            self.max_length,
        ) % {"count": self.max_length}


class ContextWordValidator:
    """Refuses a password that is little more than words known here: company, trade, own name, year.

    When it holds such a word, the letters that are left without it must still be long enough to be
    a secret. So `keminmaavuokra2026!` falls and a long phrase that merely mentions a flat does not.
    """

    def __init__(self, least_left: int = 8) -> None:
        self.least_left = least_left

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError when too little is left."""
        left = password.lower()
        for word in sorted(context_words(user), key=len, reverse=True):
            left = left.replace(word, "")
        left = re.sub(r"(19|20)\d\d", "", left)
        if left == password.lower():
            return
        if len(re.sub(r"[\W\d_]", "", left)) < self.least_left:
            raise ValidationError(self.get_help_text(), code="password_context_words")

    def get_help_text(self) -> str:
        return _(
            "Salasana ei voi koostua yhtiön tai omasta nimestä, vuosiluvusta tai alan sanoista."
        )


def context_words(user: User | None) -> set[str]:
    """The words that a password here must not lean on, in lower case, three letters or more."""
    from vuokra.company.queries import company_name

    texts = [*HOUSE_WORDS, company_name()]
    if user is not None:
        texts += [user.username, user.full_name]
    words = {word for text in texts for word in re.findall(r"\w+", text.lower())}
    return {word for word in words if len(word) >= 3}
