const seen = new WeakSet();

/** Takes the reader to an error summary that was not there before. */
function focusNewErrors() {
  for (const summary of document.querySelectorAll('.error-summary')) {
    if (!seen.has(summary)) summary.focus();
    seen.add(summary);
  }
}

export function watchErrors() {
  focusNewErrors();
  document.addEventListener('htmx:after:swap', focusNewErrors);
}
