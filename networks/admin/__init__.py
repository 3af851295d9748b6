# Importing the modules registers their admin classes.
from networks.admin import networks

__all__ = ["networks"]
