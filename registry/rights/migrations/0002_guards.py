"""Puts the tables of requests behind the net, and keeps the rules of their states (6.8)."""

from pathlib import Path

from django.db import migrations

from vuokra.db.protect import ProtectTable

REQUEST = [
    "approved_at", "approver_id", "asked_on", "assessment", "authority", "authority_at",
    "authority_by_id", "authority_paper", "behalf", "channel", "closed_on", "deadline",
    "extended_on", "extension_ground", "extension_reason", "handler_id", "id", "identified_by_id",
    "identified_on", "known", "language", "last_deadline", "last_target", "level", "method",
    "number", "person_id", "received_on", "received_reason", "recorded_at", "recorded_by_id",
    "reminded_on", "representative_id", "required_level", "rights", "second_identifier_id",
    "sender", "state", "submitted_by_id", "target", "uuid", "version", "wish",
]  # fmt: skip
OF_REQUEST = {
    "step": ["act", "after", "at", "before", "by_id", "note", "version"],
    "decision": [
        "decided_at", "decided_by_id", "facts", "fee", "ground", "outcome", "reasons", "right",
        "tells_remedy", "tells_supervisor", "to_supervisor",
    ],
    "letter": ["at", "by_id", "kind", "language", "told_on", "way"],
    "delivery": [
        "at", "by_id", "confirmed_on", "delivered_on", "missent_at", "missent_by_id",
        "missent_note", "proof", "receiver", "way",
    ],
    "attachment": ["added_at", "added_by_id", "mime", "size", "uuid"],
    "erasureline": ["bar", "fate", "ground", "group", "rows", "statute", "until"],
}  # fmt: skip
CORRECTION = [
    "done_at", "done_by_id", "evidence", "grounds", "id", "person_id", "recorded_at", "request_id",
    "result", "result_note", "target", "uuid",
]  # fmt: skip
FORWARD = Path(__file__).with_suffix(".sql").read_text()
BACKWARD = """
DROP TRIGGER guard_new ON public.registry_rights_datarequest;
DROP TRIGGER guard_delete ON public.registry_rights_datarequest;
DROP TRIGGER guard_a_kept ON public.registry_rights_datarequest;
DROP TRIGGER guard_b_state ON public.registry_rights_datarequest;
DROP TRIGGER guard_step ON public.registry_rights_step;
DROP TRIGGER guard_decision ON public.registry_rights_decision;
DROP TRIGGER guard_line ON public.registry_rights_erasureline;
DROP TRIGGER guard_delivery ON public.registry_rights_delivery;
DROP FUNCTION public.registry_rights_guard_new();
DROP FUNCTION public.registry_rights_guard_delete();
DROP FUNCTION public.registry_rights_guard_kept();
DROP FUNCTION public.registry_rights_guard_state();
DROP FUNCTION public.registry_rights_guard_step();
DROP FUNCTION public.registry_rights_guard_decision();
DROP FUNCTION public.registry_rights_guard_delivery();
DROP FUNCTION public.registry_rights_guard_answer(public.registry_rights_datarequest);
DROP FUNCTION public.registry_rights_guard_approval(public.registry_rights_datarequest);
DROP FUNCTION public.registry_rights_day();
DROP FUNCTION public.registry_rights_newest();
DROP FUNCTION public.registry_rights_refuse(text, text);
DROP TABLE public.registry_rights_transition;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry_rights", "0001_requests"),
        ("registry_protection", "0002_guards"),
        ("vuokra_access", "0003_event_views"),
    ]

    operations = [
        ProtectTable("registry_rights_datarequest", subject="person_id", loggable=REQUEST),
        *(
            ProtectTable(
                f"registry_rights_{table}", subject="", loggable=["id", "request_id", *columns]
            )
            for table, columns in OF_REQUEST.items()
        ),
        ProtectTable("registry_rights_correction", subject="person_id", loggable=CORRECTION),
        migrations.RunSQL(
            "GRANT SELECT, INSERT, UPDATE ON public.registry_rights_numbering TO vuokra_app",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
