"""Flats and applicants matched from the side of the flats: whom many flats suit, in one statement.

The mirror of `ranking.matching`, which a test compares with it: there the flat is known and its
values stand in the statement, here each row of flats brings its own.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    SmallIntegerField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from applications.intake.models import Application, Wish
from applications.intake.queries.listing import restricted
from applications.selection.models import Round
from applications.selection.queries.ranking import IN_SELECTION
from leases.homes.models import Access

_RANK: Final = {Access.NONE: 0, Access.STEP_FREE: 1, Access.WHEELCHAIR: 2}
"""How much each kind of access gives: a flat meets the wishes up to its own."""


def without_applicants(rounds: QuerySet[Round], today: date) -> QuerySet[Round]:
    """Selections for whose flat nobody asks (vapaa ilman hakijaa); no statement of its own."""
    return _with_asked(rounds, today).filter(~Exists(_suiting(today)))


def suiting(application: Application, rounds: QuerySet[Round], today: date) -> QuerySet[Round]:
    """Selections whose flat suits an application (sopivat asunnot nyt); no statement of its own."""
    return _with_asked(rounds, today).filter(Exists(_suiting(today).filter(pk=application.pk)))


def _with_asked(rounds: QuerySet[Round], today: date) -> QuerySet[Round]:
    """Selections with what no column of their flat says: for whom it is meant, its access.

    The regime of the day is joined, not asked for in a subquery: that would be worked out again for
    each pair of a flat and an application. The database lets a flat have one at a time.
    """
    ends = Q(flat__regimes__valid_to=None) | Q(flat__regimes__valid_to__gte=today)
    in_force = FilteredRelation(
        "flat__regimes", condition=ends & Q(flat__regimes__valid_from__lte=today)
    )
    return rounds.annotate(
        regime=in_force,
        asked_group=Coalesce(F("regime__group"), Value(""), output_field=CharField()),
        access_rank=_rank("flat__access"),
    )


def _rank(column: str) -> Case:
    return Case(
        *(When(**{column: one.value}, then=Value(rank)) for one, rank in _RANK.items()),
        default=Value(0),
        output_field=IntegerField(),
    )


def _here(name: str, field: Any) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(OuterRef(name), output_field=field)


def _suiting(today: date) -> QuerySet[Application]:
    """Valid applications whose wishes are met by the flat of the row outside."""
    within = _between("floor", OuterRef("flat__floor"))
    return (
        Application.objects.annotate(
            here_floor=_here("flat__floor", SmallIntegerField()),
            here_lift=_here("flat__stair__lift", BooleanField()),
            wished_rank=_rank("wish__access"),
        )
        .filter(
            _between("rooms", OuterRef("flat__rooms")),
            _between("area", OuterRef("flat__area")),
            Q(wish__rent_most_eur=None) | Q(wish__rent_most_eur__gte=OuterRef("rent_eur")),
            Q(wish__sites=[]) | Q(wish__sites__contains=_array("flat__stair__building__site")),
            Q(here_floor=None) | within | Q(here_lift=True, wish__lift=True),
            ~restricted(today),
            wish__group=OuterRef("asked_group"),
            wished_rank__lte=OuterRef("access_rank"),
            wish__equipment__contained_by=OuterRef("flat__equipment"),
            state__in=IN_SELECTION,
            valid_until__gte=today,
            assessment__isnull=False,
        )
    )  # fmt: skip


def _between(wish: str, value: OuterRef) -> Q:
    least, most = f"wish__{wish}_from", f"wish__{wish}_to"
    return (Q(**{least: None}) | Q(**{f"{least}__lte": value})) & (
        Q(**{most: None}) | Q(**{f"{most}__gte": value})
    )


def _array(name: str) -> Func:
    """The value of the row outside as an array of one."""
    return Func(
        OuterRef(name), function="ARRAY", template="%(function)s[%(expressions)s]",
        output_field=Wish._meta.get_field("sites"),
    )  # fmt: skip
