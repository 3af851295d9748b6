"""The few kinds of pages there are; an app's view adds what is its own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.views.generic import DetailView, TemplateView, View
from django.views.generic.detail import SingleObjectMixin

from portal.core.filters import PublicFilterSet
from portal.core.keyset import InvalidCursor, Page, keyset_page
from portal.core.models import Perspective
from portal.core.workflow import WrongState


class PublicMixin:
    """A page that anybody may read, without signing in."""

    @method_decorator(login_not_required)
    def dispatch(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs)


class FilteredPage(PublicMixin, TemplateView):
    """A public page with the API's filters.

    What cannot be answered gives status 400, says which parameter it is, and keeps what was typed.
    """

    filterset_class: type[PublicFilterSet]
    # What the page's form asks for, in this order; other filters show once the address uses them.
    offered: tuple[str, ...] = (
        "q",
        "perspective",
        "country",
        "eu",
        "year",
        "open",
        "engagement",
        "goal",
    )

    def get(self, request, *args, **kwargs):
        self.filterset = self.filterset_class(request.GET, self.get_queryset(), request=request)
        self.problems = dict(self.filterset.problems)
        context = self.get_context_data(**kwargs, **self.answer())
        context |= {
            "form": self.form(),
            "problems": self.problems,
            "perspectives": Perspective.objects.all(),
            "chosen": request.GET.getlist("perspective"),
        }
        return self.render_to_response(context, status=400 if self.problems else 200)

    def get_queryset(self):
        raise NotImplementedError

    def answer(self) -> dict:
        """What the template gets of the selection; may add to `problems`."""
        raise NotImplementedError

    def form(self):
        form = self.filterset.form
        for name, reasons in self.problems.items():
            if name not in form.errors:
                form.add_error(name if name in form.fields else None, reasons)
        for name in set(form.fields) - set(self.offered):
            if not self.request.GET.get(name):
                del form.fields[name]
        form.fields["q"].widget.input_type = "search"
        form.order_fields(self.offered)
        return form


class FilteredListView(FilteredPage):
    """A list in keyset pages, without COUNT."""

    title: str | Promise
    page_size = 50

    def answer(self):
        page = Page([], None, None)
        if not self.problems:
            try:
                page = keyset_page(
                    self.filterset.qs, self.request.GET.get("cursor"), self.page_size
                )
            except InvalidCursor as error:
                self.problems["cursor"] = error.messages
        return {"page": page, "today": timezone.localdate(), "now": timezone.now()}


class PublicDetailView(PublicMixin, DetailView):
    """A public item by its slug; drafts answer 404 to all but staff.

    `listed_in` names the route of its list, which is its name in the open API, too.
    """

    listed_in: tuple[str, str | Promise]

    def get_context_data(self, **context):
        name, title = self.listed_in
        return super().get_context_data(
            today=timezone.localdate(),
            now=timezone.now(),
            breadcrumbs=[{"url": reverse(name), "label": title}, {"label": str(self.object)}],
            json_ld=self.json_ld(),
            alternate_links=[{"type": "application/json", "url": self.twin()}],
            **context,
        )

    def json_ld(self) -> dict:
        """The item in the words of schema.org."""
        raise NotImplementedError

    def twin(self) -> str:
        """The same item in the open API."""
        return f"/api/v1/{self.listed_in[0]}/{self.kwargs.get('slug') or self.object.pk}/"


class TransitionView(SingleObjectMixin, View):
    """POST a verb of the object's workflow, and go back to the object.

    Whoever may not see the object gets 404; who may not do it, 403; a state that has moved on, 409.
    Subclasses give the queryset (`visible_to`) and where to go.
    """

    http_method_names = ["post"]
    done: str | Promise = ""

    def post(self, request, *args, verb, **kwargs):
        obj = self.get_object()
        if verb not in obj.workflow or obj.workflow[verb].permission is None:
            raise Http404
        try:
            getattr(obj, verb)(by=request.user, at=timezone.now(), **self.arguments())
        except WrongState as error:
            return render(request, "409.html", {"reason": str(error)}, status=409)
        except ValidationError as error:
            return self.refused(obj, error)
        messages.success(request, self.done or obj.workflow[verb].label)
        return redirect(self.success_url(obj))

    def arguments(self) -> dict:
        return {}

    def success_url(self, obj) -> str:
        return obj.get_absolute_url()

    def refused(self, obj, error):
        for message in error.messages:
            messages.error(self.request, message)
        return redirect(self.success_url(obj))
