from django.db import migrations

from portal.core.triggers import AppendOnly, Guard


class Migration(migrations.Migration):
    """What is decided, written in minutes and announced stands. Nobody decides by delegation what they
    have a conflict of interest in.
    """

    # A database that was made step by step has it all.
    replaces = [
        ("committee", "0001_initial"),
        ("committee", "0002_decided_once"),
        ("committee", "0003_granted_needs_an_amount"),
        ("committee", "0004_approved"),
        ("committee", "0005_meetings"),
        ("committee", "0006_minutes"),
        ("committee", "0007_no_delegate_is_barred"),
        ("committee", "0008_conditions"),
        ("committee", "0009_packets"),
        ("committee", "0010_role_ceilings"),
    ]
    dependencies = [
        ("committee", "0001_tables"),
        ("cases", "0001_tables"),
    ]
    operations = [
        AppendOnly("committee_decision"),
        Guard(
            "committee_decision",
            "delegate_is_not_barred",
            when="EXISTS (SELECT 1 FROM cases_conflict JOIN committee_proposal"
            " ON committee_proposal.case_id = cases_conflict.case_id"
            " WHERE committee_proposal.id = NEW.proposal_id"
            " AND cases_conflict.user_id = NEW.delegate_id"
            " AND cases_conflict.state = 'in_force')",
        ),
        AppendOnly("committee_minutes"),
        AppendOnly("committee_notice"),
        AppendOnly("committee_adjustment"),
    ]
