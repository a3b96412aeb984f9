"""Pages of duplicates: pairs that wait, two records side by side, merges and their undoing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry.duplicates import queries, services
from registry.duplicates.forms import DecisionForm, MergeForm, OtherRecordForm, UndoForm
from registry.duplicates.models import Origin, State
from registry.duplicates.services import NEEDS
from registry.persons import merging, rules
from registry.persons import queries as persons
from registry.persons.purposes import VIEWING
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied, TiedDenied
from vuokra.access.views import access
from vuokra.ui.pages import UNPROCESSABLE, page_number

LISTS = {"": State.OPEN, "eri": State.NOT_SAME}


def _segments(chosen: str) -> list[dict[str, Any]]:
    here = reverse("duplicates:list")
    found = [
        ("", _("Odottavat"), here),
        ("eri", _("Eri henkilöt"), f"{here}?tila=eri"),
        ("yhdistetyt", _("Yhdistetyt"), reverse("duplicates:merges")),
    ]
    return [
        {"label": label, "url": url, "current": code == chosen, "count": None}
        for code, label, url in found
    ]


@access(Action.LIST, Surface.LIST, purposes=VIEWING, needs=NEEDS)
@require_safe
def pair_list(request: HttpRequest) -> HttpResponse:
    """Pairs that wait for a decision, or those said to be of two people."""
    chosen = request.GET.get("tila", "")
    chosen = chosen if chosen in LISTS else ""
    page = queries.pair_page(LISTS[chosen], page_number(request))
    context = {
        "page": page, "pairs": page.object_list, "segments": _segments(chosen),
        "query": f"tila={chosen}" if chosen else "", "decided": chosen == "eri",
    }  # fmt: skip
    return render(request, "duplicates/list.html", context)


@access(Action.RUN, Surface.JOB, purposes=VIEWING, needs=NEEDS)
@require_POST
def find_now(request: HttpRequest) -> HttpResponse:
    """Compare the whole register now; every night it is done anyway."""
    count = services.find_likely(today=timezone.localdate())
    text = ngettext("Löytyi %(count)s uusi pari.", "Löytyi %(count)s uutta paria.", count)
    messages.success(request, text % {"count": count} if count else _("Uusia pareja ei löytynyt."))
    return redirect("duplicates:list")


@access(Action.VIEW, Surface.DETAIL, purposes=VIEWING, needs=NEEDS)
@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two records side by side; `sailyy=2` in the address lets the newer one survive."""
    comparison = queries.comparison(queries.pair_by_id(pk), turned=request.GET.get("sailyy") == "2")
    return _comparison_page(request, comparison, MergeForm(comparison=comparison))


def _comparison_page(
    request: HttpRequest, comparison: queries.Comparison, form: MergeForm, **forms: DecisionForm
) -> HttpResponse:
    here = reverse("duplicates:compare", args=[comparison.pair.pk])
    shown = {"not_same": DecisionForm(prefix="eri"), "swap": DecisionForm(prefix="vaihto")} | forms
    both = comparison.kept.person, comparison.moving.person
    context = {
        "comparison": comparison, "pair": comparison.pair, "form": form, **shown,
        "objections": merging.objections(*both),
        "remarks": merging.remarks(*both),
        "rows": [(row, form.choice(row.name)) for row in comparison.values],
        "identity_choice": form.choice("identity"),
        "turn_url": here if comparison.turned else f"{here}?sailyy=2",
    }  # fmt: skip
    failed = any(one.is_bound and one.errors for one in (form, *shown.values()))
    return render(
        request, "duplicates/compare.html", context, status=UNPROCESSABLE if failed else 200
    )


@access(Action.CHANGE, Surface.DETAIL, purposes=VIEWING, needs=NEEDS)
@require_POST
def merge_pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge the two records of a pair; both are shown again when it is refused."""
    pair = queries.pair_by_id(pk)
    comparison = queries.comparison(pair, turned=request.POST.get("sailyy") == "2")
    form = MergeForm(request.POST, comparison=comparison)
    if form.is_valid():
        survivor = comparison.kept.person
        current().reason = form.cleaned_data["reason"]
        try:
            services.merge(
                survivor, comparison.moving.person, form.choices,
                reason=form.cleaned_data["reason"], now=timezone.now(), pair=pair,
            )  # fmt: skip
        except ValidationError as error:
            form.tell(error)
        else:
            text = _("Tietueet on yhdistetty. Yhdistämisen voi kumota kortilta.")
            messages.success(request, text)
            return redirect("persons:card", survivor.public_id)
    return _comparison_page(request, comparison, form)


@access(Action.CHANGE, Surface.DETAIL, purposes=VIEWING, needs=NEEDS)
@require_POST
def not_same(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the two are different people."""
    pair = queries.pair_by_id(pk)
    form = DecisionForm(request.POST, prefix="eri")
    if form.is_valid():
        try:
            services.mark_not_same(pair, reason=form.cleaned_data["reason"], now=timezone.now())
        except ValidationError as error:
            form.tell(error)
        else:
            messages.success(request, _("Merkitty eri henkilöiksi. Paria ei ehdoteta uudelleen."))
            return redirect("duplicates:list")
    comparison = queries.comparison(pair, turned=False)
    return _comparison_page(request, comparison, MergeForm(comparison=comparison), not_same=form)


@access(Action.CHANGE, Surface.DETAIL, purposes=VIEWING, needs=NEEDS)
@require_POST
def swap_codes(request: HttpRequest, pk: int) -> HttpResponse:
    """Give each of the two the identity of the other, and say that they are two people."""
    pair = queries.pair_by_id(pk)
    form = DecisionForm(request.POST, prefix="vaihto")
    if form.is_valid():
        current().reason = reason = form.cleaned_data["reason"]
        try:
            with transaction.atomic():
                services.swap_identities(pair.first, pair.second)
                services.mark_not_same(pair, reason=reason, now=timezone.now())
        except ValidationError as error:
            form.tell(error)
        else:
            messages.success(request, _("Tunnukset on vaihdettu keskenään."))
            return redirect("duplicates:list")
    comparison = queries.comparison(pair, turned=False)
    return _comparison_page(request, comparison, MergeForm(comparison=comparison), swap=form)


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=NEEDS)
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, public_id: str) -> HttpResponse:
    """Name the other record of a person by its customer number."""
    person = persons.person_by_public_id(public_id)
    form = OtherRecordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        other = persons.person_by_number(form.cleaned_data["number"])
        try:
            if other is None:
                raise ValidationError(_("Numerolla ei löydy toista tietuetta."))
            pair = services.choose_pair(person, other, Origin.CHOSEN)
            return redirect("duplicates:compare", pair.pk)
        except ValidationError as error:
            form.add_error("number", error)
    status = UNPROCESSABLE if form.errors else 200
    return render(
        request, "duplicates/choose.html", {"person": person, "form": form}, status=status
    )


@access(Action.SEARCH, Surface.SEARCH, purposes=VIEWING, needs=NEEDS)
@require_POST
def clash(request: HttpRequest, public_id: str) -> HttpResponse:
    """An identity code was refused since another has it: the two are put side by side (DP-A16).

    When the clerk may not open the other's record, nothing of it is told: the pair waits for
    somebody who may.
    """
    person = persons.person_by_public_id(public_id)
    code = rules.find_hetus(request.POST.get("hetu", "")[:20])
    pair = services.clash_of(person, code[0]) if code else None
    if pair is None:
        messages.warning(
            request, _("Tunnus ei ole kenelläkään toisella. Yritä tallentaa uudelleen.")
        )
        return redirect("persons:identity", person.public_id)
    try:
        queries.pair_by_id(pair.pk)
    except (ObjectDenied, TiedDenied):
        messages.success(request, _("Asia on kirjattu selvitettäväksi."))
        return redirect("persons:card", person.public_id)
    return redirect("duplicates:compare", pair.pk)


@access(Action.LIST, Surface.LIST, purposes=VIEWING, needs=NEEDS)
@require_safe
def merge_list(request: HttpRequest) -> HttpResponse:
    """Merges, newest first."""
    page = queries.merge_page(page_number(request), today=timezone.localdate())
    context = {"page": page, "merges": page.object_list, "segments": _segments("yhdistetyt")}
    return render(request, "duplicates/merges.html", context)


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=NEEDS)
@require_http_methods(["GET", "HEAD", "POST"])
def one_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """A merge, and undoing it: what cannot be put back is told first."""
    done = queries.merge_by_id(pk, today=timezone.localdate())
    left = services.left_alone(done.merge) if done.can_undo else []
    data = request.POST if request.method == "POST" else None
    form = UndoForm(data, left=bool(left))
    if data is not None and form.is_valid():
        current().reason = form.cleaned_data["reason"]
        try:
            services.undo(done.merge, reason=form.cleaned_data["reason"], now=timezone.now())
        except ValidationError as error:
            form.tell(error)
        else:
            messages.success(
                request, _("Yhdistäminen on kumottu. Molemmat tietueet ovat käytössä.")
            )
            return redirect("persons:card", done.merge.merged.public_id)
    status = UNPROCESSABLE if form.errors else 200
    context = {"done": done, "merge": done.merge, "left": left, "form": form}
    return render(request, "duplicates/merge.html", context, status=status)
