// Progressive enhancement only: every form and link works without this file.
//
// A filter form names in data-swap the elements its answer replaces ("results language"). They are
// fetched from the ordinary page and put in place, so that focus stays where the reader is.

import './autosave.js';
import './balance.js';
import './countdown.js';
import './goeson.js';
import './packet.js';
import './rows.js';
import './upload.js';

const live = document.getElementById('live');

function announce(text) {
  if (!live || !text) return;
  live.textContent = '';
  // A short pause lets a screen reader notice the same sentence twice.
  setTimeout(() => { live.textContent = text; }, 60);
}

function address(form) {
  const url = new URL(form.action || location.href);
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === 'string' && value);
  url.search = new URLSearchParams(fields);
  url.hash = '';
  return url;
}

function swap(ids, page) {
  let message = '';
  for (const id of ids) {
    const next = page.getElementById(id);
    const current = document.getElementById(id);
    if (!next || !current) return null;
    const focused = current.contains(document.activeElement) && document.activeElement.id;
    current.replaceWith(document.adoptNode(next));
    if (focused) document.getElementById(focused)?.focus();
    message ||= next.dataset.announce || '';
  }
  return message;
}

function enhance(form) {
  const ids = form.dataset.swap.split(/\s+/);
  let request;
  let pause;

  async function load() {
    clearTimeout(pause);
    request?.abort();
    request = new AbortController();
    const url = address(form);
    const target = document.getElementById(ids[0]);
    target?.setAttribute('aria-busy', 'true');
    try {
      const response = await fetch(url, { signal: request.signal });
      if (!response.ok) throw new Error(String(response.status));
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      const message = swap(ids, page);
      if (message === null) throw new Error('The answer lacks an element to swap in.');
      history.replaceState(null, '', url);
      announce(message);
    } catch (error) {
      // The server's own page says best what went wrong.
      if (error.name !== 'AbortError') location.assign(url);
    }
  }

  form.addEventListener('change', (event) => {
    if (event.target.type !== 'search') load();
  });
  form.addEventListener('input', (event) => {
    if (event.target.type !== 'search') return;
    clearTimeout(pause);
    pause = setTimeout(load, 300);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    load();
  });
}

document.querySelectorAll('form[data-swap]').forEach(enhance);

// Filters stand folded on a phone; a wide window has room for them open.
const wide = matchMedia('(min-width: 62rem)');
function unfold() {
  if (wide.matches) document.querySelectorAll('.filter-fold').forEach((fold) => { fold.open = true; });
}
wide.addEventListener('change', unfold);
unfold();

// A question that another one's answer shows is out of the way until it is asked. One with an error
// stays, so that the error can be read.
function askWhatIsAsked() {
  const hidden = new Set();
  for (const question of document.querySelectorAll('[data-shown-if]')) {
    const { shownIf, shownAnswer } = question.dataset;
    const chosen = document.querySelector(`[name="${shownIf}"][value="${shownAnswer}"]:checked`);
    question.hidden = (!chosen || hidden.has(shownIf)) && !question.querySelector('[aria-invalid="true"]');
    question.querySelector('.question-when').hidden = true;
    if (question.hidden) question.querySelectorAll('[name]').forEach((field) => hidden.add(field.name));
  }
}
if (document.querySelector('[data-shown-if]')) {
  document.addEventListener('change', askWhatIsAsked);
  askWhatIsAsked();
}

document.querySelector('.ds-error-summary')?.focus();
