"""One of everything, with a word of its own planted in every field that tells of a case."""

from datetime import date, timedelta
from itertools import count
from types import SimpleNamespace

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from agreements.models import Agreement, Review
from grants.models import Application, ApplicationAttachment, CoApplicant, Question
from networks.models import Briefing, Engagement, Network, Observation, Subscriber
from partners.models import Partner, Theme
from portal.cases.models import Case, Conflict, Message, Note
from portal.committee.models import Meeting, Seat
from portal.core.models import ApiToken, Municipality
from portal.core.roles import Role
from portal.site import calendar
from tests.cases.uploads import PDF
from tests.conftest import assess, assign, complete, make_user

SOON = timedelta(days=40)


class Words:
    """Words that stand nowhere else; a search for their beginning finds each of them."""

    start = "Qx"

    def __init__(self):
        self.planted, self._numbers = [], count(101)

    def __call__(self, _what: str) -> str:
        word = f"{self.start}{next(self._numbers)}"
        self.planted.append(word)
        return word

    def in_answer(self, answer) -> set[str]:
        told = "".join(f"{name}: {value}\n" for name, value in answer.headers.items())
        content = b"".join(answer) if answer.streaming else answer.content
        told += content.decode(errors="replace")
        return {word for word in self.planted if word in told}


@pytest.fixture
def words():
    return Words()


@pytest.fixture
def people(applicant, other_applicant, officer, member, secretary, administrator, words):
    return {
        "P": None, "O": applicant, "X": other_applicant,
        "C": make_user("cecilia@example.org", name=words("co-applicant's name")),
        "R": make_user("rut@example.org", Role.ASSESSOR, name="Rut Sakkunnig"),
        "H": officer, "M": member, "S": secretary, "A": administrator,
    }  # fmt: skip


@pytest.fixture
def asked(call, officer, now):
    """The call asks a question of its own."""
    form = call.begin_form(by=officer)
    section = form.sections.create(order=1, title_sv="Om resan", title_en="About the trip")
    question = Question.objects.create(
        section=section,
        kind="short",
        text_sv="Vart?",
        text_en="Where to?",
        order=1,
        is_required=False,
    )
    form.publish(by=officer, at=now)
    return SimpleNamespace(form=form, section=section, question=question)


def written(words, partner, perspective, asked) -> dict:
    content = complete(partner, perspective, title=words("title"), summary=words("summary"))
    named = {name: words(name) for name in ("name", "role", "gives", "gets")}
    email = words("contact").lower() + "@example.org"
    words.planted[-1] = words.planted[-1].lower()
    content["partners"].append({**named, "country": "LT", "email": email})
    content["activities"][0] |= {"what": words("what"), "place": words("place")}
    told = {"how": words("how"), "evidence": words("evidence")}
    content["perspectives"] = {perspective.slug: told}
    content["budget"]["costs"][0]["text"] = words("cost")
    content["answers"] = {asked.question.key: words("answer")}
    return content


@pytest.fixture
def matter(call, asked, people, partner, perspectives, words, now):
    """An application that awaits the committee's decision, and all that its case holds."""
    owner, officer = people["O"], people["H"]
    application = Application.objects.start(call=call, by=owner, at=now)
    content = written(words, partner, perspectives[0], asked)
    application.edit(by=owner, at=now, content=content)
    file = SimpleUploadedFile(f"{words('file name')}.pdf", PDF, "application/pdf")
    attachment = ApplicationAttachment.objects.attach(
        application, file, by=owner, at=now, title=words("document")
    )
    join(application, people, now)
    application.submit(by=owner, at=now)
    words.planted.append(application.case.number)
    application.begin_assessment(by=officer, at=now)
    assign(application, officer, people["R"], by=officer, at=now)
    for assessor in (officer, people["R"]):
        assess(application, by=assessor, at=now, justification=words("justification"))
    application.propose(
        by=officer, at=now, outcome="granted", amount=1000, reasons=words("reasons")
    )
    for by in (owner, officer):
        Message.objects.send(application.case, words("message"), by=by, at=now)
    Note.objects.write(application.case, words("note"), by=officer, at=now, is_flag=True)
    application.document = attachment.document
    draft_letter(application, owner, officer, words, now)
    noted_in_admin(application, people, words)
    return application


def draft_letter(application, owner, officer, words, now):
    """Not sent; the request that it is about has been answered."""
    request = application.completions.create(
        fields=["title"], text=words("asked for"), due_on=timezone.localdate(now),
        asked_by=officer, asked_at=now, closed_at=now,
    )  # fmt: skip
    application.letters.create(
        kind="completion", completion=request, to=owner, language="sv", written_at=now,
        subject=words("letter's subject"), text=words("letter"),
    )  # fmt: skip


def join(application, people, now):
    person = people["C"]
    invited = CoApplicant.objects.invite(application, person.email, "edit", by=people["O"], at=now)
    invited.accept(by=person, at=now)


def noted_in_admin(application, people, words):
    """What Django keeps of a person's own changes, in the words of the object."""
    for role in "HSA":
        LogEntry.objects.create(
            user=people[role], content_type=ContentType.objects.get_for_model(Application),
            object_id=application.pk, object_repr=words("recent action"), action_flag=CHANGE,
        )  # fmt: skip


@pytest.fixture
def second_draft(call, asked, people, partner, perspectives, matter, now):
    """Another application of the same people, not handed in."""
    owner = people["O"]
    draft = Application.objects.start(call=call, by=owner, at=now)
    draft.edit(by=owner, at=now, content=complete(partner, perspectives[0]))
    file = SimpleUploadedFile("cv.pdf", PDF, "application/pdf")
    draft.attachment = ApplicationAttachment.objects.attach(draft, file, by=owner, at=now)
    join(draft, people, now)
    draft.invited = CoApplicant.objects.invite(draft, "y@example.org", "edit", by=owner, at=now)
    return draft


@pytest.fixture
def secret_agreement(partner, perspectives, scheme, people, words, now):
    """Not published: signed once, with an amendment being written, soon to expire, and late."""
    today, officer = timezone.localdate(now), people["H"]
    titles = {"title_sv": words("title_sv"), "title_en": words("title_en")}
    case = Case.objects.begin("agreement", titles["title_sv"], by=officer, at=now)
    case.officer = officer
    case.save()
    case.register(by=officer, at=now, title=titles["title_sv"])
    words.planted.append(case.number)
    slug = words("slug").lower()
    words.planted[-1] = slug
    agreement = Agreement.objects.create(
        slug=slug, case=case, kind="programme", about_sv=words("about"), **titles
    )
    party = agreement.parties.create(partner=partner, language="lt", signatory=words("signatory"))
    signed = agreement.versions.create(
        kind="original", state="signed", signed_on=date(2020, 1, 1), valid_until=today + SOON,
        note_sv=words("note"),
    )  # fmt: skip
    agreement.versions.create(number=2, previous=signed, kind="amendment")
    agreement.follow_versions()
    late = {"due_on": today - timedelta(days=9), "text_sv": words("commitment")}
    commitment = agreement.commitments.create(version=signed, party=party, **late)
    agreement.exchanges.create(
        form="artists", title_sv=words("exchange"), starts_on=today, place=words("place"),
        country="LT", commitment=commitment,
    )  # fmt: skip
    Review(agreement=agreement, year=today.year, due_on=today + SOON).begin(by=officer, at=now)
    scheme.agreements.add(agreement)
    return agreement


@pytest.fixture
def engagement(network, delegation_point, people, words, now):
    """A change of the engagement in a network, that the officer decides by delegation."""
    network.engagements.all().delete()
    case = Case.objects.begin("engagement", "-", by=people["H"], at=now)
    words.planted.append("98127634")
    start = timezone.localdate(now) + SOON
    draft = Engagement.objects.create(
        pk=98127634, network=network, case=case, state="draft", level="active", start=start
    )
    reasons = words("reasons")
    draft.propose(by=people["H"], at=now, reasons=reasons, delegation_point=delegation_point)
    words.planted.append(draft.case.number)
    return draft


@pytest.fixture
def surroundings(agreement, position, eu, organisation, people, perspectives, now):
    """What else there is a page of."""
    Municipality.objects.create(code="1480", name="Göteborg")
    Theme.objects.create(slug="dans", name_sv="Dans", name_en="Dance")
    Partner.objects.get().interactions.create(
        kind="visit", on=date(2026, 1, 1), about="Besök", noted_by=people["H"]
    )
    network = Network.objects.get(slug="cpmr")
    network.memberships.create(source="Beslut")
    network.representatives.create(name="Kim Ek", kind="staff", start=date(2026, 1, 1))
    network.meetings.create(title_sv="Årsmöte", starts_on=date(2026, 1, 1))
    Observation.objects.create(
        kind="call", title_sv="Utlysning", level="eu", source="EU", observed_on=date(2026, 1, 1),
        relevance=1, noted_by=people["H"],
    )  # fmt: skip
    Briefing.objects.create(
        slug="januari", title_sv="Januari", title_en="January", publication="published"
    )
    Subscriber.objects.create(email="las@example.org", asked_at=now)
    organisation.members.create(user=people["X"], role="member", since=date(2025, 1, 1))
    invitation, _token = organisation.invite("z@example.org", "member", by=people["O"], at=now)
    return SimpleNamespace(invitation=invitation)


@pytest.fixture
def award(call, asked, partner, perspectives, people, now):
    """A decided award: its facts are public, and no part of what the barred must not meet."""
    other = people["X"]
    application = Application.objects.start(call=call, by=other, at=now)
    application.edit(by=other, at=now, content=complete(partner, perspectives[0]))
    application.submit(by=other, at=now)
    application.begin_assessment(by=people["H"], at=now)
    assess(application, by=people["H"], at=now)
    application.propose(by=people["H"], at=now, outcome="granted", amount=1000, reasons="Bra.")
    application.case.proposals.get().record_meeting_decision(
        by=people["S"], at=now, outcome="granted", amount=1000, reasons="Bra.",
        met_on=timezone.localdate(now), section=1,
    )  # fmt: skip
    application.letters.get().send(by=people["H"], at=now)
    Conflict.objects.record(
        application.case, user=people["M"], ground="other", reference="§ 1", by=people["A"], at=now
    )
    return Application.objects.get(pk=application.pk).award


@pytest.fixture
def meeting(people, matter, words, now):
    """To come, with the matter on its agenda; the member is summoned to it, and leads it."""
    Seat.objects.create(user=people["M"], role="chair", start=date(2023, 1, 1))
    planned = Meeting.objects.create(begins_at=now + SOON, place="Residenset")
    proposals = list(matter.case.proposals.all())
    planned.put_up(by=people["S"], at=now, title=words("item"), proposals=proposals)
    planned.put_up(by=people["S"], at=now, title="Övrigt")
    return planned.summon(by=people["S"], at=now)


@pytest.fixture
def world(
    people, award, matter, second_draft, secret_agreement, engagement, surroundings, asked, meeting,
    now,
):  # fmt: skip
    return SimpleNamespace(
        meeting=meeting,
        people=people, award=award, matter=matter, draft=second_draft, asked=asked,
        agreement=secret_agreement, engagement=engagement, surroundings=surroundings,
        cases=[matter.case, secret_agreement.case, engagement.case],
        tokens={
            "Tr": ApiToken.objects.issue(user=people["O"], scope="read", at=now),
            "Ts": ApiToken.objects.issue(user=people["H"], scope="staff", at=now),
        },
        calendar=calendar.address(people["H"]),
    )  # fmt: skip
