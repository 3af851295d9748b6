"""A page with a form for each verb: all of them post to the page itself, and `do` says which."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View

from portal.committee.forms.pages import PageForm
from portal.core.keptforms import KeepsTyped
from portal.core.workflow import WrongState

CONFLICT, UNPROCESSABLE = 409, 422


@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class VerbPage(KeepsTyped, TemplateResponseMixin, ContextMixin, View):
    """What is refused, by the form (422) or because somebody was quicker (409), stands in its form
    again with all that was typed; the page around it shows how things are now.
    """

    forms: tuple[type[PageForm], ...] = ()

    def load(self) -> None:
        """Read what the page is about, or raise Http404."""

    def check_may(self, form_class) -> None:
        """Raise PermissionDenied where the person may not do this at all."""
        raise NotImplementedError

    def make_form(self, form_class, data=None) -> PageForm:
        raise NotImplementedError

    def offered(self) -> list[type[PageForm]]:
        """The forms that fit now."""
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        self.load()
        typed = self.typed_before()
        form = self.form_that_was_sent(typed) if typed else None
        return self.page(form, typed_before=form is not None)

    def post(self, request, *args, **kwargs):
        self.load()
        form = self.form_that_was_sent(request.POST)
        if form is None:
            raise Http404
        return self.do(form)

    def form_that_was_sent(self, data) -> PageForm | None:
        named = (one for one in self.forms if one.do == data.get("do"))
        form_class = next(named, None)
        if form_class is None:
            return None
        self.check_may(form_class)
        return self.make_form(form_class, data)

    def do(self, form: PageForm):
        status = UNPROCESSABLE
        try:
            if form.is_valid():
                self.perform(form)
                messages.success(self.request, str(form.done))
                return redirect(self.way_on(form))
        except ValidationError as error:
            form.refuse(error)
        except WrongState as error:
            form.add_error(None, str(error))
            status = CONFLICT
            self.load()
        return self.page(form, status=status)

    def perform(self, form: PageForm) -> None:
        form.perform(by=self.request.user, at=timezone.now())

    def way_on(self, form: PageForm) -> str:
        return self.request.path

    def page(self, sent: PageForm | None = None, *, status=200, **context):
        forms = {one.do: self.make_form(one) for one in self.offered()}
        if sent is not None:
            forms[sent.do] = sent
        context = self.get_context_data(forms=forms, sent=sent, **context)
        return self.render_to_response(context, status=status)


def require(user, permission: str, obj=None) -> None:
    if not user.has_perm(permission, obj):
        raise PermissionDenied
