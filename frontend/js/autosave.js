// A draft saves itself while it is written. What cannot be saved yet (half an amount) waits for the
// button, which says what is wrong; without script the button is all there is.

const PAUSE = 1500;

function autosave(form) {
  const told = form.querySelector('[data-saved]');
  const { seen } = form.elements;
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
      if (said.seen) seen.value = said.seen;
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
  // The way to another step waits until what has been typed is saved.
  for (const link of document.querySelectorAll('a[data-step]')) {
    link.addEventListener('click', async (event) => {
      if (!changed && !sending) return;
      event.preventDefault();
      await save();
      while (sending) await new Promise((done) => { setTimeout(done, 50); });
      if (!changed && !told.classList.contains('is-wrong')) location.assign(link.href);
      else told.scrollIntoView({ block: 'center' });
    });
  }
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
