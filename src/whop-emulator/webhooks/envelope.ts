import { ACCOUNT_ENVELOPE, NATIVE_PAYMENTS, SDK_PIN } from '../api/versions.ts';
import type { Delivery } from '../records.ts';
import { legacyName } from './event-types.ts';

/**
 * The body of a delivery as the endpoint's pin has it (contract 11.3): `company_id` and the SDK's shapes before,
 * `account_id` and `api_version_date` from 2026-08-14, flat payments and disputes from 2026-09-06. Test sends carry no account at all.
 */
export function envelope(delivery: Delivery, pin: string, legacyNames: boolean): string {
  const account = delivery.companyId && {
    [pin >= ACCOUNT_ENVELOPE ? 'account_id' : 'company_id']: delivery.companyId,
  };
  return JSON.stringify({
    id: delivery.messageId,
    api_version: 'v1',
    type: legacyNames ? legacyName(delivery.type) : delivery.type,
    timestamp: delivery.timestamp,
    ...(pin > SDK_PIN && { api_version_date: pin }),
    ...account,
    data: pin >= NATIVE_PAYMENTS ? delivery.nativeData : delivery.data,
  });
}
