import { expect, test } from 'vitest';
import { excerpt, prose } from './prose.ts';

test('blank lines part paragraphs, dashes make a list, line breaks stay', () => {
  expect(
    prose('Send me your list.\nBy photo is fine.\n\nYou get:\n- a PDF\n* a picture\n\n\nNo photos of food.'),
  ).toEqual([
    { kind: 'paragraph', text: 'Send me your list.\nBy photo is fine.' },
    { kind: 'paragraph', text: 'You get:' },
    { kind: 'list', items: ['a PDF', 'a picture'] },
    { kind: 'paragraph', text: 'No photos of food.' },
  ]);
});

test('a dash inside a line is no list', () => {
  expect(prose('Well-known - really')).toEqual([{ kind: 'paragraph', text: 'Well-known - really' }]);
});

test('an excerpt ends at a sentence, else at a word', () => {
  expect(excerpt('One page,\n\n- a folded menu', 100)).toBe('One page, a folded menu');
  expect(excerpt('One page, a folded menu or a whole set', 20)).toBe('One page, a folded …');
  expect(excerpt('No machine timing. I listen and type.', 24)).toBe('No machine timing.');
});
