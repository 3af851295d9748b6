from grants.models.applications import Application, ApplicationPerspective, Assessment
from grants.models.awards import Award, AwardPerspective
from grants.models.schemes import (
    Call,
    Criterion,
    RequiredAttachment,
    Scheme,
    SchemeBudget,
    SchemePerspective,
    Term,
)

__all__ = [
    "Application",
    "ApplicationPerspective",
    "Assessment",
    "Award",
    "AwardPerspective",
    "Call",
    "Criterion",
    "RequiredAttachment",
    "Scheme",
    "SchemeBudget",
    "SchemePerspective",
    "Term",
]
