import { circle, colours as c, drawn, faded, frame, rect, shape, stroke, turned, type Draw } from './svg.ts';

function bottle(x: number, glass: string, cap: string, label: string, print: string): string {
  return [
    shape(
      `M${x - 4} 22H${x + 4}V36C${x + 4} 42 ${x + 14} 44 ${x + 14} 54V88H${x - 14}V54C${x - 14} 44 ${x - 4} 42 ${x - 4} 36Z`,
      glass,
    ),
    rect(x - 4.5, 14, 9, 10, cap, 1),
    rect(x - 14, 56, 28, 20, label),
    rect(x - 9, 61, 14, 1.8, print) + rect(x - 9, 65, 18, 1.8, c.ink) + rect(x - 9, 69, 10, 1.8, c.ink),
  ].join('');
}

function soap(x: number, block: string, dish: string): string {
  return (
    rect(x - 24, 66, 48, 8, dish, 4) +
    rect(x - 18, 46, 36, 21, block, 6) +
    faded(0.35, rect(x - 12, 52, 24, 2, c.ink, 1), rect(x - 8, 57, 16, 2, c.ink, 1))
  );
}

export const bottleSplit: Draw = (variant) => {
  const before =
    variant === 0 ? bottle(40, '#6f7263', '#5d5f53', '#cdb79a', '#9c5a45') : soap(40, '#b9a98a', '#8d8272');
  const after = variant === 0 ? bottle(120, c.green, c.forest, c.cream, c.brick) : soap(120, '#e9b7a2', c.teal);
  return drawn(
    variant === 0 ? '#c9b595' : '#bfb6a8',
    rect(80, 0, 80, 100, c.paper),
    before,
    faded(0.1, `<ellipse cx="120" cy="${variant === 0 ? 89 : 76}" rx="24" ry="2.6" fill="#000"/>`),
    after,
    rect(79.6, 0, 0.8, 100, c.paper),
    circle(80, 50, 5, c.paper) + stroke('M78.5 48L76.5 50L78.5 52M81.5 48L83.5 50L81.5 52', c.ink, 0.7),
  );
};

export const oldPhoto: Draw = () =>
  drawn(
    '#5a4636',
    turned(
      -3,
      80,
      50,
      faded(0.3, rect(46, 10, 74, 86, '#000')),
      rect(43, 7, 74, 86, '#efe2c8'),
      rect(48, 12, 64, 70, '#b39a76'),
      circle(80, 40, 13, '#e6d3b1'),
      shape('M67 38C66 24 94 24 93 38C90 30 70 30 67 38Z', '#4d3b2a'),
      shape('M54 82C56 60 104 60 106 82Z', '#6d543c'),
      shape('M74 58L80 66L86 58Z', '#efe2c8'),
      stroke('M98 12L95 20L99 27L94 35L97 41', '#efe2c8', 1.6),
      stroke('M97 41L95 48L98 56', '#efe2c8', 0.5, '0.6 2'),
    ),
    rect(126, 62, 5, 30, c.mustard, 1) + shape('M126 62H131L128.5 52Z', '#2c2118'),
  );

export const plate: Draw = () => {
  const food = (warm: boolean) =>
    circle(80, 52, 38, warm ? '#e8d29a' : c.paper) +
    circle(80, 52, 28, warm ? '#dcc286' : '#eef1f0') +
    shape('M62 56C62 40 84 38 92 48C98 58 84 70 72 68C66 67 62 62 62 56Z', warm ? '#a8662c' : '#c8743a') +
    circle(94, 62, 6, warm ? '#a39436' : '#6ea34b') +
    circle(70, 42, 4.5, warm ? '#b0552b' : '#d8482f') +
    circle(88, 38, 3.6, warm ? '#b0552b' : '#d8482f');
  return drawn(
    '#a8844c',
    `<svg x="0" y="0" width="80" height="100" viewBox="0 0 80 100">${food(true)}</svg>`,
    `<svg x="80" y="0" width="80" height="100" viewBox="80 0 80 100">${rect(80, 0, 80, 100, '#d5dde0')}${food(false)}</svg>`,
    rect(79.6, 0, 0.8, 100, c.paper),
    stroke('M136 22V46M132 22V32A4 4 0 0 0 140 32V22M136 46V82', '#8b979c', 1.8),
    stroke('M24 22C19 26 19 42 24 46V82', '#75592c', 2.2),
  );
};

export const room: Draw = () => {
  const inside = (wall: string, floor: string, light: string) =>
    rect(10, 14, 62, 52, wall) +
    rect(10, 66, 62, 20, floor) +
    rect(19, 22, 20, 28, light) +
    frame(19, 22, 20, 28, c.cream, 1) +
    rect(28.6, 22, 0.8, 28, c.cream) +
    rect(44, 54, 24, 14, c.brick, 2) +
    rect(44, 48, 24, 9, c.coral, 2) +
    stroke('M61 20V32', c.ink, 0.5) +
    shape('M56 38L61 30L66 38Z', c.mustard);
  return drawn(
    '#e7e4dd',
    `<g transform="matrix(1 .09 -.1 .94 8 2)">${faded(0.8, inside('#8d8878', '#6b5a47', '#b8b6a4'))}</g>`,
    `<g transform="translate(80 0)">${inside('#d9e4e2', '#b98f63', '#f8f4df')}${frame(10, 14, 62, 72, c.petrol, 0.8)}</g>`,
  );
};
