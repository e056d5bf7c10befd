import { circle, colours as c, drawn, numbers, rect, repeat, shape, stroke, type Draw } from './svg.ts';

export const waveform: Draw = (variant) => {
  const next = numbers(31 + variant);
  if (variant === 1) {
    const fuzz = repeat(78, (i) => {
      const h = 18 + next() * 24;
      return rect(3 + i * 2, 50 - h / 2, 1.2, h, '#4b3a5c', 0.6);
    });
    const clean = repeat(150, (i) => {
      const x = 4 + i;
      return `${i ? 'L' : 'M'}${x} ${(50 - Math.sin(i / 5) * 9 * Math.sin((i / 150) * Math.PI)).toFixed(2)}`;
    });
    return drawn('#2a2038', fuzz, stroke(clean, c.yellow, 1.3));
  }
  const bars = repeat(52, (i) => {
    const done = i < 18;
    const swell = Math.abs(Math.sin(i / 4.5)) * 0.75 + 0.25;
    const h = done ? 8 + next() * 62 * swell : 10 + swell * 34;
    return rect(3 + i * 3, 50 - h / 2, 1.5, h, done ? c.coral : '#5d86a8', 0.7);
  });
  return drawn(c.navy, bars, rect(56.4, 10, 0.8, 80, c.paper), circle(56.8, 10, 2.4, c.paper));
};

export const microphone: Draw = (variant) => {
  const ground = variant === 0 ? '#e8d9c3' : '#7a2f2a';
  const metal = variant === 0 ? c.ink : c.cream;
  const mic = [
    rect(62, 14, 22, 40, metal, 11),
    repeat(5, (i) => rect(66, 22 + i * 5, 14, 1.2, ground, 0.6)),
    stroke('M56 40V44A17 17 0 0 0 90 44V40M73 61V80M60 82H86', metal, 2.4),
  ].join('');
  const notes =
    variant === 0
      ? rect(102, 26, 40, 56, c.cream) +
        repeat(
          6,
          (i) =>
            rect(107, 33 + i * 7, 24 - ((i * 7) % 11), 1.8, c.slate, 0.9) +
            (i % 2 ? rect(136, 32 + i * 7, 1, 4, c.brick) + rect(138, 32 + i * 7, 1, 4, c.brick) : ''),
        )
      : [0, 1, 2]
          .map((i) =>
            stroke(
              `M${100 + i * 12} ${28 - i * 5}C${108 + i * 13} ${40 - i * 2} ${108 + i * 13} ${54 + i * 2} ${100 + i * 12} ${66 + i * 5}`,
              c.yellow,
              2,
            ),
          )
          .join('') +
        [0, 1]
          .map((i) =>
            stroke(
              `M${46 - i * 12} ${28 - i * 5}C${38 - i * 13} ${40 - i * 2} ${38 - i * 13} ${54 + i * 2} ${46 - i * 12} ${66 + i * 5}`,
              c.yellow,
              2,
            ),
          )
          .join('');
  return drawn(ground, mic, notes);
};

export const guitar: Draw = (variant) => {
  if (variant === 1) {
    const cloth = repeat(10, (i) =>
      rect(0, i * 10, 160, 5, [c.brick, c.mustard, c.teal, c.coral, c.forest][i % 5] ?? c.brick),
    );
    const small = [
      shape('M36 50C36 30 56 30 62 40C70 34 86 36 86 50C86 64 70 66 62 60C56 70 36 70 36 50Z', '#8a5a2b'),
      circle(72, 50, 7, c.ink),
      rect(84, 46.5, 52, 7, '#4a2f18'),
      rect(134, 44, 18, 12, '#6d4522', 2),
      rect(46, 45, 2.4, 10, c.ink),
    ];
    return drawn(
      '#7d3a2c',
      cloth,
      ...small,
      repeat(5, (i) => stroke(`M47 ${47.5 + i * 1.25}H140`, c.cream, 0.25)),
    );
  }
  return drawn(
    '#2c4a49',
    shape(
      'M-20 50C-20 -8 40 -14 62 14C76 24 84 18 100 14C128 10 134 36 134 50C134 64 128 90 100 86C84 82 76 76 62 86C40 114 -20 108 -20 50Z',
      '#c98a45',
    ),
    circle(84, 50, 18, '#7d4d20') + circle(84, 50, 15.5, '#22170d'),
    rect(100, 42, 60, 16, '#4a2f18'),
    repeat(4, (i) => rect(112 + i * 13, 42, 0.8, 16, c.tan)),
    rect(24, 36, 6, 28, '#4a2f18', 1),
    repeat(6, (i) => stroke(`M27 ${40.5 + i * 3.8}L160 ${43.5 + i * 2.6}`, c.cream, 0.35)),
  );
};
