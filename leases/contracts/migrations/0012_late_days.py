"""Days that were entered late, and why: the reason is held by the database."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from vuokra.db.protect import ProtectTable

UNGUARD = """
DROP TRIGGER guard_late ON public.leases_contracts_lateday;
DROP FUNCTION public.leases_contracts_guard_late();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("leases_contracts", "0011_numbers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LateDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('signature', 'Allekirjoitus'), ('service', 'Tiedoksianto'), ('end', 'Sovittu viimeinen päivä')], max_length=9, verbose_name='mikä')),
                ('day', models.DateField(verbose_name='päivä')),
                ('entered_on', models.DateField(verbose_name='kirjattu')),
                ('reason', models.CharField(max_length=200, verbose_name='perustelu')),
                ('other_law', models.BooleanField(default=False, verbose_name='eri laki')),
                ('confirmed_at', models.DateTimeField(editable=False, null=True, verbose_name='vahvistettu')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lease', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='late_days', to='leases_contracts.lease')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'jälkikäteen kirjattu päivä',
                'verbose_name_plural': 'jälkikäteen kirjatut päivät',
                'ordering': ('lease', 'id'),
                'indexes': [models.Index(condition=models.Q(('confirmed_at__isnull', True), ('other_law', True)), fields=['entered_on'], name='contracts_late_unconfirmed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('what__in', ['signature', 'service', 'end'])), name='contracts_late_what'), models.CheckConstraint(condition=models.Q(('reason__regex', '\\S'), ('day__lt', models.F('entered_on'))), name='contracts_late_reason'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), models.Q(('recorded_by__isnull', True), models.Q(('confirmed_by', models.F('recorded_by')), _negated=True), _connector='OR')), _connector='OR'), name='contracts_late_confirmed', violation_error_message='Päivän vahvistaa toinen kuin sen kirjannut.')],
            },
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text("utf-8"), UNGUARD),
        ProtectTable(
            "leases_contracts_lateday",
            subject="",
            loggable=[
                "confirmed_at", "confirmed_by_id", "day", "entered_on", "id", "lease_id",
                "other_law", "reason", "recorded_by_id", "what",
            ],
        ),
    ]  # fmt: skip
