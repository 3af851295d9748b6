# Importing the modules registers their admin classes.
from agreements.admin import agreements, ledger, reviews

__all__ = ["agreements", "ledger", "reviews"]
