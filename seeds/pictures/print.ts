import { lettering } from './lettering.ts';
import {
  circle,
  colours as c,
  drawn,
  faded,
  moved,
  numbers,
  pick,
  rect,
  repeat,
  shape,
  stroke,
  turned,
  type Draw,
} from './svg.ts';

function menuPage(title: string, lines: number, accent: string): string {
  return [
    faded(0.25, rect(2.5, 2, 52, 78, '#000')),
    rect(0, 0, 52, 78, c.cream),
    lettering(title, 26, 8, 7, c.ink, 0.62),
    rect(18, 18.5, 16, 0.8, accent),
    repeat(lines, (i) => {
      const y = 26 + i * 7.6;
      const name = 13 + ((i * 5) % 7);
      return (
        rect(6, y, name, 1.8, c.ink, 0.4) +
        stroke(`M${6 + name + 2} ${y + 1.2}H36`, c.ink, 0.45, '0 1.5') +
        rect(38.5, y, 7.5, 1.8, accent, 0.4)
      );
    }),
  ].join('');
}

const leaf = moved(
  121,
  66,
  turned(-20, 0, 0, shape('M-11 5C-9 -7 4 -10 12 -7C11 4 0 10 -11 5Z', c.green), stroke('M-13 6L9 -5', c.forest, 0.6)),
);

export const menuSpread: Draw = (variant, title) => {
  const [left = '', right = left] = title.split('/');
  const look = pick(
    [
      { ground: c.mustard, sun: '#cd9432', accent: c.brick },
      { ground: c.forest, sun: c.mustard, accent: c.brick },
      { ground: c.brick, sun: '#a33f28', accent: c.coral },
      { ground: '#a8402b', sun: '#963621', accent: c.petrol },
    ],
    variant,
  );
  return drawn(
    look.ground,
    circle(138, 16, 42, look.sun),
    turned(-9, 46, 50, moved(22, 12, menuPage(left, 6, look.accent))),
    turned(5, 112, 50, moved(86, 9, menuPage(right, variant > 1 ? 6 : 5, look.accent))),
    variant === 0 ? leaf : '',
  );
};

export const menuTable: Draw = (variant, title) => {
  const ground = pick([c.sand, c.forest, '#22272a'], variant);
  return drawn(
    ground,
    circle(136, 18, 16, c.mustard),
    circle(28, 76, 14, c.cream),
    circle(28, 76, 10.5, '#7a3b1e'),
    turned(2, 80, 50, moved(54, 11, menuPage(title, 6, c.brick))),
  );
};

export const poster: Draw = (variant, title) => {
  const sheet = (content: string, paper: string) =>
    faded(0.22, rect(52.5, 8.5, 60, 86, '#000')) + rect(50, 6, 60, 86, paper) + content;
  if (variant === 1) {
    const awning = repeat(6, (i) => {
      const x = 50 + i * 10;
      return shape(`M${x} 6H${x + 10}V30A5 5 0 0 1 ${x} 30Z`, i % 2 ? c.cream : c.coral);
    });
    const stall = rect(58, 52, 44, 3, c.petrol) + rect(61, 55, 2.5, 16, c.petrol) + rect(96.5, 55, 2.5, 16, c.petrol);
    const fruit = repeat(6, (i) => circle(63 + i * 6.8, 49, 3.2, i % 2 ? c.mustard : c.brick));
    return drawn(c.sage, sheet(awning + stall + fruit + lettering(title, 80, 77, 8, c.petrol, 0.8), c.cream));
  }
  if (variant === 2) {
    const discs = [c.green, c.mustard, c.brick, c.slate];
    const dots = discs.map((fill, i) => circle(67 + (i % 2) * 26, 28 + Math.floor(i / 2) * 26, 11, fill)).join('');
    return drawn(c.sky, sheet(dots + lettering(title, 80, 76, 7, c.ink, 0.7), c.paper));
  }
  const moon = circle(80, 34, 20, c.yellow) + circle(88, 28, 16, c.navy);
  const oud = shape('M80 36C92 40 94 62 80 66C66 62 68 40 80 36Z', c.mustard) + circle(80, 52, 4, c.navy);
  const neck = stroke('M80 38V22L88 18', c.cream, 1.6);
  return drawn(c.slate, sheet(moon + oud + neck + lettering(title, 80, 76, 7.5, c.cream, 0.7), c.navy));
};

export const qrCard: Draw = (variant) => {
  const next = numbers(7 + variant);
  const ground = pick([c.sand, '#e3d9c6'], variant);
  const size = 13;
  const cell = 2.5;
  const corner = (x: number, y: number) =>
    rect(x, y, 7.5, 7.5, c.cream) + rect(x + 1.25, y + 1.25, 5, 5, c.ink) + rect(x + 2.5, y + 2.5, 2.5, 2.5, c.cream);
  const inCorner = (col: number, row: number) => (col < 4 && (row < 4 || row > 8)) || (col > 8 && row < 4);
  const dots = repeat(size * size, (i) => {
    const [col, row] = [i % size, Math.floor(i / size)];
    return next() > 0.48 && !inCorner(col, row) ? rect(col * cell, row * cell, cell, cell, c.cream) : '';
  });
  const code = moved(63.75, 21, dots, corner(0, 0), corner(25, 0), corner(0, 25));
  const card =
    rect(56, 12, 48, 70, c.ink, 2) + code + rect(66, 64, 28, 2, c.mustard, 1) + rect(72, 70, 16, 1.4, c.cream, 0.7);
  const stand = rect(48, 82, 64, 4, c.tan, 1);
  return drawn(ground, variant === 0 ? stand : circle(134, 84, 26, c.tan), card);
};

export const twoLetters: Draw = () =>
  drawn(
    c.sky,
    rect(40, 16, 46, 46, c.navy, 4),
    stroke('M50 53L63 24L76 53M55 43H71', c.paper, 3.6),
    rect(74, 36, 46, 46, c.coral, 4),
    stroke('M104 47C98 43 92 46 92 51C92 55 97 56 104 54C94 55 87 60 87 66C87 73 97 76 107 72', c.paper, 3.6),
  );

export const jars: Draw = () => {
  const jar = (x: number, fill: string, label: string) =>
    rect(x + 4, 24, 24, 7, c.ink, 1.5) +
    rect(x, 31, 32, 45, fill, 5) +
    rect(x, 42, 32, 22, c.cream) +
    circle(x + 16, 50, 4, label) +
    rect(x + 8, 57, 16, 1.4, c.ink, 0.7) +
    rect(x + 11, 60, 10, 1, c.grey, 0.5);
  return drawn(
    c.sage,
    jar(18, c.coral, c.brick),
    jar(64, c.mustard, c.mustard),
    jar(110, c.green, c.green),
    rect(0, 76, 160, 4, c.tan),
    rect(0, 80, 160, 20, '#cbd8c9'),
  );
};
