"""Puts the tables of applications behind the net; states go as the rules say, each with its step."""

from pathlib import Path

from django.db import migrations

from vuokra.db.protect import ProtectTable

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
PARTS = (
    "member", "membercode", "permit", "need", "ground", "presenthome", "wish", "work", "income",
    "asset", "debt", "attachment",
)  # fmt: skip
WITH_APPLICATION = (
    "member", "need", "ground", "presenthome", "wish", "work", "income", "asset", "debt",
)  # fmt: skip
BACKWARD = "\n".join(
    [
        "DROP TRIGGER guard_wish ON public.applications_intake_wish;",
        "DROP TRIGGER guard_home ON public.applications_intake_presenthome;",
        *(f"DROP TRIGGER check_gone ON public.applications_intake_{part};" for part in WITH_APPLICATION),
        *(f"DROP TRIGGER guard_part ON public.applications_intake_{part};" for part in PARTS),
        "DROP TRIGGER check_person ON public.applications_intake_member;",
        "DROP TRIGGER check_household ON public.applications_intake_member;",
        "DROP TRIGGER check_household ON public.applications_intake_application;",
        "DROP TRIGGER check_step ON public.applications_intake_step;",
        "DROP TRIGGER check_state ON public.applications_intake_application;",
        "DROP TRIGGER guard_step ON public.applications_intake_step;",
        "DROP TRIGGER set_open ON public.applications_intake_member;",
        "DROP TRIGGER follow_state ON public.applications_intake_application;",
        "DROP TRIGGER guard_application ON public.applications_intake_application;",
        *(
            f"DROP FUNCTION public.applications_intake_{name};"
            for name in (
                "guard_wish()", "guard_home()", "check_gone()", "guard_part()", "check_person()",
                "check_household()", "check_state()", "guard_step()", "set_open()",
                "follow_state()", "guard_application()", "is_open(text)", "over(text)",
                "refuse(text, text, text)",
            )
        ),
        "DROP TABLE public.applications_intake_transition;",
    ]
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("applications_intake", "0001_applications"),
        ("leases_homes", "0003_place_occupancy"),
        ("registry_duplicates", "0001_duplicates"),
        ("registry_persons", "0015_hold_reviewed"),
        ("vuokra_access", "0001_log_tables"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        ProtectTable(
            "applications_intake_application",
            subject="",
            loggable=[
                "assured_on", "channel", "complete_by", "end_reason", "ended_on", "id", "kind",
                "made_at", "made_by_id", "merged_into_id", "number", "received_on",
                "renewed_on", "rule_versions", "signed_on", "state", "subsidised",
                "valid_until",
            ],
        ),
        ProtectTable(
            "applications_intake_member",
            subject="person_id",
            loggable=[
                "application_id", "corrected", "id", "is_open", "part", "person_id", "relation",
                "residence",
            ],
        ),
        ProtectTable(
            "applications_intake_membercode",
            subject="",
            loggable=[
                "id", "member_id", "recorded_at", "uuid",
            ],
        ),
        ProtectTable(
            "applications_intake_permit",
            subject="",
            loggable=[
                "id", "member_id", "recorded_at", "shown_on", "uuid",
            ],
        ),
        ProtectTable(
            "applications_intake_need",
            subject="",
            loggable=[
                "application_id", "corrected", "homeless_since", "id", "must_move_by",
                "urgency_note", "uuid", "wished_on",
            ],
        ),
        ProtectTable(
            "applications_intake_ground",
            subject="",
            loggable=[
                "application_id", "corrected", "id", "proof", "since", "situation",
            ],
        ),
        ProtectTable(
            "applications_intake_presenthome",
            subject="",
            loggable=[
                "application_id", "area_m2", "condition", "conveniences", "corrected",
                "cost_eur", "id", "landlord", "moved_in", "municipality", "residents", "rooms",
                "tenure", "uuid",
            ],
        ),
        ProtectTable(
            "applications_intake_wish",
            subject="",
            loggable=[
                "access", "application_id", "area_from", "area_to", "corrected", "equipment",
                "floor_from", "floor_to", "group", "id", "lift", "pets", "rent_most_eur",
                "rooms_from", "rooms_to", "sites", "smoke_free",
            ],
        ),
        ProtectTable(
            "applications_intake_work",
            subject="",
            loggable=[
                "corrected", "employer", "employment", "id", "member_id", "occupation", "place",
                "since", "until",
            ],
        ),
        ProtectTable(
            "applications_intake_income",
            subject="",
            loggable=[
                "corrected", "euros", "id", "kind", "member_id", "period", "proof", "since",
                "until",
            ],
        ),
        ProtectTable(
            "applications_intake_asset",
            subject="",
            loggable=[
                "corrected", "euros", "given_up_on", "id", "kind", "left_out",
                "left_out_reason", "member_id", "place", "proof", "share",
            ],
        ),
        ProtectTable(
            "applications_intake_debt",
            subject="",
            loggable=[
                "asset_id", "corrected", "euros", "id", "kind", "member_id", "proof",
            ],
        ),
        ProtectTable(
            "applications_intake_attachment",
            subject="",
            loggable=[
                "application_id", "arrived_on", "asked_on", "due_on", "id", "kind", "member_id",
                "mime", "needed_by", "reason", "recorded_at", "recorded_by_id", "seen_by_id",
                "seen_on", "size", "state", "uuid",
            ],
        ),
        ProtectTable(
            "applications_intake_step",
            subject="",
            loggable=[
                "after", "application_id", "before", "id", "made_at", "made_by_id", "on",
                "reason",
            ],
        ),
    ]  # fmt: skip
