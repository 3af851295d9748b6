from django.db import migrations, models

from portal.core.triggers import AppendOnly


class Migration(migrations.Migration):
    """One version at a time is under way, and terms that were kept stay as they were."""

    dependencies = [("agreements", "0004_versions_in_order")]
    operations = [
        migrations.AddConstraint(
            model_name='agreementparty',
            constraint=models.UniqueConstraint(condition=models.Q(('partner', None)), fields=('agreement',), name='agreement_own_party_once'),
        ),
        migrations.AddConstraint(
            model_name='agreementversion',
            constraint=models.UniqueConstraint(fields=('agreement', 'number'), name='agreement_version_number_once'),
        ),
        migrations.AddConstraint(
            model_name='agreementversion',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'original'), models.Q(('state', 'abandoned'), _negated=True)), fields=('agreement',), name='agreement_one_original'),
        ),
        migrations.AddConstraint(
            model_name='agreementversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'negotiation', 'for_decision', 'approved'))), fields=('agreement',), name='agreement_one_coming_version'),
        ),
        migrations.AddConstraint(
            model_name='agreementversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_on__isnull', False), ('state__in', ('signed', 'terminated'))), models.Q(models.Q(('state__in', ('signed', 'terminated')), _negated=True), ('signed_on', None)), _connector='OR'), name='agreement_version_is_signed_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='agreementversion',
            constraint=models.CheckConstraint(condition=models.Q(('signed_on', None), ('valid_until', None), ('valid_until__gte', models.F('signed_on')), _connector='OR'), name='agreement_version_ends_after_signing'),
        ),
        migrations.AddConstraint(
            model_name='agreementversion',
            constraint=models.CheckConstraint(condition=models.Q(('notice_on', None), ('valid_until', None), ('notice_on__lte', models.F('valid_until')), _connector='OR'), name='agreement_version_notice_before_end'),
        ),
        migrations.AddConstraint(
            model_name='agreementversion',
            constraint=models.CheckConstraint(condition=models.Q(('review_month', None), models.Q(('review_month__gte', 1), ('review_month__lte', 12)), _connector='OR'), name='agreement_review_month'),
        ),
        migrations.AddConstraint(
            model_name='agreementversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'terminated'), ('terminated_on__isnull', False)), models.Q(models.Q(('state', 'terminated'), _negated=True), ('terminated_on', None)), _connector='OR'), name='agreement_version_terminated_with_a_day'),
        ),
        AppendOnly("agreements_termssnapshot"),
    ]
