# Importing the modules registers their admin classes.
from networks.admin import monitoring, networks, positions

__all__ = ["monitoring", "networks", "positions"]
