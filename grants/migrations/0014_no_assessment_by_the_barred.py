from django.db import migrations

from portal.core.triggers import Guard


class Migration(migrations.Migration):
    """Nobody assesses what they have a conflict of interest in."""

    dependencies = [
        ("grants", "0013_assessed_by_criterion"),
        ("cases", "0006_conflicts"),
    ]
    operations = [
        Guard(
            "grants_assessment",
            "assessor_is_not_barred",
            when="EXISTS (SELECT 1 FROM cases_conflict JOIN grants_application"
            " ON grants_application.case_id = cases_conflict.case_id"
            " WHERE grants_application.id = NEW.application_id"
            " AND cases_conflict.user_id = NEW.assessor_id"
            " AND cases_conflict.state = 'in_force')",
        )
    ]
