import { expect, test } from 'vitest';
import type { Requirement } from '../models/order/requirements.ts';
import { parseForm } from './form.ts';
import { deliveryForm, requirementsForm, reviewForm, revisionForm } from './order-forms.ts';

const question = (id: string, change: Partial<Requirement>): Requirement => ({
  id,
  kind: 'short_text',
  label: id,
  required: true,
  choices: [],
  ...change,
});
const questions = [
  question('name', {}),
  question('dishes', { kind: 'long_text' }),
  question('size', { kind: 'one_choice', choices: ['A4', 'A5'] }),
  question('papers', { kind: 'many_choices', choices: ['matt', 'glossy'], required: false }),
  question('note', { required: false }),
];
const complete = { name: ' Warda ', dishes: 'Hummus 5.50\r\nMint tea 3.00', size: 'A4', papers: ['matt', 'glossy'] };
const brief = (answers: unknown) => parseForm(requirementsForm(questions), { answers });

test('a complete brief comes out trimmed, with null for what was left open', () => {
  expect(brief(complete)).toEqual({
    valid: true,
    data: {
      answers: {
        name: 'Warda',
        dishes: 'Hummus 5.50\nMint tea 3.00',
        size: 'A4',
        papers: ['matt', 'glossy'],
        note: null,
      },
    },
  });
  expect(brief({ ...complete, papers: 'matt' })).toMatchObject({ data: { answers: { papers: ['matt'] } } });
});

test.each([
  ['nothing at all', undefined, ['answers-name', 'answers-dishes', 'answers-size']],
  ['blanks', { ...complete, name: '   ' }, ['answers-name']],
  ['a choice that was not offered', { ...complete, size: 'A3' }, ['answers-size']],
  ['two answers to one choice', { ...complete, size: ['A4', 'A5'] }, ['answers-size']],
  ['a paper that was not offered', { ...complete, papers: ['matt', 'silk'] }, ['answers-papers']],
  ['more than fits', { ...complete, name: 'x'.repeat(201) }, ['answers-name']],
  ['a list where one line stands', { ...complete, name: ['Warda'] }, ['answers-name']],
  ['the question of another order', { ...complete, other: 'x' }, ['answers']],
  ['a sentence instead of answers', 'Warda', ['answers']],
])('a brief with %s is sent back (defect 17)', (_name, answers, fields) => {
  const parsed = brief(answers);
  expect(parsed.valid).toBe(false);
  expect(!parsed.valid && parsed.form.errors.map(({ text }) => text).join()).not.toMatch(/Invalid|expected/);
  expect(!parsed.valid && parsed.form.errors.map(({ field }) => field)).toEqual(fields);
});

test.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://a.test/x', 'warda.pdf', '//a.test/x'])(
  'a delivery refuses links like %s (defect 18)',
  (link) => {
    const parsed = parseForm(deliveryForm(), { message: 'Here', links: `https://fine.test/a\n${link}` });
    expect(!parsed.valid && parsed.form.errors).toEqual([
      { field: 'links', text: expect.stringContaining('is not a link') as string },
    ]);
  },
);

test('a delivery needs a message or a link, and takes one link per line', () => {
  expect(parseForm(deliveryForm(), { message: ' \n', links: ' ' }).valid).toBe(false);
  expect(parseForm(deliveryForm(), {}).valid).toBe(false);
  expect(parseForm(deliveryForm(), { links: ' https://a.test/1 \r\n\r\nhttp://b.test' })).toEqual({
    valid: true,
    data: { message: '', links: ['https://a.test/1', 'http://b.test'] },
  });
  expect(parseForm(deliveryForm(), { message: 'x', links: Array(21).fill('https://a.test/').join('\n') }).valid).toBe(
    false,
  );
});

test.each(['0', '6', '1.5', '1.4', '', 'five', '-1', '1e0', ['5'], undefined])(
  '%j is no rating (defect 15)',
  (rating) => {
    expect(parseForm(reviewForm, { rating, body: 'Good' }).valid).toBe(false);
  },
);

test('whole stars with words are a review; a revision needs a reason', () => {
  expect(parseForm(reviewForm, { rating: '5', body: ' Good ' })).toEqual({
    valid: true,
    data: { rating: 5, body: 'Good' },
  });
  expect(parseForm(reviewForm, { rating: '5', body: ' ' }).valid).toBe(false);
  expect(parseForm(revisionForm, { reason: ' \r\n ' }).valid).toBe(false);
  expect(parseForm(revisionForm, { reason: 'x'.repeat(2_001) }).valid).toBe(false);
});
