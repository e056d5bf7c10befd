import { clock } from '../clock.ts';
import type { MonthOfEarnings } from '../models/earnings.ts';
import { formatMoney } from '../money/format.ts';
import { paths } from '../paths.ts';

const RANGES = [6, 12] as const;
export const LONGEST_RANGE = 12;

/** The months of `?months=`, six when it says nothing sensible. */
export const rangeOf = (wanted: unknown): number => RANGES.find((months) => String(months) === wanted) ?? RANGES[0];

/** Chart and table of a seller's earnings; null when nothing was earned in the longest time shown. */
export function presentEarnings(known: MonthOfEarnings[], range: number, currency: string, zone: string) {
  if (known.length === 0) return null;
  const months = lastMonths(range, zone);
  const earned = known.filter(({ month }) => months.includes(month));
  const money = (cents: number) => ({ text: formatMoney(cents, currency), cents });
  const minus = (cents: number) => ({
    text: cents === 0 ? formatMoney(0, currency) : `−${formatMoney(cents, currency)}`,
    cents: -cents,
  });
  const cells = (row: Omit<MonthOfEarnings, 'month'>) => [
    row.orders,
    money(row.paid_cents),
    minus(row.fee_cents),
    money(row.received_cents),
  ];
  const thisMonth = months.at(-1)!;
  return {
    tabs: RANGES.map((months) => ({
      text: `${months} months`,
      href: months === RANGES[0] ? paths.dashboard : paths.dashboardOver(months),
      current: months === range,
    })),
    chart: {
      label: `What you received in each of the last ${range} months; the table below has the amounts`,
      bars: months.map((month) => {
        const cents = earned.find((row) => row.month === month)?.received_cents ?? 0;
        // Twelve amounts do not fit beside one another on a phone; the table has them.
        const crowded = range > 6;
        return {
          name: monthName(month, crowded ? 'narrow' : 'short'),
          text: crowded || cents === 0 ? '' : wholeUnits(cents, currency),
          value: cents,
          unfinished: month === thisMonth,
        };
      }),
      ticks: ticksOf(Math.max(0, ...earned.map((row) => row.received_cents)), currency),
    },
    note: `The pale bar is ${monthName(thisMonth, 'long')}, not over yet.`,
    table: {
      caption: 'Earnings by month',
      columns: [
        { text: 'Month' },
        ...['Orders', 'Paid by buyers', 'GigFlow fee', 'You received'].map((text) => ({ text, number: true })),
      ],
      rows: earned
        .toReversed()
        .map((row) => [`${monthLabel(row.month)}${row.month === thisMonth ? ' so far' : ''}`, ...cells(row)]),
      foot: earned.length > 1 ? ['Together', ...cells(sum(earned))] : null,
    },
  };
}

function lastMonths(count: number, zone: string): string[] {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit' }).format(
    clock.now(),
  );
  const [year, month] = today.split('-').map(Number) as [number, number];
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.UTC(year, month - count + index, 1)).toISOString().slice(0, 7),
  );
}

const monthName = (month: string, length: 'narrow' | 'short' | 'long'): string =>
  new Intl.DateTimeFormat('en-GB', { month: length, timeZone: 'UTC' })
    .format(new Date(`${month}-01T00:00:00Z`))
    .slice(0, length === 'short' ? 3 : undefined);

const monthLabel = (month: string): string =>
  month.slice(0, 4) === String(clock.now().getUTCFullYear())
    ? monthName(month, 'long')
    : `${monthName(month, 'long')} ${month.slice(0, 4)}`;

const wholeUnits = (cents: number, currency: string): string =>
  formatMoney(Math.round(cents / 100) * 100, currency).replace(/\.00$/, '');

/** Zero, and one or two round amounts under the highest bar: 1, 2 or 5 with noughts. */
function ticksOf(highest: number, currency: string) {
  const rough = highest / 2;
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 100)));
  const step = ([5, 2, 1].find((factor) => factor * power <= rough) ?? 1) * power;
  const values = [0];
  while (values.at(-1)! + step <= highest) values.push(values.at(-1)! + step);
  return values.map((value) => ({ value, text: wholeUnits(value, currency) }));
}

const sum = (rows: MonthOfEarnings[]): Omit<MonthOfEarnings, 'month'> => {
  const total = (field: Exclude<keyof MonthOfEarnings, 'month'>) => rows.reduce((all, row) => all + row[field], 0);
  return {
    orders: total('orders'),
    paid_cents: total('paid_cents'),
    fee_cents: total('fee_cents'),
    received_cents: total('received_cents'),
  };
};
