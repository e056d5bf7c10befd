import type { Emulator } from '../context.ts';
import type { Company, Identity, IdentityStatus } from '../records.ts';
import * as events from '../webhooks/events/identity.ts';

export interface IdentityResult {
  status: IdentityStatus;
  errorCode?: Identity['errorCode'];
  reason?: string | null;
}

const REASONS: Partial<Record<IdentityStatus, [NonNullable<Identity['errorCode']>, string]>> = {
  rejected: ['document_expired', 'The document has expired.'],
  needs_action: ['document_unverified_other', 'Document image was too blurry to read.'],
};

/** The identity check of a company comes out this way; tells everybody who listens (contract 3.4). */
export function decideIdentity(emulator: Emulator, company: Company, result: IdentityResult): void {
  const owner = emulator.store.users.get(company.ownerId);
  const [firstName = null, ...rest] = owner?.name?.split(' ') ?? [];
  const [code, reason] = REASONS[result.status] ?? [null, null];
  const { identity } = company;
  const started = result.status !== 'not_started';
  Object.assign(identity, {
    status: result.status,
    errorCode: result.errorCode ?? code,
    errorReason: result.reason ?? reason,
    firstName: started ? firstName : null,
    lastName: started ? rest.join(' ') || null : null,
    dateOfBirth: started ? '1990-01-15' : null,
    country: started ? (company.country ?? 'us').toUpperCase() : null,
    updatedAt: new Date().toISOString(),
  } satisfies Partial<Identity>);
  emulator.store.touch();
  for (const event of events.identityChanged(company, emulator.origin())) emulator.webhooks.emit(event);
}
