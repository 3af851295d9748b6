# Importing the modules registers their admin classes.
from agreements.admin import agreements, ledger, reviews, versions

__all__ = ["agreements", "ledger", "reviews", "versions"]
