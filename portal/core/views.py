"""The few kinds of pages there are; an app's view adds what is its own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import DetailView, ListView, View
from django.views.generic.detail import SingleObjectMixin

from portal.core.keyset import InvalidCursor, Page, keyset_page
from portal.core.workflow import WrongState


class PublicMixin:
    """A page that anybody may read, without signing in."""

    @method_decorator(login_not_required)
    def dispatch(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs)


class FilteredListView(PublicMixin, ListView):
    """A public list: the API's filters in a side column, keyset pages, no COUNT.

    A filter that cannot be answered gives status 400, says which, and keeps what was typed.
    """

    filterset_class: type
    page_size = 50

    def get(self, request, *args, **kwargs):
        self.filterset = self.filterset_class(request.GET, self.get_queryset(), request=request)
        problems = dict(self.filterset.problems)
        page = Page([], None, None)
        if not problems:
            try:
                page = keyset_page(self.filterset.qs, request.GET.get("cursor"), self.page_size)
            except InvalidCursor as error:
                problems["cursor"] = error.messages
        self.object_list = page.items
        context = self.get_context_data(page=page, filter=self.filterset, problems=problems)
        return self.render_to_response(context, status=400 if problems else 200)

    def get_context_data(self, **context):
        # ListView would paginate by count; the page is cut already.
        return {"view": self, "object_list": self.object_list, **(self.extra_context or {}), **context}


class PublicDetailView(PublicMixin, DetailView):
    """A public item by its slug; drafts answer 404 to all but staff."""


class TransitionView(SingleObjectMixin, View):
    """POST a verb of the object's workflow, and go back to the object.

    Whoever may not see the object gets 404; who may not do it, 403; a state that has moved on, 409.
    Subclasses give the queryset (`visible_to`) and where to go.
    """

    http_method_names = ["post"]
    done = ""

    def post(self, request, *args, verb, **kwargs):
        obj = self.get_object()
        if verb not in obj.workflow or obj.workflow[verb].permission is None:
            raise Http404
        try:
            getattr(obj, verb)(by=request.user, at=timezone.now(), **self.arguments())
        except WrongState as error:
            return render(request, "409.html", {"message": str(error), "object": obj}, status=409)
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
