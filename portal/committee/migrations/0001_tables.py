import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import portal.committee.models.minutes
import portal.core.countries
import portal.core.money
import portal.core.workflow
import simple_history.models
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    # A database that was made step by step has it all.
    replaces = [
        ('committee', '0001_initial'),
        ('committee', '0002_decided_once'),
        ('committee', '0003_granted_needs_an_amount'),
        ('committee', '0004_approved'),
        ('committee', '0005_meetings'),
        ('committee', '0006_minutes'),
        ('committee', '0007_no_delegate_is_barred'),
        ('committee', '0008_conditions'),
        ('committee', '0009_packets'),
        ('committee', '0010_role_ceilings'),
    ]

    dependencies = [
        ('cases', '0001_tables'),
        ('core', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Packet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='heading')),
            ],
            options={
                'verbose_name': 'packet',
                'verbose_name_plural': 'packets',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SectionSeries',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False, verbose_name='year')),
                ('last', models.PositiveIntegerField(default=0, verbose_name='last number given')),
            ],
            options={
                'verbose_name': 'series of sections',
                'verbose_name_plural': 'series of sections',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins_at', models.DateTimeField(db_index=True, verbose_name='begins')),
                ('ended_at', models.DateTimeField(editable=False, null=True, verbose_name='ended')),
                ('place', models.CharField(max_length=150, verbose_name='place')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('summoned', 'Summoned'), ('open', 'In session'), ('closed', 'Closed'), ('adjusted', 'Minutes adjusted')], db_index=True, default='planned', editable=False, max_length=8, verbose_name='state')),
                ('seats', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='number of members')),
                ('summoned_at', models.DateTimeField(editable=False, null=True, verbose_name='summoned')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                ('secretary', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='secretary')),
            ],
            options={
                'verbose_name': 'meeting',
                'verbose_name_plural': 'meetings',
                'ordering': ['-begins_at', '-pk'],
            },
            bases=(portal.core.workflow.RecordedInHistory, models.Model),
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('chair', 'Chair'), ('vice_chair', 'Vice chair'), ('member', 'Member'), ('substitute', 'Substitute')], max_length=10, verbose_name='role')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('is_present', models.BooleanField(default=False, verbose_name='present')),
                ('adjusts', models.BooleanField(default=False, verbose_name='adjusts the minutes')),
                ('stands_in_for', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='committee.attendance', verbose_name='stands in for')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='committee.meeting')),
            ],
            options={
                'verbose_name': 'attendance',
                'verbose_name_plural': 'attendance',
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'user'), name='summoned_once'), models.CheckConstraint(condition=models.Q(('stands_in_for', None), models.Q(('is_present', True), ('role', 'substitute')), _connector='OR'), name='only_a_substitute_stands_in')],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('proposals', 'Proposals for decision'), ('report', 'Delegated decisions, reported'), ('other', 'Other matter')], default='other', max_length=9, verbose_name='kind')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('title', models.CharField(max_length=200, verbose_name='heading')),
                ('text', models.TextField(blank=True, max_length=5000, verbose_name='the matter')),
                ('year', models.PositiveSmallIntegerField(editable=False, null=True)),
                ('section', models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='section (§)')),
                ('state', models.CharField(choices=[('open', 'To be handled'), ('decided', 'Decided'), ('put_off', 'Put off')], default='open', editable=False, max_length=8, verbose_name='state')),
                ('decision_text', models.TextField(blank=True, max_length=5000, verbose_name='decision')),
                ('handled_at', models.DateTimeField(editable=False, null=True, verbose_name='handled')),
                ('present', models.ManyToManyField(related_name='+', to='committee.attendance', verbose_name='those who decided')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='committee.meeting', verbose_name='meeting')),
            ],
            options={
                'verbose_name': 'agenda item',
                'verbose_name_plural': 'agenda items',
                'ordering': ['meeting', 'order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('year', 'section'), name='section_once_a_year'), models.CheckConstraint(condition=models.Q(models.Q(('section', None), ('year', None)), models.Q(('section__isnull', False), ('year__isnull', False)), _connector='OR'), name='section_has_its_year'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'decided'), _negated=True), models.Q(('handled_at__isnull', False), ('section__isnull', False), models.Q(('decision_text', ''), _negated=True)), _connector='OR'), name='decided_item_says_what')],
            },
        ),
        migrations.CreateModel(
            name='DelegationPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, unique=True, verbose_name='point')),
                ('name', models.CharField(max_length=200, verbose_name='matter')),
                ('name_sv', models.CharField(max_length=200, null=True, verbose_name='matter')),
                ('name_en', models.CharField(max_length=200, null=True, verbose_name='matter')),
                ('ceiling', portal.core.money.MoneyField(blank=True, null=True, verbose_name='ceiling')),
                ('is_reported', models.BooleanField(default=True, help_text='Its decisions are listed on the next agenda; otherwise each is announced.', verbose_name='reported to the committee')),
                ('valid_from', models.DateField(verbose_name='from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('delegates', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='delegates')),
            ],
            options={
                'verbose_name': 'delegation point',
                'verbose_name_plural': 'delegation order',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('grant', 'Grant support'), ('change', 'Change a decision'), ('repay', 'Claim repayment'), ('sign', 'Sign an agreement'), ('renew', 'Renew an agreement'), ('engage', 'Engage in a network'), ('other', 'Other')], max_length=8, verbose_name='purpose')),
                ('state', models.CharField(choices=[('open', 'Awaits decision'), ('decided', 'Decided'), ('dropped', 'Dropped')], default='open', editable=False, max_length=8, verbose_name='state')),
                ('outcome', models.CharField(choices=[('granted', 'Granted'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('dismissed', 'Dismissed without examination')], max_length=10, verbose_name='proposed outcome')),
                ('amount', portal.core.money.MoneyField(blank=True, null=True, verbose_name='proposed amount')),
                ('conditions', models.TextField(blank=True, max_length=5000, verbose_name='conditions')),
                ('reasons', models.TextField(max_length=5000, verbose_name="officer's statement")),
                ('proposed_at', models.DateTimeField(verbose_name='proposed')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='cases.case', verbose_name='case')),
                ('delegation_point', models.ForeignKey(blank=True, help_text='Empty: the committee decides at a meeting.', null=True, on_delete=django.db.models.deletion.PROTECT, to='committee.delegationpoint', verbose_name='delegation point')),
                ('item', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='proposals', to='committee.agendaitem', verbose_name='agenda item')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
            ],
            options={
                'verbose_name': 'proposal',
                'verbose_name_plural': 'proposals',
                'ordering': ['-proposed_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('case', 'purpose'), name='one_open_proposal_per_purpose'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'granted'), ('purpose', 'grant'), _negated=True), models.Q(('amount__gt', 0), ('amount__isnull', False)), _connector='OR'), name='proposal_grants_an_amount'), models.CheckConstraint(condition=models.Q(('conditions', ''), ('outcome', 'granted'), _connector='OR'), name='only_a_granting_proposal_has_conditions')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('route', models.CharField(choices=[('meeting', 'Committee meeting'), ('delegated', 'Delegated decision'), ('urgent', 'Urgent decision by the chair')], max_length=10, verbose_name='decided by')),
                ('outcome', models.CharField(choices=[('granted', 'Granted'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('dismissed', 'Dismissed without examination')], max_length=10, verbose_name='outcome')),
                ('amount', portal.core.money.MoneyField(blank=True, null=True, verbose_name='amount')),
                ('conditions', models.TextField(blank=True, max_length=5000, verbose_name='conditions')),
                ('reasons', models.TextField(max_length=5000, verbose_name='reasons')),
                ('decided_on', models.DateField(db_index=True, verbose_name='date of decision')),
                ('section', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='section (§)')),
                ('recorded_at', models.DateTimeField(db_index=True, verbose_name='recorded')),
                ('country', models.CharField(blank=True, max_length=2, validators=[portal.core.countries.validate_country], verbose_name='country')),
                ('delegate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='delegate')),
                ('goals', models.ManyToManyField(to='core.strategygoal', verbose_name='strategy goals')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='committee.agendaitem', verbose_name='agenda item')),
                ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='core.lineofwork', verbose_name='line of work')),
                ('perspectives', models.ManyToManyField(to='core.perspective', verbose_name='perspectives')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('delegation_point', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='committee.delegationpoint', verbose_name='delegation point')),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='committee.proposal', verbose_name='proposal')),
            ],
            options={
                'verbose_name': 'decision',
                'verbose_name_plural': 'decisions',
                'ordering': ['-decided_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('delegate', None), ('delegation_point', None), ('route', 'meeting'), ('section__isnull', False)), models.Q(('delegate__isnull', False), ('delegation_point__isnull', False), ('route', 'delegated'), ('section', None)), models.Q(('delegate__isnull', False), ('delegation_point', None), ('route', 'urgent'), ('section', None)), _connector='OR'), name='decision_route_has_its_place'), models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('amount__isnull', False), ('outcome', 'granted')), models.Q(models.Q(('outcome', 'granted'), _negated=True), ('amount', None)), _connector='OR'), name='only_a_granting_decision_has_an_amount'), models.CheckConstraint(condition=models.Q(('conditions', ''), ('outcome', 'granted'), _connector='OR'), name='only_a_granting_decision_has_conditions'), models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='decision_has_reasons')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalDelegationPoint',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('code', models.CharField(db_index=True, max_length=12, verbose_name='point')),
                ('name', models.CharField(max_length=200, verbose_name='matter')),
                ('name_sv', models.CharField(max_length=200, null=True, verbose_name='matter')),
                ('name_en', models.CharField(max_length=200, null=True, verbose_name='matter')),
                ('ceiling', portal.core.money.MoneyField(blank=True, null=True, verbose_name='ceiling')),
                ('is_reported', models.BooleanField(default=True, help_text='Its decisions are listed on the next agenda; otherwise each is announced.', verbose_name='reported to the committee')),
                ('valid_from', models.DateField(verbose_name='from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical delegation point',
                'verbose_name_plural': 'historical delegation order',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalDelegationPoint_delegates',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('m2m_history_id', models.AutoField(primary_key=True, serialize=False)),
                ('delegationpoint', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='committee.delegationpoint')),
                ('history', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='committee.historicaldelegationpoint')),
                ('user', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'HistoricalDelegationPoint_delegates',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalMeeting',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('begins_at', models.DateTimeField(db_index=True, verbose_name='begins')),
                ('ended_at', models.DateTimeField(editable=False, null=True, verbose_name='ended')),
                ('place', models.CharField(max_length=150, verbose_name='place')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('summoned', 'Summoned'), ('open', 'In session'), ('closed', 'Closed'), ('adjusted', 'Minutes adjusted')], db_index=True, default='planned', editable=False, max_length=8, verbose_name='state')),
                ('seats', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='number of members')),
                ('summoned_at', models.DateTimeField(editable=False, null=True, verbose_name='summoned')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('secretary', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='secretary')),
            ],
            options={
                'verbose_name': 'historical meeting',
                'verbose_name_plural': 'historical meetings',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalRoleCeiling',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('role', models.CharField(choices=[('assessor', 'Assessor'), ('officer', 'Case officer'), ('member', 'Committee member'), ('secretary', 'Secretary'), ('administrator', 'Administrator')], max_length=20, verbose_name='role')),
                ('ceiling', portal.core.money.MoneyField(validators=[django.core.validators.MinValueValidator(Decimal('0.01'), 'The amount must be greater than zero.')], verbose_name='ceiling')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('point', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='committee.delegationpoint', verbose_name='delegation point')),
            ],
            options={
                'verbose_name': 'historical ceiling of a role',
                'verbose_name_plural': 'historical ceilings of roles',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalSeat',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('role', models.CharField(choices=[('chair', 'Chair'), ('vice_chair', 'Vice chair'), ('member', 'Member'), ('substitute', 'Substitute')], max_length=10, verbose_name='role')),
                ('party', models.CharField(blank=True, max_length=60, verbose_name='party')),
                ('order', models.PositiveSmallIntegerField(default=0, help_text='Substitutes are called in this order.', verbose_name='order')),
                ('start', models.DateField(verbose_name='from')),
                ('end', models.DateField(blank=True, null=True, verbose_name='until')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'historical mandate',
                'verbose_name_plural': 'historical mandates',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Adjustment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('adjusted_at', models.DateTimeField(verbose_name='adjusted')),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='adjustments', to='committee.agendaitem')),
                ('attendance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='committee.attendance')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adjustments', to='committee.meeting')),
            ],
            options={
                'ordering': ['adjusted_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('item', None)), fields=('meeting', 'attendance'), name='adjusted_once'), models.UniqueConstraint(condition=models.Q(('item__isnull', False)), fields=('item', 'attendance'), name='section_adjusted_once')],
            },
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('adjusted_at', models.DateTimeField(verbose_name='adjusted')),
                ('file', models.FileField(upload_to=portal.committee.models.minutes.private_name, verbose_name='file')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('copy', models.FileField(upload_to=portal.committee.models.minutes.private_name, verbose_name='copy for the web')),
                ('copy_sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the copy')),
                ('item', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='minutes', to='committee.agendaitem')),
                ('meeting', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='minutes', to='committee.meeting')),
            ],
            options={
                'verbose_name': 'minutes',
                'verbose_name_plural': 'minutes',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('item', None), ('meeting__isnull', False)), models.Q(('item__isnull', False), ('meeting', None)), _connector='OR'), name='minutes_are_of_one_thing')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('announced_on', models.DateField(db_index=True, verbose_name='up from')),
                ('appeal_ends_on', models.DateField(db_index=True, verbose_name='last day for an appeal')),
                ('where', models.CharField(max_length=200, verbose_name='where the minutes are kept')),
                ('shows_minutes', models.BooleanField(default=False, verbose_name='the minutes can be read here')),
                ('announced_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notice', to='committee.decision')),
                ('item', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notice', to='committee.agendaitem')),
                ('meeting', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notice', to='committee.meeting')),
            ],
            options={
                'verbose_name': 'notice',
                'verbose_name_plural': 'notice board',
                'ordering': ['-announced_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decision', None), ('item', None), ('meeting__isnull', False)), models.Q(('decision', None), ('item__isnull', False), ('meeting', None)), models.Q(('decision__isnull', False), ('item', None), ('meeting', None)), _connector='OR'), name='notice_announces_one_thing'), models.CheckConstraint(condition=models.Q(('appeal_ends_on__gte', django.db.models.expressions.CombinedExpression(models.F('announced_on'), '+', models.Value(datetime.timedelta(days=21))))), name='notice_stays_up_three_weeks')],
            },
        ),
        migrations.CreateModel(
            name='PacketPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveIntegerField(null=True, verbose_name='rank')),
                ('packet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='committee.packet')),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='place', to='committee.proposal')),
            ],
            options={
                'ordering': ['packet', 'rank', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReportedDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report', to='committee.decision')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reported', to='committee.agendaitem')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RoleCeiling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('assessor', 'Assessor'), ('officer', 'Case officer'), ('member', 'Committee member'), ('secretary', 'Secretary'), ('administrator', 'Administrator')], max_length=20, verbose_name='role')),
                ('ceiling', portal.core.money.MoneyField(validators=[django.core.validators.MinValueValidator(Decimal('0.01'), 'The amount must be greater than zero.')], verbose_name='ceiling')),
                ('point', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_ceilings', to='committee.delegationpoint', verbose_name='delegation point')),
            ],
            options={
                'verbose_name': 'ceiling of a role',
                'verbose_name_plural': 'ceilings of roles',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('point', 'role'), name='one_ceiling_per_role', violation_error_message='The role has a ceiling already.'), models.CheckConstraint(condition=models.Q(('ceiling__gt', 0)), name='role_ceiling_positive', violation_error_message='The ceiling must be above zero.')],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('chair', 'Chair'), ('vice_chair', 'Vice chair'), ('member', 'Member'), ('substitute', 'Substitute')], max_length=10, verbose_name='role')),
                ('party', models.CharField(blank=True, max_length=60, verbose_name='party')),
                ('order', models.PositiveSmallIntegerField(default=0, help_text='Substitutes are called in this order.', verbose_name='order')),
                ('start', models.DateField(verbose_name='from')),
                ('end', models.DateField(blank=True, null=True, verbose_name='until')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='committee_seats', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'mandate',
                'verbose_name_plural': 'mandates',
                'ordering': ['order', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('end', None), ('end__gte', models.F('start')), _connector='OR'), name='seat_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('proposal', 'Proposal at the meeting'), ('reserve', 'Reservation'), ('note', 'Note to the minutes')], max_length=8, verbose_name='kind')),
                ('text', models.TextField(max_length=3000, verbose_name='text')),
                ('attendance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='committee.attendance', verbose_name='who')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='committee.agendaitem')),
            ],
            options={
                'verbose_name': 'statement',
                'verbose_name_plural': 'statements',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=300, verbose_name='what was voted on')),
                ('choice', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('abstains', 'Abstains')], max_length=8, verbose_name='vote')),
                ('attendance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='committee.attendance')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='committee.agendaitem')),
            ],
            options={
                'ordering': ['attendance__order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('item', 'attendance'), name='one_vote_an_item')],
            },
        ),
        migrations.CreateModel(
            name='Leave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attendance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='committee.attendance')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leaves', to='committee.agendaitem')),
                ('replaced_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='committee.attendance')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('item', 'attendance'), name='left_an_item_once'), models.UniqueConstraint(fields=('item', 'replaced_by'), name='steps_in_once_an_item')],
            },
        ),
    ]
