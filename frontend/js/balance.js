// The sums of a budget follow what is typed. The server reckons them anew and decides.

// As the server reads an amount: null where it could be read in two ways, or not at all.
function amount(text) {
  const found = text.trim().match(/^(\d+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+)(?:[,.](\d{1,2}))?(?:[ \u00a0\u202f]?(?:kr\.?|SEK))?$/i);
  if (!found) return null;
  return Number(found[1].replace(/\D/g, '')) * 100 + Number((found[2] || '').padEnd(2, '0'));
}

function kronor(cents) {
  const format = new Intl.NumberFormat('sv', { minimumFractionDigits: cents % 100 ? 2 : 0 });
  const text = format.format(cents / 100);
  return `${document.documentElement.lang === 'en' ? text.replace(',', '.') : text}\u00a0kr`;
}

function balance(section) {
  const form = section.closest('form');
  const told = section.querySelector('[data-told]');
  const partners = Math.round(Number(section.dataset.partners) * 100);

  function sumOf(list, kind) {
    let sum = 0;
    for (const row of form.querySelectorAll(`[data-rows="${list}"] [data-row]`)) {
      const chosen = row.querySelector('[name$="-kind"]');
      if (!kind || chosen.value === kind) sum += amount(row.querySelector('[name$="-amount"]').value) || 0;
    }
    return sum;
  }

  function show() {
    const sums = {
      costs: sumOf('costs'),
      applied: amount(form.elements.amount.value) || 0,
      own: sumOf('incomes', 'own'),
      public: sumOf('incomes', 'public'),
      other: sumOf('incomes', 'other'),
      partners,
    };
    for (const [key, sum] of Object.entries(sums)) {
      section.querySelector(`[data-sum="${key}"]`).textContent = kronor(sum);
      const share = sums.costs ? (100 * sum) / sums.costs : null;
      const percent = share === null ? '' : new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(share);
      section.querySelector(`[data-share="${key}"]`).textContent = percent && `${percent} %`;
    }
    const lacking = 2 * sums.costs - Object.values(sums).reduce((one, other) => one + other, 0);
    const { equal, more, lacking: less } = section.dataset;
    const text = lacking ? (lacking > 0 ? less : more).replace('%s', kronor(Math.abs(lacking))) : equal;
    if (told.textContent !== text) told.textContent = sums.costs ? text : '';
  }

  form.addEventListener('input', show);
  form.addEventListener('change', show);
  show(); // a form sent back with a fault in it holds what was typed
}

document.querySelectorAll('[data-balance]').forEach(balance);
