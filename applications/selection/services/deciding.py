"""Choosing a household for a flat (valintapäätös).

Nothing is chosen by the order: a named person chooses, and says why where it is not the first.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.intake.codes import State
from applications.intake.models import Application, Member
from applications.intake.services.common import locked as locked_application
from applications.intake.services.common import refused_at
from applications.selection.models import (
    LIVE,
    SINGLE_CASE,
    Compared,
    Decision,
    ExemptionPermit,
    Offer,
    OutOfOrder,
    Round,
    Skip,
)
from applications.selection.queries.bounds import permits_of
from applications.selection.queries.circumstances import circumstances
from applications.selection.queries.comparison import Comparison, asked_of, comparison, suited_by
from applications.selection.queries.pending import pending_of
from applications.selection.queries.ranking import IN_SELECTION
from applications.selection.rule_rows import ALWAYS, SECOND_PERSON
from applications.selection.rules.exceptions import Deviation, Unmet, Waiver, unmet, waives
from applications.selection.rules.findings import Reason
from applications.selection.rules.judging import NO_WAIVER
from applications.selection.rules.ranking import Factor, decides
from applications.selection.rules.snapshot import Compared as Household
from applications.selection.rules.snapshot import Place, Written, digest, freeze
from applications.selection.services.assessing import refuse_due, refuse_working
from applications.selection.services.common import (
    TEXTS,
    TIES,
    acting,
    locked,
    reasoned,
    refuse_marked,
    refuse_tied,
    require,
)
from leases.homes.models import Building
from registry.persons.models import StaffLink
from registry.persons.queries import may_know_of_protection
from vuokra.access.context import current
from vuokra.access.stated import bulk_write
from vuokra.db.bulk import insert_many
from vuokra.db.constraints import constraint_errors
from vuokra.rules.queries import rule
from vuokra.rules.services import note_versions


@dataclass(frozen=True, slots=True)
class Choice:
    """How a household is chosen (valinta): why not the first, by which exception, in what words.

    `external_reason`: a change of flats is due to something not depending on the tenant (P1, P2).
    `wealth_suffices`: the wealth is enough for a home and care, which bars P6.
    """

    out_of_order: str = ""
    deviation: str = ""
    permit: ExemptionPermit | None = None
    reason: str = ""
    external_reason: bool = False
    wealth_suffices: bool = False


@transaction.atomic
def decide(round_: Round, application: Application, choice: Choice, *, today: date) -> Decision:
    """Choose a household for a flat (valintapäätös), VNa 166/2008 5 §.

    What was compared is frozen with the rules it followed. Raises ValidationError at the field of
    the choice: while the flat is offered or an earlier decision waits, while something is still to
    be worked out, when the household does not meet what the flat asks, when the exception may not
    be made, when another than the first is chosen without a reason, for whoever is tied to anybody
    compared (A3), and while somebody is passed over by whoever is so tied.
    Raises RuleMissing.
    """
    require()
    row = locked(round_)
    chosen = locked_application(application)
    _refuse_state(row, chosen, today)
    refuse_marked(chosen.pk, today)
    asked = asked_of(row, today)
    if asked is None:
        raise ValidationError(_("Asunnon rahoitusta ei ole kirjattu."), code="funding")
    choice = _completed(choice)
    refuse_working()
    all_ = comparison(row, asked, today, also=chosen.pk)
    refuse_tied(all_.households, today)
    _refuse_passed_by_tied(row, all_.households, today)
    # of whom the flat suits, and of the chosen
    suited = suited_by(row, asked, today).values("pk")
    refuse_due(Q(pk=chosen.pk) | Q(pk__in=suited), today)
    _note_left_out(all_)
    waiver = _waiver(row, all_, chosen.pk, choice, today)
    all_ = all_.placed(chosen.pk, waiver)
    waiting = all_.waiting()
    here = next((one for one in waiting if one.id == str(chosen.pk)), None)
    if here is None:
        raise ValidationError(TEXTS["selection_decision_skipped"], code="skipped")
    _refuse_barred(here)
    _refuse_hidden(waiting, here)
    place = 1 + sum(one.place < here.place for one in waiting)
    _refuse_order(all_, waiting, here, place, choice)
    return _saved(row, chosen, choice, all_, place, today)


def _completed(choice: Choice) -> Choice:
    """The exception that a reason out of order means, where none was named (P10)."""
    if not choice.deviation and choice.out_of_order in SINGLE_CASE:
        return replace(choice, deviation=Deviation.ORDER)
    if choice.deviation == Deviation.ORDER and choice.out_of_order not in SINGLE_CASE:
        text = _("Valitse, miksi etusijajärjestyksestä poiketaan.")
        raise refused_at("out_of_order", text, "out_of_order")
    return choice


def _refuse_state(row: Round, chosen: Application, today: date) -> None:
    """The flat is offered, another decision waits, or the applicant cannot be chosen now."""
    if Offer.objects.filter(round=row, state__in=LIVE).exists():
        raise ValidationError(TEXTS["selection_decision_offered"], code="offered")
    if pending_of(row) is not None:
        raise ValidationError(TEXTS["selection_decision_pending"], code="pending")
    if chosen.state not in IN_SELECTION or not chosen.valid_until or chosen.valid_until < today:
        raise ValidationError(_("Hakija ei ole mukana valinnassa."), code="state")
    if chosen.state == State.INCOMPLETE:
        text = _("Hakemusta täydennetään. Hyväksy se valintaan, tai ohita hakija.")
        raise ValidationError(text, code="incomplete")


def _note_left_out(all_: Comparison) -> None:
    """The event of a choice names who was left out of the comparison, restricted as they are."""
    if all_.left_out:
        left = Member.objects.filter(application__in=all_.left_out)
        current().note_subjects(left.values_list("person_id", flat=True))
        current().note("restricted", str(len(all_.left_out)))


def _refuse_passed_by_tied(row: Round, compared: Iterable[int], today: date) -> None:
    """Somebody was passed over by whoever is tied to anybody compared, by a tie recorded since
    perhaps: so one would decide for one's own (A3)."""
    skips = Skip.objects.filter(round=row, taken_back_at=None, made_by=OuterRef("staff"))
    held = Q(valid_to=None) | Exists(skips.filter(made_at__date__lte=OuterRef("valid_to")))
    ties = StaffLink.objects.filter(
        Exists(skips), held, kind__in=TIES, valid_from__lte=today,
        person__in=Member.objects.filter(application__in=compared).values("person"),
    )  # fmt: skip
    if ties.exists():
        raise ValidationError(TEXTS["selection_decision_passed"], code="passed")


def _waiver(row: Round, all_: Comparison, chosen: int, choice: Choice, today: date) -> Waiver:
    """What the exception lets by. Raises ValidationError when it may not be made."""
    if not choice.deviation:
        return NO_WAIVER
    exception = Deviation(choice.deviation)
    if exception is Deviation.PERMIT and choice.permit is None:
        raise refused_at("permit", _("Valitse poikkeuslupa, jonka nojalla poiketaan."), "permit")
    if choice.permit is not None and choice.permit not in permits_of(row.flat):
        raise refused_at("permit", _("Poikkeuslupa ei koske tätä kohdetta."), "site")
    _alone(row, exception, choice.permit)
    around = circumstances(
        row.flat, all_, chosen, choice.permit, today, wealth_suffices=choice.wealth_suffices
    )
    found = unmet(rule, exception, around, today)
    if found is not None:
        field = "permit" if found in (Unmet.PERMIT_DAYS, Unmet.PERMIT_FULL) else "deviation"
        raise refused_at(field, found.label, found.value)
    return waives(
        rule, exception, today, external_reason=choice.external_reason, permit=around.permit
    )


def _alone(row: Round, exception: Deviation, permit: ExemptionPermit | None) -> None:
    """What an exception is counted from is counted by one at a time: two choices for two flats
    would both be within the share of a building, or the flats of a permit, and not together."""
    if exception is Deviation.EXTENSION:
        building = row.flat.stair.building_id
        Building.objects.select_for_update(no_key=True).get(pk=building)
    if permit is not None:
        ExemptionPermit.objects.select_for_update(no_key=True).get(pk=permit.pk)


def _refuse_barred(here: Place) -> None:
    """A test failed or is open: the household cannot be chosen before that is met or waived."""
    barring = here.judgement.barring
    if not barring:
        return
    told = [str(Reason(one.reason).label) or str(one.test.label) for one in barring]
    text = _("Valinnan edellytykset eivät täyty: %(what)s")
    raise refused_at("deviation", text % {"what": " ".join(told)}, "barred")


def _refuse_hidden(waiting: list[Place], here: Place) -> None:
    """Whoever may not know of a turvakielto cannot weigh the household of a protected person: the
    choice then falls to somebody who may, and nobody passes over whom he has not seen."""
    if may_know_of_protection():
        return
    ahead = [int(one.id) for one in waiting if one.place <= here.place]
    if Member.objects.filter(application__in=ahead, person__protected=True).exists():
        text = _(
            "Edellä on hakija, jonka tietoja et näe. Valinnan päättää joku, jolla on niihin oikeus."
        )
        raise ValidationError(text, code="unseen")


def _refuse_order(
    all_: Comparison, waiting: list[Place], here: Place, place: int, choice: Choice
) -> None:
    """Another than the first, or one of several equals, is chosen for a reason (section 8)."""
    equals = [one for one in waiting if one.place == here.place and one.id != here.id]
    tie = place == 1 and bool(equals)
    if choice.out_of_order == OutOfOrder.TIE and not tie:
        raise refused_at("out_of_order", _("Hakija ei ole tasoissa ensimmäisen kanssa."), "tie")
    if choice.out_of_order == OutOfOrder.LOCAL and not (
        tie and all_.policy.local_first and here.standing.local
    ):
        text = _("Kunnan asukas on edellä vain, kun yhtiö on niin päättänyt ja muu on tasan.")
        raise refused_at("out_of_order", text, "local")
    if choice.out_of_order or (place == 1 and not tie):
        return
    if tie:
        text = _("Ensimmäisiä on useita tasoissa. Kirjaa, miksi valitset tämän.")
        raise refused_at("out_of_order", text, "tie")
    first = waiting[0]
    factor = decides(first.standing, here.standing, all_.policy)
    text = ngettext(
        "Edellä on %(count)s hakija; hänet erottaa %(factor)s. Kirjaa peruste.",
        "Edellä on %(count)s hakijaa; ensimmäisen erottaa %(factor)s. Kirjaa peruste.",
        place - 1,
    )
    shown = {"count": place - 1, "factor": str(Factor(factor or Factor.NEED).label).lower()}
    raise refused_at("out_of_order", text % shown, "order")


def _saved(
    row: Round, chosen: Application, choice: Choice, all_: Comparison, place: int, today: date
) -> Decision:
    tokens = {pk: uuid.uuid4() for pk in all_.households}
    frozen = Written(_frozen(all_, tokens, today))
    reason = _reason(choice)
    made = Decision(
        round=row, application=chosen, chosen=tokens[chosen.pk], on=today, place=place,
        compared_count=len(tokens), out_of_order=choice.out_of_order, deviation=choice.deviation,
        permit=choice.permit if choice.deviation == Deviation.PERMIT else None, reason=reason,
        snapshot=frozen, digest=digest(frozen), decided_by_id=acting(),
        needs_approval=bool(choice.deviation) or rule(SECOND_PERSON, today).text == ALWAYS,
    )  # fmt: skip
    with constraint_errors(Decision, TEXTS):
        made.save(force_insert=True)
        with bulk_write("who was compared in a selection"):
            insert_many(
                [
                    Compared(decision_id=made.pk, application_id=pk, token=token)
                    for pk, token in tokens.items()
                ]
            )
    return made


def _reason(choice: Choice) -> str:
    if choice.out_of_order or choice.deviation:
        return reasoned(choice.reason, "reason", _("Perustele valinta."))
    return reasoned(choice.reason, "reason", "") if choice.reason.strip() else ""


def _frozen(all_: Comparison, tokens: Mapping[int, uuid.UUID], today: date) -> dict[str, object]:
    """The snapshot under random ids; the rows that it follows cannot change any more."""
    compared: list[Household] = [
        replace(one, id=str(tokens[pk])) for pk, one in all_.households.items()
    ]
    frozen = freeze(rule, all_.flat, compared, all_.policy, today, len(all_.left_out))
    followed = {(row["key"], row["version"]) for row in frozen["rules"]}
    followed |= {pair for one in compared for pair in one.versions}
    note_versions(sorted(followed))
    return frozen
