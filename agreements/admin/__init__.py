# Importing the modules registers their admin classes.
from agreements.admin import agreements, versions

__all__ = ["agreements", "versions"]
