"""Verbs in the admin: actions on the list, buttons on the page, a small form where one is needed.

All three call the verb's method on the model, which asks the rules and the state. Nothing else
here writes a state.
"""

from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.core.admin_forms import VerbForm
from portal.core.workflow import Transition, WrongState


class WorkflowAdmin(admin.ModelAdmin):
    """Offers the model's verbs to those who may perform them."""

    change_form_template = "admin/workflow_change_form.html"
    verb_template = "admin/verb_form.html"
    # A verb that needs input names its form; its fields are what the verb's method takes.
    verb_forms: dict[str, type[VerbForm]] = {}
    # Verbs that are done on other pages.
    not_offered: tuple[str, ...] = ()

    def offered(self) -> list[Transition]:
        workflow = self.model.workflow
        return [t for t in workflow if t.permission and t.verb not in self.not_offered]

    def available(self, obj, user) -> list[Transition]:
        fitting = [t for t in self.offered() if t.fits(obj)]
        # Most of them ask for the same right: it is asked for once.
        may = {t.permission: t.may(user, obj) for t in {t.permission: t for t in fitting}.values()}
        return [t for t in fitting if may[t.permission]]

    # --- The list -------------------------------------------------------------------------------

    def get_actions(self, request):
        actions = super().get_actions(request)
        if IS_POPUP_VAR in request.GET:
            return actions
        for transition in self.offered():
            if transition.verb not in self.verb_forms and request.user.has_perm(
                transition.permission
            ):
                run = partial(perform_on_each, transition)
                actions[transition.verb] = (run, transition.verb, transition.label)
        return actions

    # --- The page -------------------------------------------------------------------------------

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["verbs"] = self.available(obj, request.user) if obj else []
        context["verbs_with_form"] = self.verb_forms
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_verb"
        view = self.admin_site.admin_view(self.verb_view)
        return [path("<path:object_id>/do/<slug:verb>/", view, name=name), *super().get_urls()]

    def verb_view(self, request, object_id, verb):
        """Perform a verb on one object; GET shows the form of a verb that needs input.

        Who may not see the object gets 404, who may not do it 403. A state that has moved on
        answers 409 and keeps what was typed.
        """
        transition = self._offered_verb(verb)
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.has_view_permission(request, obj):
            raise Http404
        if not transition.may(request.user, obj):
            raise PermissionDenied
        if verb in self.verb_forms:
            return self._verb_with_form(request, obj, transition)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if try_to_perform(request, obj, transition):
            messages.success(request, f"{capfirst(transition.label)}: {obj}")
        return HttpResponseRedirect(self.page_of(obj))

    def _offered_verb(self, verb) -> Transition:
        for transition in self.offered():
            if transition.verb == verb:
                return transition
        raise Http404

    def page_of(self, obj) -> str:
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[quote(obj.pk)])

    # --- A verb that needs input ----------------------------------------------------------------

    def _verb_with_form(self, request, obj, transition):
        form_class = self.verb_forms[transition.verb]
        if request.method != "POST":
            initial = self.verb_initial(obj, transition.verb, request.user)
            form = form_class(obj=obj, initial=initial)
            moved_on = None if transition.fits(obj) else _moved_on(obj, transition)
            return self._verb_page(request, obj, transition, form, moved_on)
        form, moved_on = form_class(request.POST, request.FILES, obj=obj), None
        if form.is_valid():
            try:
                perform(obj, transition, request.user, **form.cleaned_data)
            except WrongState as error:
                moved_on = str(error)
            except ValidationError as error:
                _add_errors(form, error)
            else:
                messages.success(request, f"{capfirst(transition.label)}: {obj}")
                return HttpResponseRedirect(self.page_of(obj))
        return self._verb_page(request, obj, transition, form, moved_on)

    def verb_initial(self, obj, verb: str, user) -> dict:
        """What the form suggests."""
        return {}

    def verb_facts(self, obj) -> list[tuple[str, str]]:
        """What the person needs to see beside the form: (label, text)."""
        return []

    def _verb_page(self, request, obj, transition, form, moved_on):
        context = {
            **self.admin_site.each_context(request),
            "title": transition.label,
            "opts": self.opts,
            "original": obj,
            "page_of_original": self.page_of(obj),
            "has_view_permission": True,
            "adminform": AdminForm(form, [(None, {"fields": list(form.fields)})], {}),
            "errors": form.errors,
            "moved_on": moved_on,
            "facts": self.verb_facts(obj),
            "transition": transition,
            "media": self.media + form.media,
        }
        request.current_app = self.admin_site.name
        status = 409 if moved_on else 200
        return TemplateResponse(request, self.verb_template, context, status=status)


def perform(obj, transition: Transition, user, **given) -> None:
    getattr(obj, transition.verb)(by=user, at=timezone.now(), **given)


def try_to_perform(request, obj, transition: Transition) -> bool:
    """Perform a verb; what refuses it becomes a message that names the object."""
    try:
        perform(obj, transition, request.user)
    except PermissionDenied:
        reasons = [_("You may not do this.")]
    except WrongState as error:
        reasons = [str(error)]
    except ValidationError as error:
        reasons = error.messages
    else:
        return True
    messages.error(request, f"{obj}: {' '.join(reasons)}")
    return False


def perform_on_each(transition: Transition, modeladmin, request, queryset):
    """The action: each object in a transaction of its own, so that one refusal stops no other."""
    done = sum([try_to_perform(request, obj, transition) for obj in queryset])
    if done:
        messages.success(
            request, _("%(verb)s: %(count)s done.") % {"verb": transition.label, "count": done}
        )


def _moved_on(obj, transition: Transition) -> str:
    state = getattr(obj, f"get_{transition.field}_display")()
    return _("“%(verb)s” is not possible: it is already “%(state)s”.") % {
        "verb": transition.label,
        "state": state,
    }


def _add_errors(form, error: ValidationError) -> None:
    by_field = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
    for name, texts in by_field.items():
        form.add_error(name if name in form.fields else None, texts)
