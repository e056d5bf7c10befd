import { loadWhop } from './whop.js';

const SESSIONS = { payouts: 'createPayoutsSession', chat: 'createChatSession' };
const TOLD = ['verificationSubmitted', 'withdrawalRequested', 'close', 'complete', 'messageSent'];

/**
 * `<whop-embed session type token-url options …>`: one of Whop's elements, with a session of its own. What it tells becomes
 * `whop:…` events for hx-trigger: bells, never proofs. Children with `data-plain` are the plain way and leave once it stands.
 */
export class WhopEmbed extends HTMLElement {
  #session = null;
  #container = null;
  #dialog = null;

  async connectedCallback() {
    const setting = attributesOf(this);
    const whop = await loadWhop(setting).catch((error) => this.#fail(error));
    if (!whop || !this.isConnected || this.#session) return;
    try {
      this.#mount(whop, setting);
    } catch (error) {
      this.#fail(error);
    }
  }

  disconnectedCallback() {
    this.#dialog?.close();
    this.#session?.destroy();
    this.#container?.remove();
    this.#session = this.#container = this.#dialog = null;
    this.#show(null);
  }

  /** Moving the node must not count as leaving and coming back. */
  connectedMoveCallback() {}

  #mount(whop, { session, type, tokenUrl, companyId, redirectUrl, options = '{}' }) {
    this.#session = whop[SESSIONS[session]]({ token: tokenFunction(tokenUrl), companyId, redirectUrl });
    this.#session.on('error', (error) => this.#fail(error));
    const element = this.#session.createElement(type, JSON.parse(options));
    for (const name of TOLD) element.on(name, (event) => this.#tell(name, event?.detail));
    for (const name of ['verify', 'verifyClick']) element.on(name, (event) => this.#verify(event));
    element.on('withdraw', (event) => this.#withdraw(event));
    element.on('error', (error) => this.#fail(error));
    element.on('ready', () => this.#show('ready'));

    this.#container = document.createElement('div');
    this.append(this.#container);
    element.mount(this.#container);
  }

  #verify(event) {
    event.preventDefault();
    const onVerificationSubmitted = () => this.#tell('verificationSubmitted');
    this.#dialog = this.#session.showVerifyModal({ onVerificationSubmitted });
  }

  #withdraw(event) {
    event.preventDefault();
    this.#dialog = this.#session.showWithdrawModal({ onWithdraw: () => this.#tell('withdrawalRequested') });
  }

  /** Without the element its plain way is all there is. */
  #fail(error) {
    if (this.getAttribute('state') === 'ready') return;
    this.#show('failed');
    console.warn('Whop’s element could not be shown', error);
  }

  #show(state) {
    if (state) this.setAttribute('state', state);
    else this.removeAttribute('state');
    for (const plain of this.querySelectorAll('[data-plain]')) plain.hidden = state === 'ready';
  }

  #tell(name, detail) {
    const plain = detail instanceof Object && !('mount' in detail) ? detail : undefined;
    this.dispatchEvent(new CustomEvent(`whop:${name.toLowerCase()}`, { bubbles: true, detail: plain }));
  }
}

const attributesOf = (element) =>
  Object.fromEntries(element.getAttributeNames().map((name) => [camelCase(name), element.getAttribute(name)]));

const camelCase = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

/** Whoever asks again finds his token ended, so the server must not give the same one from its shelf. */
function tokenFunction(url) {
  let asked = false;
  return async ({ abortSignal }) => {
    const address = asked ? `${url}?fresh=1` : url;
    asked = true;
    const response = await fetch(address, { signal: abortSignal, headers: { Accept: 'application/json' } });
    if (!response.ok) throw new Error(`No token (${response.status})`);
    return (await response.json()).token;
  };
}
