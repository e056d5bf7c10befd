// The bank's dialog: talks to the checkout's frame over a channel, and to the page only to be closed.
const query = new URLSearchParams(location.search);
const host = query.get('h');
const channelId = query.get('channel');
const channel = new BroadcastChannel(channelId);
const form = document.getElementById('bank');

const answer = (password) => {
  channel.postMessage({ kind: 'answer', password });
  window.parent.postMessage({ event: 'close-overlay', channelId }, host);
};

channel.onmessage = ({ data }) => {
  if (data.kind === 'question') document.getElementById('question').textContent = data.text;
};

form.addEventListener('submit', (event) => {
  event.preventDefault();
  answer(form.elements.namedItem('password').value);
});
document.getElementById('cancel').addEventListener('click', () => answer(null));

window.addEventListener('message', ({ data, origin, source }) => {
  const asked = source === window.parent && origin === host;
  if (asked && data?.event === 'host-cancel-requested') answer(null);
});

channel.postMessage({ kind: 'ready' });
form.elements.namedItem('password').focus();
