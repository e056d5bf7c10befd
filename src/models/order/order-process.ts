/** The states and transitions of an order: product.md section 5 as data. The table order_transition_rules holds the same. */
export const ORDER_STATUSES = [
  'awaiting_requirements',
  'in_progress',
  'delivered',
  'revision_requested',
  'completed',
  'cancel_requested',
  'cancelled',
  'disputed',
  'refunded',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];
export type OrderActor = 'buyer' | 'seller' | 'admin' | 'clock' | 'whop';

interface Rule {
  from: readonly OrderStatus[];
  /** 'resume' goes back to where the interruption began. */
  to: OrderStatus | 'resume';
  /** An admin may do each of them as well, unless he is a party. */
  by: readonly OrderActor[];
}

const open = [
  'awaiting_requirements',
  'in_progress',
  'delivered',
  'revision_requested',
  'completed',
  'cancel_requested',
] as const;
const cancellable = ['awaiting_requirements', 'in_progress', 'revision_requested', 'delivered'] as const;

export const ORDER_PROCESS = {
  submit_requirements: { from: ['awaiting_requirements'], to: 'in_progress', by: ['buyer'] },
  deliver: { from: ['in_progress', 'revision_requested'], to: 'delivered', by: ['seller'] },
  request_revision: { from: ['delivered'], to: 'revision_requested', by: ['buyer'] },
  accept_delivery: { from: ['delivered'], to: 'completed', by: ['buyer'] },
  auto_complete: { from: ['delivered'], to: 'completed', by: ['clock'] },
  request_cancellation: { from: cancellable, to: 'cancel_requested', by: ['buyer', 'seller'] },
  withdraw_cancellation: { from: ['cancel_requested'], to: 'resume', by: ['buyer', 'seller'] },
  decline_cancellation: { from: ['cancel_requested'], to: 'resume', by: ['buyer', 'seller'] },
  accept_cancellation: { from: ['cancel_requested'], to: 'cancelled', by: ['buyer', 'seller'] },
  lapse_cancellation: { from: ['cancel_requested'], to: 'cancelled', by: ['clock'] },
  escalate_cancellation: { from: ['cancel_requested'], to: 'disputed', by: ['clock'] },
  cancel_unstarted: { from: ['awaiting_requirements'], to: 'cancelled', by: ['seller', 'clock'] },
  cancel_late: { from: ['in_progress'], to: 'cancelled', by: ['buyer', 'clock'] },
  cancel_suspended: { from: [...cancellable, 'cancel_requested'], to: 'cancelled', by: ['buyer', 'seller'] },
  dispute_late: { from: ['revision_requested'], to: 'disputed', by: ['buyer', 'clock'] },
  open_dispute: {
    from: ['in_progress', 'delivered', 'revision_requested', 'cancel_requested', 'completed'],
    to: 'disputed',
    by: ['buyer', 'seller'],
  },
  withdraw_dispute: { from: ['disputed'], to: 'resume', by: ['buyer', 'seller'] },
  open_chargeback: { from: open, to: 'disputed', by: ['whop'] },
  close_chargeback: { from: ['disputed'], to: 'resume', by: ['whop'] },
  refund_in_full: { from: [...open, 'disputed'], to: 'refunded', by: ['whop'] },
  resolve_refund: { from: ['disputed'], to: 'refunded', by: [] },
  resolve_split: { from: ['disputed'], to: 'completed', by: [] },
  resolve_release: { from: ['disputed'], to: 'completed', by: [] },
  settle: {
    from: ['in_progress', 'revision_requested', 'delivered', 'disputed', 'cancel_requested'],
    to: 'completed',
    by: ['buyer', 'seller'],
  },
} as const satisfies Record<string, Rule>;

export type OrderTransition = keyof typeof ORDER_PROCESS;

/** Every row that order_transition_rules must hold; to null means resume. */
export function processRows(): { transition: string; from: OrderStatus; to: OrderStatus | null; actor: OrderActor }[] {
  return Object.entries<Rule>(ORDER_PROCESS).flatMap(([transition, rule]) =>
    rule.from.flatMap((from) =>
      [...rule.by, 'admin' as const].map((actor) => ({
        transition,
        from,
        to: rule.to === 'resume' ? null : rule.to,
        actor,
      })),
    ),
  );
}

/** May this actor try this transition from this state? Guards besides state and actor live in order_transition_guard(). */
export function allows(transition: OrderTransition, status: OrderStatus, actor: OrderActor): boolean {
  const rule: Rule = ORDER_PROCESS[transition];
  return rule.from.includes(status) && (actor === 'admin' || rule.by.includes(actor));
}

/** Who may ever do it, in whatever state. */
export const isActOf = (transition: OrderTransition, actor: OrderActor): boolean =>
  actor === 'admin' || (ORDER_PROCESS[transition] as Rule).by.includes(actor);
