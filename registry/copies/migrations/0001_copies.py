"""Copies of persons' data, what was found in them of others, and what was read."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import vuokra.crypto.fields
import vuokra.crypto.files
from vuokra.db.protect import ProtectTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry_persons", "0011_notices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('copy_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'kokoamisen eteneminen',
                'verbose_name_plural': 'kokoamisten etenemiset',
            },
        ),
        migrations.CreateModel(
            name='Copy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('access', 'Jäljennös tiedoista (15 artikla)'), ('portability', 'Siirrettävät tiedot (20 artikla)')], max_length=12, verbose_name='laji')),
                ('language', models.CharField(choices=[('fi', 'suomi'), ('en', 'englanti')], max_length=2, verbose_name='kieli')),
                ('reference', models.CharField(max_length=40, verbose_name='asianumero')),
                ('state', models.CharField(choices=[('queued', 'Kootaan'), ('review', 'Tarkistettavana'), ('packed', 'Paketti valmis'), ('failed', 'Kokoaminen keskeytyi'), ('discarded', 'Hylätty')], default='queued', max_length=10, verbose_name='vaihe')),
                ('ordered_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='tilattu')),
                ('collected_at', models.DateTimeField(blank=True, null=True, verbose_name='koottu')),
                ('content', vuokra.crypto.files.EncryptedFileField(blank=True, own_key=True, subject='person_id', verbose_name='sisältö')),
                ('digest', models.CharField(blank=True, max_length=64, verbose_name='sisällön tiiviste')),
                ('row_count', models.BigIntegerField(default=0)),
                ('last_row', models.BigIntegerField(default=0)),
                ('names_reason', vuokra.crypto.fields.EncryptedTextField(blank=True, max_length=500, null=True, verbose_name='tarpeellisuusarvio')),
                ('package', vuokra.crypto.files.EncryptedFileField(blank=True, own_key=True, subject='person_id', verbose_name='paketti')),
                ('package_digest', models.CharField(blank=True, max_length=64, verbose_name='paketin tiiviste')),
                ('packed_at', models.DateTimeField(blank=True, null=True, verbose_name='paketoitu')),
                ('names_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ordered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('packed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='copies', to='registry_persons.person')),
            ],
            options={
                'verbose_name': 'jäljennös tiedoista',
                'verbose_name_plural': 'jäljennökset tiedoista',
                'ordering': ['-ordered_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=200)),
                ('start', models.PositiveIntegerField(default=0)),
                ('end', models.PositiveIntegerField(default=0)),
                ('what', models.CharField(choices=[('person', 'Toinen henkilö'), ('name', 'Mahdollinen nimi'), ('staff', 'Työntekijän nimi'), ('contact', 'Yhteystieto'), ('code', 'Henkilötunnus'), ('row', 'Rivi koskee myös toista henkilöä'), ('document', 'Asiakirjassa on muiden tietoja'), ('hand', 'Merkitty käsin')], max_length=10, verbose_name='löydös')),
                ('other_id', models.BigIntegerField(blank=True, null=True)),
                ('locked', models.BooleanField(default=False)),
                ('decision', models.CharField(choices=[('open', 'Ratkaisematta'), ('redacted', 'Peitetään'), ('kept', 'Annetaan')], default='open', max_length=10, verbose_name='ratkaisu')),
                ('reason', models.CharField(blank=True, choices=[('other', 'toisen henkilön tieto'), ('protected', 'turvakiellon alainen tieto'), ('staff', 'työntekijän henkilöllisyys'), ('secret', 'liikesalaisuus'), ('law', 'laki estää antamisen (tietosuojalaki 34 §)'), ('own', 'tieto koskee pyytäjää itseään'), ('known', 'pyytäjä on antanut tiedon itse tai tuntee sen'), ('consent', 'henkilö on suostunut'), ('nobody', 'ei ole kenenkään muun tieto')], max_length=10, verbose_name='peruste')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='ratkaistu')),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='registry_copies.copy')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registry_persons.person')),
            ],
            options={
                'verbose_name': 'löydös jäljennöksessä',
                'verbose_name_plural': 'löydökset jäljennöksessä',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=120)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='registry_copies.copy')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registry_persons.person')),
            ],
            options={
                'verbose_name': 'jäljennöksen tarkistus',
                'verbose_name_plural': 'jäljennösten tarkistukset',
            },
        ),
        migrations.AddConstraint(
            model_name='copy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('collected_at', None), ('content', ''), ('digest', ''), ('state__in', ['queued', 'failed'])), models.Q(('content', ''), ('package', ''), ('state', 'discarded')), models.Q(('collected_at__isnull', False), ('state__in', ['review', 'packed']), models.Q(('content', ''), _negated=True)), _connector='OR'), name='copies_copy_state'),
        ),
        migrations.AddConstraint(
            model_name='copy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'packed'), _negated=True), models.Q(('package_digest__regex', '^[0-9a-f]{64}$'), ('packed_at__isnull', False), models.Q(('package', ''), _negated=True)), _connector='OR'), name='copies_copy_packed'),
        ),
        migrations.AddConstraint(
            model_name='copy',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['access', 'portability']), ('language__in', ['fi', 'en'])), name='copies_copy_kind'),
        ),
        migrations.AddConstraint(
            model_name='copy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('names_by', None), ('names_reason__isnull', True)), models.Q(('names_by__isnull', False), ('names_reason__isnull', False)), _connector='OR'), name='copies_copy_names_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decision', 'open'), ('reason', '')), models.Q(('decided_at__isnull', False), ('decision', 'redacted'), ('reason__in', ('other', 'protected', 'staff', 'secret', 'law'))), models.Q(('decided_at__isnull', False), ('decision', 'kept'), ('reason__in', ('own', 'known', 'consent', 'nobody'))), _connector='OR'), name='copies_finding_decided'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('locked', False), models.Q(('decision', 'redacted'), ('reason', 'protected')), _connector='OR'), name='copies_finding_locked_is_left_out'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end', 0), ('start', 0)), ('end__gt', models.F('start')), _connector='OR'), name='copies_finding_span'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('what__in', ['person', 'name', 'staff', 'contact', 'code', 'row', 'document', 'hand']), models.Q(('place', ''), _negated=True)), name='copies_finding_known'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(fields=('copy', 'place', 'start', 'end'), name='copies_finding_once'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.UniqueConstraint(fields=('copy', 'code'), name='copies_reading_once'),
        ),
        ProtectTable(
            "registry_copies_copy",
            subject="person_id",
            loggable=[
                "collected_at", "digest", "id", "kind", "language", "last_row", "names_by_id",
                "ordered_at", "ordered_by_id", "package_digest", "packed_at", "packed_by_id",
                "person_id", "reference", "row_count", "state", "uuid",
            ],
        ),
        ProtectTable(
            "registry_copies_finding",
            subject="person_id",
            loggable=[
                "copy_id", "decided_at", "decided_by_id", "decision", "end", "id", "locked",
                "other_id", "person_id", "place", "reason", "start", "what",
            ],
        ),
        ProtectTable(
            "registry_copies_reading",
            subject="person_id",
            loggable=["at", "by_id", "code", "copy_id", "id", "person_id"],
        ),
    ]  # fmt: skip
