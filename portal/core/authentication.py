from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.authentication import TokenAuthentication

from portal.core.models import ApiToken


class ApiTokenAuthentication(TokenAuthentication):
    """`Authorization: Token …`, with the portal's own tokens: scoped, and kept as digests only."""

    def authenticate_credentials(self, key):
        token = ApiToken.objects.with_key(key).select_related("user").first()
        if token is None or not token.user.is_active:
            raise exceptions.AuthenticationFailed(_("The token is not valid."))
        return token.user, token
