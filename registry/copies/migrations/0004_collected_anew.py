"""While a copy is collected anew its earlier snapshot stays, without package or approval."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry_copies", "0003_destroying"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="copy", name="copies_copy_state"),
        migrations.AddConstraint(
            model_name="copy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("collected_at", None),
                        ("content", ""),
                        ("digest", ""),
                        ("state__in", ["queued", "failed"]),
                    ),
                    models.Q(
                        ("approved_by", None),
                        ("collected_at__isnull", False),
                        ("digest__regex", "^[0-9a-f]{64}$"),
                        ("package", ""),
                        ("state__in", ["queued", "failed"]),
                        models.Q(("content", ""), _negated=True),
                    ),
                    models.Q(("content", ""), ("package", ""), ("state", "discarded")),
                    models.Q(
                        ("collected_at__isnull", False),
                        ("content", ""),
                        ("package", ""),
                        ("state", "destroyed"),
                    ),
                    models.Q(
                        ("collected_at__isnull", False),
                        ("state__in", ["review", "packed"]),
                        models.Q(("content", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="copies_copy_state",
            ),
        ),
    ]
