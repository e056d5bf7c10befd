import { circle, colours as c, drawn, frame, numbers, rect, repeat, stroke, type Draw } from './svg.ts';

const night = '#1e2430';

export const code: Draw = () => {
  const lines: [indent: number, length: number, colour: string][] = [
    [8, 34, '#7fa8d6'],
    [14, 62, '#d8dde6'],
    [22, 48, '#d8dde6'],
    [22, 70, c.coral],
    [22, 76, '#7fcf8f'],
    [22, 40, '#d8dde6'],
    [14, 24, '#7fa8d6'],
    [14, 54, '#e6c273'],
    [8, 20, '#d8dde6'],
  ];
  return drawn(
    night,
    rect(0, 0, 12, 100, '#171c26'),
    rect(12, 38, 148, 8.5, '#3a2528'),
    rect(12, 47.5, 148, 8.5, '#22352b'),
    lines
      .map(
        ([indent, length, colour], i) =>
          rect(4, 13 + i * 9.5, 4, 1.2, '#4a5568', 0.6) + rect(12 + indent, 12 + i * 9.5, length, 3, colour, 1.5),
      )
      .join(''),
    stroke('M14.5 42.3H17.5', c.coral, 0.9),
    stroke('M14.5 51.8H17.5M16 50.3V53.3', '#7fcf8f', 0.9),
  );
};

export const browser: Draw = () =>
  drawn(
    '#d6e4e3',
    rect(22, 12, 116, 100, c.paper, 3),
    rect(22, 12, 116, 10, c.petrol, 3),
    rect(22, 18, 116, 4, c.petrol),
    circle(28, 17, 1.4, c.coral) + circle(33, 17, 1.4, c.yellow) + circle(38, 17, 1.4, c.sage),
    rect(46, 15, 60, 4, '#1b5a61', 2),
    rect(32, 32, 46, 5, c.ink, 1),
    rect(32, 41, 38, 2, c.grey, 1) + rect(32, 46, 42, 2, c.grey, 1) + rect(32, 51, 30, 2, c.grey, 1),
    rect(32, 58, 20, 6, c.teal, 1),
    rect(88, 30, 40, 34, c.mustard, 1),
    circle(108, 44, 8, c.yellow) + rect(88, 55, 40, 9, c.green),
    repeat(
      3,
      (i) =>
        rect(32 + i * 33.5, 74, 29, 3, c.ink, 1) +
        rect(32 + i * 33.5, 81, 26, 1.6, c.grey, 0.8) +
        rect(32 + i * 33.5, 86, 22, 1.6, c.grey, 0.8) +
        rect(32 + i * 33.5, 91, 25, 1.6, c.grey, 0.8),
    ),
  );

export const terminal: Draw = () => {
  const next = numbers(11);
  return drawn(
    '#3f5d52',
    rect(20, 14, 120, 74, '#16211d', 3),
    circle(27, 20, 1.5, c.coral) + circle(32, 20, 1.5, c.yellow) + circle(37, 20, 1.5, '#7fcf8f'),
    stroke('M28 31L31 33.5L28 36', '#7fcf8f', 1.2),
    rect(35, 32.5, 42, 2.2, c.cream, 1),
    repeat(5, (i) => {
      const y = 42 + i * 6;
      return (
        stroke(`M29 ${y}L30.2 ${y + 1.4}L32.5 ${y - 1.4}`, '#7fcf8f', 0.8) +
        rect(36, y - 1, 18 + next() * 34, 2, '#8fa39a', 1) +
        rect(104, y - 1, 10 + next() * 12, 2, '#56685f', 1)
      );
    }),
    rect(28, 76, 104, 4, '#2b3b34', 2) + rect(28, 76, 78, 4, c.mustard, 2),
  );
};

export const queryPlan: Draw = () => {
  const box = (x: number, y: number, w: number, fill: string) =>
    rect(x, y, w, 10, fill, 1.5) + rect(x + 3, y + 4, Math.min(w - 6, 18), 2, c.cream, 1);
  return drawn(
    '#e4ebf1',
    stroke('M40 24V34M40 34H22V44M40 34H58V44M58 54V64', c.slate, 0.8),
    box(26, 14, 28, c.slate) + box(8, 44, 28, c.slate) + box(44, 44, 28, c.slate) + box(44, 64, 28, c.brick),
    rect(79.6, 10, 0.8, 80, '#b9c7d3'),
    stroke('M118 24V34M118 34H102V44M118 34H136V44M136 54V64', c.slate, 0.8),
    box(104, 14, 28, c.teal) + box(88, 44, 28, c.teal) + box(122, 44, 28, c.teal) + box(122, 64, 28, c.green),
    rect(8, 84, 64, 4, c.brick, 1) + rect(88, 84, 7, 4, c.green, 1),
  );
};

export const servers: Draw = () => {
  const cabinet = (x: number, fill: string, light: string) =>
    rect(x, 14, 38, 72, fill, 2) +
    repeat(
      5,
      (i) =>
        rect(x + 4, 19 + i * 13, 30, 9, 'rgba(255,255,255,.12)', 1) +
        circle(x + 9, 23.5 + i * 13, 1.3, light) +
        rect(x + 18, 22.7 + i * 13, 12, 1.6, 'rgba(255,255,255,.45)', 0.8),
    );
  return drawn(
    '#dfe7ea',
    stroke('M54 50H106', c.slate, 0.9, '0.1 3'),
    cabinet(14, c.slate, c.grey),
    cabinet(108, c.petrol, '#7fcf8f'),
    [60, 74, 88]
      .map(
        (x, i) =>
          rect(x, 44, 11, 11, [c.tan, c.mustard, c.coral][i] ?? c.tan, 1) + frame(x + 2, 46, 7, 7, c.cream, 0.5),
      )
      .join(''),
  );
};
