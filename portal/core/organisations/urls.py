from django.urls import path
from django.utils.translation import gettext_lazy as _

from portal.core.organisations import views

urlpatterns = [
    path("", views.MyOrganisations.as_view(), name="organisations"),
    path(_("new/"), views.AddOrganisation.as_view(), name="add_organisation"),
    path(_("invitation/<str:token>/"), views.AcceptInvitation.as_view(), name="accept_invitation"),
    path("<int:pk>/", views.OrganisationDetail.as_view(), name="organisation"),
    path(_("<int:pk>/change/"), views.ChangeOrganisation.as_view(), name="change_organisation"),
    path(
        _("<int:pk>/invitations/<int:invitation>/withdraw/"),
        views.WithdrawInvitation.as_view(),
        name="withdraw_invitation",
    ),
    path(_("<int:pk>/members/<int:member>/let-go/"), views.LetGo.as_view(), name="let_member_go"),
    path(
        _("<int:pk>/members/<int:member>/role/"), views.GiveRole.as_view(), name="give_member_role"
    ),
]
