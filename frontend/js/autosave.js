// A draft saves itself while it is written. What cannot be saved yet (half an amount) waits for the
// button, which says what is wrong; without script the button is all there is.

const PAUSE = 1500;

function autosave(form) {
  const told = form.querySelector('[data-saved]');
  const version = form.elements.version;
  let timer;
  let sending = false;
  let changed = false;

  function tell(text, isWrong) {
    told.textContent = text;
    told.classList.toggle('is-wrong', isWrong);
    told.toggleAttribute('role', false);
    if (isWrong) told.setAttribute('role', 'alert');
  }

  async function save() {
    clearTimeout(timer);
    if (sending || !changed) return;
    sending = true;
    changed = false;
    const data = new FormData(form);
    data.set('action', 'autosave');
    try {
      const answer = await fetch(location.pathname, {
        method: 'POST', body: data, headers: { Accept: 'application/json' }, keepalive: document.hidden,
      });
      const said = await answer.json();
      if (said.version) version.value = said.version;
      if (said.told) tell(said.told, !answer.ok);
    } catch {
      tell(told.dataset.offline, true);
      changed = true;
    }
    sending = false;
    if (changed) timer = setTimeout(save, PAUSE);
  }

  form.addEventListener('input', () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    changed = false;
  });
  // The way to the other language goes through the form: it takes along what has been typed.
  for (const link of document.querySelectorAll('#language-switch a[hreflang]')) {
    link.addEventListener('click', (event) => {
      const button = form.querySelector(`[data-language="${link.hreflang}"]`);
      if (!button) return;
      event.preventDefault();
      button.click();
    });
  }
  document.addEventListener('visibilitychange', () => { if (document.hidden) save(); });
}

document.querySelectorAll('form[data-autosave]').forEach(autosave);
