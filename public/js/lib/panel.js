/** Opens the slide-out when htmx fills it, empties it when it closes. */
export function watchPanel() {
  const panel = document.getElementById('panel');
  const body = panel?.querySelector('#panel-body');
  if (!body) return;

  document.addEventListener('htmx:after:swap', () => {
    if (!body.childElementCount) return;
    if (!panel.open) panel.showModal();
    if (!body.contains(document.activeElement)) body.querySelector('#panel-title')?.focus();
  });
  panel.addEventListener('close', () => body.replaceChildren());
}
