import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, type Client } from '../../support/client.ts';
import { placeOrder, questionIds, readOrder, setScene, type Scene } from '../../support/orders.ts';

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterAll(() => app.stop());

/** Fills and sends a form of the page as it stands there: its address, its hidden fields, these values. */
async function send(browser: Client, address: string, formId: string, values: object): Promise<string> {
  const view = page(await browser.get(address));
  const form = view(`#${formId}`);
  const key = form.find('input[name=form_key]').attr('value');
  const response = await browser.post(form.attr('action')!, { form_key: key, ...values });
  expect([formId, response.status]).toEqual([formId, 303]);
  return response.headers.location!;
}

const statusOn = async (browser: Client, address: string) =>
  page(await browser.get(address))('[data-order-status]').attr('data-order-status');

test('Ada’s menu from the brief to both reviews, by forms alone', async () => {
  const { ada, noor } = scene.as;
  const id = await placeOrder(app, { shop: scene.shop, buyer: scene.ada });
  const [buyers, sellers] = [`/orders/${id}`, `/sell/orders/${id}`];
  const questions = await questionIds(app, id);

  expect((await readOrder(app, id)).due_at).toBeNull();
  const answers = { [questions.name!]: 'Warda', [questions.dishes!]: 'Hummus 5.50', [questions.size!]: 'A4' };
  expect(await send(ada, buyers, 'requirements-form', { answers })).toBe(buyers);
  expect(page(await ada.get(buyers))('.flash').text()).toContain('Your brief is sent');
  // Defect 12: the clock runs from the brief on, for as long as was bought.
  const { due_at: due } = await readOrder(app, id);
  expect(due!.getTime() - Date.now()).toBeGreaterThan(3 * 86_400_000 - 60_000);
  expect((await noor.get(sellers)).text).toContain('Hummus 5.50');

  const first = { message: 'The menu, both sides.', links: 'https://files.test/menu.pdf' };
  expect(await send(noor, sellers, 'delivery-form', first)).toBe(sellers);
  expect(await statusOn(ada, buyers)).toBe('delivered');
  const delivered = page(await ada.get(buyers));
  expect(delivered('a[href="https://files.test/menu.pdf"]').attr('rel')).toContain('noopener');
  expect(delivered('.turn .clock').text()).toContain('then it counts as accepted');

  // Defect 13: the words arrive, and the round is counted.
  await send(ada, buyers, 'revision-form', { reason: 'The espresso should be 2.50.' });
  const asked = page(await noor.get(sellers));
  expect(asked('#workspace').text()).toContain('The espresso should be 2.50.');
  expect((await ada.get(buyers)).text).toContain('1 of 2 used');
  await send(noor, sellers, 'delivery-form', { message: 'Espresso is 2.50 now.' });

  await send(ada, buyers, 'acceptance-form', {});
  expect(await statusOn(noor, sellers)).toBe('completed');
  await send(ada, buyers, 'review-form', { rating: '5', body: 'Quick and exact.' });
  expect((await noor.get(sellers)).text).not.toContain('Quick and exact.');
  await send(noor, sellers, 'review-form', { rating: '5', body: 'Clear brief.' });
  expect((await noor.get(sellers)).text).toContain('Quick and exact.');
  expect((await ada.get(buyers)).text).toContain('Clear brief.');

  const view = page(await ada.get(buyers));
  const history = view('.history li > b')
    .map((_index, event) => view(event).text())
    .get();
  expect(history).toEqual(['Paid', 'Brief sent', 'Delivered', 'Changes asked', 'Delivered', 'Accepted']);
});
