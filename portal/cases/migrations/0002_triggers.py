from django.db import migrations

from portal.core.triggers import AppendOnly


class Migration(migrations.Migration):
    """The case log and the notes are never changed; a log goes only with a case that never was registered."""

    # A database that was made step by step has it all.
    replaces = [
        ("cases", "0001_initial"),
        ("cases", "0002_append_only_log"),
        ("cases", "0003_invitations"),
        ("cases", "0004_messages"),
        ("cases", "0005_coapplicants"),
        ("cases", "0006_conflicts"),
        ("cases", "0007_partner_links"),
        ("cases", "0008_readers"),
        ("cases", "0009_notes"),
        ("cases", "0010_secrecy"),
    ]
    dependencies = [
        ("cases", "0001_tables"),
    ]
    operations = [
        AppendOnly(
            "cases_caseevent",
            unless="(SELECT registered_at FROM cases_case WHERE id = OLD.case_id) IS NULL",
        ),
        AppendOnly("cases_note"),
    ]
