"""A payload's time said nothing that its log row does not say under a seal."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("vuokra_access", "0003_event_views")]
    operations = [migrations.RemoveField("payload", "at")]
