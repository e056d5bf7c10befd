// What all element frames share: the setting from the page, calls with its token, events back, and a little markup.
const SCOPE = 'whop-elements';
const type = document.getElementById('element').dataset.type;
const app = document.getElementById('element').dataset.app;
const root = document.getElementById('element');
const host = new URLSearchParams(location.search).get('h');

const tell = (event, fields = {}) => {
  if (host === app) window.parent.postMessage({ scope: SCOPE, event, ...fields }, host);
};

export class Refused extends Error {}

export const frame = {
  root,
  setting: null,
  emit: (name, detail, ...more) => tell(name, { detail, more }),

  /** A call to the emulator with the session's token; a refusal stands in the frame for everybody to see. */
  async call(method, path, body) {
    const response = await fetch(path, {
      method,
      headers: { authorization: `Bearer ${frame.setting.token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    if (response.ok) return answer;
    const text = answer.error.message;
    if (response.status === 401) tell('unauthorized');
    throw new Refused(response.status === 401 ? `The token is not accepted: ${text}` : text);
  },

  show: (...children) => root.replaceChildren(...children.flat().filter(Boolean)),
};

/** An element with text or children; `on` handlers and plain properties. */
export function h(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

export const notice = (text, kind = 'plain') => h('p', { className: `notice ${kind}` }, text);

export const money = (units) => new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(units);

/** A button that works once at a time and shows in the frame why it did not. */
export const button = (label, act, className = '') => {
  const node = h('button', { type: 'button', className }, label);
  node.addEventListener('click', () => void attempt(act, node));
  return node;
};

async function attempt(act, node) {
  node.disabled = true;
  try {
    await act();
  } catch (error) {
    const line = notice(error.message, 'bad');
    line.setAttribute('role', 'alert');
    root.prepend(line);
  } finally {
    node.disabled = false;
  }
}

// Not awaited here: the element's file imports this one.
const element = import(`/assets/elements/${type}.js`);

async function draw() {
  try {
    await (await element).render(frame);
    tell('ready');
  } catch (error) {
    frame.show(notice(error.message, 'bad'));
    tell('error', { message: error.message });
  }
}

window.addEventListener('message', ({ data, origin, source }) => {
  if (source !== window.parent || origin !== host || data?.scope !== SCOPE || data.event !== 'setting') return;
  const first = frame.setting === null || root.querySelector('.notice.bad') !== null;
  const changed = JSON.stringify(frame.setting?.options) !== JSON.stringify(data.setting.options);
  frame.setting = data.setting;
  if (data.setting.theme) document.documentElement.dataset.theme = data.setting.theme;
  // A mere new token leaves what stands here, and what is being typed, alone.
  if (first || changed) void draw();
});

new ResizeObserver(() => tell('resize', { height: Math.ceil(document.documentElement.offsetHeight) })).observe(
  document.body,
);
if (host !== app) frame.show(notice(`This element may be shown by ${app || 'nobody yet'} only.`, 'bad'));
tell('loaded');
