const SCRIPT = '/build/vendor/whop-checkout/0.5.0/index.mjs';
const PATIENCE = 8000;
let count = 0;

/** Whop's script needs this before it starts; `window.whop` keeps its tracking pixel away. */
function loadCheckout() {
  window.whop ??= {};
  window.wco ??= {
    injected: true,
    listening: false,
    frames: new Map(),
    identifiedFrames: new Map(),
    availableCurrencies: new Map(),
  };
  return import(SCRIPT);
}

/**
 * Holds Whop's card form. The script calls global functions by name and does not say which frame spoke, so every element
 * lends it functions of its own and turns the calls into DOM events. `checkout:complete` is a bell, never a proof.
 */
export class CheckoutEmbed extends HTMLElement {
  #names = [];
  #timer;

  connectedCallback() {
    this.#lend('on-complete', () => this.#tell('complete'));
    this.#lend('on-state-change', (state) => this.#ready(state));
    this.#lend('on-payment-error', (error) => this.#tell('error', error));
    this.#waiting(true);
    this.#timer = setTimeout(() => this.#waiting(false), PATIENCE);
    loadCheckout().catch(() => this.#waiting(false));
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    for (const name of this.#names) delete window[name];
    this.#names = [];
  }

  /** Moving the node must not count as leaving and coming back. */
  connectedMoveCallback() {}

  #lend(attribute, listener) {
    const name = `checkoutEmbed${++count}`;
    window[name] = listener;
    this.#names.push(name);
    this.setAttribute(`data-whop-checkout-${attribute}`, name);
  }

  #ready(state) {
    this.querySelector('iframe')?.setAttribute('title', 'Payment by Whop');
    if (state !== 'ready') return;
    clearTimeout(this.#timer);
    this.#waiting(false);
  }

  #waiting(on) {
    const sign = this.parentElement?.querySelector('[data-checkout-waiting]');
    if (sign) sign.hidden = !on;
  }

  #tell(what, detail) {
    this.dispatchEvent(new CustomEvent(`checkout:${what}`, { bubbles: true, detail }));
  }
}
