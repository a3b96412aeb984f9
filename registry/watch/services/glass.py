"""Opening a record by break-glass, letting class D be opened, reviewing it; on-call duty."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.persons.models import Person
from registry.persons.queries.standing import closest_tie, same_person
from registry.watch import rules, tasks
from registry.watch.models import (
    BreakGlass,
    Duty,
    GlassApproval,
    GlassEnd,
    GlassReview,
    Judgement,
    Suspicion,
)
from registry.watch.queries import glass as queries
from registry.watch.rules import Refusal
from registry.watch.services.words import grounds
from vuokra.access.codes import Action
from vuokra.access.context import Case, current
from vuokra.access.errors import FunctionDenied
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.services import note_use

SHORTEST_SENTENCE = 10
"""Characters of a sentence that says something (data-protection 9.2, purpose prompt)."""
SENTENCE = gettext_lazy("Kirjoita perustelu kokonaisena lauseena.")

REFUSALS = {
    Refusal.OWN: gettext_lazy("Omia tietoja ei voi avata hätäkatseluna."),
    Refusal.NO_NEED: gettext_lazy("Roolillesi ei ole hätäkatselua."),
    Refusal.NOT_ON_CALL: gettext_lazy("Hätäkatselu on käytössäsi vain päivystysvuorossa."),
    Refusal.UNREVIEWED: gettext_lazy(
        "Edellinen hätäkatselusi odottaa katselmointia. Seuraava on mahdollinen vasta sen jälkeen: "
        "ota yhteys rekisteriasioista vastaavaan."
    ),
}


def open_glass(person: Person, *, reason: str, wants_special: bool, now: dt.datetime) -> BreakGlass:
    """Open a person's record for reading for a while (hätäkatselu, 10.4), in one's own name.

    REK and TAR are told at once. Raises ValidationError for one's own record, for a role without
    it, off duty, while an earlier one waits for its review, and for no reason or the same again.
    """
    acting, ctx = current().actor.user_id, current()
    if acting is None:
        raise FunctionDenied(Group.PERSON, Level.READ)
    tie = closest_tie(person)
    refused = rules.refusal(
        roles=ctx.actor.roles,
        tie=tie,
        on_call=queries.on_call(acting, now),
        unreviewed=queries.unreviewed(acting),
    )
    if refused is not None:
        ctx.alarm = refused is Refusal.OWN
        ctx.note("break_glass", refused.value)
        raise ValidationError(REFUSALS[refused], code=refused.value)
    length = queries.minutes(timezone.localdate(now))
    glass = BreakGlass(
        subject_id=person.pk,
        staff_id=acting,
        tie=tie,
        reason=_reason(reason, acting),
        wants_special=wants_special,
        ends_at=now + dt.timedelta(minutes=length.integer),
        session=ctx.session,
    )
    texts = {
        "watch_glass_unreviewed": REFUSALS[Refusal.UNREVIEWED],
        "watch_glass_not_ones_own": REFUSALS[Refusal.OWN],
    }
    with constraint_errors(BreakGlass, texts):
        glass.save(force_insert=True)
    note_use(length)
    ctx.action, ctx.alarm, ctx.reason = Action.BREAK_GLASS, True, glass.reason
    ctx.case = Case(queries.CASE, glass.pk)
    ctx.note_subjects([person.pk])
    tasks.tell_watchers.enqueue(glass.pk)
    return glass


def _reason(text: str, acting: int) -> str:
    """The reason in a sentence, without a code, and not the one that was written last time."""
    words = grounds(text, "reason", shortest=SHORTEST_SENTENCE, demanded=SENTENCE)
    if queries.said_before(acting, words):
        raise ValidationError(
            {"reason": _("Sama syy kuin edellisellä kerralla. Kirjoita, mitä nyt on tapahtunut.")},
            code="same_reason",
        )
    return words


def approve(glass: BreakGlass, *, now: dt.datetime) -> GlassApproval:
    """Let class D be opened in another's break-glass (toisen henkilön hyväksyntä).

    Raises ValidationError when it is one's own, asks for nothing, is over, or was approved already.
    """
    acting, ctx = current().actor.user_id, current()
    own = acting is None or same_person(acting, glass.staff_id, today=timezone.localdate(now))
    if acting is None or not rules.may_approve(ctx.actor.roles, own=own):
        raise ValidationError(_("Hyväksyjän pitää olla toinen henkilö."), code="own")
    if not glass.wants_special or queries.ended(glass, now).at <= now:
        raise ValidationError(_("Hätäkatselu ei enää odota hyväksyntää."), code="over")
    if GlassApproval.objects.filter(glass=glass).exists():
        raise ValidationError(_("Hätäkatselu on jo hyväksytty."), code="twice")
    made = GlassApproval(glass=glass, approver_id=acting)
    made.save(force_insert=True)
    ctx.case = Case(queries.CASE, glass.pk)
    ctx.note("break_glass", "approved")
    return made


def end_glass(glass: BreakGlass, *, now: dt.datetime) -> GlassEnd | None:
    """End one's own break-glass before its time (hätäkatselun lopettaminen); None when it is over.

    Raises FunctionDenied for another's.
    """
    ctx = current()
    if ctx.actor.user_id != glass.staff_id:
        raise FunctionDenied(Group.WATCH, Level.WRITE)
    if glass.ends_at <= now or GlassEnd.objects.filter(glass=glass).exists():
        return None
    made = GlassEnd(glass=glass)
    made.save(force_insert=True)
    ctx.case = Case(queries.CASE, glass.pk)
    ctx.note("break_glass", "ended")
    return made


def review(glass: BreakGlass, *, judgement: Judgement, text: str) -> GlassReview:
    """Review another's break-glass (katselmointi). Suspected misuse becomes a suspected breach.

    Raises ValidationError for one's own, one that was reviewed, and no grounds.
    """
    acting, ctx = current().actor.user_id, current()
    ctx.require(Group.WATCH, Level.WRITE)
    if acting is None or same_person(acting, glass.staff_id, today=timezone.localdate()):
        raise ValidationError(_("Toinen henkilö katselmoi hätäkatselusi."), code="own")
    if GlassReview.objects.filter(glass=glass).exists():
        raise ValidationError(_("Hätäkatselu on jo katselmoitu."), code="twice")
    made = GlassReview(
        glass=glass,
        reviewer_id=acting,
        judgement=judgement,
        text=grounds(text, demanded=SENTENCE),
    )
    made.save(force_insert=True)
    if judgement == Judgement.SUSPECTED:
        Suspicion(review=made).save(force_insert=True)
    ctx.case = Case(queries.CASE, glass.pk)
    ctx.note("break_glass", judgement)
    return made


# -- on-call duty ------------------------------------------------------------------------------


def record_duty(
    staff_id: int, *, starts_at: dt.datetime, ends_at: dt.datetime, now: dt.datetime
) -> Duty:
    """Enter who is on call (päivystysvuoron kirjaaminen), before it begins.

    Raises ValidationError for a duty that has begun, ends before it begins or is there already, for
    too long a one, and for one's own that begins today: another enters it.
    """
    acting = current().actor.user_id
    if acting is None:
        raise FunctionDenied(Group.STAFF, Level.WRITE)
    if starts_at < now:
        raise ValidationError({"starts": _("Vuoro kirjataan ennen kuin se alkaa.")}, code="begun")
    today = timezone.localdate(now)
    own = same_person(acting, staff_id, today=today)
    if own and timezone.localdate(starts_at) <= today:
        raise ValidationError(
            {"staff": _("Toinen kirjaa vuoron, jonka aloitat itse tänään.")}, code="own"
        )
    duty = Duty(staff_id=staff_id, starts_at=starts_at, ends_at=ends_at, recorded_by_id=acting)
    with constraint_errors(Duty):
        duty.save(force_insert=True)
    current().note("duty", str(duty.pk))
    return duty


def remove_duty(duty: Duty, *, now: dt.datetime) -> None:
    """Take away a duty that has not begun (vuoron peruminen). Raises ValidationError afterwards."""
    if duty.starts_at <= now:
        raise ValidationError(_("Alkanutta vuoroa ei voi poistaa."), code="begun")
    current().note("duty", f"removed {duty.pk}")
    duty.delete()
