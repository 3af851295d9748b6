from grants.models.applications import Application, ApplicationPerspective
from grants.models.assessments import Assessment
from grants.models.attachments import ApplicationAttachment
from grants.models.awards import Award, AwardPerspective
from grants.models.budgets import BudgetExceeded, SchemeBudget
from grants.models.calls import Call
from grants.models.paymentplans import Instalment
from grants.models.questions import CallForm, Question, Section
from grants.models.schemes import (
    Criterion,
    EligibilityQuestion,
    RequiredAttachment,
    Scheme,
    SchemePerspective,
    Term,
)

__all__ = [
    "Application",
    "ApplicationAttachment",
    "ApplicationPerspective",
    "Assessment",
    "Award",
    "AwardPerspective",
    "BudgetExceeded",
    "Call",
    "CallForm",
    "Criterion",
    "EligibilityQuestion",
    "Instalment",
    "Question",
    "RequiredAttachment",
    "Scheme",
    "SchemeBudget",
    "SchemePerspective",
    "Section",
    "Term",
]
