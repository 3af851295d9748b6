import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0007_partner_links'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Reader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(null=True, verbose_name='open since')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readers', to='cases.case', verbose_name='case')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reads_cases', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'reader',
                'verbose_name_plural': 'readers',
                'constraints': [models.UniqueConstraint(fields=('case', 'user'), name='reader_once')],
            },
        ),
    ]
