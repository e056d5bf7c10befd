import type { Config } from '../config.ts';
import type { Transaction } from '../database.ts';

/** What the operator may set while the shop is open: the fee of new purchases, and whether refunds return their share of it. */
export type OperatorSettings = Pick<Config, 'platformFeeBps' | 'feeOnRefund'>;
export type SettingName = keyof OperatorSettings;

export const SETTING_NAMES: readonly SettingName[] = ['platformFeeBps', 'feeOnRefund'];

interface Row {
  key: SettingName;
  value: never;
  updated_at: Date;
  updated_by_name: string | null;
}

/** The settings that hold now: the operator's where he set one, else the environment's (product.md section 4). Anybody may read them. */
export async function settingsNow(trx: Transaction, config: OperatorSettings): Promise<OperatorSettings> {
  const { platformFeeBps, feeOnRefund } = config;
  const rows = await trx<Row>('operator_settings').whereIn('key', SETTING_NAMES).select('key', 'value');
  return { platformFeeBps, feeOnRefund, ...Object.fromEntries(rows.map(({ key, value }) => [key, value])) };
}

/** Where a setting comes from: null is the environment. */
export type SettingOrigins = Record<SettingName, { at: Date; by: string | null } | null>;

/** Who set what by hand, and when. */
export async function settingOrigins(trx: Transaction): Promise<SettingOrigins> {
  const rows = await trx('operator_settings as s')
    .leftJoin('profiles as p', 'p.user_id', 's.updated_by')
    .whereIn('s.key', SETTING_NAMES)
    .select<Row[]>('s.key', 's.updated_at', { updated_by_name: 'p.display_name' });
  const byHand = Object.fromEntries(rows.map((row) => [row.key, { at: row.updated_at, by: row.updated_by_name }]));
  return { platformFeeBps: null, feeOnRefund: null, ...byHand };
}

/** Sets one by hand, as the system actor; null hands it back to the environment. */
export async function changeSetting<Name extends SettingName>(
  trx: Transaction,
  name: Name,
  value: OperatorSettings[Name] | null,
  adminId: string,
): Promise<void> {
  if (value === null) return void (await trx('operator_settings').where({ key: name }).delete());
  const set = { value: JSON.stringify(value), updated_by: adminId, updated_at: trx.raw('app_now()') };
  await trx('operator_settings')
    .insert({ key: name, ...set })
    .onConflict('key')
    .merge(set);
}
