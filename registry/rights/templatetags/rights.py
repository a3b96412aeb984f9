"""Words of requests in templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django import template
from django.utils.translation import gettext_lazy as _

from registry.rights import bars
from registry.rights.models import ErasureLine
from registry.rights.rules import Flag

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

register = template.Library()

FLAGS: Final[dict[Flag, StrOrPromise]] = {
    Flag.CHILD_VIEW: _(
        "Huoltaja pyytää nuoren puolesta. Nuoren oma näkemys on kuultava ja punnittava."
    ),
    Flag.AUTHORITY: _("Valtuutta toimia henkilön puolesta ei ole tarkistettu."),
    Flag.NO_AUTHORITY: _("Valtuutta ei ole. Pyyntöä ei voi toteuttaa."),
    Flag.DEAD: _(
        "Asia koskee kuollutta. Tietosuoja-asetus ei koske kuolleita: kuolinpesän oikeus tietoihin "
        "käsitellään vaatimuksena."
    ),
    Flag.ADULT_WARD: _("Henkilö on täysi-ikäinen. Huoltaja ei voi pyytää hänen puolestaan."),
    Flag.MINOR: _("Pyytäjä on lapsi. Arvioi, ymmärtääkö hän pyynnön, ja kuule huoltajaa."),
}


FILES: Final[dict[str, StrOrPromise]] = {
    "application/pdf": "PDF",
    "image/jpeg": _("JPEG-kuva"),
    "image/png": _("PNG-kuva"),
    "text/plain": _("teksti"),
}


@register.filter
def file_kind(mime: str) -> StrOrPromise:
    """What kind of file was kept, in words; one of those that may be (`papers.SUFFIX`)."""
    return FILES[mime]


@register.filter
def flag_text(flag: Flag) -> StrOrPromise:
    """What must be weighed, in words."""
    return FLAGS[flag]


@register.filter
def by_age(flag: Flag) -> bool:
    """Whether the dated age of a child's own view decides it."""
    return flag in (Flag.CHILD_VIEW, Flag.MINOR)


@register.filter
def erasure_group(line: ErasureLine) -> StrOrPromise:
    """The group of data of a line of the decision, in words."""
    return bars.title_of(line.group)
