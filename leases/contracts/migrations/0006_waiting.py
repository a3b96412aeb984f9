"""What waits is found among all that does not: leases to be signed, papers to be served."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leases_contracts", "0005_person_changes")]

    operations = [
        migrations.AddIndex(
            model_name="lease",
            index=models.Index(
                condition=models.Q(("cancelled_on__isnull", True), ("concluded_on__isnull", True)),
                fields=["ready_at"],
                name="contracts_lease_unsigned",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("served_on__isnull", True), ("withdrawn_on__isnull", True)),
                fields=["recorded_at"],
                name="contracts_notice_unserved",
            ),
        ),
    ]
