import type Whop from '@whop/sdk';
import { buildResolutionCase } from '../../api/resolution-center-cases.ts';
import type { ResolutionCase } from '../../records.ts';
import type { Store } from '../../store.ts';
import type { WhopEvent } from '../sender.ts';

type CaseEvent =
  | Whop.ResolutionCenterCaseCreatedWebhookEvent
  | Whop.ResolutionCenterCaseUpdatedWebhookEvent
  | Whop.ResolutionCenterCaseDecidedWebhookEvent;

export function resolutionCaseEvent(store: Store, type: CaseEvent['type'], subject: ResolutionCase): WhopEvent {
  const data: CaseEvent['data'] = buildResolutionCase(store, subject);
  return { type, companyId: subject.companyId, data };
}
