from django.db import migrations

from portal.core.triggers import Guard


class Migration(migrations.Migration):
    """Nobody decides by delegation what they have a conflict of interest in."""

    dependencies = [("committee", "0006_minutes"), ("cases", "0006_conflicts")]
    operations = [
        Guard(
            "committee_decision",
            "delegate_is_not_barred",
            when="EXISTS (SELECT 1 FROM cases_conflict JOIN committee_proposal"
            " ON committee_proposal.case_id = cases_conflict.case_id"
            " WHERE committee_proposal.id = NEW.proposal_id"
            " AND cases_conflict.user_id = NEW.delegate_id"
            " AND cases_conflict.state = 'in_force')",
        )
    ]
