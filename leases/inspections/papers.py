"""The record of an inspection on paper (tarkastuspöytäkirja), for both to sign.

It is handed over, not posted, and under turvakielto names no flat. No identity code, no picture.
Whoever inspects prints it, and need not read leases: of the lease it says its number and who signs.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leases.contracts.papers.common import full_name, landlord, reference_of
from leases.contracts.rules.persons import Role
from leases.inspections import queries, rules
from leases.inspections.models import Inspection, Remark
from leases.inspections.queries import Record, RoomRow
from leases.inspections.rules import State
from vuokra.documents import registry, services
from vuokra.documents.errors import Fault, NotMade
from vuokra.documents.models import Document
from vuokra.documents.registry import Data, Kind
from vuokra.policy.groups import Group
from vuokra.policy.roles import Purpose
from vuokra.ui import formatting


def record_data(document: Document) -> Data:
    """What the record says. Raises NotMade before the inspection was done."""
    inspection = Inspection.objects.filter(pk=document.about_id or 0).first()
    if inspection is None or inspection.done_on is None:
        raise NotMade(Fault.DATA)
    told = queries.record_of(inspection, today=timezone.localdate())
    charge = told.page.charge.total
    return {
        "facts": _facts(told),
        "rooms": [_room(one) for one in told.page.rooms],
        "readings": [
            [f"{one.meter.get_kind_display()} {one.meter.serial}", formatting.number(one.value, 3)]
            for one in told.page.readings
        ],
        "compared": _already(told),
        "charge": formatting.money(charge) if charge else "",
        "signers": [landlord(), *_signers(told)],
    }  # fmt: skip


def _already(told: Record) -> list[str]:
    """Parts in which there was a fault when the tenant moved in."""
    pairs = told.comparison.pairs if told.comparison is not None else []
    return [f"{rules.room_name(pair.room)}: {pair.part}" for pair in pairs if pair.was_there]


def _facts(told: Record) -> list[list[str]]:
    row = told.page.row
    found = [
        [_("Tarkastus"), str(row.inspection.get_kind_display())],
        [_("Sopimusnumero"), str(told.lease.number)],
    ]
    if not told.hidden:
        flat = row.inspection.flat
        site = flat.stair.building.site
        place = f"{flat.address}, {site.postal_code} {site.town}"
        found.append([_("Huoneisto"), place])
    if row.inspection.done_on is not None:
        found.append([_("Tehty"), formatting.date(row.inspection.done_on)])
    present = _("Kyllä") if row.inspection.tenant_present else _("Ei")
    return [*found, [_("Tarkastaja"), row.inspector], [_("Vuokralainen paikalla"), present]]


def _room(found: RoomRow) -> dict[str, object]:
    remarks = [one.remark for one in found.remarks]
    return {
        "name": rules.room_name(found.room.name),
        "checked": found.room.checked,
        "remarks": [_remark(one) for one in remarks],
        "texts": [f"{one.part}: {one.text}" for one in remarks if one.text],
    }


def _remark(one: Remark) -> list[str]:
    estimate = formatting.money(one.estimate_eur) if one.estimate_eur else ""
    return [
        one.part, str(one.get_condition_display()), str(one.get_cause_display()), estimate,
        str(one.get_next_action_display()), str(one.get_agreed_display()),
    ]  # fmt: skip


def _signers(told: Record) -> list[list[str]]:
    signed_on = told.page.row.inspection.signed_on
    signed = ""
    if signed_on is not None:
        signed = _("Allekirjoittanut %(day)s") % {"day": formatting.date(signed_on)}
    return [
        [full_name(one), str(Role.TENANT.label), signed] for one in told.tenants
    ]  # fmt: skip


RECORD = Kind(
    key="inspections.record", title=gettext_lazy("Tarkastuspöytäkirja"), group=Group.MAINTENANCE,
    item="VS-TOIMI", templates="leases/inspections/record.typ", data=record_data,
)  # fmt: skip


@transaction.atomic
def order_record(inspection: Inspection) -> Document:
    """Order the record in the tenant's language (tarkastuspöytäkirjan tilaaminen). Raises
    ValidationError before the inspection was done."""
    if inspection.state not in (State.DONE, State.SIGNED):
        text = _("Pöytäkirjan voi tulostaa, kun tarkastus on tehty.")
        raise ValidationError(text, code="not_done")
    told = queries.record_of(inspection, today=timezone.localdate())
    people = told.tenants
    return services.order_now(
        RECORD.key, subjects=[one.pk for one in people], about_id=inspection.pk,
        language=RECORD.spoken(people[0].language if people else ""),
        reference=reference_of(told.lease),
        usual=Purpose.SOPIMUS,
    )  # fmt: skip


def register() -> None:
    """What `InspectionsConfig.ready` registers."""
    registry.register(RECORD)
