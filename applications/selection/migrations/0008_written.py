from django.db import migrations, models

import applications.selection.rules.snapshot


class Migration(migrations.Migration):
    dependencies = [("applications_selection", "0007_as_decided")]

    operations = [
        migrations.AlterField(
            model_name="decision",
            name="snapshot",
            field=models.JSONField(encoder=applications.selection.rules.snapshot.AsWritten),
        ),
    ]
