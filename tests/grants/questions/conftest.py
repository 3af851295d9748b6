import pytest

from grants.models import Question


@pytest.fixture
def form(call, officer):
    """A version in work of an open call, with one section and three questions."""
    form = call.begin_form(by=officer)
    section = form.sections.create(order=1, title_sv="Om resan", title_en="About the trip")
    travels = add(section, "yes_no", "Reser ni?", "Do you travel?")
    add(section, "short", "Vart?", "Where to?", shown_if=travels, shown_if_answer="yes")
    add(section, "money", "Vad kostar resan?", "What does it cost?", is_required=False)
    return form


def add(section, kind, text_sv, text_en, **rest):
    order = section.questions.count() + 1
    return Question.objects.create(
        section=section, kind=kind, text_sv=text_sv, text_en=text_en, order=order, **rest
    )


@pytest.fixture
def in_force(form, officer, now):
    form.publish(by=officer, at=now)
    return form


@pytest.fixture
def keys(form):
    """The questions' field names, in order."""
    return [question.field_name for question in form.all_questions()]
