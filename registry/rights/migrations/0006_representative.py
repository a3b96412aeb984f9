"""A representative is another person of the register who acts for whom the request is about."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry_persons", "0014_neighbours"),
        ("registry_rights", "0005_delivered_digest"),
    ]

    operations = [
        migrations.AlterField(
            model_name="datarequest",
            name="representative",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry_persons.person",
                verbose_name="edustaja rekisterissä",
            ),
        ),
        migrations.AddConstraint(
            model_name="datarequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("representative", None),
                    models.Q(
                        ("person__isnull", False),
                        models.Q(("behalf", ""), _negated=True),
                        models.Q(("representative", models.F("person")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="rights_request_representative",
                violation_error_message="Edustaja on toinen kuin henkilö, jonka puolesta toimii.",
            ),
        ),
    ]
