from portal.committee.forms.decisions import MeetingDecisionForm, OutcomeForm

__all__ = ["MeetingDecisionForm", "OutcomeForm"]
