from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="KeyCanary",
            fields=[
                ("key_id", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("sealed", models.BinaryField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "avainten tarkiste",
                "verbose_name_plural": "avainten tarkisteet",
                "db_table": "vuokra_crypto_key_canary",
            },
        ),
        migrations.CreateModel(
            name="SubjectKey",
            fields=[
                ("subject", models.BigIntegerField(primary_key=True, serialize=False)),
                ("wrapped", models.BinaryField(null=True)),
                ("key_id", models.PositiveSmallIntegerField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "rekisteröidyn avain",
                "verbose_name_plural": "rekisteröityjen avaimet",
                "db_table": "vuokra_crypto_subject_key",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("destroyed_at__isnull", True),
                                ("key_id__isnull", False),
                                ("wrapped__isnull", False),
                            ),
                            models.Q(
                                ("destroyed_at__isnull", False),
                                ("key_id__isnull", True),
                                ("wrapped__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="crypto_subject_key_whole_or_destroyed",
                    )
                ],
            },
        ),
    ]
