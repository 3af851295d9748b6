// A long task in portions: the page of one portion sends for the next. Without this the reader
// presses the button.
for (const form of document.querySelectorAll('form[data-goes-on]')) form.requestSubmit();
