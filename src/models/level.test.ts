import { expect, test } from 'vitest';
import { levelOf, type Work } from './level.ts';

const work = (change: Partial<Work> = {}): Work => ({
  completed: 100,
  stars: 480,
  reviews: 100,
  onTime: 95,
  due: 100,
  ...change,
});

test.each<[string, Partial<Work>, number]>([
  ['exactly on the line of Top', {}, 3],
  ['one order less', { completed: 99 }, 2],
  ['one star less', { stars: 479 }, 2],
  ['one late order more', { onTime: 94 }, 2],
  ['exactly Level 2', { completed: 25, stars: 460, onTime: 90 }, 2],
  ['exactly Level 1', { completed: 5, stars: 440, onTime: 85 }, 1],
  ['four orders', { completed: 4 }, 0],
  ['no reviews', { stars: 0, reviews: 0 }, 0],
  ['a newcomer', { completed: 0, stars: 0, reviews: 0, onTime: 0, due: 0 }, 0],
])('%s', (_name, change, level) => {
  expect(levelOf(work(change))).toBe(level);
});
