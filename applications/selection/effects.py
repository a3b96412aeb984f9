"""What a new number of the selection would change, told to the main user before it is saved."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.intake.rules.states import OPEN
from applications.selection.rule_rows import judges
from vuokra.rules.effects import counted
from vuokra.rules.registry import Proposed, specs, tell_effect

WAITING: Final = """
SELECT count(*) FROM applications_intake_application
WHERE state = ANY(%s)
"""


def worked_out_anew(new: Proposed) -> list[str]:
    """How many applications are worked out anew; decisions that were made stay as they were."""
    ((count,),) = counted(WAITING, [[state.value for state in OPEN]])
    text = ngettext(
        "%(count)s avoin hakemus arvioidaan uudelleen.",
        "%(count)s avointa hakemusta arvioidaan uudelleen.",
        count,
    )
    return [text % {"count": count}, _("Tehdyt valintapäätökset eivät muutu.")]


def register() -> None:
    """Tell the effects of this room's rules."""
    for one in specs():
        if judges(one.key):
            tell_effect(one.key, worked_out_anew)
