from portal.core.publishing import publishing
from portal.core.workflow import Workflow

NETWORK = Workflow(*publishing("networks.publish_network"))
