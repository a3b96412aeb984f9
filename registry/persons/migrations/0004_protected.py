"""Whether contact details lie in the protected tables; registry.protection keeps it true."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry_persons", "0003_search")]

    operations = [
        migrations.AddField(
            "person", "protected", models.BooleanField(default=False, editable=False)
        ),
    ]
