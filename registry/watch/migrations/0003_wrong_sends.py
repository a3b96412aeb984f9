"""A suspected breach may be an answer that went to the wrong place (DP-A30)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry_watch", "0002_guards"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="suspicion",
            name="watch_suspicion_of_one",
        ),
        migrations.AddField(
            model_name="suspicion",
            name="delivery_id",
            field=models.BigIntegerField(null=True, unique=True),
        ),
        migrations.AddField(
            model_name="suspicion",
            name="reference",
            field=models.CharField(blank=True, max_length=20, verbose_name="asia"),
        ),
        migrations.AddConstraint(
            model_name="suspicion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("alert__isnull", False), ("delivery_id", None), ("review", None)),
                    models.Q(("alert", None), ("delivery_id", None), ("review__isnull", False)),
                    models.Q(("alert", None), ("delivery_id__isnull", False), ("review", None)),
                    _connector="OR",
                ),
                name="watch_suspicion_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspicion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("delivery_id", None), ("reference", "")),
                    models.Q(
                        ("delivery_id__isnull", False), models.Q(("reference", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="watch_suspicion_names_the_request",
            ),
        ),
    ]
