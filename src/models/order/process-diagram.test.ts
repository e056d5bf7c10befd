import { expect, test } from 'vitest';
import { ORDER_PROCESS } from './order-process.ts';
import { processDocument } from './process-diagram.ts';

test('docs/orders.md is what the process says', async () => {
  await expect(processDocument()).toMatchFileSnapshot('../../../docs/orders.md');
});

test('every transition stands in the diagram and in the table', () => {
  for (const name of Object.keys(ORDER_PROCESS)) {
    expect(processDocument()).toContain(`: ${name.replaceAll('_', ' ')} (`);
    expect(processDocument()).toContain(`| ${name} |`);
  }
});
