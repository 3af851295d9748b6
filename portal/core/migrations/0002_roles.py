from django.db import migrations

ROLES = ["assessor", "officer", "member", "secretary", "administrator"]


def make_roles(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    for name in ROLES:
        group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    """Roles are groups; what a role may do stands in the rules, not in the database."""

    dependencies = [("core", "0001_tables"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
