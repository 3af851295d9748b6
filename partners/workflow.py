from portal.core.publishing import publishing
from portal.core.workflow import Workflow

PARTNER = Workflow(*publishing("partners.publish_partner"))
