"""A call with sixty questions and twenty attachments stays quick: what it asks of the database."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from grants.models import Application, ApplicationAttachment
from tests.conftest import complete
from tests.grants.questions.conftest import add
from tests.timing import seconds

KINDS = ("short", "long", "yes_no", "number", "money", "date")
MOST_QUERIES, MOST_SECONDS, MOST_SECONDS_SAVING = 15, 0.3, 0.05


@pytest.fixture
def large(call, applicant, officer, partner, perspectives, now):
    form = call.begin_form(by=officer)
    for part in range(6):
        section = form.sections.create(order=part, title_sv=f"Del {part}", title_en=f"Part {part}")
        for index in range(10):
            add(section, KINDS[index % 6], f"Fråga {part}:{index}", f"Question {part}:{index}")
    form.publish(by=officer, at=now)
    wanted = [call.scheme.attachments.create(name=f"Bilaga {index}") for index in range(20)]
    draft = Application.objects.start(call=call, by=applicant, at=now)
    content = complete(partner, perspectives[0])
    content["answers"] = {
        question.key: "Ett svar" for question in draft.questions if question.kind == "short"
    }
    draft.edit(by=applicant, at=now, content=content)
    for required in wanted:
        file = ContentFile(b"Bilaga", f"{required}.txt")
        ApplicationAttachment.objects.attach(draft, file, by=applicant, at=now, required=required)
    return draft


@pytest.mark.parametrize(
    "name", ["write_answers", "write_budget", "attachments", "review_application", "application"]
)
def test_each_step_asks_little(large, sign_in, applicant, name, django_assert_max_num_queries):
    client, address = sign_in(applicant), reverse(name, args=[large.pk])
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(address).status_code == 200
    assert seconds(lambda: client.get(address)) < MOST_SECONDS


def test_saving_by_itself_is_quick(large, sign_in, applicant, django_assert_max_num_queries):
    client, address = sign_in(applicant), reverse("write_answers", args=[large.pk])
    form = client.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}

    def save():
        answer = client.post(address, typed, headers={"accept": "application/json"})
        typed["seen"] = answer.json()["seen"]
        return answer

    with django_assert_max_num_queries(MOST_QUERIES):
        save()
    assert seconds(save) < MOST_SECONDS_SAVING
