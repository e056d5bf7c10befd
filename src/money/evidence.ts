import type { Transaction } from '../database.ts';
import { formatTotal } from './format.ts';

interface Facts {
  title: string;
  package_title: string;
  total_cents: number;
  refunded_cents: number;
  currency: string;
  status: string;
  created_at: Date;
  completed_at: Date | null;
  buyer: string;
  seller: string;
  buyer_email: string | null;
}

export interface EvidenceText {
  customerName: string;
  customerEmail: string | null;
  productDescription: string;
  serviceDate: string | null;
  record: string;
}

const utc = (at: Date): string => at.toISOString().slice(0, 16).replace('T', ' ') + ' UTC';

/** SQL for the files that hang on a row, with their hashes. */
const attached = (column: string, id: string): string =>
  `coalesce((select ' [files: ' || string_agg(a.name || ' sha256 ' || a.sha256, ', ' order by a.created_at) || ']'
    from attachments a where a.${column} = ${id} and a.finalised_at is not null and not a.draft), '')`;

/**
 * The order's record as text for the buyer's bank: what was agreed, asked, delivered and written, in the order in which it
 * happened. As the system actor or an admin.
 */
export async function evidenceOf(trx: Transaction, orderId: string): Promise<EvidenceText> {
  const order = await trx('orders as o')
    .leftJoin('profiles as b', 'b.user_id', 'o.buyer_id')
    .leftJoin('profiles as s', 's.user_id', 'o.seller_id')
    .leftJoin('users as u', 'u.id', 'o.buyer_id')
    .leftJoin('guest_buyers as g', 'g.id', 'o.guest_buyer_id')
    .where('o.id', orderId)
    .first<Facts>(
      trx.raw(`o.title, o.package_title, o.total_cents, o.refunded_cents, o.currency, o.status, o.created_at, o.completed_at,
        coalesce(b.display_name, 'The buyer') as buyer, s.display_name as seller, coalesce(u.email, g.email)::text as buyer_email`),
    );
  const answers = await trx('order_requirements')
    .where({ order_id: orderId })
    .orderBy('position')
    .select('label', 'answer', trx.raw(`${attached('requirement_id', 'order_requirements.id')} as files`));
  const { rows: events } = await trx.raw<{ rows: { at: Date; what: string }[] }>(
    `select * from (
       select t.created_at as at, 'The order: ' || coalesce(t.from_status::text || ' to ', '') || t.to_status || ' by the ' || t.actor || coalesce(' (' || t.reason || ')', '') as what
         from order_transitions t where t.order_id = :id
       union all select d.created_at, 'Delivery: ' || d.message || ${attached('delivery_id', 'd.id')} from order_deliveries d where d.order_id = :id
       union all select m.created_at, 'Message: ' || m.body || ${attached('message_id', 'm.id')} from order_messages m where m.order_id = :id
       union all select s.created_at, 'In the dispute, the ' || s.author_role || ': ' || s.body || ${attached('statement_id', 's.id')}
         from dispute_statements s join disputes d on d.id = s.dispute_id where d.order_id = :id
     ) happened order by at`,
    { id: orderId },
  );
  const lines = [
    `Order ${orderId}`,
    `${order.title}, ${order.package_title}: ${formatTotal(order.total_cents, order.currency)}`,
    `Bought by ${order.buyer} from ${order.seller} on ${utc(order.created_at)}. It stands as ${order.status}.`,
    ...(order.refunded_cents > 0 ? [`Refunded so far: ${formatTotal(order.refunded_cents, order.currency)}`] : []),
    '',
    'The brief',
    ...answers.map(
      (row: { label: string; answer: unknown; files: string }) => `- ${row.label} ${plain(row.answer, row.files)}`,
    ),
    '',
    'What happened',
    ...events.map(({ at, what }) => `${utc(at)}  ${what}`),
  ];
  return {
    customerName: order.buyer,
    customerEmail: order.buyer_email,
    productDescription: `${order.title}, ${order.package_title}: made to order by ${order.seller}`,
    serviceDate: order.completed_at?.toISOString().slice(0, 10) ?? null,
    record: lines.join('\n'),
  };
}

function plain(answer: unknown, files: string): string {
  if (files) return files.trim();
  if (answer === null || answer === undefined) return '(no answer)';
  return Array.isArray(answer) ? answer.join(', ') : String(answer);
}
