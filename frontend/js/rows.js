// Rows are added and taken away on the page itself; without script the same buttons send the form.

function renumber(list) {
  list.querySelectorAll('[data-row]').forEach((row, index) => {
    row.querySelectorAll('[data-number]').forEach((number) => { number.textContent = index + 1; });
  });
}

function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

// A partner of the catalogue has its name and its country there.
function nameAnother(row) {
  const partner = row.querySelector('select[name$="-partner"]');
  if (!partner) return;
  for (const name of ['name', 'country']) {
    const field = row.querySelector(`[name$="-${name}"]`).closest('.ds-field');
    field.hidden = Boolean(partner.value) && !field.querySelector('[aria-invalid="true"]');
  }
}

function rows(section) {
  const list = section.querySelector('[data-list]');
  const template = section.querySelector('template');
  const total = section.querySelector(`[name="${section.dataset.rows}-TOTAL_FORMS"]`);
  const most = section.querySelector(`[name="${section.dataset.rows}-MAX_NUM_FORMS"]`);
  const add = section.querySelector('[data-add]');

  section.addEventListener('click', (event) => {
    const button = event.target.closest('[data-add], [data-remove]');
    if (!button) return;
    event.preventDefault();
    if (button.matches('[data-add]')) {
      const row = document.createElement('template');
      row.innerHTML = template.innerHTML.replaceAll('__prefix__', total.value);
      const key = row.content.querySelector('[name$="-key"]');
      if (key) key.value = newKey();
      list.append(row.content);
      total.value = Number(total.value) + 1;
      add.disabled = Number(total.value) >= Number(most.value);
      list.lastElementChild.querySelector('input:not([type=hidden]), select, textarea').focus();
    } else {
      const row = button.closest('[data-row]');
      const next = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      (next?.querySelector('input:not([type=hidden]), select, textarea') || add).focus();
      section.dispatchEvent(new Event('input', { bubbles: true }));
    }
    renumber(list);
  });
  section.addEventListener('change', (event) => {
    if (event.target.matches('select[name$="-partner"]')) nameAnother(event.target.closest('[data-row]'));
  });
  list.querySelectorAll('[data-row]').forEach(nameAnother);
}

document.querySelectorAll('[data-rows]').forEach(rows);
