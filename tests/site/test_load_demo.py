"""The demo: invented people and applications on the real reference, and awards in bulk."""

from collections import Counter
from datetime import datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Sum
from django.test import TestCase, override_settings
from django.utils import timezone

from agreements.models import Agreement, Commitment
from agreements.workflow import Standing
from grants.models import Application, Award, Call, Letter, SchemeBudget
from grants.models.assessments import criteria_of
from networks.levels import Level
from networks.models import Position
from networks.workflow import PositionState
from partners.models import Partner
from portal.cases.models import Case, NumberSeries
from portal.committee.models import Decision, DelegationPoint, Meeting, Proposal
from portal.core.models import Mail, Organisation, User
from portal.site.demo.people import PASSWORD, make_people
from portal.site.demo.rounds import make_delegation, make_rounds


def load(**options):
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


def assert_numbers_are_gapless():
    years = {}
    for year, serial in Case.objects.registered().values_list("year", "serial"):
        years.setdefault(year, []).append(serial)
    assert {year: sorted(serials) for year, serials in years.items()} == {
        series.year: list(range(1, series.last + 1)) for series in NumberSeries.objects.all()
    }


def assert_committed_is_the_sum_of_awards():
    sums = {b.pk: b.awards.aggregate(sum=Sum("amount"))["sum"] for b in SchemeBudget.objects.all()}
    assert {b.pk: b.committed for b in SchemeBudget.objects.all()} == {
        pk: total or Decimal(0) for pk, total in sums.items()
    }


def counts():
    models = (User, Organisation, Agreement, Call, SchemeBudget, Application, Award, Case, Mail)
    models += (Position, Meeting)
    return {model.__name__: model.objects.count() for model in models}


@override_settings(DEMO=True)
class TestDemo(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.told = load()

    def test_the_accounts_have_the_documented_roles_and_no_superuser(self):
        roles = {
            user.email.removesuffix("@example.org"): (sorted(user.roles), user.is_staff)
            for user in User.objects.all()
        }
        assert roles == {
            "sokande": ([], False),
            "sokande2": ([], False),
            "medsokande": ([], False),
            "sakkunnig": (["assessor"], False),
            "handlaggare": (["officer"], True),
            "handlaggare2": (["officer"], True),
            "ledamot": (["member"], False),
            "ordforande": (["member"], False),
            **dict.fromkeys(
                ("viceordforande", "ledamot2", "ledamot3", "ersattare", "ersattare2"),
                (["member"], False),
            ),
            "sekreterare": (["secretary"], True),
            "admin": (["administrator"], True),
        }
        assert not User.objects.filter(is_superuser=True).exists()
        assert all(user.check_password(PASSWORD) for user in User.objects.all()[:2])
        assert all(user.email in self.told for user in User.objects.all())

    def test_two_invented_organisations_and_who_belongs_to_them(self):
        members = {
            o.name: sorted(member.user.email.split("@")[0] for member in o.members.all())
            for o in Organisation.objects.filter(invented=True)
        }
        assert members == {
            "Kulturföreningen Havsbryn": ["medsokande", "sokande"],
            "Stiftelsen Textilvägen": ["sokande2"],
        }

    def test_each_scheme_has_an_open_round_closed_ones_and_a_coming_one(self):
        now = timezone.now()
        open_now = Call.objects.public().open(now)
        assert set(open_now.values_list("scheme__slug", flat=True)) == {
            "internationellt-resestipendium", "valfri-gastatelje", "stod-for-avtalssamarbete",
        }  # fmt: skip
        assert Call.objects.public().filter(opens_at__gt=now).count() == 3
        assert Call.objects.filter(state="decided").count() >= 24
        undecided = Call.objects.filter(state="published", closes_at__lte=now)
        assert (
            undecided.count() + open_now.count() + 3
            == Call.objects.exclude(state="decided").count()
        )

    def test_applications_stand_in_every_state_and_awards_in_several_years(self):
        states = Counter(Application.objects.values_list("state", flat=True))
        assert states == {
            "draft": 3, "submitted": 3, "under_assessment": 2, "proposed": 2, "decided": 20,
            "withdrawn": 1, "dismissed": 1,
        }  # fmt: skip
        assert Award.objects.count() == 17
        assert Award.objects.dates("decided_on", "year").count() >= 4
        perspectives = set(Award.objects.values_list("tags__perspective__slug", flat=True))
        assert perspectives == {"invanare", "kunskap", "utveckling", "paverkan"}
        assert Award.objects.values("country").distinct().count() == 7
        assert all("Påhittat exempel." in award.summary for award in Award.objects.all())

    def test_delegated_and_meeting_decisions_are_both_there(self):
        routes = Counter(Award.objects.values_list("decision__route", flat=True))
        assert routes == {"delegated": 11, "meeting": 6}
        point = DelegationPoint.objects.get()
        assert sorted(user.email for user in point.delegates.all()) == [
            "handlaggare2@example.org",
            "handlaggare@example.org",
        ]

    def test_the_next_meeting_has_what_is_proposed_and_lies_after_all_decisions(self):
        meeting = Meeting.objects.get()
        assert (meeting.state, meeting.attendance.count(), meeting.seats) == ("summoned", 7, 5)
        assert meeting.begins_at > timezone.now()
        assert [item.kind for item in meeting.items.all()] == ["proposals", "other", "report"]
        assert meeting.items.first().proposals.exists()
        assert not Proposal.objects.awaiting_a_meeting().exists()
        assert not Decision.objects.filter(decided_on__gte=meeting.held_on).exists()

    def test_numbers_budgets_and_log_are_what_the_verbs_make_them(self):
        assert_numbers_are_gapless()
        assert_committed_is_the_sum_of_awards()
        registered = Case.objects.registered().order_by("year", "serial")
        moments = [case.registered_at for case in registered]
        assert moments == sorted(moments)
        assert not Case.objects.filter(registered_at__gt=timezone.now()).exists()
        case = Application.objects.get(title="Barocken i dag").case
        assert [event.what for event in case.events.all() if event.what != "notified"] == [
            "started", "document_added", "document_added", "registered", "submit",
            "begin_assessment", *["assigned"] * 2, *["no_conflict", "assessment_sent"] * 2,
            "propose", "be_decided", "letter_written", "record_meeting_decision",
        ]  # fmt: skip

    def test_some_letters_wait_and_some_are_sent(self):
        assert {(one.kind, one.state) for one in Letter.objects.all()} == {
            ("granted", "draft"), ("rejected", "draft"), ("dismissed", "draft"),
            ("granted", "sent"), ("rejected", "sent"),
        }  # fmt: skip

    def test_nobody_gets_mail_about_the_invented_past(self):
        assert Mail.objects.count() > 40
        assert not Mail.objects.filter(sent_at=None).exists()

    def test_the_invented_renewal_leaves_the_agreement_expired(self):
        today = timezone.localdate()
        renewal = Agreement.objects.get(invented=True)
        version = renewal.versions.get()
        assert (version.state, version.texts.count()) == ("negotiation", 2)
        assert version.missing_for_decision() == []
        assert {one.party.is_ours for one in version.commitments.all()} == {True, False}
        assert not renewal.is_public
        assert "(påhittat exempel)" in renewal.title_sv
        assert renewal.missing_for_publication() == []
        expired = Agreement.objects.get(slug="creative-links")
        assert (expired.standing(today), expired.invented) == (Standing.EXPIRED, False)

    def test_invented_positions_stand_in_every_state_with_ways_over_several_levels(self):
        positions = Position.objects.filter(invented=True)
        assert sorted(position.state for position in positions) == sorted(PositionState.values)
        assert all("(påhittat exempel)" in position.title_sv for position in positions)
        hidden = positions.drafts()
        assert [position.state for position in hidden] == ["idea"]
        for position in positions:
            assert position.missing_for_publication() == []
            for step in position.steps.all():
                step.full_clean()
        levels = {level for position in positions for level in position.levels}
        assert levels == set(Level)
        networks = {str(network) for position in positions for network in position.networks}
        assert networks == {"NSC", "CPMR"}

    def test_loading_again_doubles_nothing(self):
        before = counts()
        assert "0 invented applications made" in load()
        assert counts() == before

    def test_an_applicant_signs_in_with_the_demo_password(self):
        assert self.client.login(email="sokande@example.org", password=PASSWORD)

    def test_awards_in_bulk_are_whole_and_true(self):
        before = counts()
        load(scale=50, verbosity=0)
        assert Award.objects.count() == before["Award"] + 50
        assert_numbers_are_gapless()
        assert_committed_is_the_sum_of_awards()
        for award in Award.objects.filter(application__applicant__email="manga@example.org"):
            check_whole(award)

    def test_awards_in_bulk_are_the_same_every_time(self):
        first = bulk_and_undo(50)
        assert first == bulk_and_undo(50)
        assert len(set(first)) > 45
        assert first[:20] == bulk_and_undo(20)

    def test_bulk_goes_on_where_it_stopped_and_then_stops(self):
        load(scale=20, verbosity=0)
        before = counts()
        assert "and 30 awards in bulk" in load(scale=50)
        after = counts()
        assert after == {
            **before,
            **{name: before[name] + 30 for name in ("Application", "Award", "Case")},
        }
        assert "and 0 awards in bulk" in load(scale=50)
        assert counts() == after

    def test_agreements_in_bulk_stand_beside_the_real_ones(self):
        load(agreements=4, verbosity=0)
        load(agreements=6, verbosity=0)
        many = Agreement.objects.public().filter(slug__startswith="many-")
        assert many.count() == 6
        assert Partner.objects.public().filter(slug__startswith="many-").count() == 15
        for agreement in many:
            assert [party.is_ours for party in agreement.parties.all()] == [True, False]
            assert not agreement.missing_for_publication()
            assert agreement.commitments.of_signed_versions().count() == 10
            signed_on, valid_until = agreement.signed_on, agreement.valid_until
            agreement.follow_versions()
            assert (agreement.signed_on, agreement.valid_until) == (signed_on, valid_until)
        for commitment in Commitment.objects.filter(agreement__in=many):
            commitment.full_clean()
            for fulfilment in commitment.fulfilments.all():
                fulfilment.full_clean()


def check_whole(award):
    """What the verbs would have left behind them."""
    application, decision, case = award.application, award.decision, award.application.case
    claims = {(tag.perspective_id, tag.how) for tag in application.tags.all()}
    assert claims
    assert {(tag.perspective_id, tag.how) for tag in award.tags.all()} == claims
    assert {p.pk for p in decision.perspectives.all()} == {pk for pk, _how in claims}
    goals = list(application.call.scheme.goals.all())
    assert list(award.goals.all()) == list(decision.goals.all()) == goals
    assert (decision.amount, decision.country) == (award.amount, award.partner.country)
    assert decision.decided_on == award.decided_on <= timezone.localdate()
    assert award.amount <= application.amount
    application.call.scheme.check_amount(application.amount, application.total_cost)
    served = award.scheme.agreements.filter(partners=award.partner).in_force(award.decided_on)
    assert award.agreement == served.latest_first().first()
    assert application.applicant_kind in application.call.scheme.applicants
    assert application.submitted_at == case.registered_at == case.created_at
    assert application.call.opens_at <= application.submitted_at < application.call.closes_at
    assert {party.user or party.organisation for party in case.parties.all()} == {
        application.applicant,
        *([application.organisation] if application.organisation else []),
    }
    (assessment,) = application.assessments.counted()
    scores = {one.criterion: one.score for one in assessment.scores.all()}
    assert scores == dict.fromkeys(criteria_of(application.call.scheme), 4)
    by_route = {"delegated": "decide_by_delegation", "meeting": "record_meeting_decision"}
    assert [event.what for event in case.events.all()] == [
        "started", "registered", "submit", "begin_assessment", "assigned", "no_conflict",
        "assessment_sent", "propose", "be_decided",
        by_route[decision.route],
    ]  # fmt: skip
    assert case.events.get(what="be_decided").details == {
        "decision": decision.pk,
        "outcome": "granted",
    }
    for item in (application, decision, award):
        item.clean_fields()


def bulk_and_undo(count):
    with transaction.atomic():
        load(scale=count, verbosity=0)
        bulk = Award.objects.filter(application__applicant__email="manga@example.org")
        made = list(bulk.order_by("pk").values_list("title", "amount", "partner", "decided_on"))
        transaction.set_rollback(True)
    return made


@pytest.mark.django_db
def test_without_debug_the_demo_is_refused():
    with pytest.raises(CommandError, match="only with DEBUG=1"):
        load()
    assert not User.objects.exists()
    assert not Partner.objects.exists()


@pytest.mark.django_db
@override_settings(DEMO=True)
@pytest.mark.parametrize("option", ["scale", "agreements"])
def test_a_negative_number_is_refused(option):
    with pytest.raises(CommandError, match=f"--{option}"):
        load(**{option: -1})
    assert not User.objects.exists()


class TestRounds(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("load_reference", settings.BASE_DIR / "reference", verbosity=0)

    def test_whatever_the_day_something_is_open_and_one_round_is_coming(self):
        days = [(1, 1), (2, 29), (3, 15), (3, 16), (4, 15), (9, 15), (9, 16), (10, 1), (12, 31)]
        for month, day in days:
            at = timezone.make_aware(datetime(2028, month, day, 12))
            with self.subTest(at=at), transaction.atomic():
                self._check_rounds(at)
                transaction.set_rollback(True)

    def _check_rounds(self, at):
        cast = make_people(at.date())
        make_delegation(cast, at.date())
        for rounds in make_rounds(cast, at, years=1).values():
            opened = [call for call in rounds if call.is_open(at)]
            assert opened
            # Long enough ago for the invented drafts of the open round.
            assert (at - opened[0].opens_at).days >= 5
            assert [call.opens_at > at for call in rounds] == [False] * (len(rounds) - 1) + [True]
            assert rounds[0].closes_at < at
