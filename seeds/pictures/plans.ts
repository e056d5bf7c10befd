import { circle, colours as c, drawn, frame, rect, repeat, stroke, type Draw } from './svg.ts';

const blue = '#1f3f66';
const line = '#dfe9f5';

const squared = (colour: string) =>
  repeat(15, (i) => rect(i * 10 + 10, 0, 0.2, 100, colour)) + repeat(9, (i) => rect(0, i * 10 + 10, 160, 0.2, colour));

/** A length between two ticks, along a wall. */
const width = (x: number, y: number, w: number, colour: string) =>
  stroke(`M${x} ${y}H${x + w}M${x} ${y - 1.5}V${y + 1.5}M${x + w} ${y - 1.5}V${y + 1.5}`, colour, 0.5);
const height = (x: number, y: number, h: number, colour: string) =>
  stroke(`M${x} ${y}V${y + h}M${x - 1.5} ${y}H${x + 1.5}M${x - 1.5} ${y + h}H${x + 1.5}`, colour, 0.5);

export const floorPlan: Draw = (variant) => {
  const ink = variant === 0 ? c.petrol : c.ink;
  const walls = stroke(
    'M28 18H60M72 18H134V84H104M92 84H28V18M78 18V40M78 52V58H64M52 58H28M78 58H100M112 58H134',
    ink,
    2.2,
  );
  const doors = stroke(
    'M92 84V72A12 12 0 0 1 104 84M78 40H90A12 12 0 0 1 78 52M64 58V70A12 12 0 0 1 52 58M100 58V46A12 12 0 0 1 112 58',
    ink,
    0.5,
  );
  const windows = stroke('M60 17H72M60 19H72', ink, 0.6);
  const furniture = [
    frame(32, 22, 22, 14, c.brick),
    frame(32, 22, 7, 14, c.brick),
    frame(106, 22, 24, 12, c.brick),
    frame(112, 37, 12, 7, c.brick),
    stroke('M33 80H48V66M33 66H48M100 64H130V80', c.brick, 0.6),
    `<circle cx="118" cy="72" r="5" fill="none" stroke="${c.brick}" stroke-width=".6"/>`,
  ].join('');
  const areas = [
    rect(46, 38, 14, 2, ink, 1),
    rect(102, 38, 16, 2, ink, 1),
    rect(40, 70, 12, 2, ink, 1),
    rect(110, 70, 12, 2, ink, 1),
  ].join('');
  return drawn(
    variant === 0 ? '#edf3f2' : '#f6f0e6',
    squared(variant === 0 ? '#cfe0dd' : '#e8dcc8'),
    rect(28, 18, 106, 66, c.paper),
    walls + doors + windows,
    variant === 0 ? areas : furniture,
    width(28, 11, 106, ink) + height(20, 18, 66, ink),
  );
};

export const elevation: Draw = () =>
  drawn(
    '#f1efe9',
    rect(14, 14, 126, 70, c.paper),
    stroke('M14 84H140M14 14H140', c.ink, 1),
    [0, 1, 2]
      .map(
        (i) =>
          frame(20 + i * 22, 20, 22, 20, c.ink) +
          stroke(`M${22 + i * 22} 22L${40 + i * 22} 30L${22 + i * 22} 38`, c.grey, 0.4),
      )
      .join(''),
    frame(96, 18, 34, 14, c.ink) + stroke('M98 32L102 40H124L128 32', c.ink, 0.6),
    rect(18, 56, 118, 2.6, c.teal),
    [0, 1, 2, 3, 4].map((i) => frame(20 + i * 23, 59, 23, 22, c.ink) + rect(28 + i * 23, 62, 7, 0.8, c.ink)).join(''),
    stroke('M53 56V48A4 4 0 0 1 61 48V50', c.ink, 0.9),
    circle(82, 48, 1.6, c.brick) + circle(88, 48, 1.6, c.brick),
    frame(101, 64, 15, 13, c.ink) + circle(108.5, 70.5, 4, c.sage),
    width(20, 91, 115, c.brick) + height(149, 14, 70, c.brick),
  );

export const part: Draw = () =>
  drawn(
    blue,
    squared('#2c4f7a'),
    stroke('M34 30H70A6 6 0 0 1 76 36V40H98V64H58V46H34Z', line, 1),
    stroke('M48 38m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0M84 52m-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0', line, 0.9),
    stroke('M40 38H56M48 31V45M76 52H92M84 44V60', line, 0.3, '2 1 .4 1'),
    stroke('M114 30H128V64H114ZM114 40H128', line, 1),
    stroke('M34 76H98V84H34ZM58 76V84', line, 1),
    width(34, 22, 64, c.yellow) + height(26, 30, 34, c.yellow) + width(114, 22, 14, c.yellow),
    frame(112, 76, 38, 16, line, 0.5) + stroke('M112 81H150M112 86H150M128 76V92', line, 0.4),
  );

export const shelf: Draw = () =>
  drawn(
    '#efe5d6',
    rect(20, 14, 4, 72, '#9b6b3d') + rect(72, 14, 4, 72, '#9b6b3d'),
    [14, 38, 60, 82].map((y) => rect(20, y, 56, 4, '#b98250')).join(''),
    rect(28, 26, 5, 12, c.brick) +
      rect(34, 24, 4, 14, c.teal) +
      rect(39, 27, 6, 11, c.mustard) +
      circle(62, 55, 5, c.green) +
      rect(58, 52, 8, 8, c.coral, 1),
    [0, 1, 2, 3].map((i) => rect(92, 20 + i * 9, 50, 5, '#b98250') + rect(92, 20 + i * 9, 50, 1, '#cf9d6c')).join(''),
    [0, 1].map((i) => rect(92, 60 + i * 9, 56, 5, '#9b6b3d')).join(''),
    width(20, 94, 56, c.ink) + height(12, 14, 72, c.ink) + width(92, 84, 56, c.ink),
  );
