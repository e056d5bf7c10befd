import { button, h, notice } from '../element-frame.js';

const CHOICES = [
  ['pending', 'Hand in documents', 'They wait for an examiner.'],
  ['approved', 'Hand in good documents', 'They are approved at once.'],
  ['needs_action', 'Hand in a blurry picture', 'More is asked for.'],
  ['rejected', 'Hand in an expired document', 'The check fails.'],
];

export async function render(frame) {
  const { companyId, options } = frame.setting;
  const account = await frame.call('GET', `/elements/api/companies/${companyId}/identity`);
  const submit = async (status) => {
    await frame.call('POST', `/elements/api/companies/${companyId}/identity`, { status });
    frame.emit('verificationSubmitted');
    await render(frame);
  };
  frame.show(
    h('h1', {}, 'Verify your identity'),
    notice(`Identity check: ${account.status.replace('_', ' ')}.`, account.status === 'approved' ? 'good' : 'plain'),
    CHOICES.map(([status, label, why]) =>
      h(
        'p',
        {},
        button(label, () => submit(status)),
        ' ',
        h('small', {}, why),
      ),
    ),
    options.includeControls === false ? null : button('Close', () => frame.emit('close'), 'plain'),
  );
}
