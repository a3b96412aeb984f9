"""What stops a calculation."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vuokra.policy.text import Bilingual


class RuleMissing(ValidationError):
    """A calculation needs a rule that no row gives for its date; the message names all three.

    Being a ValidationError it stands as a message of the form that was posted; elsewhere
    `vuokra.ui.middleware.MissingRuleMiddleware` answers with a page that says it.
    """

    status_code = 409

    def __init__(self, key: str, title: Bilingual, on: dt.date) -> None:
        self.key, self.title, self.on = key, title, on
        super().__init__(
            _(
                "Sääntöä ”%(title)s” (%(key)s) ei ole päivälle %(day)s. Laskentaa ei tehdä ennen "
                "kuin pääkäyttäjä lisää sen."
            ),
            code="rule_missing",
            params={"title": title, "key": key, "day": f"{on.day}.{on.month}.{on.year}"},
        )
