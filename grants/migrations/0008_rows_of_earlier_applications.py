from django.db import migrations

from portal.core.triggers import AppendOnly


def write_rows(apps, schema_editor):
    """The one partner and the two sums of an earlier application become rows of it."""
    applications = apps.get_model("grants", "Application")
    partners = apps.get_model("grants", "ApplicationPartner")
    lines = apps.get_model("grants", "BudgetLine")
    named = applications.objects.exclude(partner=None).values_list("pk", "partner").iterator()
    partners.objects.bulk_create(
        (partners(application_id=pk, partner_id=partner) for pk, partner in named), batch_size=500
    )
    for one in applications.objects.exclude(total_cost=None).iterator():
        lines.objects.create(application=one, kind="cost", text="-", amount=one.total_cost)
        if one.amount and one.total_cost > one.amount:
            rest = one.total_cost - one.amount
            lines.objects.create(application=one, kind="own", order=1, amount=rest)


class Migration(migrations.Migration):
    dependencies = [("grants", "0007_written_in_parts")]
    operations = [
        migrations.RunPython(write_rows, migrations.RunPython.noop),
        AppendOnly("grants_submission"),
    ]
