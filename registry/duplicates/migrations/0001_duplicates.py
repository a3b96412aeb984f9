"""Likely duplicates, merges and their journal, behind the net."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from vuokra.db.protect import ProtectTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry_persons", "0007_merged_into"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('reason', models.CharField(max_length=300, verbose_name='perustelu')),
                ('undone_at', models.DateTimeField(null=True)),
                ('undo_reason', models.CharField(blank=True, max_length=300, verbose_name='kumoamisen perustelu')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('merged', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registry_persons.person')),
                ('survivor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='registry_persons.person')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'yhdistäminen',
                'verbose_name_plural': 'yhdistämiset',
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('set', 'Set'), ('exchanged', 'Exchanged'), ('moved', 'Moved'), ('stayed', 'Stayed'), ('created', 'Created'), ('value', 'Value')], max_length=10)),
                ('model', models.CharField(max_length=80)),
                ('row', models.BigIntegerField()),
                ('field', models.CharField(blank=True, max_length=40)),
                ('before', models.TextField(blank=True)),
                ('after', models.TextField(blank=True)),
                ('merge', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='registry_duplicates.merge')),
            ],
            options={
                'verbose_name': 'yhdistämisen jälki',
                'verbose_name_plural': 'yhdistämisen jäljet',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Candidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(choices=[('found', 'Haettu rekisteristä'), ('code', 'Sama henkilötunnus kirjattiin toiselle'), ('chosen', 'Käsittelijä valitsi')], default='found', max_length=8)),
                ('grounds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), default=list, size=None)),
                ('state', models.CharField(choices=[('open', 'Avoin'), ('not_same', 'Eri henkilöt'), ('merged', 'Yhdistetty')], default='open', max_length=8, verbose_name='tila')),
                ('found_at', models.DateTimeField(auto_now_add=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='perustelu')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registry_persons.person')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registry_persons.person')),
            ],
            options={
                'verbose_name': 'mahdollinen kaksoiskappale',
                'verbose_name_plural': 'mahdolliset kaksoiskappaleet',
                'indexes': [models.Index(fields=['state', 'found_at'], name='duplicates_candidate_state')],
                'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='duplicates_candidate_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='duplicates_candidate_ordered'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'not_same', 'merged'])), name='duplicates_candidate_state_known'), models.CheckConstraint(condition=models.Q(('origin__in', ['found', 'code', 'chosen'])), name='duplicates_candidate_origin_known'), models.CheckConstraint(condition=models.Q(('state', 'open'), models.Q(('decided_at__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='duplicates_candidate_decided')],
            },
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('merged',), name='duplicates_merged_once'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('survivor', models.F('merged')), _negated=True), name='duplicates_merge_of_two'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='duplicates_merge_reason'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undo_reason', ''), ('undone_at__isnull', True)), models.Q(('undone_at__isnull', False), models.Q(('undo_reason', ''), _negated=True)), _connector='OR'), name='duplicates_merge_undone'),
        ),
        migrations.AddIndex(
            model_name='step',
            index=models.Index(fields=['merge', 'kind'], name='duplicates_step_kind'),
        ),
        ProtectTable(
            "registry_duplicates_candidate",
            subject="",
            loggable=[
                "decided_at", "decided_by_id", "first_id", "found_at", "grounds", "id", "origin",
                "reason", "second_id", "state",
            ],
        ),
        ProtectTable(
            "registry_duplicates_merge",
            subject="",
            loggable=[
                "at", "by_id", "id", "merged_id", "reason", "survivor_id", "undo_reason",
                "undone_at", "undone_by_id",
            ],
        ),
        ProtectTable(
            "registry_duplicates_step",
            subject="",
            loggable=["after", "before", "field", "id", "kind", "merge_id", "model", "row"],
        ),
    ]  # fmt: skip
