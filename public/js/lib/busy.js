// A waiting button says so and cannot be pressed twice. It is not `disabled`: that would drop the
// focus and leave the button's own name and value out of the form.
const faces = new WeakMap();

function setBusy(button) {
  if (!button || faces.has(button)) return;
  faces.set(button, [...button.childNodes]);
  button.setAttribute('aria-busy', 'true');
  button.setAttribute('aria-disabled', 'true');
  if (button.dataset.busy) button.replaceChildren(button.dataset.busy);
}

function setIdle(button) {
  if (!button || !faces.has(button)) return;
  button.replaceChildren(...faces.get(button));
  button.removeAttribute('aria-busy');
  button.removeAttribute('aria-disabled');
  faces.delete(button);
}

function buttonOf({ sourceElement, request }) {
  return request.submitter ?? sourceElement.closest('button');
}

function stopIfWaiting(event) {
  if (![...event.target.elements].some((control) => faces.has(control))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

export function guardButtons() {
  addEventListener('submit', stopIfWaiting, { capture: true });
  addEventListener('submit', (event) => {
    const posts = event.target.getAttribute('method')?.toLowerCase() === 'post';
    if (posts && !event.defaultPrevented) setBusy(event.submitter);
  });
  addEventListener('htmx:before:request', (event) => setBusy(buttonOf(event.detail.ctx)));
  addEventListener('htmx:finally:request', (event) => setIdle(buttonOf(event.detail.ctx)));
  addEventListener('pageshow', () => document.querySelectorAll('[aria-busy=true]').forEach(setIdle));
}
