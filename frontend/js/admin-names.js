// Names for screen readers, where Django's admin leaves them out.

// Select2 hides a select and draws a field of its own, which does not know the select's label.
const { jQuery } = window.django ?? {};
const draw = jQuery?.fn.djangoAdminSelect2;
if (draw) {
  jQuery.fn.djangoAdminSelect2 = function () {
    return draw.call(this).each((_, select) => {
      const name = select.ariaLabel ?? select.labels[0].innerText;
      const { selection, dropdown, results } = jQuery(select).data('select2');
      const parts = [selection.$selection, selection.$search, dropdown.$search, results.$results];
      parts.forEach((part) => part?.attr('aria-label', name));
      selection.$selection.removeAttr('aria-labelledby');
      selection.$selection.attr('aria-controls', results.$results.attr('id'));
      selection.$selection.find('[role=textbox]').removeAttr('role aria-readonly');
    });
  };
}

// Choices, and a date with its time, are a group whose label stands before it.
document.querySelectorAll('.form-row label:not([for]) + :not(.readonly)').forEach((group) => {
  group.role = 'group';
  group.ariaLabel = group.previousElementSibling.innerText;
});
