"""What was ordered together is known by its batch."""

from django.db import migrations, models

from vuokra.db.protect import ProtectTable, unprotect_sql

DOCUMENT = "vuokra_documents_document"
BEFORE = [
    "about_id", "digest", "fault", "id", "kind", "language", "ordered_at", "ordered_by_id", "pages",
    "purpose", "ready_at", "reference", "size", "state", "subject_id", "template_id", "uuid",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("vuokra_documents", "0001_documents")]

    operations = [
        migrations.AddField("document", "batch", models.UUIDField(editable=False, null=True)),
        migrations.AddIndex(
            "document",
            models.Index(
                fields=["batch"],
                condition=models.Q(("batch__isnull", False)),
                name="vuokra_documents_batch",
            ),
        ),
        migrations.RunSQL(unprotect_sql(DOCUMENT), migrations.RunSQL.noop),
        ProtectTable(DOCUMENT, subject="subject_id", loggable=[*BEFORE, "batch"]),
    ]
