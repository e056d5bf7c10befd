import { paths } from '../paths.ts';

const UNITS = ['bytes', 'KB', 'MB'];

/** `2.1 MB`, `14 KB`, `312 bytes`: in powers of 1024, as the limit is. */
export function formatBytes(bytes: number): string {
  let [amount, unit] = [bytes, 0];
  while (amount >= 1024 && unit < UNITS.length - 1) [amount, unit] = [amount / 1024, unit + 1];
  return `${unit === 2 ? amount.toFixed(1) : Math.round(amount)} ${UNITS[unit]}`;
}

/** One file for views/shared/_file-row. */
export const presentFile = (file: { id: string; name: string; byte_size: number }) => ({
  id: file.id,
  name: file.name,
  href: paths.attachment(file.id),
  size: formatBytes(file.byte_size),
});
