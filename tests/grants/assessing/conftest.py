import pytest

from portal.core.roles import Role
from tests.conftest import make_user


@pytest.fixture
def expert(db):
    return make_user("expert@example.org", Role.ASSESSOR, name="Eva Sakkunnig")


@pytest.fixture
def colleague(db):
    return make_user("colleague@example.org", Role.OFFICER, staff=True)


@pytest.fixture
def criteria(scheme):
    return [
        scheme.criteria.create(name_sv="Konst", name_en="Art", weight=2),
        scheme.criteria.create(name_sv="Utbyte", name_en="Exchange", weight=1),
    ]


@pytest.fixture
def assessed(submitted, criteria, officer, now):
    """Under assessment; nobody has been given it yet."""
    return submitted.begin_assessment(by=officer, at=now)
