"""Publishing the register description. The only code that writes the room's table."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from registry.description import queries
from registry.description.models import DescriptionVersion
from registry.description.rules import digest, stored
from vuokra.access.context import current
from vuokra.company.models import NoticeVersion
from vuokra.company.services import publish_notice
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level


@transaction.atomic
def publish(*, code: str, valid_from: date, summary: str, today: date) -> DescriptionVersion:
    """Publish the register description as it is now (rekisteriselosteen julkaiseminen).

    From then on people are told of this version of the privacy notice. Raises ValidationError when
    nothing has changed since the last version, at the field for a code that is taken, or while the
    controller's details are missing; RuleMissing when a length of retention is.
    """
    current().require(Group.RIGHTS, Level.WRITE)
    content = stored(queries.draft(today).content)
    seal = digest(content)
    last = DescriptionVersion.objects.select_for_update().first()
    if last is not None and last.digest == seal:
        raise ValidationError(
            _("Mikään ei ole muuttunut edellisen version jälkeen."), code="unchanged"
        )
    notice = publish_notice(NoticeVersion(code=code, valid_from=valid_from, summary=summary))
    version = DescriptionVersion(notice=notice, content=content, digest=seal)
    version.save(force_insert=True)
    version.refresh_from_db(fields=["number", "published_at"])
    current().note("description", str(version.number))
    return version
