import os
import re

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

_CHARSET = re.compile(r";\s*charset\s*=[^;]*", re.IGNORECASE)
_portal = get_wsgi_application()


def application(environ, start_response):
    """The portal speaks UTF-8 only. A charset that the sender names is not asked for: a strange
    one would break the request before any of our code could answer it.
    """
    environ["CONTENT_TYPE"] = _CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
    return _portal(environ, start_response)
