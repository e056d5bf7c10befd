import { button, h, notice } from '../element-frame.js';

let watching = 0;

export async function render(frame) {
  const { channelId, emptyState } = frame.setting.options;
  const turn = ++watching;
  const { data } = await frame.call('GET', `/api/v1/messages?channel_id=${channelId}&first=50`);
  const list = h('ol', { className: 'messages' });
  list.setAttribute('aria-live', 'polite');
  list.tabIndex = 0;
  list.setAttribute('aria-label', 'Messages');
  const empty = notice(emptyState?.title ?? 'No messages yet.');
  const seen = new Set();
  const add = (message) => {
    if (seen.has(message.id)) return;
    seen.add(message.id);
    empty.remove();
    const name = h('button', { type: 'button', className: 'plain' }, message.user.name ?? message.user.username);
    name.addEventListener('click', () => frame.emit('profileClick', { id: message.user.id }));
    list.append(h('li', {}, name, h('p', {}, message.content)));
    list.scrollTop = list.scrollHeight;
  };
  for (const message of data.reverse()) add(message);

  const text = h('textarea', { id: 'text', rows: 2 });
  const send = async () => {
    const content = text.value.trim();
    if (content === '') return;
    const message = await frame.call('POST', '/api/v1/messages', { channel_id: channelId, content });
    text.value = '';
    add(message);
    frame.emit('messageSent', { id: message.id, content, channelId });
  };
  frame.show(
    list,
    seen.size === 0 ? empty : null,
    h('p', { className: 'field' }, h('label', { htmlFor: 'text' }, 'Message'), text),
    button('Send', send),
  );
  list.scrollTop = list.scrollHeight;
  void watch();

  /** Waits at the emulator for what others write; each answer is followed by the next question. */
  async function watch() {
    while (turn === watching) {
      try {
        const messages = await frame.call(
          'GET',
          `/elements/api/channels/${channelId}/messages?after=${[...seen].at(-1) ?? ''}`,
        );
        for (const message of messages) add(message);
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 2_000));
      }
    }
  }
}
