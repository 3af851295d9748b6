from grants.models.applications import Application, ApplicationPerspective
from grants.models.assessments import Assessment, Score
from grants.models.assigning import Assignment, CallAssessor
from grants.models.attachments import ApplicationAttachment
from grants.models.awards import Award, AwardPerspective
from grants.models.budgets import BudgetExceeded, SchemeBudget
from grants.models.calls import Call, CallPacket
from grants.models.coapplicants import CoApplicant
from grants.models.letters import Letter
from grants.models.packets import PacketRow
from grants.models.partnerconfirmations import PartnerConfirmation
from grants.models.paymentplans import Instalment
from grants.models.questions import CallForm, Question, Section
from grants.models.rows import Activity, ApplicationPartner, BudgetLine, DeclaredAid
from grants.models.schemes import (
    Criterion,
    EligibilityQuestion,
    RequiredAttachment,
    Scheme,
    SchemePerspective,
    Term,
)
from grants.models.submissions import CompletionRequest, Submission

__all__ = [
    "Activity",
    "Application",
    "ApplicationAttachment",
    "ApplicationPartner",
    "ApplicationPerspective",
    "Assessment",
    "Assignment",
    "Award",
    "AwardPerspective",
    "BudgetExceeded",
    "BudgetLine",
    "Call",
    "CallAssessor",
    "CallForm",
    "CallPacket",
    "CoApplicant",
    "CompletionRequest",
    "Criterion",
    "DeclaredAid",
    "EligibilityQuestion",
    "Instalment",
    "Letter",
    "PacketRow",
    "PartnerConfirmation",
    "Question",
    "RequiredAttachment",
    "Scheme",
    "SchemeBudget",
    "SchemePerspective",
    "Score",
    "Section",
    "Submission",
    "Term",
]
