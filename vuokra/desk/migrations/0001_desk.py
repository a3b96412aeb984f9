"""Reminders behind the net, and the handling of rows."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from vuokra.db.protect import ProtectTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("vuokra_access", "0001_log_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name='Handling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=80)),
                ('put_off_until', models.DateField(null=True)),
                ('put_off_reason', models.CharField(blank=True, choices=[('answer', 'Odotetaan vastausta'), ('papers', 'Odotetaan liitteitä'), ('agreed', 'Sovittu myöhemmäksi'), ('absent', 'Vastuuhenkilö on poissa'), ('busy', 'Kiireellisemmät ensin')], max_length=8)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'tehtävän käsittely',
                'verbose_name_plural': 'tehtävien käsittelyt',
                'db_table': 'vuokra_desk_handling',
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='vuokra_desk_handling_row'), models.CheckConstraint(condition=models.Q(models.Q(('put_off_reason', ''), ('put_off_until', None)), models.Q(('put_off_reason__in', ['answer', 'papers', 'agreed', 'absent', 'busy']), ('put_off_until__isnull', False)), _connector='OR'), name='vuokra_desk_handling_put_off_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('kind', ''), _negated=True), models.Q(('key', ''), _negated=True)), name='vuokra_desk_handling_names_its_row')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=200, verbose_name='muistutus')),
                ('due', models.DateField(verbose_name='määräpäivä')),
                ('role', models.CharField(blank=True, max_length=3, verbose_name='rooli')),
                ('subject_id', models.BigIntegerField(blank=True, null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'muistutus',
                'verbose_name_plural': 'muistutukset',
                'db_table': 'vuokra_desk_reminder',
                'ordering': ['due', 'id'],
                'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['user'], name='vuokra_desk_open_user'), models.Index(condition=models.Q(('done_at', None)), fields=['role'], name='vuokra_desk_open_role'), models.Index(condition=models.Q(('subject_id__isnull', False)), fields=['subject_id'], name='vuokra_desk_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text__regex', '^\\s*$'), _negated=True), name='vuokra_desk_reminder_says_what'), models.CheckConstraint(condition=models.Q(models.Q(('role', ''), ('user__isnull', False)), models.Q(('role__in', ['HAK', 'VAL', 'SOP', 'TAL', 'PER', 'HUO', 'ASN', 'MAR', 'REK', 'TAR', 'JOH', 'PAA']), ('user__isnull', True)), _connector='OR'), name='vuokra_desk_reminder_for_one_or_for_a_role'), models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('done_by', None)), models.Q(('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='vuokra_desk_reminder_done_by_somebody')],
            },
        ),
        ProtectTable(
            "vuokra_desk_reminder",
            subject="subject_id",
            loggable=[
                "created_at", "created_by_id", "done_at", "done_by_id", "due", "id", "role",
                "subject_id", "text", "user_id",
            ],
        ),
    ]  # fmt: skip
