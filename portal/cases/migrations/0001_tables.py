import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import portal.cases.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    # A database that was made step by step has it all.
    replaces = [
        ('cases', '0001_initial'),
        ('cases', '0002_append_only_log'),
        ('cases', '0003_invitations'),
        ('cases', '0004_messages'),
        ('cases', '0005_coapplicants'),
        ('cases', '0006_conflicts'),
        ('cases', '0007_partner_links'),
        ('cases', '0008_readers'),
        ('cases', '0009_notes'),
        ('cases', '0010_secrecy'),
    ]

    dependencies = [
        ('core', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False, verbose_name='year')),
                ('last', models.PositiveIntegerField(default=0, verbose_name='last number given')),
            ],
            options={
                'verbose_name': 'number series',
                'verbose_name_plural': 'number series',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('application', 'Application'), ('agreement', 'Agreement'), ('engagement', 'Network engagement'), ('other', 'Other')], max_length=12, verbose_name='kind')),
                ('title', models.CharField(max_length=200, verbose_name='matter')),
                ('number', models.CharField(max_length=24, null=True, unique=True, verbose_name='registration number')),
                ('year', models.PositiveSmallIntegerField(null=True, verbose_name='year')),
                ('serial', models.PositiveIntegerField(null=True, verbose_name='running number')),
                ('registered_at', models.DateTimeField(db_index=True, null=True, verbose_name='registered')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created')),
                ('secrecy', models.CharField(blank=True, help_text='The legal ground, for example “OSL 21 kap. 1 §”. What the matter is about, conditions and reasons are then withheld on the public pages, and so is a grant.', max_length=120, null=True, verbose_name='secrecy')),
                ('officer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases_in_charge', to=settings.AUTH_USER_MODEL, verbose_name='case officer')),
            ],
            options={
                'verbose_name': 'case',
                'verbose_name_plural': 'cases',
                'ordering': ['-year', '-serial', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('year', 'serial'), name='case_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('number', None), ('registered_at', None), ('serial', None), ('year', None)), models.Q(('number__isnull', False), ('registered_at__isnull', False), ('serial__isnull', False), ('year__isnull', False)), _connector='OR'), name='case_number_comes_with_registration')],
            },
        ),
        migrations.CreateModel(
            name='CaseEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=40, verbose_name='what')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('details', models.JSONField(default=dict, verbose_name='details')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='cases.case', verbose_name='case')),
            ],
            options={
                'verbose_name': 'log entry',
                'verbose_name_plural': 'log',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(choices=[('interest', 'Party or close to one, or affected to a not insignificant degree'), ('agent', 'Representative or agent of somebody in the matter'), ('handled', 'Took part in the final handling of the matter at another authority'), ('other', 'Another circumstance that puts impartiality in question')], max_length=8, verbose_name='ground')),
                ('note', models.TextField(blank=True, max_length=1000, verbose_name='what it is about')),
                ('reference', models.CharField(blank=True, help_text="The committee's decision with its §, or the manager's, with its day.", max_length=200, verbose_name='settled by')),
                ('state', models.CharField(choices=[('in_force', 'Barred'), ('lifted', 'Settled: no conflict of interest')], default='in_force', editable=False, max_length=8, verbose_name='state')),
                ('declared_at', models.DateTimeField(verbose_name='declared')),
                ('lifted_at', models.DateTimeField(null=True, verbose_name='settlement recorded')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='cases.case', verbose_name='case')),
                ('declared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='declared by')),
                ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='settlement recorded by')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'conflict of interest',
                'verbose_name_plural': 'conflicts of interest',
                'ordering': ['-declared_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'in_force')), fields=('case', 'user'), name='barred_once'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_at', None), ('lifted_by', None), ('state', 'in_force')), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False), ('state', 'lifted'), models.Q(('reference', ''), _negated=True), models.Q(('lifted_by', models.F('user')), _negated=True)), _connector='OR'), name='lifted_conflict_says_by_whom')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('file', models.FileField(upload_to=portal.cases.models.private_name, validators=[django.core.validators.FileExtensionValidator(('pdf', 'docx', 'odt', 'xlsx', 'ods', 'jpg', 'jpeg', 'png', 'txt'))], verbose_name='file')),
                ('filename', models.CharField(editable=False, max_length=200, verbose_name='file name')),
                ('size', models.PositiveIntegerField(editable=False, verbose_name='size in bytes')),
                ('sha256', models.CharField(editable=False, max_length=64, verbose_name='SHA-256')),
                ('is_public', models.BooleanField(default=False, verbose_name='public')),
                ('added_at', models.DateTimeField(editable=False, verbose_name='added')),
                ('added_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='cases.case', verbose_name='case')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'ordering': ['added_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('confirm', 'Confirm terms'), ('review', 'Write a review'), ('partner', 'Confirm a part in a project')], max_length=10, verbose_name='purpose')),
                ('reference', models.PositiveBigIntegerField(verbose_name='reference')),
                ('fingerprint', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 of the terms')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('issued_at', models.DateTimeField(verbose_name='sent')),
                ('expires_at', models.DateTimeField(verbose_name='ends')),
                ('used_at', models.DateTimeField(null=True, verbose_name='used')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='taken back')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='cases.case')),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ['-issued_at', '-pk'],
                'indexes': [models.Index(fields=['purpose', 'reference'], name='invitation_of_a_row')],
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('issued_at'))), name='invitation_ends_after_sending'), models.CheckConstraint(condition=models.Q(('used_at', None), ('revoked_at', None), _connector='OR'), name='invitation_used_or_taken_back')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_staff', models.BooleanField(verbose_name='from those who handle it')),
                ('text', models.TextField(max_length=5000, verbose_name='message')),
                ('sent_at', models.DateTimeField(verbose_name='sent')),
                ('read_at', models.DateTimeField(null=True, verbose_name='read')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='from')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='cases.case')),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
                'ordering': ['sent_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('text', models.TextField(max_length=5000, verbose_name='note')),
                ('is_flag', models.BooleanField(default=False, verbose_name='flag the case until it is answered')),
                ('answers', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='cases.note')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='cases.case')),
                ('reader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='second reading by')),
            ],
            options={
                'verbose_name': 'note',
                'verbose_name_plural': 'notes',
                'ordering': ['at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reader', None), models.Q(('reader', models.F('by')), _negated=True), _connector='OR'), name='second_reading_by_another')],
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('applicant', 'Applicant'), ('co_applicant', 'Co-applicant'), ('counterpart', 'Counterpart')], max_length=12, verbose_name='role')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='verified e-mail address')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='cases.case', verbose_name='case')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.organisation', verbose_name='organisation')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'party',
                'verbose_name_plural': 'parties',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('email', ''), ('organisation', None), ('user__isnull', False)), models.Q(('email', ''), ('organisation__isnull', False), ('user', None)), models.Q(('organisation', None), ('user', None), models.Q(('email', ''), _negated=True)), _connector='OR'), name='party_is_exactly_one'), models.UniqueConstraint(fields=('case', 'role', 'user'), name='party_user_once'), models.UniqueConstraint(fields=('case', 'role', 'organisation'), name='party_organisation_once')],
            },
        ),
        migrations.CreateModel(
            name='Reader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(null=True, verbose_name='open since')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readers', to='cases.case', verbose_name='case')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reads_cases', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'reader',
                'verbose_name_plural': 'readers',
                'constraints': [models.UniqueConstraint(fields=('case', 'user'), name='reader_once')],
            },
        ),
    ]
