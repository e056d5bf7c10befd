// The server says what changed; the regions that show it (`data-live="order:ID"`) fetch themselves again on `live`.
// What this very page has just done it shows already, with a word about it that should stay.
const JUST_NOW = 5000;
let acted = -JUST_NOW;

const typedIn = (control) => control.value !== control.defaultValue || control.checked !== control.defaultChecked;

/** A form that may be gone after the change; the message form stays and keeps its text. */
function holdsWork(region) {
  const controls = region.querySelectorAll('form:not(#message-form) :is(textarea, input:not([type=hidden]))');
  return [...controls].some(typedIn);
}

function pass(event) {
  if (event.target.id !== 'live') return;
  const { subject, own } = JSON.parse(event.detail.data);
  if (own && event.type !== 'notification' && performance.now() - acted < JUST_NOW) return;
  const name = subject ? `${event.type}:${subject}` : event.type;
  for (const region of document.querySelectorAll(`[data-live="${CSS.escape(name)}"]`)) {
    const changed = region.querySelector('[data-live-changed]');
    if (changed && holdsWork(region)) changed.hidden = false;
    else region.dispatchEvent(new CustomEvent('live'));
  }
}

/** On a slow line htmx has gone through the page before its extension is there; then nobody would listen. */
function connect() {
  const live = document.getElementById('live');
  if (live && !live.hasAttribute('data-htmx-powered')) htmx.process(live);
}

export function watchLive() {
  setTimeout(connect);
  for (const name of ['notification', 'order', 'message']) addEventListener(name, pass);
  addEventListener('htmx:before:request', ({ detail }) => {
    if (detail.ctx.request.method === 'POST') acted = performance.now();
  });
}
