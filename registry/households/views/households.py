"""The household of a person: who belongs to it, adding a member, correcting the days."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry.households import queries, services
from registry.households.forms import MemberForm, MembershipForm
from registry.households.models import Membership
from registry.households.picking import Picked
from registry.households.views.choosing import choosing_form, choosing_page
from registry.persons import queries as persons
from registry.persons.models import Person
from registry.persons.purposes import VIEWING
from registry.persons.views.common import REVEAL_HETU, roles
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui.pages import form_page
from vuokra.ui.reveals import revealed

READ = ((Group.PERSON, Level.READ), (Group.HOUSEHOLD, Level.READ))
WRITE = ((Group.PERSON, Level.WRITE), (Group.IDENTITY, Level.WRITE), (Group.HOUSEHOLD, Level.WRITE))


@access(Action.VIEW, Surface.DETAIL, purposes=VIEWING, needs=READ)
@require_safe
def household(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everybody in the household, children by name and birth date."""
    person = persons.person_by_public_id(public_id)
    today = timezone.localdate()
    wards = queries.wards_of(person, today) if persons.may_read(Group.GUARDIANSHIP) else []
    return render(
        request,
        "households/household.html",
        {"person": person, "household": queries.household_page(person, today), "wards": wards},
    )


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def add_member(request: HttpRequest, public_id: str) -> HttpResponse:
    """A member: somebody found in the register, or somebody new to it, in one form."""
    person = persons.person_by_public_id(public_id)
    form, picked = choosing_form(request, MemberForm)
    if form.is_bound and form.is_valid() and _add(form, person, picked) is not None:
        messages.success(request, _("Ruokakunnan jäsen on lisätty."))
        return redirect("households:household", public_id)
    return choosing_page(request, "households/member.html", form, picked, person=person)


def _add(form: MemberForm, person: Person, picked: Picked) -> Membership | None:
    """Add the chosen one, or register the one who was named; None when something was refused."""
    today, day = timezone.localdate(), form.cleaned_data["valid_from"]
    if picked.chosen is not None:
        member = picked.chosen
        return form.run(
            lambda: services.add_member(
                person, member, valid_from=day, source=form.source_given, today=today
            )
        )
    newcomer = form.newcomer
    if not form.cleaned_data["confirmed"]:
        picked.hits = persons.similar_persons(
            newcomer.names.surname, newcomer.names.given_names, newcomer.birth_date
        )
        if picked.hits:
            form.add_error(
                "confirmed", _("Samanniminen on jo rekisterissä. Valitse hänet yltä tai vahvista.")
            )
            return None
    return form.run(
        lambda: services.register_member(
            person, newcomer, valid_from=day, source=form.source_given, today=today
        )
    )


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_membership(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Record that a member moved out, correct the days, or take away a mistake."""
    person = persons.person_by_public_id(public_id)
    membership = queries.membership_of(person, pk)
    if request.method == "POST" and "remove" in request.POST:
        services.remove_membership(membership)
        messages.success(request, _("Virheellinen merkintä on poistettu."))
        return redirect("households:household", public_id)
    data = request.POST if request.method == "POST" else None
    form = MembershipForm(data, instance=membership, roles=roles())
    if data is not None and form.is_valid():
        given = form.cleaned_data
        saved = form.run(
            lambda: services.correct_membership(
                membership, valid_from=given["valid_from"], valid_to=given["valid_to"]
            )
        )
        if saved is not None:
            messages.success(request, _("Ruokakunnan tiedot on tallennettu."))
            return redirect("households:household", public_id)
    return form_page(
        request, "households/membership.html", forms=[form], form=form, person=person,
        membership=membership,
    )  # fmt: skip


@access(Action.REVEAL, Surface.DETAIL, purposes=VIEWING, needs=REVEAL_HETU)
@require_POST
def reveal_ground(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """The words in which the recording of an identity code was justified, for 60 seconds."""
    person = persons.person_by_public_id(public_id)
    ground = queries.hetu_ground_of(person, pk)
    return revealed(
        request,
        ground.text,
        what=_("henkilötunnuksen perustelu"),
        url=request.path,
        back=reverse("persons:card", args=[public_id]),
    )
