from django.conf import settings
from django.db import migrations, models

from portal.core.triggers import AppendOnly, Guard, LiftGuard

DELEGATE_IS_NOT_BARRED = (
    "committee_decision",
    "delegate_is_not_barred",
    "EXISTS (SELECT 1 FROM cases_conflict JOIN committee_proposal"
    " ON committee_proposal.case_id = cases_conflict.case_id"
    " WHERE committee_proposal.id = NEW.proposal_id"
    " AND cases_conflict.user_id = NEW.delegate_id"
    " AND cases_conflict.state = 'in_force')",
)


class Migration(migrations.Migration):
    """What support is granted on: proposed by the officer, and decided."""

    dependencies = [
        ("cases", "0008_readers"),
        ("committee", "0007_no_delegate_is_barred"),
        ("core", "0008_members_have_roles_and_are_invited"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        LiftGuard(*DELEGATE_IS_NOT_BARRED),
        migrations.AddField(
            model_name="decision",
            name="conditions",
            field=models.TextField(blank=True, max_length=5000, verbose_name="conditions"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="conditions",
            field=models.TextField(blank=True, max_length=5000, verbose_name="conditions"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("conditions", ""), ("outcome", "granted"), _connector="OR"),
                name="only_a_granting_decision_has_conditions",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("conditions", ""), ("outcome", "granted"), _connector="OR"),
                name="only_a_granting_proposal_has_conditions",
            ),
        ),
        AppendOnly("committee_decision"),
        Guard(*DELEGATE_IS_NOT_BARRED),
    ]
