import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordDiff } from './word-diff.ts';

test('words that went and came stand where they were', () => {
  expect(wordDiff('as a photo, an e-mail or a list', 'as a photo, a text or a list')).toEqual([
    { kind: 'same', text: 'as a photo, ' },
    { kind: 'removed', text: 'an' },
    { kind: 'added', text: 'a' },
    { kind: 'same', text: ' ' },
    { kind: 'removed', text: 'e-mail' },
    { kind: 'added', text: 'text' },
    { kind: 'same', text: ' or a list' },
  ]);
});

test('without the removed parts it is the new text, without the added ones the old', () => {
  const text = fc
    .array(fc.constantFrom('one', 'two', 'three', ' ', '\n\n', 'é'), { maxLength: 30 })
    .map((words) => words.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = wordDiff(before, after);
      const joined = (left: string) =>
        parts
          .filter(({ kind }) => kind !== left)
          .map((part) => part.text)
          .join('');
      expect([joined('added'), joined('removed')]).toEqual([before, after]);
    }),
  );
});

test('a text too long to compare counts as replaced', () => {
  const [before, after] = ['a '.repeat(2_500), 'b '.repeat(2_500)];
  expect(wordDiff(before, after).map(({ kind }) => kind)).toEqual(['removed', 'added']);
});
