import { stroke } from './svg.ts';

/** Capitals as strokes in a cell of 4 x 6: no font is needed on the machine that seeds. */
const strokes: Record<string, { d: string; width: number }> = {
  A: { d: 'M0 6L2 0L4 6M.7 4H3.3', width: 4 },
  B: { d: 'M0 0V6H2.2A1.6 1.6 0 0 0 2.2 2.8H0M2 2.8A1.4 1.4 0 0 0 2 0H0', width: 3.8 },
  C: { d: 'M3.8 1A2.1 3 0 1 0 3.8 5', width: 3.8 },
  D: { d: 'M0 0V6H1.4A2.5 3 0 0 0 1.4 0Z', width: 3.9 },
  E: { d: 'M3.2 0H0V6H3.2M0 3H2.6', width: 3.2 },
  F: { d: 'M3.2 0H0V6M0 3H2.6', width: 3.2 },
  G: { d: 'M3.7 1A2.1 3 0 1 0 4 4V3.4H2.4', width: 4 },
  H: { d: 'M0 0V6M3.8 0V6M0 3H3.8', width: 3.8 },
  I: { d: 'M0 0V6', width: 0 },
  J: { d: 'M2.4 0V4.4A1.3 1.6 0 0 1 0 4.8', width: 2.4 },
  K: { d: 'M0 0V6M3.4 0L0 3.6M1.2 2.4L3.7 6', width: 3.7 },
  L: { d: 'M0 0V6H3', width: 3 },
  M: { d: 'M0 6V0L2.3 4L4.6 0V6', width: 4.6 },
  N: { d: 'M0 6V0L3.8 6V0', width: 3.8 },
  O: { d: 'M2.1 0A2.1 3 0 1 0 2.1 6A2.1 3 0 1 0 2.1 0', width: 4.2 },
  P: { d: 'M0 6V0H2.2A1.6 1.7 0 0 1 2.2 3.4H0', width: 3.7 },
  Q: { d: 'M2.1 0A2.1 3 0 1 0 2.1 6A2.1 3 0 1 0 2.1 0M2.6 4.4L4.2 6.2', width: 4.2 },
  R: { d: 'M0 6V0H2.2A1.6 1.6 0 0 1 2.2 3.2H0M1.9 3.2L3.7 6', width: 3.7 },
  S: { d: 'M3.4 1A1.7 1.4 0 0 0 1.8 0A1.6 1.5 0 0 0 1.8 3A1.6 1.5 0 0 1 1.8 6A1.8 1.4 0 0 1 0 5', width: 3.4 },
  T: { d: 'M0 0H3.8M1.9 0V6', width: 3.8 },
  U: { d: 'M0 0V4.1A1.9 1.9 0 0 0 3.8 4.1V0', width: 3.8 },
  V: { d: 'M0 0L2 6L4 0', width: 4 },
  W: { d: 'M0 0L1.3 6L2.7 1.2L4.1 6L5.4 0', width: 5.4 },
  X: { d: 'M0 0L3.8 6M3.8 0L0 6', width: 3.8 },
  Y: { d: 'M0 0L2 3L4 0M2 3V6', width: 4 },
  Z: { d: 'M0 0H3.6L0 6H3.6', width: 3.6 },
};

const gap = 1.5;
const space = 2.4;

/** Words in capitals, centred on x, with their top at y. */
export function lettering(words: string, x: number, y: number, height: number, colour: string, weight = 0.8): string {
  const scale = height / 6;
  let cursor = 0;
  let path = '';
  for (const letter of words.toUpperCase()) {
    const known = strokes[letter];
    if (known) path += `<g transform="translate(${cursor.toFixed(2)} 0)">${stroke(known.d, colour, weight)}</g>`;
    cursor += (known ? known.width : space) + gap;
  }
  const left = x - ((cursor - gap) * scale) / 2;
  return `<g transform="translate(${left.toFixed(2)} ${y}) scale(${scale.toFixed(3)})">${path}</g>`;
}
