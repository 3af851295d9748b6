from django.db import migrations

from portal.core.triggers import AppendOnly


class Migration(migrations.Migration):
    """A decision is made once: a change is a new decision."""

    dependencies = [("committee", "0001_initial")]
    operations = [AppendOnly("committee_decision")]
