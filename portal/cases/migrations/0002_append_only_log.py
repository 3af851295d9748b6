from django.db import migrations

from portal.core.triggers import AppendOnly


class Migration(migrations.Migration):
    """The case log is never changed; it goes only with a case that never was registered."""

    dependencies = [("cases", "0001_initial")]
    operations = [
        AppendOnly(
            "cases_caseevent",
            unless="(SELECT registered_at FROM cases_case WHERE id = OLD.case_id) IS NULL",
        )
    ]
