"""What may be handed in is judged by its content; a hostile corpus is refused, fast and lean."""

import time
import tracemalloc

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.cases.uploads import check_upload
from tests.cases.uploads import HONEST, HOSTILE, PDF


class Named(SimpleUploadedFile):
    """A name as it was sent: Django's own class mends some before anybody can refuse them."""

    def _set_name(self, name):
        self._name = name

    name = property(lambda self: self._name, _set_name)


@pytest.mark.parametrize("name", HONEST)
def test_honest_files_are_taken(name):
    file = SimpleUploadedFile(name, HONEST[name])
    check_upload(file)
    assert file.read() == HONEST[name]  # read from its beginning, for whoever keeps it


def test_the_corpus_is_large_enough():
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_hostile_files_are_refused_in_words_fast_and_lean(name):
    file = Named(name, HOSTILE[name])
    tracemalloc.start()
    began = time.perf_counter()
    with pytest.raises(ValidationError) as refused:
        check_upload(file)
    seconds = time.perf_counter() - began
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seconds < 5
    assert peak < 200 * 1024 * 1024
    assert refused.value.messages[0].endswith((".", "txt."))


def test_a_plain_word_of_javascript_is_no_script():
    told = PDF.replace(b"endobj", b"(JavaScript) endobj")
    check_upload(SimpleUploadedFile("om-javascript.pdf", told))
