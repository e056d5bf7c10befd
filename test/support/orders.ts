import { randomUUID } from 'node:crypto';
import type { Actor, Transaction } from '../../src/database.ts';
import type { GigDocument, GigQuestion } from '../../src/models/gig-document.ts';
import { createOrder } from '../../src/models/order/create-order.ts';
import type { OrderStatus, OrderTransition } from '../../src/models/order/order-process.ts';
import type { CheckoutRow } from '../../src/models/checkout.ts';
import { createUser, hashPassword } from '../../src/models/user.ts';
import { splitFee } from '../../src/money/fee.ts';
import type { TestApp } from './app.ts';
import { visit, type Client } from './client.ts';

type Stage = Pick<TestApp, 'database'>;

export const PASSWORD = 'correct horse battery';
let passwordHash: Promise<string> | null = null;

export interface TestPerson {
  id: string;
  name: string;
  email: string;
  actor: Actor;
}

/** Writes rows as the system, as jobs and seeds do. */
export const asSystem = <T>(app: Stage, work: (trx: Transaction) => Promise<T>): Promise<T> =>
  app.database.withSystem('seeds', work);

export async function createPerson(
  app: Stage,
  name: string,
  { role = 'user', timeZone = 'UTC' }: { role?: 'user' | 'admin'; timeZone?: string } = {},
): Promise<TestPerson> {
  const email = `${name.toLowerCase().replace(/\W+/g, '-')}-${randomUUID().slice(0, 8)}@gigflow.test`;
  const hash = await (passwordHash ??= hashPassword(PASSWORD));
  const id = await asSystem(app, async (trx) => {
    const user = await createUser(trx, { email, emailVerified: true, passwordHash: hash, displayName: name });
    await trx('users').where({ id: user }).update({ role });
    await trx('profiles').where({ user_id: user }).update({ time_zone: timeZone });
    return user;
  });
  return { id, name, email, actor: { role, id } };
}

/** Signs in through the form, as a person does. */
export async function signIn(app: TestApp, person: TestPerson): Promise<Client> {
  const client = visit(app);
  const response = await client.post('/login', { email: person.email, password: PASSWORD });
  if (response.status !== 303) throw new Error(`${person.name} could not sign in: ${response.status}`);
  await client.get('/logout');
  return client;
}

const question = (change: Partial<GigQuestion> & { label: string }): GigQuestion => ({
  id: randomUUID(),
  kind: 'short_text',
  required: true,
  choices: [],
  ...change,
});

export const CAFE_QUESTIONS: GigQuestion[] = [
  question({ label: 'Name of your café?' }),
  question({ label: 'Dishes and prices?', kind: 'long_text' }),
  question({ label: 'Size of your paper?', kind: 'one_choice', choices: ['A4', 'A5'] }),
  question({ label: 'Papers that you like?', kind: 'many_choices', required: false, choices: ['matt', 'glossy'] }),
];

export interface TestShop {
  seller: TestPerson;
  gigId: string;
  slug: string;
  doc: GigDocument;
}

/** A seller whose identity is checked, with one gig on sale. */
export async function openShop(app: Stage, seller: TestPerson, questions = CAFE_QUESTIONS): Promise<TestShop> {
  const gigId = randomUUID();
  const slug = `menu-and-price-list-${gigId.slice(0, 8)}`;
  const offer = {
    tier: 'standard' as const,
    title: 'Folded menu',
    description: 'Up to four pages, print-ready.',
    price_cents: 9_500,
    delivery_days: 3,
    revisions: 2,
    includes: ['Print-ready PDF'],
  };
  const doc: GigDocument = {
    title: 'Menu and price list for your café',
    description: 'A menu that your guests can read and your printer can print, in one or two languages.',
    tags: ['menu'],
    category: { slug: 'print', name: 'Print' },
    packages: [offer],
    extras: [],
    faq: [],
    questions,
    images: [],
  };
  await asSystem(app, async (trx) => {
    await trx('categories')
      .insert({ id: randomUUID(), ...doc.category })
      .onConflict('slug')
      .ignore();
    const category = await trx('categories').where({ slug: doc.category.slug }).first<{ id: string }>('id');
    await trx('seller_accounts').insert({
      user_id: seller.id,
      company_title: seller.name,
      country: 'jo',
      whop_company_id: `biz_${seller.id.slice(0, 8)}`,
      kyc_status: 'verified',
    });
    const { title, description, tags } = doc;
    const gig = { seller_id: seller.id, category_id: category.id, slug, title, description, tags };
    await trx('gigs').insert({ id: gigId, ...gig, questions: JSON.stringify(questions), status: 'published' });
    await trx('gig_packages').insert({ id: randomUUID(), gig_id: gigId, ...offer });
    await trx('gig_listings').insert({
      gig_id: gigId,
      ...gig,
      revision_number: 1,
      price_from_cents: offer.price_cents,
      delivery_days: offer.delivery_days,
      currency: 'usd',
      seller_username: seller.name.toLowerCase().replace(/\W+/g, '-'),
      seller_name: seller.name,
      doc: JSON.stringify(doc),
    });
  });
  return { seller, gigId, slug, doc };
}

export async function createGuest(app: Stage): Promise<{ id: string; actor: Actor }> {
  const id = randomUUID();
  await asSystem(app, (trx) =>
    trx('guest_buyers').insert({ id, email: `guest-${id.slice(0, 8)}@gigflow.test`, token_hash: randomUUID() }),
  );
  return { id, actor: { role: 'guest', id } };
}

interface Purchase {
  shop: TestShop;
  buyer?: TestPerson;
  guest?: { id: string };
  questions?: GigQuestion[];
  revisions?: number;
  days?: number;
}

/** A paid order, as the convergence leaves it: checkout, order, items, questions and payment. Returns its id. */
export async function placeOrder(app: Stage, purchase: Purchase): Promise<string> {
  const { shop, buyer, guest, days = 3, revisions = 2, questions = shop.doc.questions } = purchase;
  const [offer] = shop.doc.packages;
  const id = randomUUID();
  const { feeCents, sellerCents } = splitFee(11_500, 1_000);
  const frozen = {
    id,
    purpose: 'order',
    seller_id: shop.seller.id,
    buyer_id: buyer?.id ?? null,
    guest_buyer_id: guest?.id ?? null,
    gig_id: shop.gigId,
    gig_revision_number: 1,
    currency: 'usd',
    total_cents: 11_500,
    fee_bps: 1_000,
    fee_cents: feeCents,
    seller_cents: sellerCents,
    status: 'paid',
    whop_company_id: `biz_${shop.seller.id.slice(0, 8)}`,
    whop_checkout_id: `ch_${id}`,
    form_key: randomUUID(),
  } as const;
  const scope: CheckoutRow['scope'] = {
    title: shop.doc.title,
    slug: shop.slug,
    sellerName: shop.seller.name,
    package: { ...offer!, unitCents: offer!.price_cents },
    quantity: 1,
    extras: [{ id: randomUUID(), title: 'Second language', unitCents: 2_000, quantity: 1, days: 0 }],
    offeredExtras: [],
    questions,
    days,
    revisions,
  };
  return asSystem(app, async (trx) => {
    await trx('whop_checkout_configs').insert({
      ...frozen,
      scope: JSON.stringify(scope),
      expires_at: trx.raw(`app_now() + interval '30 minutes'`),
    });
    const order = await createOrder(trx, { ...frozen, scope } as unknown as CheckoutRow);
    await trx('whop_payments').insert({
      id: randomUUID(),
      whop_payment_id: `pay_${id}`,
      whop_checkout_id: frozen.whop_checkout_id,
      checkout_id: id,
      order_id: order.id,
      whop_company_id: frozen.whop_company_id,
      status: 'paid',
      substatus: 'succeeded',
      currency: 'usd',
      total_cents: frozen.total_cents,
      fee_cents: feeCents,
      disposition: 'applied',
      paid_at: trx.raw('app_now()'),
    });
    return order.id;
  });
}

type Doer = Actor | 'clock' | 'whop';
export const transact = <T>(app: Stage, by: Doer, work: (trx: Transaction) => Promise<T>): Promise<T> =>
  typeof by === 'string' ? app.database.withSystem(by, work) : app.database.withActor(by, work);

/** Sends an order on its way as this actor, from wherever it stands. */
export const transition = (
  app: Stage,
  orderId: string,
  name: OrderTransition,
  by: Doer,
  reason: string | null = null,
): Promise<unknown> =>
  transact(app, by, (trx) =>
    trx.raw('select order_transition(id, ?, status, ?) from orders where id = ?', [name, reason, orderId]),
  );

/** Answers every question of an order and sends the brief. */
export const sendBrief = (app: Stage, orderId: string, buyer: { actor: Actor }): Promise<unknown> =>
  transact(app, buyer.actor, async (trx) => {
    await trx('order_requirements')
      .where({ order_id: orderId })
      .update({ answer: trx.raw(`case when cardinality(choices) > 0 then to_jsonb(choices[1]) else '"Warda"' end`) });
    await trx.raw(`select order_transition(?, 'submit_requirements', 'awaiting_requirements')`, [orderId]);
  });

/** Hands something in and delivers it. */
export const deliverWork = (app: Stage, orderId: string, seller: { actor: Actor }): Promise<unknown> =>
  transact(app, seller.actor, async (trx) => {
    const [last] = await trx('order_deliveries').where({ order_id: orderId }).max({ number: 'number' });
    await trx('order_deliveries').insert({
      id: randomUUID(),
      order_id: orderId,
      number: Number(last?.number ?? 0) + 1,
      message: 'Here is the folded menu.',
    });
    await trx.raw(`select order_transition(id, 'deliver', status) from orders where id = ?`, [orderId]);
  });

export interface OrderRecord {
  status: OrderStatus;
  due_at: Date | null;
  auto_complete_at: Date | null;
  delivered_at: Date | null;
  completed_at: Date | null;
  revisions_used: number;
}

export const readOrder = (app: Stage, orderId: string): Promise<OrderRecord> =>
  asSystem(
    app,
    (trx) =>
      trx<OrderRecord>('orders')
        .where({ id: orderId } as never)
        .first() as Promise<OrderRecord>,
  );

export interface Scene {
  ada: TestPerson;
  noor: TestPerson;
  shop: TestShop;
  /** Ada buys, Noor sells, Mina is admin, Tomas has nothing to do with it. */
  as: Record<'ada' | 'noor' | 'mina' | 'tomas', Client>;
}

export async function setScene(app: TestApp): Promise<Scene> {
  const ada = await createPerson(app, 'Ada Marlowe');
  const noor = await createPerson(app, 'Noor Haddad');
  const mina = await createPerson(app, 'Mina Farouk', { role: 'admin' });
  const tomas = await createPerson(app, 'Tomas Novak');
  const as = { ada: await signIn(app, ada), noor: await signIn(app, noor) };
  return {
    ada,
    noor,
    shop: await openShop(app, noor),
    as: { ...as, mina: await signIn(app, mina), tomas: await signIn(app, tomas) },
  };
}

/** An order that has come as far as this, with the usual parties. */
export async function orderIn(
  app: Stage,
  { shop, ada, noor }: Pick<Scene, 'shop' | 'ada' | 'noor'>,
  status: 'awaiting_requirements' | 'in_progress' | 'delivered' | 'revision_requested' | 'completed',
  change: Partial<Purchase> = {},
): Promise<string> {
  const id = await placeOrder(app, { shop, buyer: ada, ...change });
  if (status === 'awaiting_requirements') return id;
  await sendBrief(app, id, ada);
  if (status === 'in_progress') return id;
  await deliverWork(app, id, noor);
  if (status === 'revision_requested') await transition(app, id, 'request_revision', ada.actor, 'Larger type');
  if (status === 'completed') await transition(app, id, 'accept_delivery', ada.actor);
  return id;
}

/** The ids of an order's questions by the first word of their label. */
export async function questionIds(app: Stage, orderId: string): Promise<Record<string, string>> {
  const rows = await asSystem(app, (trx) =>
    trx('order_requirements').where({ order_id: orderId }).select<{ id: string; label: string }[]>('id', 'label'),
  );
  return Object.fromEntries(rows.map(({ id, label }) => [label.split(' ')[0]!.toLowerCase(), id]));
}
