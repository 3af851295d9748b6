from grants.admin.applications import ApplicationAdmin
from grants.admin.awards import AwardAdmin
from grants.admin.budgets import SchemeBudgetAdmin
from grants.admin.calls import CallAdmin
from grants.admin.schemes import SchemeAdmin

__all__ = ["ApplicationAdmin", "AwardAdmin", "CallAdmin", "SchemeAdmin", "SchemeBudgetAdmin"]
