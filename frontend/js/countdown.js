// How long a call is still open, told when it is less than two days. The server's clock decides.

const TWO_DAYS = 48 * 60;

function countdown(element) {
  const closes = new Date(element.dataset.closes);

  function show() {
    const minutes = Math.ceil((closes - Date.now()) / 60000);
    if (minutes <= 0) element.textContent = ` ${element.dataset.closed}`;
    else if (minutes < TWO_DAYS) {
      const text = element.dataset.left.replace('%h', Math.floor(minutes / 60)).replace('%m', minutes % 60);
      element.textContent = ` (${text})`;
    }
  }

  show();
  setInterval(show, 20000);
}

document.querySelectorAll('[data-closes]').forEach(countdown);
