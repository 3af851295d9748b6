import pytest
from django.contrib.auth.models import Group
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("n",[1,2])
def test_a(n, submitted):
    assert submitted.case.serial==1
    assert Group.objects.count()==5
@pytest.mark.django_db(transaction=True)
def test_live(live_server, applicant, client):
    import urllib.request
    assert urllib.request.urlopen(live_server.url+"/healthz").status==200
