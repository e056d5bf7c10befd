import {
  circle,
  colours as c,
  drawn,
  faded,
  frame,
  moved,
  rect,
  repeat,
  shape,
  stroke,
  turned,
  type Draw,
} from './svg.ts';

const sprout = 'M0 18V2M0 8C-10 8 -13 1 -13 -5C-4 -6 0 1 0 8M0 3C9 3 12 -4 12 -10C3 -10 0 -4 0 3';

export const logoSketch: Draw = () =>
  drawn(
    c.cream,
    repeat(9, (i) => rect(0, 8 + i * 11, 76, 0.25, c.sky)),
    rect(80, 0, 80, 100, c.petrol),
    moved(40, 50, turned(-4, 0, 0, stroke(sprout, c.slate, 0.7), moved(0.9, 0.7, stroke(sprout, c.slate, 0.5)))),
    stroke('M18 58A24 24 0 1 1 61 63A23 24 0 0 1 19 62', c.slate, 0.6),
    circle(120, 50, 27, c.yellow),
    moved(120, 49, stroke(sprout, c.petrol, 3.4)),
  );

export const book: Draw = (variant) => {
  const night = variant === 0;
  const cover = night ? c.navy : c.mustard;
  const scene = night
    ? circle(92, 30, 9, c.yellow) +
      shape('M66 66V48L78 38L90 48V66Z', c.coral) +
      rect(75, 54, 6, 12, c.yellow) +
      shape('M54 66C66 60 90 70 106 63V86H54Z', '#0c1829')
    : rect(87, 30, 3, 38, '#6d4a22') +
      circle(88, 28, 14, c.forest) +
      shape('M58 74C62 64 74 64 80 68L86 60L88 70C84 78 66 80 58 74Z', c.brick) +
      shape('M58 74C52 72 50 66 54 62C60 64 62 70 58 74Z', c.cream);
  return drawn(
    night ? c.sand : c.sky,
    faded(0.18, shape('M108 90L130 86L110 12Z', '#000')),
    shape('M106 10L111 13V92L106 90Z', c.paper),
    rect(54, 10, 52, 80, cover, 1),
    scene,
    rect(62, 16, 24, 2.4, c.cream, 1),
    rect(62, 21, 15, 1.4, c.cream, 0.7),
    rect(54, 10, 2.4, 80, 'rgba(0,0,0,.2)'),
  );
};

export const inkSpots: Draw = () => {
  const spots = [
    stroke('M-9 0C-6 -8 6 -8 9 0C6 8 -6 8 -9 0M9 0H12M-4 -2C-2 -4 1 -4 3 -3', c.ink, 0.9),
    stroke('M-8 -5H6V3C6 7 -8 7 -8 3ZM6 -3C11 -4 11 3 6 2M-4 -11C-6 -9 -2 -9 -4 -7M1 -11C-1 -9 3 -9 1 -7', c.ink, 0.9),
    stroke('M-9 7C-9 -5 2 -9 10 -8C10 2 3 9 -9 7ZM-11 9L4 -3', c.ink, 0.9),
    stroke('M-11 0C-5 -8 4 -7 8 0C4 7 -5 8 -11 0ZM8 0L13 -5V5ZM-6 -1V-1.1', c.ink, 0.9),
    stroke('M3 -9A9 9 0 1 0 9 4A8 8 0 0 1 3 -9M9 -8V-5M7.5 -6.5H10.5', c.ink, 0.9),
    stroke('M-9 8V-2L0 -10L9 -2V8ZM-2 8V1H3V8M5 -8V-5.5', c.ink, 0.9),
  ];
  return drawn(
    '#efe9dc',
    rect(16, 8, 128, 84, c.paper),
    spots.map((spot, i) => moved(40 + (i % 3) * 40, 31 + Math.floor(i / 3) * 40, spot)).join(''),
  );
};

export const frames: Draw = () =>
  drawn(
    c.navy,
    repeat(4, (i) => {
      const x = 8 + i * 37;
      const lantern = turned(
        -24 + i * 16,
        x + 16.5,
        24,
        stroke(`M${x + 16.5} 24V38`, c.yellow, 0.7),
        rect(x + 13, 38, 7, 2, c.cream),
        shape(
          `M${x + 9.5} 44C${x + 9.5} 38 ${x + 23.5} 38 ${x + 23.5} 44V56C${x + 23.5} 62 ${x + 9.5} 62 ${x + 9.5} 56Z`,
          c.coral,
        ),
        rect(x + 12, 46, 9, 1, c.yellow) + rect(x + 12, 52, 9, 1, c.yellow),
      );
      return rect(x, 20, 33, 60, i === 3 ? '#2a4563' : '#1d3552', 1.5) + lantern;
    }),
    repeat(20, (i) => rect(4 + i * 8, 9, 4, 4, '#2a4563', 1) + rect(4 + i * 8, 87, 4, 4, '#2a4563', 1)),
  );

export const stickyNotes: Draw = () => {
  const hues = [c.yellow, '#f2b8a6', '#b9d8c2', c.sky];
  return drawn(
    '#eef2f1',
    hues
      .map((hue, col) => {
        const x = 12 + col * 36;
        const count = [4, 3, 4, 2][col] ?? 3;
        return (
          rect(x, 10, 28, 3.4, c.petrol, 1) +
          repeat(count, (i) =>
            turned(
              ((col + i) % 3) - 1,
              x + 14,
              27 + i * 19,
              rect(x, 19 + i * 19, 28, 15, hue),
              rect(x + 3, 23 + i * 19, 20, 1.2, c.ink, 0.6),
              rect(x + 3, 27 + i * 19, 12 + ((i * 5) % 8), 1.2, c.ink, 0.6),
            ),
          )
        );
      })
      .join(''),
  );
};

export const letter: Draw = () =>
  drawn(
    '#b9a58a',
    turned(
      -6,
      60,
      50,
      rect(24, 14, 64, 74, c.cream),
      repeat(9, (i) =>
        stroke(`M30 ${24 + i * 6.5}${repeat(12, () => 'q2 -2.6 4 0')}`.slice(0, i === 8 ? 60 : 200), '#3b4a6b', 0.6),
      ),
    ),
    turned(
      4,
      112,
      62,
      rect(74, 42, 70, 44, '#efe3c8'),
      stroke('M74 42L109 66L144 42', '#cdbb95', 0.9),
      rect(126, 47, 13, 15, c.brick) + frame(127.5, 48.5, 10, 12, c.cream),
      circle(124, 58, 8, 'none') + stroke('M116 58A8 8 0 1 1 124 66', '#5a5a5a', 0.5),
    ),
  );

export const markedPage: Draw = () =>
  drawn(
    c.sky,
    rect(36, 8, 76, 92, c.paper),
    repeat(11, (i) => rect(44, 18 + i * 7, 60 - ((i * 13) % 22), 1.6, i === 0 ? c.ink : c.grey, 0.8)),
    stroke('M58 33.5H78M88 54.5q3 -3 6 0t6 0M52 68.5L70 68.5', c.brick, 1),
    stroke('M66 30L70 26L74 30', c.brick, 0.8),
    stroke('M107 40C112 40 112 48 107 48', c.brick, 0.8),
    turned(
      38,
      118,
      62,
      rect(114, 22, 8, 58, c.mustard),
      rect(114, 16, 8, 6, c.coral),
      shape('M114 80H122L118 90Z', c.cream),
      shape('M116.8 87H119.2L118 90Z', c.ink),
    ),
  );
