from django.db import migrations

from portal.core.triggers import AppendOnly


class Migration(migrations.Migration):
    """What a party confirmed stands as it was read."""

    # A database that was made step by step has it all.
    replaces = [
        ("agreements", "0001_initial"),
        ("agreements", "0002_versions_on_their_way"),
        ("agreements", "0003_ledger_and_reviews"),
        ("agreements", "0004_versions_in_order"),
        ("agreements", "0005_one_coming_version"),
        ("agreements", "0006_ledger_mended"),
        ("agreements", "0007_texts_for_the_public"),
        ("agreements", "0008_source_in_two_languages"),
        ("agreements", "0009_whole_terms_published"),
        ("agreements", "0010_own_addresses"),
    ]
    dependencies = [
        ("agreements", "0001_tables"),
    ]
    operations = [
        AppendOnly("agreements_termssnapshot"),
    ]
