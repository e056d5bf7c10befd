// The server says what changed; the regions that show it (`data-live="order:ID"`, or several names) fetch themselves again on `live`.
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
  refresh(`[data-live~="${CSS.escape(name)}"]`);
}

/** A region inside of one that is fetched anew comes with it. */
function refresh(regions) {
  const fetched = [];
  for (const region of document.querySelectorAll(regions)) {
    if (fetched.some((outer) => outer.contains(region))) continue;
    const changed = region.querySelector('[data-live-changed]');
    if (changed && holdsWork(region)) {
      changed.hidden = false;
      continue;
    }
    fetched.push(region);
    region.dispatchEvent(new CustomEvent('live'));
  }
}

/** On a slow line htmx has gone through the page before its extension is there; then nobody would listen. */
function connect() {
  const live = document.getElementById('live');
  if (live && !live.hasAttribute('data-htmx-powered')) htmx.process(live);
}

// The extension comes back by itself once it was connected, but gives up when its first try fails.
let failures = 0;

function retry({ detail: { ctx } }) {
  const live = ctx.sourceElement;
  if (live.id !== 'live' || live._htmx?.sse || ctx.response?.status === 401) return;
  const wait = Math.min(1000 * 2 ** failures, 60000) * (1 + Math.random() / 2);
  failures += 1;
  setTimeout(() => live.isConnected && htmx.ajax('GET', live.getAttribute('hx-sse:connect'), { source: live }), wait);
}

/** What happened while nobody listened was not heard. */
function catchUp() {
  if (failures > 0) refresh('[data-live]');
  failures = 0;
}

export function watchLive() {
  setTimeout(connect);
  addEventListener('htmx:finally:request', retry);
  addEventListener('htmx:sse:after:connection', catchUp);
  for (const name of ['notification', 'order', 'message']) addEventListener(name, pass);
  addEventListener('htmx:before:request', ({ detail }) => {
    if (detail.ctx.request.method === 'POST') acted = performance.now();
  });
}
