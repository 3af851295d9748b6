"""Widgets that several apps' forms use."""

from django import forms


class Paragraphs(forms.Textarea):
    """A text area that counts a line break as one character, as the browser does."""

    def value_from_datadict(self, data, files, name):
        text = super().value_from_datadict(data, files, name)
        return text.replace("\r\n", "\n") if text else text
