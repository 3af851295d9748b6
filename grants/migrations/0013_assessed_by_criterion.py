from django.db import migrations, models


class Migration(migrations.Migration):
    """Apart from the one before: PostgreSQL changes no table in which rows were just written."""

    dependencies = [("grants", "0012_assessing")]

    operations = [
        migrations.RemoveConstraint("assessment", "assessment_score_in_scale"),
        migrations.RemoveField("assessment", "justification"),
        migrations.RemoveField("assessment", "score"),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at', None), ('state', 'draft')), models.Q(('sent_at__isnull', False), ('state', 'sent')), _connector='OR'), name='sent_assessment_says_when'),
        ),
    ]
