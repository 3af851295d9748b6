import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0009_coapplicants'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalInstalment',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=1, verbose_name='order')),
                ('percent', models.PositiveSmallIntegerField(help_text='The shares make 100 % together.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='share of the award (%)')),
                ('released_by', models.CharField(choices=[('terms', 'when the terms have been accepted'), ('interim', 'when an interim report has been approved'), ('final', 'when the final report has been approved')], max_length=10, verbose_name='is paid')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical instalment',
                'verbose_name_plural': 'historical instalments',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Instalment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=1, verbose_name='order')),
                ('percent', models.PositiveSmallIntegerField(help_text='The shares make 100 % together.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='share of the award (%)')),
                ('released_by', models.CharField(choices=[('terms', 'when the terms have been accepted'), ('interim', 'when an interim report has been approved'), ('final', 'when the final report has been approved')], max_length=10, verbose_name='is paid')),
            ],
            options={
                'verbose_name': 'instalment',
                'verbose_name_plural': 'instalments',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='historicalschemebudget',
            name='confirmed_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='confirmed'),
        ),
        migrations.AddField(
            model_name='historicalschemebudget',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by'),
        ),
        migrations.AddField(
            model_name='historicalschemebudget',
            name='proposed_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='proposed'),
        ),
        migrations.AddField(
            model_name='historicalschemebudget',
            name='proposed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by'),
        ),
        migrations.AddField(
            model_name='historicalschemebudget',
            name='state',
            field=models.CharField(choices=[('proposed', 'Proposed'), ('confirmed', 'Confirmed')], default='confirmed', editable=False, max_length=10, verbose_name='state'),
        ),
        migrations.AddField(
            model_name='schemebudget',
            name='confirmed_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='confirmed'),
        ),
        migrations.AddField(
            model_name='schemebudget',
            name='confirmed_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by'),
        ),
        migrations.AddField(
            model_name='schemebudget',
            name='proposed_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='proposed'),
        ),
        migrations.AddField(
            model_name='schemebudget',
            name='proposed_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by'),
        ),
        migrations.AddField(
            model_name='schemebudget',
            name='state',
            field=models.CharField(choices=[('proposed', 'Proposed'), ('confirmed', 'Confirmed')], default='confirmed', editable=False, max_length=10, verbose_name='state'),
        ),
        # Budgets from before this rule were set by administrators: they stand as confirmed, and
        # what is added from now on is a proposal.
        migrations.AlterField(
            model_name='historicalschemebudget',
            name='state',
            field=models.CharField(choices=[('proposed', 'Proposed'), ('confirmed', 'Confirmed')], default='proposed', editable=False, max_length=10, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='schemebudget',
            name='state',
            field=models.CharField(choices=[('proposed', 'Proposed'), ('confirmed', 'Confirmed')], default='proposed', editable=False, max_length=10, verbose_name='state'),
        ),
        migrations.AddConstraint(
            model_name='schemebudget',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('proposed_at', None), ('proposed_by', None)), models.Q(('proposed_at__isnull', False), ('proposed_by__isnull', False)), _connector='OR'), name='budget_proposed_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='schemebudget',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), models.Q(('confirmed_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='budget_confirmed_by_another'),
        ),
        migrations.AddConstraint(
            model_name='schemebudget',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('proposed_at__isnull', False), ('state', 'proposed')), models.Q(('confirmed_at__isnull', False), ('proposed_at__isnull', False), ('state', 'confirmed')), models.Q(('confirmed_at', None), ('proposed_at', None), ('state', 'confirmed')), _connector='OR'), name='budget_state_is_signed'),
        ),
        migrations.AddField(
            model_name='historicalinstalment',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalinstalment',
            name='scheme',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='grants.scheme'),
        ),
        migrations.AddField(
            model_name='instalment',
            name='scheme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='instalments', to='grants.scheme'),
        ),
        migrations.AddConstraint(
            model_name='instalment',
            constraint=models.CheckConstraint(condition=models.Q(('percent__gte', 1), ('percent__lte', 100)), name='instalment_is_a_percentage'),
        ),
    ]
