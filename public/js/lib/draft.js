const PAUSE = 1500;
const underWay = new WeakMap();

/** Text alone: files wait for the button, ticks that remove some too, and the key belongs to the real sending. */
function fieldsOf(form) {
  const skipped = ['form_key', 'remove_files', 'remove_files[]'];
  const typed = [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && !skipped.includes(name));
  return new URLSearchParams([...typed, ['autosave', '1']]);
}

function say(form, text) {
  let status = form.querySelector('.autosaved');
  if (!status) {
    status = Object.assign(document.createElement('p'), { className: 'autosaved hint' });
    status.setAttribute('role', 'status');
    form.querySelector('.actions').before(status);
  }
  status.textContent = text;
}

async function save(form, address) {
  const controller = new AbortController();
  underWay.set(form, controller);
  const { signal } = controller;
  try {
    const answer = await fetch(address, { method: 'POST', body: fieldsOf(form), redirect: 'manual', signal });
    const time = new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
    say(form, answer.type === 'opaqueredirect' ? `Draft saved ${time}` : 'Not saved as a draft yet.');
  } catch {
    if (!signal.aborted) say(form, 'Not saved as a draft: the connection is away.');
  }
}

const forget = (form) => {
  clearTimeout(form.draftTimer);
  underWay.get(form)?.abort();
};

/** What is being typed is kept on the server, where the form has a button that keeps drafts. */
export function watchDrafts() {
  addEventListener('input', ({ target }) => {
    const { form } = target;
    const button = form?.querySelector('[data-draft]');
    if (!button || target.type === 'file' || target.name === 'remove_files') return;
    forget(form);
    form.draftTimer = setTimeout(save, PAUSE, form, button.formAction);
  });
  addEventListener('submit', ({ target }) => forget(target), true);
  addEventListener('htmx:before:request', ({ target }) => target.form && forget(target.form));
}
