import { button, h, notice } from '../element-frame.js';

export async function render(frame) {
  const { companyId } = frame.setting.options;
  const { data } = await frame.call('GET', `/api/v1/dm_channels${companyId ? `?company_id=${companyId}` : ''}`);
  if (data.length === 0) return frame.show(notice('No conversations yet.'));
  const rows = data.map(({ id, name, last_message_at: at }) =>
    h(
      'li',
      {},
      button(name ?? 'Conversation', () => frame.emit('channelSelected', { id }), 'plain'),
      h('small', {}, at ? new Date(at).toLocaleString('en') : 'nothing yet'),
    ),
  );
  frame.show(h('ul', { className: 'people' }, rows));
}
