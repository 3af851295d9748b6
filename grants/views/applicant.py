"""The applicant's own pages: drafts, applications, receipts."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.generic import DetailView, TemplateView

from grants import parts, reading
from grants.applicationpdf import application_pdf
from grants.forms.applicant import ApplicantForm
from grants.models import Application, Call, Letter
from portal.cases.models import Case
from portal.core.keyset import InvalidCursor, keyset_page
from portal.core.views import TransitionView
from portal.core.workflow import WrongState

# A form that cannot be accepted as it is written.
UNPROCESSABLE, CONFLICT = 422, 409

private = method_decorator(cache_control(private=True, no_cache=True), name="dispatch")


@private
class MyPages(TemplateView):
    """What to do next, the drafts, and what has been handed in."""

    template_name = "grants/my_pages.html"

    def get_context_data(self, **context):
        own = Application.objects.of(self.request.user).with_role_of(self.request.user).with_call()
        try:
            page = keyset_page(own.handed_in().order_by("-id"), self.request.GET.get("cursor"), 50)
        except InvalidCursor as error:
            raise BadRequest(str(error)) from error
        now = timezone.now()
        drafts = [(draft, draft.call.is_open(now)) for draft in own.drafts()]
        unread = Case.objects.of(self.request.user).with_unread_from_staff()
        return super().get_context_data(
            drafts=drafts, page=page, now=now, unread=unread, incomplete=own.incomplete(), **context
        )


@private
class OwnApplication(DetailView):
    """A page about an application that the person takes part in; other people's answer 404.

    `permission` is what else the page asks for; who reads but may not do that gets 403.
    """

    permission = "grants.read_application"

    def get_queryset(self):
        own = Application.objects.of(self.request.user).with_call()
        return own.select_related("partner", "form", "writer")

    def get_object(self, queryset=None):
        application = super().get_object(queryset)
        if not self.request.user.has_perm(self.permission, application):
            raise PermissionDenied
        return application

    def get_context_data(self, **context):
        crumbs = [
            {"url": reverse("my_pages"), "label": _("My pages")},
            {"url": self.object.get_absolute_url(), "label": str(self.object)},
        ]
        return super().get_context_data(breadcrumbs=crumbs, now=timezone.now(), **context)


class ApplicationDetail(OwnApplication):
    """The application as it stands: what was written, where it is, what can be done."""

    template_name = "grants/application.html"

    def get_queryset(self):
        return super().get_queryset().prefetch_related("attachments__document")

    def get_context_data(self, **context):
        application = self.object
        written = {step: part.read(application) for step, part in parts.PARTS.items()}
        available = application.workflow.available(application, self.request.user)
        return super().get_context_data(
            told=reading.told(application, written) + reading.confirmations(application),
            has_partners=bool(written["partners"]),
            verbs={transition.verb for transition in available},
            is_open=application.is_writable(timezone.now()),
            completion=application.completion,
            may_write=self.request.user.has_perm("grants.edit_application", application),
            may_discard=self.request.user.has_perm("grants.discard_application", application),
            decision=application.decision,
            letters=Letter.objects.for_reader(self.request.user, application),
            **context,
        )


class Receipt(ApplicationDetail):
    template_name = "grants/receipt.html"

    def get_queryset(self):
        return super().get_queryset().handed_in()


class ApplicationPdf(OwnApplication):
    """What was handed in, as an accessible PDF to keep."""

    def get_queryset(self):
        return super().get_queryset().handed_in()

    def get(self, request, *args, **kwargs):
        application = self.get_object()
        answer = HttpResponse(application_pdf(application), content_type="application/pdf")
        name = f"{application.case.number}.pdf".replace(" ", "-")
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer


@private
class Apply(DetailView):
    """Begin an application in a call: as whom? One draft each; a begun one is opened again."""

    template_name = "grants/apply.html"

    def get_queryset(self):
        return Call.objects.public().with_scheme()

    def get_context_data(self, **context):
        now = timezone.now()
        context.setdefault("form", ApplicantForm(call=self.object, user=self.request.user))
        drafts = Application.objects.begun_by(self.request.user).drafts().filter(call=self.object)
        return super().get_context_data(
            is_open=self.object.is_open(now), drafts=drafts.with_call(), now=now, **context
        )

    def post(self, request, *args, **kwargs):
        call = self.object = self.get_object()
        form = ApplicantForm(request.POST, call=call, user=request.user)
        if form.is_valid():
            try:
                draft = Application.objects.start(
                    call=call, by=request.user, at=timezone.now(), organisation=form.organisation
                )
                self.copy(form.copied, draft)
                return redirect("write_application", draft.pk)
            except ValidationError as error:
                form.add_error(None, error)
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)

    def copy(self, earlier, draft) -> None:
        """Into an empty draft; one that holds something is opened as it is, and that is told."""
        if earlier is None:
            return
        try:
            draft.take_over_from(earlier, by=self.request.user, at=timezone.now())
        except WrongState as error:
            messages.warning(self.request, str(error))


def already_handed_in(request, application):
    """The same form once more: nothing happened, and here is the number it got the first time."""
    application.refresh_from_db()
    context = {"object": application}
    return render(request, "grants/already_handed_in.html", context, status=CONFLICT)


class Withdraw(OwnApplication, TransitionView):
    """Asks first; then the application is withdrawn for good."""

    http_method_names = ["get", "head", "post"]
    template_name = "grants/withdraw.html"
    done = gettext_lazy("The application is withdrawn.")

    def get(self, request, *args, **kwargs):
        application = self.object = self.get_object()
        if not application.workflow["withdraw"].fits(application):
            return redirect(application)
        return self.render_to_response(self.get_context_data())


class DeleteDraft(OwnApplication):
    template_name = "grants/delete_draft.html"

    def get_queryset(self):
        return super().get_queryset().drafts()

    def post(self, request, *args, **kwargs):
        try:
            self.get_object().discard(by=request.user, at=timezone.now())
        except WrongState as error:
            return render(request, "409.html", {"reason": str(error)}, status=CONFLICT)
        messages.success(request, _("The draft is deleted."))
        return redirect("my_pages")
