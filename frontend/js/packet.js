// The ranked packet of a call saves each row while it is typed, and shows anew what is left. Rows are
// moved by their buttons, by typing a rank, or by dragging. The server reckons and decides; without
// script the same buttons send the same forms.

const PAUSE = 700;

function packet(table) {
  const body = table.tBodies[0];
  const left = document.getElementById('left-now');
  const states = new Map();
  // One row at a time: of two sent at once, the answer that comes last may know least of the other.
  let queue = Promise.resolve();

  const form = (row) => row.querySelector('form');

  function state(row) {
    if (!states.has(row)) states.set(row, { timer: 0, changed: false, wrong: false, sending: null });
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

  function number() {
    [...body.rows].forEach((row, index) => {
      const place = row.querySelector('[data-place]');
      if (place) place.textContent = index + 1;
      else for (const name of ['rank', 'place']) form(row).elements[name].value = index + 1;
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
        method: 'POST', body: data, headers: { Accept: 'application/json' }, keepalive: document.hidden,
      });
      const said = await answer.json();
      if (said.version !== null && said.version !== undefined) form(row).elements.version.value = said.version;
      tell(row, said.told, !answer.ok);
      if (said.order) reorder(said.order);
      if (said.ledger) showLedger(said.ledger);
    } catch {
      tell(row, table.dataset.offline, true);
      one.changed = true;
    }
  }

  function save(row, move) {
    const one = state(row);
    clearTimeout(one.timer);
    const sending = queue.then(() => send(row, move)).finally(() => {
      if (one.sending === sending) one.sending = null;
    });
    one.sending = sending;
    queue = sending;
    return sending;
  }

  function later(row) {
    const one = state(row);
    one.changed = true;
    clearTimeout(one.timer);
    one.timer = setTimeout(() => save(row), PAUSE);
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
    const open = [...states].filter(([, one]) => one.changed || one.sending || one.wrong);
    if (!open.length) return;
    event.preventDefault();
    await Promise.all(open.map(([row, one]) => (one.changed ? save(row) : one.sending)));
    const wrong = open.find(([, one]) => one.wrong);
    if (wrong) {
      wrong[0].scrollIntoView({ block: 'center' });
      return;
    }
    document.querySelector('[data-propose]')?.requestSubmit();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) for (const [row, one] of states) if (one.changed) save(row);
  });
  table.classList.add('is-live');
}

document.querySelectorAll('[data-packet]').forEach(packet);
