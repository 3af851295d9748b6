// A file on its way shows how far it has come. Without script the form sends it all the same.

function upload(form) {
  const progress = form.querySelector('progress');
  const told = form.querySelector('[data-told]');

  function fail(text) {
    progress.hidden = true;
    told.textContent = text;
    form.querySelector('[type=submit]').disabled = false;
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const request = new XMLHttpRequest();
    request.open('POST', location.pathname);
    request.setRequestHeader('Accept', 'application/json');
    request.responseType = 'json';
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      progress.value = total ? (100 * loaded) / total : 0;
    });
    request.addEventListener('load', () => {
      if (request.response?.next) location.assign(request.response.next);
      else if (request.response?.told) fail(request.response.told);
      else form.submit(); // the server's own page says best what is wrong
    });
    request.addEventListener('error', () => fail(told.dataset.broken));
    told.textContent = '';
    progress.hidden = false;
    form.querySelector('[type=submit]').disabled = true;
    request.send(new FormData(form));
  });
}

document.querySelectorAll('form[data-upload]').forEach(upload);
