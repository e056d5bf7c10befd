import { circle, colours as c, drawn, rect, repeat, shape, stroke, type Draw } from './svg.ts';

export const mountains: Draw = () =>
  drawn(
    '#8fb0bf',
    circle(132, 24, 10, c.yellow),
    shape('M0 74L36 36L58 58L84 28L124 66L138 54L160 72V100H0Z', '#3f6174'),
    shape('M0 84L24 66L52 80L96 58L132 80L160 68V100H0Z', '#2b4657'),
    rect(0, 84, 160, 16, '#1c222b'),
    rect(38, 66, 84, 12, 'rgba(10,14,18,.86)', 1),
    rect(44, 70.5, 34, 3, c.paper, 1.5) + rect(81, 70.5, 34, 3, c.yellow, 1.5),
    rect(8, 91, 144, 1.6, '#4a5564', 0.8) + rect(8, 91, 70, 1.6, c.coral, 0.8) + circle(78, 91.8, 2.6, c.paper),
  );

const strip = (y: number, height: number) =>
  rect(0, y, 160, height, '#2a2d34') +
  repeat(
    23,
    (i) => rect(2 + i * 7, y + 2, 3.6, 3, '#e8e3d8', 0.7) + rect(2 + i * 7, y + height - 5, 3.6, 3, '#e8e3d8', 0.7),
  );

export const clips: Draw = () => {
  const speaker = (x: number, y: number, w: number, h: number, hue: string) =>
    rect(x, y, w, h, hue) +
    circle(x + w / 2, y + h * 0.4, h * 0.16, c.cream) +
    shape(
      `M${x + w * 0.22} ${y + h}C${x + w * 0.25} ${y + h * 0.55} ${x + w * 0.75} ${y + h * 0.55} ${x + w * 0.78} ${y + h}Z`,
      c.cream,
    );
  return drawn(
    '#e9d9c4',
    strip(52, 34),
    [0, 1, 2, 3, 4, 5].map((i) => (i % 2 ? '' : speaker(4 + i * 26, 59, 22, 20, '#545a66'))).join(''),
    [c.teal, c.coral, c.mustard]
      .map(
        (hue, i) =>
          rect(29 + i * 43, 9, 30, 34, c.ink, 1.5) +
          speaker(31 + i * 43, 11, 26, 24, hue) +
          rect(34 + i * 43, 37.5, 20, 2.4, c.cream, 1),
      )
      .join(''),
    repeat(3, (i) => stroke(`M${44 + i * 43} 50V45`, c.ink, 0.9, '1.4 1.6')),
  );
};

export const phoneFilm: Draw = () => {
  const scene = shape('M28 66L60 40L84 60L104 46L132 66Z', c.green) + circle(112, 30, 7, c.yellow);
  const phone = (x: number, tilt: number) =>
    `<g transform="rotate(${tilt} ${x + 13} 46)">${rect(x - 2, 15, 30, 60, c.ink, 4)}</g>`;
  return drawn(
    '#cfdde6',
    phone(28, 0) + phone(67, 0) + phone(106, 0),
    [28, 67, 106]
      .map(
        (x, i) =>
          `<svg x="${x}" y="20" width="26" height="50" viewBox="${x} 20 26 50">${rect(0, 20, 160, 50, ['#f3cdb6', '#f7dcc0', '#fbe9cb'][i] ?? '#f7dcc0')}${scene}</svg>`,
      )
      .join(''),
    rect(28, 82, 104, 10, c.ink, 2) +
      repeat(3, (i) => rect(31 + i * 33, 84, 31, 6, [c.coral, c.mustard, c.teal][i] ?? c.coral, 1)) +
      rect(88, 79, 1, 16, c.paper),
  );
};
