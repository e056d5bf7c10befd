import {
  circle,
  colours as c,
  drawn,
  faded,
  moved,
  numbers,
  rect,
  repeat,
  shape,
  stroke,
  turned,
  type Draw,
} from './svg.ts';

export const sheet: Draw = (variant) => {
  const next = numbers(20 + variant);
  const grid = repeat(8, (row) =>
    repeat(6, (col) => {
      const [x, y] = [12 + col * 23, 24 + row * 9];
      const fill = col === 0 ? '#bcd3c1' : c.paper;
      return rect(x, y, 22.6, 8.6, fill) + rect(x + 3, y + 3.4, 6 + next() * 10, 1.8, c.forest, 0.9);
    }),
  );
  const heads = repeat(
    6,
    (col) => rect(12 + col * 23, 12, 22.6, 11, c.forest) + rect(16 + col * 23, 16.5, 12, 2, c.sage, 1),
  );
  const bars = moved(
    100,
    52,
    faded(0.2, rect(1, 1, 46, 40, '#000')),
    rect(0, 0, 46, 40, c.paper),
    [10, 18, 14, 24, 28, 21].map((h, i) => rect(5 + i * 6.4, 34 - h, 4.6, h, i === 4 ? c.brick : c.forest)).join(''),
    rect(4, 34, 38, 0.6, c.ink),
  );
  const marked = [42, 60, 78]
    .map(
      (y) =>
        rect(12, y, 137.6, 8.6, c.yellow) +
        rect(15, y + 3.4, 12, 1.8, c.ink, 0.9) +
        stroke(`M141 ${y + 4}L143 ${y + 6}L146.5 ${y + 2.5}`, c.green, 1),
    )
    .join('');
  return drawn(
    variant === 0 ? c.sage : '#e5e9dd',
    heads,
    grid,
    variant === 0 ? rect(58, 51, 91.6, 8.6, c.yellow) + bars : marked,
  );
};

export const sheetFromPaper: Draw = () =>
  drawn(
    '#d8e2ea',
    turned(
      -5,
      44,
      50,
      faded(0.18, rect(20, 16, 54, 74, '#000')),
      rect(18, 14, 54, 74, c.cream),
      rect(24, 20, 26, 2.4, c.ink, 1),
      repeat(
        9,
        (i) =>
          rect(24, 29 + i * 6, 14 + ((i * 7) % 9), 1.5, c.grey, 0.7) +
          rect(52, 29 + i * 6, 5, 1.5, c.grey, 0.7) +
          rect(60, 29 + i * 6, 6, 1.5, c.grey, 0.7),
      ),
      rect(52, 84, 14, 0.5, c.ink),
    ),
    stroke('M77 50H87M84 46.5L88 50L84 53.5', c.petrol, 1.6),
    repeat(7, (row) =>
      repeat(
        3,
        (col) =>
          rect(93 + col * 19, 16 + row * 10, 18.5, 9.5, row === 0 ? c.petrol : c.paper) +
          rect(96 + col * 19, 20 + row * 10, [12, 7, 9][col] ?? 8, 1.8, row === 0 ? c.sage : c.slate, 0.9),
      ),
    ),
    stroke('M141 90L144 93L149 87', c.green, 1.6),
  );

export const mergedRows: Draw = () => {
  const row = (x: number, y: number, w: number, fill: string) =>
    rect(x, y, w, 9, fill, 1.5) +
    circle(x + 6, y + 4.5, 2.6, c.cream) +
    rect(x + 12, y + 3.6, w - 20, 1.8, c.cream, 0.9);
  return drawn(
    '#efe6d9',
    turned(-5, 40, 24, row(12, 18, 50, c.coral)),
    turned(4, 40, 46, row(18, 42, 44, '#cf7f5f')),
    turned(-3, 40, 70, row(10, 68, 52, '#bf6a4d')),
    stroke('M68 24C84 26 82 48 94 49M68 47H94M68 72C84 70 82 52 94 51', c.slate, 1, '2 2.4'),
    stroke('M91 46.5L95 50L91 53.5', c.slate, 1.2),
    rect(98, 40, 52, 20, c.petrol, 2),
    circle(108, 50, 5, c.yellow),
    rect(117, 45, 26, 2.6, c.cream, 1.3) + rect(117, 51.5, 18, 2, '#8fb4b5', 1),
  );
};

export const chart: Draw = () => {
  const heights = [22, 34, 29, 44, 51];
  return drawn(
    '#eceeee',
    rect(10, 12, 66, 76, c.paper) + rect(84, 12, 66, 76, c.paper),
    rect(16, 18, 34, 2.6, c.ink, 1) + rect(90, 18, 28, 2.6, c.ink, 1),
    heights
      .map(
        (h, i) =>
          rect(17 + i * 11.5, 82 - h, 8, h, i === 4 ? c.teal : '#9aa3a4') +
          rect(19 + i * 11.5, 79 - h, 4, 1.2, c.ink, 0.6),
      )
      .join(''),
    rect(15, 82, 58, 0.6, c.ink) + rect(89, 82, 56, 0.6, c.ink),
    stroke('M91 66L103 60L115 63L127 46L141 34', c.teal, 1.8),
    stroke('M91 72L103 71L115 66L127 67L141 62', '#9aa3a4', 1.4, '3 2.4'),
    circle(141, 34, 2, c.teal) + circle(141, 62, 1.7, '#9aa3a4'),
  );
};

export const priceTags: Draw = () => {
  const tag = (hue: string) =>
    shape('M-15 -22L-9 -30H9L15 -22V30H-15Z', hue) +
    circle(0, -23, 2.2, c.cream) +
    stroke('M0 -23C2 -34 10 -38 16 -46', c.ink, 0.6) +
    rect(-9, -12, 18, 2.6, c.ink, 1) +
    repeat(5, (i) => rect(-9, -5 + i * 5, 18 - ((i * 5) % 8), 1.4, 'rgba(0,0,0,.45)', 0.7)) +
    rect(-9, 22, 9, 3, c.ink, 1);
  return drawn(
    '#e6ece6',
    moved(38, 56, turned(-10, 0, 0, tag(c.mustard))),
    moved(80, 58, turned(3, 0, 0, tag('#f2b8a6'))),
    moved(122, 55, turned(11, 0, 0, tag('#a9cbbd'))),
  );
};

export const cv: Draw = () =>
  drawn(
    '#c8d3cf',
    faded(0.18, rect(46, 10, 72, 96, '#000')),
    rect(44, 8, 72, 96, c.paper),
    rect(44, 8, 24, 96, c.petrol),
    circle(56, 24, 8, c.tan) + shape('M46.5 36C48 29 64 29 65.5 36Z', c.tan),
    repeat(6, (i) => rect(48.5, 46 + i * 7, 15 - ((i * 4) % 7), 1.5, '#7fa6a8', 0.7)),
    rect(74, 17, 34, 3.4, c.ink, 1) + rect(74, 23.5, 22, 1.6, c.slate, 0.8),
    repeat(
      3,
      (i) =>
        rect(74, 34 + i * 20, 16, 2, c.teal, 1) +
        rect(74, 39 + i * 20, 36, 1.4, c.grey, 0.7) +
        rect(74, 43 + i * 20, 33, 1.4, c.grey, 0.7) +
        rect(74, 47 + i * 20, 26, 1.4, c.grey, 0.7),
    ),
  );
