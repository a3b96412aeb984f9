"""Changes of person: who comes in a tenant's place is in the lease without its signature."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from vuokra.db.protect import ProtectTable

CONDITION = "part->>'role' IN ('tenant', 'co_tenant', 'guarantor')"
BY_CHANGE = (
    CONDITION
    + """
                    AND NOT EXISTS (
                        SELECT FROM public.leases_contracts_personchange c
                        WHERE c.lease_id = (part->>'lease_id')::bigint
                            AND c.coming_id = (part->>'person_id')::bigint
                            AND c.effective_on = (part->>'valid_from')::date
                            AND c.change <> 'handover' AND part->>'role' <> 'guarantor')"""
)


def _guard(condition: str) -> str:
    """The guard of parts, with who may not come into a lease to be signed."""
    whole = Path(__file__).with_name("0003_signed_stays.sql").read_text("utf-8")
    function = whole[whole.index("CREATE OR REPLACE FUNCTION public.leases_contracts_guard_part") :]
    function = function[: function.index("DROP TRIGGER guard_part")]
    return function.replace(CONDITION, condition)


GUARD = """
CREATE FUNCTION public.leases_contracts_guard_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    later text[] := ARRAY['answer', 'answered_on', 'effective_on', 'coming_id'];
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - later IS DISTINCT FROM to_jsonb(OLD) - later
        OR (OLD.effective_on IS NOT NULL AND (NEW.effective_on, NEW.answer)
            IS DISTINCT FROM (OLD.effective_on, OLD.answer))
        OR (OLD.answered_on IS NOT NULL AND NEW.answered_on IS DISTINCT FROM OLD.answered_on) THEN
        RAISE EXCEPTION 'a change of person stays as it was recorded'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_change_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_change BEFORE UPDATE OR DELETE ON public.leases_contracts_personchange
    FOR EACH ROW EXECUTE FUNCTION public.leases_contracts_guard_change();
"""
UNGUARD = """
DROP TRIGGER guard_change ON public.leases_contracts_personchange;
DROP FUNCTION public.leases_contracts_guard_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("leases_contracts", "0004_judged"),
        ("registry_persons", "0015_hold_reviewed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PersonChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('change', models.CharField(choices=[('family', 'Siirto perheenjäsenelle (AHVL 45 §)'), ('permitted', 'Siirto vuokranantajan luvalla (AHVL 44 §)'), ('death', 'Jatkaminen kuoleman jälkeen (AHVL 46 §)'), ('court', 'Tuomioistuimen päätös (AHVL 48 §)'), ('handover', 'Koko huoneiston luovutus toiselle (AHVL 18 §)')], max_length=9, verbose_name='vaihdos')),
                ('relation', models.CharField(blank=True, choices=[('co_tenant', 'Kanssavuokralainen'), ('spouse', 'Puoliso tai avopuoliso'), ('child', 'Perheeseen kuuluva lapsi'), ('parent', 'Vuokralaisen tai puolison vanhempi'), ('other', 'Muu')], max_length=9, verbose_name='suhde vuokralaiseen')),
                ('told_on', models.DateField(verbose_name='ilmoitettu')),
                ('effective_on', models.DateField(blank=True, null=True, verbose_name='alkaen')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='asti')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='syy')),
                ('answer', models.CharField(blank=True, choices=[('granted', 'Lupa annettiin'), ('refused', 'Lupaa ei annettu')], max_length=7, verbose_name='vastaus')),
                ('answered_on', models.DateField(blank=True, editable=False, null=True, verbose_name='vastattu')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='kirjattu')),
                ('coming', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lease_changes', to='registry_persons.person', verbose_name='tuleva')),
                ('lease', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='person_changes', to='leases_contracts.lease')),
                ('leaving', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leases_contracts.party', verbose_name='lähtevä')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'henkilövaihdos',
                'verbose_name_plural': 'henkilövaihdokset',
                'ordering': ('-told_on', '-id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('answer__in', ['', 'granted', 'refused']), ('change__in', ['family', 'permitted', 'death', 'court', 'handover']), ('relation__in', ['', 'co_tenant', 'spouse', 'child', 'parent', 'other'])), name='contracts_change_known'), models.CheckConstraint(condition=models.Q(models.Q(('change', 'handover'), ('leaving__isnull', True)), models.Q(models.Q(('change', 'handover'), _negated=True), ('coming__isnull', False), ('leaving__isnull', False)), _connector='OR'), name='contracts_change_whom'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_on__isnull', True), ('change', 'permitted'), ('effective_on__isnull', True)), models.Q(('answer', 'refused'), ('answered_on__isnull', False), ('change', 'permitted'), ('effective_on__isnull', True)), models.Q(('answer', 'granted'), ('answered_on__isnull', False), ('change', 'permitted'), ('effective_on__isnull', False)), models.Q(models.Q(('change', 'permitted'), _negated=True), ('answer', ''), ('answered_on__isnull', True), ('effective_on__isnull', False)), _connector='OR'), name='contracts_change_effective'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), models.Q(('change', 'handover'), ('ends_on__gte', models.F('effective_on'))), _connector='OR'), name='contracts_change_days', violation_error_code='ends_on', violation_error_message='Päättymispäivä on ennen alkamispäivää.')],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(_guard(BY_CHANGE), _guard(CONDITION)),
        ProtectTable(
            "leases_contracts_personchange",
            subject="",
            loggable=[
                "answer", "answered_on", "change", "coming_id", "effective_on", "ends_on", "id",
                "leaving_id", "lease_id", "reason", "recorded_at", "recorded_by_id", "relation",
                "told_on",
            ],
        ),
    ]  # fmt: skip
