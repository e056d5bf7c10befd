// window.WhopElements, as far as GigFlow uses it: payouts and chat sessions whose elements are frames of the emulator.
(() => {
  const ORIGIN = new URL(document.currentScript.src).origin;
  const SCOPE = 'whop-elements';
  const REFRESH_AT = 0.8;
  const RETRY_MS = 3_000;

  /** Events after which an element takes itself away, unless the handler prevents it. */
  const FINISHING = {
    'verify-element': ['close', 'verificationSubmitted'],
    'add-payout-method-element': ['close', 'complete'],
    'withdraw-element': ['close', 'withdraw'],
  };
  const TITLES = {
    'verify-element': 'Identity check',
    'status-banner-element': 'Account status',
    'balance-element': 'Balance',
    'withdraw-button-element': 'Withdraw',
    'withdraw-element': 'Withdraw',
    'withdrawals-element': 'Withdrawals',
    'add-payout-method-element': 'Payout method',
    'chat-element': 'Chat',
    'dms-list-element': 'Conversations',
  };
  const PAYOUTS = Object.keys(TITLES).slice(0, 7);
  const CHAT = Object.keys(TITLES).slice(7);

  class Emitter {
    #listeners = new Map();
    on(event, listener) {
      this.#listeners.set(event, [...this.listeners(event), listener]);
      return this;
    }
    once(event, listener) {
      const once = (...args) => {
        this.off(event, once);
        listener(...args);
      };
      return this.on(event, once);
    }
    off(event, listener) {
      this.#listeners.set(
        event,
        this.listeners(event).filter((one) => one !== listener),
      );
      return this;
    }
    addListener(event, listener) {
      return this.on(event, listener);
    }
    removeListener(event, listener) {
      return this.off(event, listener);
    }
    removeAllListeners(event) {
      if (event === undefined) this.#listeners.clear();
      else this.#listeners.delete(event);
      return this;
    }
    listeners(event) {
      return this.#listeners.get(event) ?? [];
    }
    listenerCount(event) {
      return this.listeners(event).length;
    }
    emit(event, ...args) {
      for (const listener of this.listeners(event)) listener(...args);
      return this.listenerCount(event) > 0;
    }
  }

  class WhopElementError extends Error {
    code = 'UNKNOWN_ERROR';
  }

  /** One frame: knows its type and options; its session gives it tokens. */
  class Element extends Emitter {
    state = 'loading';
    #session;
    #type;
    #frame = null;
    #used = false;
    #snapshot = { state: 'loading' };

    constructor(session, type, options) {
      super();
      this.#session = session;
      this.#type = type;
      this.options = options ?? {};
    }

    mount(container) {
      const target = typeof container === 'string' ? document.querySelector(container) : container;
      if (!target) throw new WhopElementError('The container does not exist');
      if (target.childNodes.length > 0) throw new WhopElementError('The container must be empty');
      if (this.#used) throw new WhopElementError('An element cannot be mounted again');
      this.#used = true;
      const frame = document.createElement('iframe');
      frame.title = TITLES[this.#type];
      frame.src = `${ORIGIN}/elements/${this.#type}?h=${encodeURIComponent(location.origin)}`;
      Object.assign(frame.style, { width: '100%', height: '100%', minHeight: '40px', border: '0', display: 'block' });
      this.#frame = frame;
      window.addEventListener('message', this.#hear);
      target.append(frame);
    }

    unmount() {
      window.removeEventListener('message', this.#hear);
      this.#frame?.remove();
      this.#frame = null;
      this.#session.forget(this);
    }

    updateOptions(options) {
      this.options = { ...this.options, ...options };
      this.send();
      this.emit('optionsUpdated', this.options);
    }

    getSnapshot() {
      return this.#snapshot;
    }

    /** Options and the newest token, into the frame and nowhere else. */
    send() {
      const { token } = this.#session;
      if (!token || !this.#frame?.contentWindow) return;
      const plain = Object.fromEntries(Object.entries(this.options).filter(([, value]) => typeof value !== 'function'));
      const setting = { ...this.#session.setting(), options: plain, token };
      this.#frame.contentWindow.postMessage({ scope: SCOPE, event: 'setting', setting }, ORIGIN);
    }

    fail(cause) {
      this.emit('error', cause);
    }

    #hear = ({ data, origin, source }) => {
      if (origin !== ORIGIN || source !== this.#frame?.contentWindow || data?.scope !== SCOPE) return;
      if (data.event === 'loaded') this.send();
      else if (data.event === 'resize') this.#frame.style.height = `${data.height}px`;
      else if (data.event === 'ready') this.#ready();
      else if (data.event === 'unauthorized') void this.#session.refresh();
      else if (data.event === 'error') this.fail(new WhopElementError(data.message));
      else this.#pass(data.event, data.detail, data.more ?? []);
    };

    #ready() {
      if (this.state === 'ready') return;
      this.state = 'ready';
      this.#tell({ state: 'ready' });
      this.options.onReady?.(this);
      this.emit('ready', this);
    }

    #tell(change) {
      this.#snapshot = { ...this.#snapshot, ...change };
      this.emit('snapshot', this.#snapshot);
    }

    #pass(name, detail, more) {
      const event = new CustomEvent(name, { detail: detail ?? this, cancelable: true });
      if (name === 'bannerChange') this.#tell({ bannerType: more[0] });
      this.options[`on${name[0].toUpperCase()}${name.slice(1)}`]?.(event, ...more);
      this.options.onEvent?.(event);
      this.emit(name, event, ...more);
      if (FINISHING[this.#type]?.includes(name) && !event.defaultPrevented) this.unmount();
    }
  }

  /** Holds the token, asks for a new one before it ends, and passes it on to its elements. */
  class Session extends Emitter {
    token = null;
    #types;
    #options;
    #whop;
    #elements = new Set();
    #abort = new AbortController();
    #timer;
    #asking = null;

    constructor(whop, types, options) {
      super();
      this.#whop = whop;
      this.#types = types;
      this.#options = options;
      queueMicrotask(() => this.refresh());
    }

    createElement(type, options) {
      const name = typeof type === 'string' ? type : type.type;
      if (!this.#types.includes(name)) throw new WhopElementError(`The emulator has no ${name} in this session`);
      const element = new Element(this, name, options);
      this.#elements.add(element);
      return element;
    }

    updateOptions(options) {
      this.#options = { ...this.#options, ...options };
      for (const element of this.#elements) element.send();
      this.emit('optionsUpdated', this.#options);
    }

    destroy() {
      this.#abort.abort();
      clearTimeout(this.#timer);
      for (const element of [...this.#elements]) element.unmount();
      this.removeAllListeners();
    }

    forget(element) {
      this.#elements.delete(element);
    }

    setting() {
      const { token: _token, ...options } = this.#options;
      return { ...options, theme: this.#whop.options.appearance?.theme?.appearance ?? null };
    }

    /** One question at a time, however many frames find their token expired. */
    refresh() {
      this.#asking ??= this.#ask().finally(() => (this.#asking = null));
      return this.#asking;
    }

    async #ask() {
      const first = this.token === null;
      const { signal } = this.#abort;
      if (signal.aborted) return;
      clearTimeout(this.#timer);
      try {
        const { token: source } = this.#options;
        const token = await (typeof source === 'function' ? source({ abortSignal: signal }) : source);
        if (signal.aborted) return;
        const refusal = whyNot(token, this.token);
        if (refusal) throw new WhopElementError(refusal);
        this.token = token;
        this.#refreshLater(token);
      } catch (error) {
        if (signal.aborted) return;
        this.emit(first ? 'error' : 'tokenRefreshError', error);
        const askable = typeof this.#options.token === 'function';
        if (first || !askable) for (const element of this.#elements) element.fail(error);
        else this.#timer = setTimeout(() => this.refresh(), RETRY_MS);
        return;
      }
      for (const element of this.#elements) element.send();
      if (first) this.emit('ready');
      else this.emit('tokenRefreshed', this.token);
    }

    #refreshLater(token) {
      if (typeof this.#options.token !== 'function') return;
      const { iat, exp } = claims(token);
      const left = exp * 1000 - Date.now();
      const wait = Math.min(left, (exp - iat) * 1000) * REFRESH_AT;
      this.#timer = setTimeout(() => this.refresh(), Math.max(wait, 500));
    }
  }

  function claims(token) {
    const [, payload] = token.split('.');
    return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
  }

  function whyNot(token, current) {
    if (!token) return 'The token function gave no token';
    if (token === current) return 'The token function gave the old token again';
    if (claims(token).exp * 1000 <= Date.now()) return 'The token has expired';
    return null;
  }

  function required(options, names) {
    for (const name of names) {
      if (!options?.[name]) throw new WhopElementError(`${name} is required`);
    }
  }

  /** A dialog with an element in it, closed by the element's own end. */
  function modal(session, type, options) {
    const dialog = document.createElement('dialog');
    const container = document.createElement('div');
    Object.assign(dialog.style, { width: 'min(32rem, 94vw)', padding: '0' });
    dialog.append(container);
    const handle = { close: () => dialog.close() };
    const element = session.createElement(type, typeof options === 'function' ? options(handle) : options);
    for (const name of FINISHING[type]) {
      element.on(name, (event) => {
        if (!event.defaultPrevented) dialog.close();
      });
    }
    dialog.addEventListener('close', () => {
      element.unmount();
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
    element.mount(container);
    return handle;
  }

  class PayoutsSession extends Session {
    constructor(whop, options) {
      required(options, ['token', 'companyId', 'redirectUrl']);
      super(whop, PAYOUTS, options);
    }
    showVerifyModal(options) {
      return modal(this, 'verify-element', options);
    }
    showWithdrawModal(options) {
      return modal(this, 'withdraw-element', options);
    }
    showAddPayoutMethodModal(options) {
      return modal(this, 'add-payout-method-element', options);
    }
  }

  class ChatSession extends Session {
    constructor(whop, options) {
      required(options, ['token']);
      super(whop, CHAT, options);
    }
    createElement(type, options) {
      if ((type.type ?? type) === 'chat-element') required(options, ['channelId']);
      return super.createElement(type, options);
    }
  }

  window.WhopElements = class WhopElements extends Emitter {
    constructor(options = {}) {
      super();
      this.options = options;
    }
    createPayoutsSession(options) {
      return new PayoutsSession(this, options);
    }
    createChatSession(options) {
      return new ChatSession(this, options);
    }
    updateOptions(options) {
      this.options = { ...this.options, ...options };
      this.emit('optionsUpdated', this.options);
    }
  };
})();
