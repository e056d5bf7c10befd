import { loadWhop } from './lib/whop.js';

const SESSIONS = { payouts: 'createPayoutsSession', chat: 'createChatSession' };
const EVENTS = ['verificationSubmitted', 'close', 'complete', 'withdraw', 'withdrawalRequested', 'messageSent'];

/** `<whop-embed session type token-url …>`: one of Whop's elements. What it tells becomes `whop:…` events for hx-trigger. */
class WhopEmbed extends HTMLElement {
  #session = null;
  #container = null;

  async connectedCallback() {
    const setting = attributesOf(this);
    const whop = await loadWhop(setting).catch((error) => this.#fail(error));
    if (!whop || !this.isConnected || this.#session) return;

    this.#session = whop[SESSIONS[setting.session]]({
      token: ({ abortSignal }) => fetchToken(setting.tokenUrl, abortSignal),
      companyId: setting.companyId,
      redirectUrl: setting.redirectUrl,
    });
    this.#session.on('error', (error) => this.#fail(error));
    const element = this.#session.createElement(setting.type, {});
    for (const name of EVENTS) element.on(name, (event) => this.#tell(name, event?.detail));
    element.on('ready', () => this.setAttribute('state', 'ready'));

    this.#container = document.createElement('div');
    this.append(this.#container);
    element.mount(this.#container);
  }

  disconnectedCallback() {
    this.#session?.destroy();
    this.#container?.remove();
    this.#session = this.#container = null;
  }

  /** The plain way stands beside the element; without the element it is all there is. */
  #fail(error) {
    if (this.getAttribute('state') === 'ready') return;
    this.setAttribute('state', 'failed');
    console.warn('Whop’s element could not be shown', error);
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`whop:${name.toLowerCase()}`, { bubbles: true, detail }));
  }
}

const attributesOf = (element) =>
  Object.fromEntries(element.getAttributeNames().map((name) => [camelCase(name), element.getAttribute(name)]));

const camelCase = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

async function fetchToken(url, signal) {
  const response = await fetch(url, { signal, headers: { Accept: 'application/json' } });
  if (!response.ok) throw new Error(`No token (${response.status})`);
  return (await response.json()).token;
}

customElements.define('whop-embed', WhopEmbed);
