"""What the acts on applications share: rights, the row under lock, a change of state, words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.intake.codes import Corrected, EndReason, State
from applications.intake.models import REASON_LENGTH, Application, Member, Step
from applications.intake.queries.listing import told as told_to_user
from applications.intake.rules.states import ENDED, Mover, may_move
from applications.intake.signals import tell
from registry.persons.models import Mark, MarkKind, Person
from registry.persons.queries import in_force
from registry.persons.queries.marks import standing_of
from registry.persons.queries.standing import may_decide, near
from registry.persons.rules import clean_text
from registry.persons.services import refuse_hetu_in_text
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TEXTS: Final[dict[str, StrOrPromise]] = {
    "intake_application_over": gettext_lazy("Hakemus on päättynyt, eikä sitä muuteta."),
    "intake_application_transition": gettext_lazy("Hakemusta ei voi siirtää tähän tilaan."),
    "intake_application_once": gettext_lazy("Tämä lomake on jo tallennettu."),
    "intake_member_open_once": gettext_lazy(
        "Joku ruokakunnasta on jo toisella voimassa olevalla hakemuksella."
    ),
    "intake_wish_sites": gettext_lazy("Valitse kohde luettelosta."),
    "intake_work_hidden": gettext_lazy(
        "Turvakiellon vuoksi työpaikan paikkakuntaa ei kirjata. Jätä kenttä tyhjäksi."
    ),
    "intake_home_hidden": gettext_lazy(
        "Turvakiellon vuoksi nykyisen asunnon paikkaa ei kirjata avoimena. Yritä uudelleen."
    ),
    "intake_part_strange": gettext_lazy("Valitse saman hakemuksen henkilö tai omaisuus."),
}
"""What the database refuses, in words."""


def require(*groups: Group) -> None:
    """The right to write each of these field groups. Raises FunctionDenied."""
    for group in groups:
        current().require(group, Level.WRITE)


def acting() -> int | None:
    """The user who acts, None for the system."""
    return current().actor.user_id


def locked(application: Application) -> Application:
    """The application as it is now, kept from others until the transaction ends."""
    rows = Application.objects.select_for_update(of=("self",), no_key=True)
    return rows.get(pk=application.pk)


def handled(application: Application, today: date) -> Application:
    """The same for whoever may handle it. Raises ValidationError for whoever is tied to somebody of
    the household (A3), hallintolaki 434/2003 27 §; taking an application down is none of handling
    it, and so drafts are open."""
    row = locked(application)
    if row.state != State.DRAFT:
        refuse_near(row, today)
    return row


def refuse_gone(row: models.Model) -> None:
    """Raises ValidationError for a kept row that another took out meanwhile: saving it would bring
    it back. To be asked under the lock of its application."""
    if row.pk is not None and not type(row)._default_manager.filter(pk=row.pk).exists():
        raise ValidationError(_("Rivi on poistettu sillä välin."), code="gone")


def refused_at(field: str, text: StrOrPromise, code: str) -> ValidationError:
    """A refusal shown at a field of the form."""
    return ValidationError({field: ValidationError(text, code=code)})


def in_state(row: Application, *states: State) -> None:
    """Raises ValidationError when the application is in none of the states."""
    if row.state not in states:
        raise _not_now(row)


def _not_now(row: Application) -> ValidationError:
    text = _("Tätä ei voi tehdä, kun hakemuksen tila on: %(state)s.")
    return ValidationError(text, code="state", params={"state": row.get_state_display()})


def moved(
    row: Application,
    after: State,
    *,
    today: date,
    reason: str = "",
    mover: Mover = Mover.INTAKE,
    end: EndReason | None = None,
    **columns: Any,
) -> Application:
    """Change the state of a locked application, with its step (tilan muutos); `columns` change with
    it. Raises ValidationError when there is no such change of state."""
    before = State(row.state)
    if not may_move(before, after, mover):
        raise _not_now(row)
    over = after in ENDED
    row.state = after
    row.complete_by = None
    row.ended_on = today if over else None
    row.end_reason = (end or EndReason(after)) if over else ""
    for name, value in columns.items():
        setattr(row, name, value)
    Step(
        application=row, before=before, after=after, on=today, reason=plain(reason, "reason"),
        made_by_id=acting(),
    ).save(force_insert=True)  # fmt: skip
    with constraint_errors(Application, TEXTS):
        row.save()
    return row


def plain(text: str, field: str, most: int = REASON_LENGTH) -> str:
    """Words as they are kept: without control characters. Raises ValidationError at the field when
    they hold an identity code or are too long."""
    words = clean_text(text)
    try:
        refuse_hetu_in_text(words)
    except ValidationError as refused:
        raise ValidationError({field: refused.error_list}) from None
    if len(words) > most:
        raise refused_at(field, _("Enintään %(most)s merkkiä.") % {"most": most}, "long")
    return words


def lines(text: str, field: str, most: int) -> str:
    """The same of a text of several lines."""
    return "\n".join(plain(line, field, most) for line in text.splitlines()).strip()


def clean_words(row: models.Model) -> None:
    """Every free text of a row as it is kept. Raises ValidationError at its field."""
    for field in row._meta.concrete_fields:
        if isinstance(field, models.CharField) and not field.choices and field.editable:
            most = field.max_length or REASON_LENGTH
            setattr(row, field.attname, plain(getattr(row, field.attname) or "", field.name, most))


def refuse_standing(person: Person, today: date) -> None:
    """Raises ValidationError for somebody who cannot come into an application: dead, or under
    restriction (article 18)."""
    standing = standing_of(person, today=today)
    if standing.restriction is not None:
        text = _("Henkilön tietojen käsittely on rajoitettu. Häntä ei voi lisätä hakemukselle.")
        raise ValidationError({"q": ValidationError(text, code="restricted")})
    if standing.death is not None:
        raise ValidationError(
            {"q": ValidationError(_("Henkilö on kirjattu kuolleeksi."), code="dead")}
        )


def refuse_held(row: Application, today: date) -> None:
    """Raises ValidationError while the data of somebody of the household are on legal hold
    (säilytyspito): nothing of them is lost meanwhile."""
    people = row.members.values("person")
    if Mark.objects.filter(in_force(today), kind=MarkKind.LEGAL_HOLD, person__in=people).exists():
        text = _("Ruokakunnan tiedoilla on säilytyspito. Niitä ei poisteta sen aikana.")
        raise ValidationError(text, code="held")


def refuse_near(row: Application, today: date) -> None:
    """Raises ValidationError when the user is tied to somebody of the household: another decides
    (A3)."""
    if _is_near(row, today):
        text = _("Olet esteellinen: hakemuksella on sinuun sidottu henkilö. Toinen käsittelee sen.")
        raise ValidationError(text, code="tied")


def _is_near(row: Application, today: date) -> bool:
    if acting() is None:
        return False
    members = row.members.select_related("person")
    tied = any(not may_decide(member.person, today=today) for member in members)
    return tied or Member.objects.filter(near(today), application=row).exists()


def refuse_door(row: Application, today: date) -> None:
    """Raises ValidationError for an application that the user could not open or decide on: somebody
    of it is under a turvakielto of which the user may not know (7.3), near the user (A2, A3), or
    restricted (A35). The text is the same, so that it tells of nobody."""
    people = row.members.values("person")
    restricted = Mark.objects.filter(in_force(today), kind=MarkKind.RESTRICTION, person__in=people)
    open_ = told_to_user(Q(pk=row.pk), today).exists()
    if not open_ or _is_near(row, today) or restricted.exists():
        raise ValidationError(_("Toinen hakemus ei ole sinun käsiteltävissäsi."), code="door")


def told(row: Application) -> None:
    """Tell that the application must be judged anew; nobody judges a draft."""
    if row.state != State.DRAFT:
        tell(row.pk)


def whose_change(row: Application, whose: Corrected | None) -> Corrected:
    """As whose correction a change is kept: nobody's while it is a draft. Some parts keep it, and
    the event always, also of what is taken out. Raises ValidationError when it was not told of an
    application that was received."""
    if row.state == State.DRAFT:
        return Corrected.GIVEN
    if not whose:
        text = _("Kerro, onko muutos hakijan korjaus vai käsittelijän korjaus.")
        raise refused_at("whose", text, "whose")
    current().note("corrected", whose.value)
    return whose
