const megabytes = (bytes) => (bytes / 1024 / 1024).toFixed(1);
const element = (tag, properties, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

/** Says at once what the server would say after the whole upload. */
function checkFiles({ target }) {
  if (target.type !== 'file') return;
  const { megabytes: largest = 25, most = 10 } = target.dataset;
  const files = [...target.files];
  const large = files.find(({ size }) => size > largest * 1024 * 1024);
  const problem = large
    ? `“${large.name}” is larger than ${largest} MB.`
    : files.length > most
      ? `Choose at most ${most} files.`
      : '';
  target.setCustomValidity(problem);
  if (problem) target.reportValidity();
}

/** A row like a file's, with how much is sent and a way to stop. */
function progressRow(count, stop) {
  const hint = element('p', { className: 'hint' });
  const bar = element('progress', { max: 100, value: 0, ariaLabel: 'Sent so far' });
  const words = element('div', {}, `Sending ${count === 1 ? 'one file' : `${count} files`}`, hint, bar);
  const button = element('button', { type: 'button', className: 'button quiet t1', onclick: stop }, 'Stop');
  const row = element('ul', { className: 'files' }, element('li', {}, words, button));
  row.setAttribute('role', 'status');
  return {
    row,
    show({ loaded, total }) {
      bar.value = (100 * loaded) / total;
      hint.textContent =
        loaded < total ? `${megabytes(loaded)} of ${megabytes(total)} MB` : 'All sent. Waiting for the answer …';
    },
    fail(text) {
      words.replaceChildren(element('p', { className: 'error' }, text));
      button.remove();
    },
  };
}

const headersOf = (xhr) =>
  xhr
    .getAllResponseHeaders()
    .trim()
    .split(/\r\n/)
    .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);

/** What fetch() does, with word of how far the upload is, which fetch() does not give. */
function send(address, { method, headers, body, signal }, onprogress) {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(method, address);
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
    xhr.upload.onprogress = onprogress;
    xhr.onload = () => {
      const response = new Response(xhr.responseText, { status: xhr.status, headers: headersOf(xhr) });
      // Where the redirect has led to, for the address bar.
      resolve(Object.defineProperty(response, 'url', { value: xhr.responseURL }));
    };
    xhr.onerror = () => reject(new TypeError('The connection was cut'));
    xhr.onabort = () => reject(new DOMException('Stopped', 'AbortError'));
    signal.addEventListener('abort', () => xhr.abort());
    xhr.send(body);
  });
}

async function upload(form, count, address, request) {
  form.querySelector('.uploading')?.remove();
  const progress = progressRow(count, () => request.abort());
  progress.row.classList.add('uploading');
  form.querySelector('.actions').before(progress.row);
  try {
    const response = await send(address, request, progress.show);
    progress.row.remove();
    // A draft's form stays where it is: its files must not be sent a second time.
    if (response.ok) for (const field of form.querySelectorAll('[type=file]')) field.value = '';
    return response;
  } catch (error) {
    const stopped = error.name === 'AbortError';
    progress.fail(stopped ? 'Stopped. Nothing was sent.' : 'The connection was cut. Nothing was sent; try again.');
    throw error;
  }
}

/** Forms with files, where htmx sends them: the same request, with progress and without a time-out. */
export function watchUploads() {
  addEventListener('change', checkFiles);
  addEventListener('htmx:config:request', ({ detail: { ctx } }) => {
    const { body } = ctx.request;
    const form = ctx.sourceElement.closest('form');
    if (form?.enctype !== 'multipart/form-data') return;
    const files = [...body.values()].filter((value) => value instanceof File && value.name !== '');
    if (files.length === 0) return;
    ctx.request.timeout = 0;
    ctx.fetch = (address, request) => upload(form, files.length, address, request);
  });
}
