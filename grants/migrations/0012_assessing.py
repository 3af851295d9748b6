import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


def keep_what_was_assessed(apps, schema_editor):
    """Each assessment of before is a sent one with one overall score, by somebody assigned."""
    assessments = apps.get_model("grants", "Assessment")
    score = apps.get_model("grants", "Score")
    assignment = apps.get_model("grants", "Assignment")
    rows = assessments.objects.order_by("pk")
    assignment.objects.bulk_create(
        (
            assignment(
                application_id=one.application_id, assessor_id=one.assessor_id,
                assigned_by_id=one.assessor_id, assigned_at=one.sent_at, cleared_at=one.sent_at,
            )
            for one in rows.iterator()
        ),
        batch_size=500,
    )
    score.objects.bulk_create(
        (
            score(assessment_id=one.pk, score=one.score, justification=one.justification)
            for one in rows.iterator()
        ),
        batch_size=500,
    )
    rows.update(state="sent")


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0011_partner_confirmations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assigned_at', models.DateTimeField(verbose_name='assigned')),
                ('cleared_at', models.DateTimeField(null=True, verbose_name='declared no conflict')),
                ('removed_at', models.DateTimeField(null=True, verbose_name='removed')),
            ],
            options={
                'verbose_name': 'assignment',
                'verbose_name_plural': 'assignments',
                'ordering': ['assigned_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CallAssessor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField(verbose_name='added')),
            ],
            options={
                'verbose_name': 'assessor of a call',
                'verbose_name_plural': 'assessors of a call',
                'ordering': ['added_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalCallAssessor',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('added_at', models.DateTimeField(verbose_name='added')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical assessor of a call',
                'verbose_name_plural': 'historical assessors of a call',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.PositiveSmallIntegerField(blank=True, choices=[(1, '1 – weak'), (2, '2 – fair'), (3, '3 – good'), (4, '4 – strong'), (5, '5 – excellent')], null=True, verbose_name='score')),
                ('justification', models.TextField(blank=True, max_length=3000, verbose_name='justification')),
            ],
            options={
                'verbose_name': 'score',
                'verbose_name_plural': 'scores',
                'ordering': ['criterion', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='assessment',
            name='reopened_why',
            field=models.TextField(blank=True, max_length=1000, verbose_name='why it was reopened'),
        ),
        migrations.AlterModelOptions(
            name='assessment',
            options={'ordering': ['sent_at', 'pk'], 'verbose_name': 'assessment', 'verbose_name_plural': 'assessments'},
        ),
        migrations.RenameField('assessment', 'assessed_at', 'sent_at'),
        migrations.AlterField(
            model_name='assessment',
            name='sent_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='sent'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='state',
            field=models.CharField(choices=[('draft', 'Draft'), ('sent', 'Sent')], default='draft', editable=False, max_length=5, verbose_name='state'),
        ),
        migrations.AddField(
            model_name='call',
            name='assess_by',
            field=models.DateField(blank=True, help_text='What the assessors are told; those who have not sent by then are late.', null=True, verbose_name='last day to assess'),
        ),
        migrations.AddField(
            model_name='historicalcall',
            name='assess_by',
            field=models.DateField(blank=True, help_text='What the assessors are told; those who have not sent by then are late.', null=True, verbose_name='last day to assess'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='grants.application', verbose_name='application'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='assessor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL, verbose_name='assessor'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='assigned_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assignment',
            name='removed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='callassessor',
            name='added_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by'),
        ),
        migrations.AddField(
            model_name='callassessor',
            name='call',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='call_assessors', to='grants.call', verbose_name='call'),
        ),
        migrations.AddField(
            model_name='callassessor',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='assessor'),
        ),
        migrations.AddField(
            model_name='historicalcallassessor',
            name='added_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by'),
        ),
        migrations.AddField(
            model_name='historicalcallassessor',
            name='call',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='grants.call', verbose_name='call'),
        ),
        migrations.AddField(
            model_name='historicalcallassessor',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalcallassessor',
            name='user',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='assessor'),
        ),
        migrations.AddField(
            model_name='score',
            name='assessment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='grants.assessment', verbose_name='assessment'),
        ),
        migrations.AddField(
            model_name='score',
            name='criterion',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.criterion', verbose_name='criterion'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('application', 'assessor'), name='assigned_once'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), ('removed_by', None)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='assignment_removed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('cleared_at', None), ('cleared_at__gte', models.F('assigned_at')), _connector='OR'), name='cleared_after_assigned'),
        ),
        migrations.AddConstraint(
            model_name='callassessor',
            constraint=models.UniqueConstraint(fields=('call', 'user'), name='call_assessor_once'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.UniqueConstraint(fields=('assessment', 'criterion'), name='one_score_per_criterion'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.UniqueConstraint(condition=models.Q(('criterion', None)), fields=('assessment',), name='one_overall_score'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.CheckConstraint(condition=models.Q(('score', None), models.Q(('score__gte', 1), ('score__lte', 5)), _connector='OR'), name='score_in_scale'),
        ),
        migrations.RunPython(keep_what_was_assessed, migrations.RunPython.noop),
    ]
