import { convergeDispute } from '../../money/converge-dispute.ts';
import type { Handler } from './handler.ts';

export const dispute: Handler = ({ services, event }) => convergeDispute(services, String(event.data.id));
