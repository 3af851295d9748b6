from django.db import migrations


def put_in_order(apps, schema_editor):
    """What was noted before was signed: number it, and name the committee as a party."""
    Agreement = apps.get_model("agreements", "Agreement")
    AgreementParty = apps.get_model("agreements", "AgreementParty")
    for agreement in Agreement.objects.all():
        AgreementParty.objects.get_or_create(
            agreement=agreement, partner=None, defaults={"language": "sv"}
        )
        previous = None
        for number, version in enumerate(agreement.versions.order_by("signed_on", "pk"), 1):
            version.number, version.previous, version.state = number, previous, "signed"
            version.save(update_fields=["number", "previous", "state"])
            previous = version


class Migration(migrations.Migration):
    dependencies = [("agreements", "0003_ledger_and_reviews")]
    operations = [migrations.RunPython(put_in_order, migrations.RunPython.noop)]
