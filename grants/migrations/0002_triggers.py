from django.db import migrations

from portal.core.triggers import AppendOnly, Guard, Sealed


class Migration(migrations.Migration):
    """What was handed in and what was sent stands. Nobody assesses what they have a conflict of interest
    in.
    """

    # A database that was made step by step has it all.
    replaces = [
        ("grants", "0001_initial"),
        ("grants", "0002_one_draft_per_call"),
        ("grants", "0003_source_in_two_languages"),
        ("grants", "0004_questions_of_a_call"),
        ("grants", "0005_eligibility"),
        ("grants", "0006_attachments"),
        ("grants", "0007_written_in_parts"),
        ("grants", "0008_rows_of_earlier_applications"),
        ("grants", "0009_coapplicants"),
        ("grants", "0010_budgets_confirmed_and_payment_plans"),
        ("grants", "0011_partner_confirmations"),
        ("grants", "0012_assessing"),
        ("grants", "0013_assessed_by_criterion"),
        ("grants", "0014_no_assessment_by_the_barred"),
        ("grants", "0015_letters"),
        ("grants", "0016_ranked_packet"),
    ]
    dependencies = [
        ("grants", "0001_tables"),
        ("cases", "0001_tables"),
    ]
    operations = [
        AppendOnly("grants_submission"),
        Sealed("grants_letter", when="OLD.state = 'sent'"),
        Guard(
            "grants_assessment",
            "assessor_is_not_barred",
            when="EXISTS (SELECT 1 FROM cases_conflict JOIN grants_application"
            " ON grants_application.case_id = cases_conflict.case_id"
            " WHERE grants_application.id = NEW.application_id"
            " AND cases_conflict.user_id = NEW.assessor_id"
            " AND cases_conflict.state = 'in_force')",
        ),
    ]
