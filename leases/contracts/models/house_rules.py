"""The house rules that are an annex to every lease, by version."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

TEXT_LENGTH = 10_000
HELP = _("Otsikkorivin alussa on #. Kappaleiden välissä on tyhjä rivi.")


class HouseRules(models.Model):
    """A version of the company's house rules (järjestyssäännöt).

    A version that was published stays as it is: it was given to tenants. A lease tells the one that
    held when it was made ready to be signed.
    """

    valid_from = models.DateField(_("Voimassa alkaen"), unique=True)
    finnish = models.TextField(_("Teksti suomeksi"), max_length=TEXT_LENGTH, help_text=HELP)
    english = models.TextField(_("Teksti englanniksi"), max_length=TEXT_LENGTH, help_text=HELP)

    class Meta:
        verbose_name = _("järjestyssääntöjen versio")
        verbose_name_plural = _("järjestyssääntöjen versiot")
        ordering = ("-valid_from",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="contracts_house_rules_text",
                condition=models.Q(finnish__regex=r"\S", english__regex=r"\S"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.valid_from}"

    def text(self, language: str) -> str:
        """The text in a language: Finnish, unless English is asked for."""
        found: str = self.english if language == "en" else self.finnish
        return found
