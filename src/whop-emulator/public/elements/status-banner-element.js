import { button, notice } from '../element-frame.js';

const BANNERS = {
  not_started: ['kyc-warning', 'Verify your identity to receive payouts.', 'plain'],
  pending: ['kyc-pending', 'Your identity is being verified.', 'plain'],
  needs_action: ['information-required', 'More information is needed to verify your identity.', 'bad'],
  rejected: ['kyc-error', 'Your identity could not be verified.', 'bad'],
  disabled: ['compliance-required', 'Payouts are disabled for this account.', 'bad'],
  approved: ['kyc-success', 'Your identity is verified.', 'good'],
};

export async function render(frame) {
  const { status } = await frame.call('GET', `/elements/api/companies/${frame.setting.companyId}/identity`);
  const [banner, text, kind] = BANNERS[status];
  const open = !['approved', 'pending'].includes(status);
  frame.show(notice(text, kind), open ? button('Verify', () => frame.emit('verifyClick')) : null);
  frame.emit('bannerChange', undefined, banner);
}
