// The ranked packet of a call saves each row while it is typed, and shows anew what is left. Rows are
// moved by their buttons, by typing a rank, or by dragging. The server reckons and decides; without
// script the same buttons send the same forms.

const PAUSE = 700;

function packet(table) {
  const body = table.tBodies[0];
  const left = document.getElementById('left-now');
  const states = new Map();
  // One row at a time: of two sent at once, the answer that comes last may know least of the other.
  const waiting = [];
  let working = null;

  const form = (row) => row.querySelector('form');

  function state(row) {
    if (!states.has(row)) states.set(row, { timer: 0, changed: false, wrong: false });
    return states.get(row);
  }

  function tell(row, text, isWrong) {
    const told = row.querySelector('[data-told]');
    state(row).wrong = isWrong;
    told.classList.toggle('is-wrong', isWrong);
    told.toggleAttribute('role', false);
    told.textContent = text;
    if (isWrong) told.setAttribute('role', 'alert');
  }

  function showLedger(text) {
    const page = new DOMParser().parseFromString(text, 'text/html');
    const [old, next] = [document, page].map((one) => one.getElementById('ledger'));
    const [sums, fresh] = [old, next].map((one) => one.querySelector('[data-sums]'));
    fresh.querySelector('details').open = sums.querySelector('details').open;
    sums.replaceWith(document.adoptNode(fresh));
    // The button stays the same one, so that a press while something is saved is not lost.
    const [propose, now] = [old, next].map((one) => one.querySelector('[data-propose]'));
    propose.hidden = now.hidden;
    propose.elements.seen.value = now.elements.seen.value;
    propose.querySelector('button').textContent = now.querySelector('button').textContent;
    left.textContent = next.dataset.told;
  }

  // A rank that is asked for and not yet answered stays asked for.
  function stand(row, number) {
    const { place, rank } = form(row).elements;
    if (rank.value === place.value) rank.value = number;
    place.value = number;
  }

  function number() {
    [...body.rows].forEach((row, index) => {
      const place = row.querySelector('[data-place]');
      if (place) place.textContent = index + 1;
      else stand(row, index + 1);
    });
  }

  function reorder(order) {
    const focused = document.activeElement;
    for (const pk of order) {
      const row = document.getElementById(`row-${pk}`);
      if (row) body.append(row);
    }
    number();
    if (body.contains(focused)) focused.focus();
  }

  async function send(row, move) {
    const one = state(row);
    one.changed = false;
    const data = new FormData(form(row));
    if (move) data.set('move', move);
    try {
      const answer = await fetch(form(row).action, {
        method: 'POST', body: data, headers: { Accept: 'application/json' }, keepalive: true,
      });
      const said = await answer.json();
      if (said.version !== null && said.version !== undefined) form(row).elements.version.value = said.version;
      tell(row, said.told, !answer.ok);
      const { place, rank } = form(row).elements;
      if (answer.ok && rank.value === data.get('rank')) rank.value = place.value;
      if (said.order) reorder(said.order);
      if (said.ledger) showLedger(said.ledger);
    } catch {
      tell(row, table.dataset.offline, true);
      one.changed = true;
    }
  }

  async function work() {
    while (waiting.length) await send(...waiting.shift());
    working = null;
  }

  function save(row, move) {
    clearTimeout(state(row).timer);
    waiting.push([row, move]);
    working ||= work();
  }

  function later(row) {
    const one = state(row);
    one.changed = true;
    clearTimeout(one.timer);
    one.timer = setTimeout(() => save(row), PAUSE);
  }

  function saveChanged() {
    for (const [row, one] of states) if (one.changed) save(row);
  }

  const rowOf = (field) => field.form && field.form.closest('tr');

  body.addEventListener('input', (event) => {
    if (event.target.name !== 'rank') later(rowOf(event.target));
  });
  body.addEventListener('change', (event) => {
    const row = rowOf(event.target);
    if (event.target.name === 'rank' || state(row).changed) save(row);
  });
  body.addEventListener('submit', (event) => {
    event.preventDefault();
    save(event.target.closest('tr'), event.submitter?.name === 'move' && event.submitter.value);
  });

  // A row is dragged by its handle.
  let dragged = null;
  for (const handle of body.querySelectorAll('[data-drag]')) {
    handle.hidden = false;
    handle.addEventListener('dragstart', (event) => {
      dragged = handle.closest('tr');
      dragged.classList.add('is-dragged');
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setDragImage(dragged, 0, 0);
    });
    handle.addEventListener('dragend', () => {
      const row = dragged;
      dragged = null;
      row.classList.remove('is-dragged');
      const { place, rank } = form(row).elements;
      rank.value = [...body.rows].indexOf(row) + 1;
      if (rank.value !== place.value) save(row);
    });
  }
  body.addEventListener('dragover', (event) => {
    const over = event.target.closest('tr');
    if (!dragged || !over) return;
    event.preventDefault();
    if (over === dragged) return;
    const box = over.getBoundingClientRect();
    over[event.clientY < box.top + box.height / 2 ? 'before' : 'after'](dragged);
  });
  body.addEventListener('drop', (event) => event.preventDefault());

  // What is typed is saved before the packet is proposed; what cannot be saved holds it back.
  document.addEventListener('submit', async (event) => {
    if (!event.target.matches('[data-propose]')) return;
    const rows = [...states.keys()];
    if (!working && !rows.some((row) => state(row).changed || state(row).wrong)) return;
    event.preventDefault();
    saveChanged();
    await working;
    const wrong = rows.find((row) => state(row).wrong);
    if (wrong) {
      wrong.scrollIntoView({ block: 'center' });
      return;
    }
    document.querySelector('[data-propose]')?.requestSubmit();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) saveChanged();
  });
  // Whoever leaves the page waits for no answer: all that is left is sent at once.
  window.addEventListener('pagehide', () => {
    saveChanged();
    while (waiting.length) send(...waiting.shift());
  });
  table.classList.add('is-live');
}

document.querySelectorAll('[data-packet]').forEach(packet);
