from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leases_contracts", "0008_ends"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="notice",
            name="contracts_notice_known",
        ),
        migrations.AlterField(
            model_name="notice",
            name="breach",
            field=models.CharField(
                blank=True,
                choices=[
                    ("1", "Vuokraa ei ole maksettu ajallaan"),
                    ("2", "Vuokraoikeus on siirretty tai huoneisto luovutettu lain vastaisesti"),
                    ("3", "Huoneistoa käytetään muuhun tarkoitukseen tai muulla tavalla"),
                    ("4", "Huoneistossa vietetään häiritsevää elämää"),
                    ("5", "Huoneistoa hoidetaan huonosti"),
                    ("6", "Terveyden tai järjestyksen säilymiseksi annettuja määräyksiä rikotaan"),
                    ("deposit", "Vakuutta ei ole annettu sovitussa ajassa"),
                ],
                max_length=20,
                verbose_name="rikkomus",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("document__in", ["landlord_notice", "tenant_notice", "warning", "rescission"]),
                    models.Q(
                        ("breach", ""),
                        ("breach__in", ["1", "2", "3", "4", "5", "6", "deposit"]),
                        _connector="OR",
                    ),
                    models.Q(
                        ("method", ""),
                        (
                            "method__in",
                            ["receipt", "process_server", "witness", "registered", "electronic"],
                        ),
                        _connector="OR",
                    ),
                ),
                name="contracts_notice_known",
            ),
        ),
    ]
