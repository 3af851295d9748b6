"""The first administrator of a new portal gets in by mail, not by a password on a command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.core.models import User
from tests.accounts.conftest import mailed_code

NEW = {"password1": "tre korta ord", "password2": "tre korta ord"}


def make(*args, **options):
    out = StringIO()
    call_command("make_administrator", *args, stdout=out, **options)
    return out.getvalue()


def test_from_the_command_to_the_second_step(client, outbox):
    told = make(" Root@Example.org", name="Rut Rot")
    assert "https://portal.example.org/konto/losenord/glomt/" in told
    user = User.objects.get()
    assert (user.email, user.is_staff, user.roles) == ("root@example.org", True, {"administrator"})
    assert not user.has_usable_password()
    client.post("/konto/losenord/glomt/", {"email": user.email})
    client.post("/konto/losenord/glomt/kod/", {"code": mailed_code(user.email)})
    client.post("/konto/losenord/glomt/nytt/", NEW)
    client.post("/konto/logga-in/", {"login": user.email, "password": NEW["password1"]})
    client.post("/konto/bekrafta-adress/", {"code": mailed_code(user.email)})
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/konto/andra-steget/"


def test_somebody_who_has_an_account_keeps_it(applicant):
    make(applicant.email)
    applicant.refresh_from_db()
    assert applicant.is_staff
    assert applicant.check_password("a long password for tests")
    make(applicant.email)
    assert User.objects.get().groups.count() == 1


@pytest.mark.parametrize(("email", "name"), [("nobody", "N"), ("new@example.org", " ")])
def test_what_is_missing_is_told(db, email, name):
    with pytest.raises(CommandError):
        make(email, name=name)
    assert not User.objects.exists()
