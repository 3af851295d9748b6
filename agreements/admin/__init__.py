# Importing the modules registers their admin classes.
from agreements.admin import agreements

__all__ = ["agreements"]
