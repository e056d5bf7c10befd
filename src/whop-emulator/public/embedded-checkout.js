// The frame's side of the conversation with @whop/checkout: it speaks first and is never confirmed.
const SCOPE = 'whop-embedded-checkout';

const query = new URLSearchParams(location.search);
const embed = document.getElementById('embed');
const form = document.getElementById('checkout');
const message = document.getElementById('message');
const button = form.querySelector('button');
const { session, plan, app, price } = embed.dataset;
const host = query.get('h');
const framed = window.parent !== window && host === app;

const tell = (event, fields = {}) => {
  if (framed) window.parent.postMessage({ event, ...fields }, host);
};

const show = (text, kind = 'bad') => {
  const notice = document.createElement('p');
  notice.className = `notice ${kind}`;
  notice.textContent = text;
  message.replaceChildren(notice);
};

const post = async (act, body) => {
  const response = await fetch(`/embedded/checkout/${session}/${act}${location.search}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.json();
};

const busy = (yes) => {
  button.disabled = yes;
  tell('state', { state: yes ? 'loading' : 'ready' });
};

async function pay() {
  message.replaceChildren();
  busy(true);
  try {
    await conclude(await post('pay', Object.fromEntries(new FormData(form))));
  } catch {
    show('The payment could not be sent. Try again.');
    busy(false);
  }
}

async function conclude(result) {
  if (result.state === 'bank') return conclude(await askBank(result));
  if (result.state !== 'done') {
    show(result.message);
    if (result.state === 'declined') tell('payment-error', { message: result.message, code: result.code });
    return busy(false);
  }
  form.replaceChildren(message);
  show(result.pending ? 'Payment started. Your bank is working on it.' : 'Paid. Thank you.', 'good');
  if (query.get('skip_redirect') !== 'true' && result.returnUrl) {
    window.top.location.href = result.returnUrl;
    return;
  }
  tell('identity-captured', { email: result.email, user_id: result.userId });
  tell('complete', { plan_id: plan, receipt_id: result.receiptId });
}

/** Opens the bank's dialog above the page and waits for what is entered there; null when it is closed without. */
function askBank({ attempt, last4 }) {
  const channelId = crypto.randomUUID();
  const channel = new BroadcastChannel(channelId);
  return new Promise((resolve) => {
    const finish = (password) => {
      channel.close();
      window.removeEventListener('message', onClosed);
      resolve(post('bank', { attempt, password }));
    };
    const onClosed = ({ data, origin }) => {
      if (origin === host && data?.__scope === SCOPE && data.event === 'overlay-closed') finish(null);
    };
    channel.onmessage = ({ data }) => {
      if (data.kind === 'ready') channel.postMessage({ kind: 'question', text: `Card ending in ${last4}, ${price}.` });
      if (data.kind === 'answer') finish(data.password);
    };
    window.addEventListener('message', onClosed);
    tell('request-overlay', { channelId });
  });
}

const email = form.elements.namedItem('email');
const answers = {
  submit: () => form.requestSubmit(),
  'get-email': ({ event_id }) => tell('get-email-result', { event_id, email: email.value }),
  'set-email': ({ event_id, email: address }) => {
    email.value = address;
    const ok = email.checkValidity();
    tell('set-email-result', { event_id, ok, ...(!ok && { error: 'invalid_email' }) });
  },
  'get-address': ({ event_id }) =>
    tell('get-address-result', { event_id, ok: true, address: { country: 'US' }, is_complete: true }),
  'set-address': ({ event_id }) => tell('set-address-result', { event_id, ok: true }),
};

window.addEventListener('message', ({ data, origin, source }) => {
  if (source === window.parent && origin === host && data?.__scope === SCOPE) answers[data.event]?.(data);
});

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void pay();
});

if (query.get('email.disabled') === '1') email.readOnly = true;
if (query.get('email.hidden') === '1') email.closest('.field').hidden = true;
if (query.get('hide_price') === 'true') document.querySelector('.price').hidden = true;
if (query.get('hide_submit_button') === 'true') button.closest('p').hidden = true;
if (['light', 'dark'].includes(query.get('theme'))) document.documentElement.dataset.theme = query.get('theme');

if (host && !framed) show(`This checkout may be shown by ${app || 'nobody yet'} only, not by ${host}.`);
tell('state', { state: 'loading' });
new ResizeObserver(() => tell('resize', { height: Math.ceil(document.documentElement.offsetHeight) })).observe(
  document.body,
);
tell('state', { state: 'ready' });
