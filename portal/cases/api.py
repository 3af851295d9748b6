from rest_framework import serializers
from rest_framework.permissions import BasePermission

from portal.cases.filters import CaseFilter
from portal.cases.models import Case
from portal.core.api import PrivateViewSet
from portal.core.representation import ApiUrl


class CaseSerializer(serializers.ModelSerializer):
    url = ApiUrl("cases", key="pk")
    officer = serializers.CharField(source="officer.full_name", default=None)

    class Meta:
        model = Case
        fields = ["id", "url", "number", "kind", "title", "registered_at", "created_at", "officer"]


class ReadsCases(BasePermission):
    def has_permission(self, request, view):
        return view.reads_as_staff and request.user.has_perm("cases.view_case")


class CaseViewSet(PrivateViewSet):
    """Registered cases, for staff."""

    serializer_class = CaseSerializer
    filterset_class = CaseFilter
    permission_classes = [*PrivateViewSet.permission_classes, ReadsCases]

    def get_queryset(self):
        cases = Case.objects.visible_to(self.request.user)
        return cases.select_related("officer").order_by("-created_at", "-pk")
