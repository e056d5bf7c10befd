import type { OperatorSettings, SettingOrigins } from '../../models/operator-settings.ts';
import { dateTime } from '../dates.ts';

interface Known {
  now: OperatorSettings;
  origins: SettingOrigins;
  environment: OperatorSettings;
}

const percent = (bps: number): string => `${bps / 100} %`;
const ON_REFUND = { return: 'goes back to the seller', keep: 'stays with GigFlow' };

/** What holds, who or what set it, and the choices. */
export function presentSettings({ now, origins, environment }: Known, zone: string) {
  const from = (origin: SettingOrigins[keyof SettingOrigins], variable: string): string =>
    origin
      ? `set here by ${origin.by ?? 'a former member'} on ${dateTime(origin.at, zone)}`
      : `from ${variable} in the environment`;
  return {
    facts: [
      {
        label: 'Fee of a sale',
        value: `${percent(now.platformFeeBps)}, ${from(origins.platformFeeBps, 'PLATFORM_FEE_BPS')}`,
      },
      {
        label: 'Fee of a refunded part',
        value: `${ON_REFUND[now.feeOnRefund]}, ${from(origins.feeOnRefund, 'FEE_ON_REFUND')}`,
      },
    ],
    feeSources: [
      {
        value: 'environment',
        text: 'The environment',
        hint: `PLATFORM_FEE_BPS, ${percent(environment.platformFeeBps)}`,
      },
      { value: 'here', text: 'This page', hint: 'The number below' },
    ],
    refundChoices: [
      {
        value: 'environment',
        text: 'What the environment says',
        hint: `FEE_ON_REFUND: it ${ON_REFUND[environment.feeOnRefund]}`,
      },
      { value: 'return', text: 'It goes back to the seller', hint: 'By a transfer, as soon as the refund is through' },
      { value: 'keep', text: 'It stays with GigFlow', hint: 'The seller bears the whole refund' },
    ],
    values: {
      fee_from: origins.platformFeeBps ? 'here' : 'environment',
      fee_bps: now.platformFeeBps,
      refund_fee: origins.feeOnRefund ? now.feeOnRefund : 'environment',
    },
  };
}
