from django.db import migrations, models
from django.db.models import F


def keep(apps, schema_editor):
    """What staff have written stays; the reference files bring both languages when loaded."""
    apps.get_model("agreements", "Agreement").objects.update(source_sv=F("source"))


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0007_texts_for_the_public'),
    ]

    operations = [
        migrations.AddField(
            model_name='agreement',
            name='source_en',
            field=models.TextField(blank=True, max_length=500, null=True, verbose_name='source of the facts'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='source_sv',
            field=models.TextField(blank=True, max_length=500, null=True, verbose_name='source of the facts'),
        ),
        migrations.AddField(
            model_name='historicalagreement',
            name='source_en',
            field=models.TextField(blank=True, max_length=500, null=True, verbose_name='source of the facts'),
        ),
        migrations.AddField(
            model_name='historicalagreement',
            name='source_sv',
            field=models.TextField(blank=True, max_length=500, null=True, verbose_name='source of the facts'),
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
