import qs from 'qs';

const MOST = 2_000;

/** Fields of a multipart form as express's urlencoded parser gives them: `answers[ID]` becomes `{ answers: { ID } }`. */
export const nestFields = (fields: [name: string, value: string][]): Record<string, unknown> =>
  qs.parse(fields.map((pair) => pair.map(encodeURIComponent).join('=')).join('&'), {
    allowPrototypes: true,
    arrayLimit: MOST,
    depth: 32,
    parameterLimit: MOST,
  });
