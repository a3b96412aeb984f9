"""Documents behind the net, whom they are about, and versions of templates that stay as they are."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import vuokra.crypto.files
from vuokra.db.protect import ProtectTable

FIXED = """
CREATE FUNCTION vuokra_documents_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version of a template is neither changed nor removed'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON vuokra_documents_templateversion
    FOR EACH STATEMENT EXECUTE FUNCTION vuokra_documents_fixed();
ALTER TABLE vuokra_documents_templateversion ENABLE ALWAYS TRIGGER fixed;
"""
LOOSE = """
DROP TRIGGER fixed ON vuokra_documents_templateversion;
DROP FUNCTION vuokra_documents_fixed();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("vuokra_access", "0001_log_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name='TemplateVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60, verbose_name='asiakirja')),
                ('language', models.CharField(max_length=2, verbose_name='kieli')),
                ('number', models.PositiveIntegerField(verbose_name='versio')),
                ('digest', models.CharField(max_length=64, verbose_name='tiiviste')),
                ('source', models.TextField(verbose_name='pohja')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='käytössä alkaen')),
            ],
            options={
                'verbose_name': 'asiakirjapohjan versio',
                'verbose_name_plural': 'asiakirjapohjien versiot',
                'db_table': 'vuokra_documents_templateversion',
                'ordering': ['key', 'language', '-number'],
                'constraints': [models.UniqueConstraint(fields=('key', 'language', 'number'), name='vuokra_documents_template_number'), models.UniqueConstraint(fields=('key', 'language', 'digest'), name='vuokra_documents_template_once'), models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='vuokra_documents_template_digest')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=60, verbose_name='laji')),
                ('language', models.CharField(max_length=2, verbose_name='kieli')),
                ('reference', models.CharField(blank=True, max_length=40, verbose_name='asianumero')),
                ('about_id', models.BigIntegerField(blank=True, null=True)),
                ('subject_id', models.BigIntegerField(blank=True, null=True)),
                ('purpose', models.CharField(choices=[('P1', 'Hakemuksen käsittely'), ('P2', 'Asukasvalinta'), ('P3', 'Asiakkuuden ja vuokrasuhteen hoito'), ('P4', 'Vuokrareskontra'), ('P5', 'Perintä'), ('P6', 'Kunnossapito'), ('P7', 'Vuokrasuhteen päättäminen'), ('P8', 'Vuokranmääritys'), ('P9', 'Asumisen tuki'), ('P10', 'Asiakaskyselyt'), ('P11', 'Asumista koskeva tiedottaminen'), ('P12', 'Markkinointi'), ('P13', 'Konsernin kehittäminen'), ('P14', 'Rekisteröidyn oikeudet'), ('P15', 'Rekisterin suojaus ja käytönvalvonta')], max_length=3, verbose_name='käyttötarkoitus')),
                ('ordered_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='tilattu')),
                ('state', models.CharField(choices=[('queued', 'Tekeillä'), ('ready', 'Valmis'), ('failed', 'Ei valmistunut')], default='queued', max_length=8, verbose_name='vaihe')),
                ('fault', models.CharField(blank=True, choices=[('right', 'Tilaajalla ei ole enää oikeutta tietoihin.'), ('delivery', 'Toimitus sovittava: henkilöllä on turvakielto eikä yhteysosoitetta.'), ('address', 'Henkilöllä ei ole voimassa olevaa postiosoitetta.'), ('data', 'Asiakirjan tietoja ei löytynyt enää.'), ('template', 'Asiakirjapohjassa on virhe. Ilmoita pääkäyttäjälle.'), ('other', 'Tekeminen keskeytyi. Yritä uudelleen.')], max_length=10, verbose_name='syy')),
                ('file', vuokra.crypto.files.EncryptedFileField(blank=True, own_key=False, subject='', verbose_name='tiedosto')),
                ('own_file', vuokra.crypto.files.EncryptedFileField(blank=True, own_key=True, subject='subject_id', verbose_name='tiedosto')),
                ('digest', models.CharField(blank=True, max_length=64, verbose_name='tiiviste')),
                ('size', models.PositiveIntegerField(blank=True, null=True, verbose_name='koko')),
                ('pages', models.PositiveIntegerField(blank=True, null=True, verbose_name='sivuja')),
                ('ready_at', models.DateTimeField(blank=True, null=True, verbose_name='valmis')),
                ('ordered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('template', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vuokra_documents.templateversion')),
            ],
            options={
                'verbose_name': 'asiakirja',
                'verbose_name_plural': 'asiakirjat',
                'db_table': 'vuokra_documents_document',
                'ordering': ['-ordered_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='DocumentSubject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_id', models.BigIntegerField()),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='about', to='vuokra_documents.document')),
            ],
            options={
                'verbose_name': 'asiakirjan henkilö',
                'verbose_name_plural': 'asiakirjojen henkilöt',
                'db_table': 'vuokra_documents_subject',
                'constraints': [models.UniqueConstraint(fields=('subject_id', 'document'), name='vuokra_documents_subject_once')],
            },
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('state', 'queued')), fields=['ordered_at'], name='vuokra_documents_queued'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['kind', 'reference'], name='vuokra_documents_matter'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), ('fault', ''), ('ready_at', None), ('state', 'queued')), models.Q(('digest', ''), ('fault__in', ['right', 'delivery', 'address', 'data', 'template', 'other']), ('ready_at', None), ('state', 'failed')), models.Q(('digest__regex', '^[0-9a-f]{64}$'), ('fault', ''), ('pages__gte', 1), ('ready_at__isnull', False), ('size__gte', 1), ('state', 'ready'), ('template__isnull', False)), _connector='OR'), name='vuokra_documents_document_state'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file', ''), ('own_file', ''), models.Q(('state', 'ready'), _negated=True)), models.Q(('file', ''), ('state', 'ready'), models.Q(('own_file', ''), _negated=True), ('subject_id__isnull', False)), models.Q(('own_file', ''), ('state', 'ready'), models.Q(('file', ''), _negated=True)), _connector='OR'), name='vuokra_documents_document_one_file'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9', 'P10', 'P11', 'P12', 'P13', 'P14', 'P15'])), name='vuokra_documents_document_purpose'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', ''), _negated=True), ('language__in', ['fi', 'en'])), name='vuokra_documents_document_what'),
        ),
        migrations.RunSQL(FIXED, LOOSE),
        ProtectTable(
            "vuokra_documents_document",
            subject="subject_id",
            loggable=[
                "about_id", "digest", "fault", "id", "kind", "language", "ordered_at",
                "ordered_by_id", "pages", "purpose", "ready_at", "reference", "size", "state",
                "subject_id", "template_id", "uuid",
            ],
        ),
        ProtectTable(
            "vuokra_documents_subject",
            subject="subject_id",
            loggable=["document_id", "id", "subject_id"],
        ),
    ]  # fmt: skip
