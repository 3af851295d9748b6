"""The page: choose a file, read what would change, and take it."""

import csv

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView, View

from portal.core.workflow import StaleVersion
from portal.site.importing.files import read
from portal.site.importing.kinds import KINDS, Kind
from portal.site.importing.preview import preview, take

SALT = "portal.site.importing"
UNPROCESSABLE, CONFLICT = 422, 409

private = method_decorator(cache_control(private=True, no_store=True), name="dispatch")


class FileForm(forms.Form):
    file = forms.FileField(label=_("File"), help_text=_(".xlsx or .csv, at most 2 MB."))


@private
class ImportStart(TemplateView):
    """What can be imported, for those who may."""

    template_name = "site/importing/start.html"

    def get_context_data(self, **context):
        kinds = [kind for kind in KINDS.values() if self.request.user.has_perm(kind.permission)]
        if not kinds:
            raise PermissionDenied
        return super().get_context_data(kinds=kinds, **context)


@private
class Import(View):
    """A kind's page. The rows travel in the form, signed: nothing is kept until they are taken."""

    def dispatch(self, request, *args, kind, **kwargs):
        self.kind = kind_of(request, kind)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.page(FileForm())

    def post(self, request):
        return self.take(request) if "rows" in request.POST else self.look(request)

    def look(self, request):
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(form, status=UNPROCESSABLE)
        file = form.cleaned_data["file"]
        try:
            rows = read(file.name, file.read())
        except ValidationError as error:
            form.add_error("file", error)
            return self.page(form, status=UNPROCESSABLE)
        return self.preview(rows)

    def take(self, request):
        try:
            rows = signing.loads(request.POST["rows"], salt=SALT)
        except signing.BadSignature as error:
            raise Http404 from error
        mark = request.POST.get("mark", "")
        try:
            told = take(self.kind, rows, mark=mark, by=request.user, at=timezone.now())
        except StaleVersion:
            return self.preview(rows, status=CONFLICT, stale=True)
        except ValidationError as error:
            return self.preview(rows, status=UNPROCESSABLE, refused=error.messages)
        count = told.count()
        done = _now("Imported: %(new)s new, %(changed)s changed.")
        messages.success(request, done % {"new": count["new"], "changed": count["changed"]})
        return redirect("import", kind=self.kind.slug)

    def preview(self, rows, *, status=None, **context):
        told = preview(self.kind, rows, self.request.user)
        context |= {
            "preview": told,
            "count": told.count(),
            "rows": signing.dumps(rows, salt=SALT, compress=True),
        }
        status = status or (200 if told.is_clean else UNPROCESSABLE)
        return self.page(FileForm(), status=status, **context)

    def page(self, form, *, status=200, **context):
        context |= {"form": form, "kind": self.kind, "columns": columns(self.kind)}
        return render(self.request, "site/importing/kind.html", context, status=status)


def kind_of(request, slug: str) -> Kind:
    if slug not in KINDS:
        raise Http404
    if not request.user.has_perm(KINDS[slug].permission):
        raise PermissionDenied
    return KINDS[slug]


def columns(kind: Kind) -> list[forms.Field]:
    return list(kind.form.base_fields.values())


def heading(request, kind: str):
    """An empty file with the headings, to fill in."""
    found = kind_of(request, kind)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.csv"'
    response.write("\ufeff")
    csv.writer(response, delimiter=";").writerow([str(one.label) for one in columns(found)])
    return response
