import { createHash, randomUUID } from 'node:crypto';
import { clock } from '../../src/clock.ts';
import { guestToken } from '../../src/models/guest-buyer.ts';
import type { OrderStatus } from '../../src/models/order/order-process.ts';
import type { TestApp } from './app.ts';
import { page, visit, type Client } from './client.ts';
import {
  asSystem,
  createPerson,
  openShop,
  placeOrder,
  questionIds,
  signIn,
  type TestPerson,
  type TestShop,
} from './orders.ts';

/** Everybody lives elsewhere: Ada in London, Noor in Amman, Mina in Berlin; a guest is shown UTC. */
export interface Town {
  app: TestApp;
  shop: TestShop;
  ada: TestPerson;
  noor: TestPerson;
  mina: TestPerson;
  guest: { id: string; link: string };
  browsers: Record<'buyer' | 'guest' | 'seller' | 'admin', Client>;
}

export type Buyer = 'buyer' | 'guest';

/** Stops the clock at this moment of the story's week, in UTC: `Mon 08:00`. */
export function at(moment: string): void {
  const [day = '', time = ''] = moment.split(' ');
  const date = 4 + ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(day);
  clock.set(new Date(`2026-05-${String(date).padStart(2, '0')}T${time}:00Z`));
}

/** When all stories are looked at. */
export const NOW = 'Thu 10:00';

export async function buildTown(app: TestApp): Promise<Town> {
  at('Mon 07:00');
  const ada = await createPerson(app, 'Ada Marlowe', { timeZone: 'Europe/London' });
  const noor = await createPerson(app, 'Noor Haddad', { timeZone: 'Asia/Amman' });
  const mina = await createPerson(app, 'Mina Farouk', { role: 'admin', timeZone: 'Europe/Berlin' });
  const shop = await openShop(app, noor);
  const id = randomUUID();
  const token = guestToken(app.config, id);
  const token_hash = createHash('sha256').update(token).digest('hex');
  await asSystem(app, (trx) => trx('guest_buyers').insert({ id, email: 'lena@gigflow.test', token_hash }));
  await placeOrder(app, { shop, guest: { id } });
  const link = `/o/${token}`;
  const guest = visit(app);
  await guest.get(link);
  const browsers = {
    buyer: await signIn(app, ada),
    guest,
    seller: await signIn(app, noor),
    admin: await signIn(app, mina),
  };
  return { app, shop, ada, noor, mina, guest: { id, link }, browsers };
}

/** One order whose sides act through the forms, as people do; every step must be taken. */
class Story {
  readonly town: Town;
  readonly id: string;
  readonly #buyer: Buyer;

  constructor(town: Town, id: string, buyer: Buyer) {
    this.town = town;
    this.id = id;
    this.#buyer = buyer;
  }

  static async begin(town: Town, buyer: Buyer, revisions: number): Promise<Story> {
    at('Mon 08:00');
    const { shop, ada, guest } = town;
    const who = buyer === 'guest' ? { guest: { id: guest.id } } : { buyer: ada };
    return new Story(town, await placeOrder(town.app, { shop, ...who, revisions, days: 5 }), buyer);
  }

  buyer = (act: string, body?: object): Promise<void> => this.#post(this.#buyer, `/orders/${this.id}/${act}`, body);
  seller = (act: string, body?: object): Promise<void> => this.#post('seller', `/orders/${this.id}/${act}`, body);
  admin = (act: string, body?: object): Promise<void> => this.#post('admin', `/admin/orders/${this.id}/${act}`, body);

  async brief(): Promise<void> {
    at('Mon 09:30');
    const ids = await questionIds(this.town.app, this.id);
    const answers = { [ids.name!]: 'Warda', [ids.dishes!]: 'Mint tea 3.00\nHummus 5.50', [ids.size!]: 'A4' };
    await this.buyer('requirements', { answers });
    await this.buyer('messages', { body: 'Our printer asks for 3 mm bleed. Is that in the PDF?' });
    at('Mon 11:15');
    await this.seller('messages', { body: 'Yes, 3 mm on all sides.' });
  }

  async deliver(moment = 'Wed 14:00'): Promise<void> {
    at(moment);
    const message = 'Here is the folded menu, ready to print.';
    await this.seller('deliveries', { message, links: 'https://files.example.org/warda-menu.pdf' });
  }

  async report(): Promise<void> {
    at('Wed 17:00');
    await this.buyer('disputes', { reason: 'The second language is missing.' });
    at('Wed 18:30');
    const { id } = await asSystem(this.town.app, (trx) => trx('disputes').where({ order_id: this.id }).first('id'));
    await this.seller(`disputes/${id}/statements`, { body: 'It was never sent to me.' });
  }

  async #post(who: keyof Town['browsers'], address: string, body: object = {}): Promise<void> {
    const response = await this.town.browsers[who].post(address, { form_key: randomUUID(), ...body });
    if (response.status === 303) return;
    throw new Error(`${who} at ${address}: ${response.status} ${page(response)('main').text().slice(0, 300)}`);
  }
}

export const VARIANTS = [
  'late',
  'last-round-used',
  'seller-asks-to-cancel',
  'more-time-asked',
  'settlement-asked',
] as const;
/** Each state as it usually looks, and what changes its page most. */
export type Scenery = OrderStatus | (typeof VARIANTS)[number];

const TELL: Record<Scenery, (story: Story) => Promise<void>> = {
  awaiting_requirements: async () => {},
  in_progress: (story) => story.brief(),
  delivered: async (story) => {
    await story.brief();
    await story.deliver();
  },
  revision_requested: async (story) => {
    await TELL.delivered(story);
    at('Wed 17:00');
    await story.buyer('revisions', { reason: 'The prices do not line up.' });
  },
  completed: async (story) => {
    await TELL.delivered(story);
    at('Wed 17:00');
    await story.buyer('acceptance');
  },
  cancel_requested: async (story) => {
    await story.brief();
    at('Wed 17:00');
    await story.buyer('cancellations', { reason: 'The café opens a year later.' });
  },
  cancelled: async (story) => {
    await TELL.cancel_requested(story);
    at('Wed 18:30');
    const { id } = await asSystem(story.town.app, (trx) => trx('proposals').where({ order_id: story.id }).first('id'));
    await story.seller(`cancellations/${id}/acceptance`);
  },
  disputed: async (story) => {
    await TELL.delivered(story);
    await story.report();
  },
  refunded: async (story) => {
    await TELL.disputed(story);
    at('Thu 08:00');
    const reason = 'The second language was paid for and is not there.';
    await story.admin('resolution', { outcome: 'refund', reason });
  },
  late: async (story) => {
    await story.brief();
    await asSystem(story.town.app, (trx) =>
      trx('orders')
        .where({ id: story.id })
        .update({ due_at: new Date('2026-05-06T09:30:00Z') }),
    );
  },
  'last-round-used': async (story) => {
    await TELL.revision_requested(story);
    await story.deliver('Wed 20:00');
  },
  'seller-asks-to-cancel': async (story) => {
    await story.brief();
    at('Wed 17:00');
    await story.seller('cancellations', { reason: 'I broke my hand.' });
  },
  'more-time-asked': async (story) => {
    await story.brief();
    at('Wed 17:00');
    await story.seller('extensions', { days: '2', reason: 'The second language takes longer.' });
  },
  'settlement-asked': async (story) => {
    await TELL.disputed(story);
    at('Wed 20:00');
    await story.seller('settlements', { refund: '20', reason: 'The price of the second language.' });
  },
};

/** Tells the story of an order up to this scenery, and stops the clock at NOW. @returns the order's id */
export async function tell(town: Town, scenery: Scenery, buyer: Buyer): Promise<string> {
  const story = await Story.begin(town, buyer, scenery === 'last-round-used' ? 1 : 2);
  await TELL[scenery](story);
  at(NOW);
  return story.id;
}
