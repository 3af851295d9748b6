# Importing the modules registers their admin classes.
from networks.admin import monitoring, networks

__all__ = ["monitoring", "networks"]
