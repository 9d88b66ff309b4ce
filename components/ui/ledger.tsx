import type { ReactNode } from 'react';

export type LedgerRow = {
  label: string;
  /** Between label and amount, such as the number of entries. */
  count?: ReactNode;
  amount: ReactNode;
  isTotal?: boolean | undefined;
  tone?: 'ok' | 'danger' | undefined;
};

const amountTones = { ok: 'text-ok-fg', danger: 'text-danger-fg' };

/** Sums that tie. A total has one rule above and a double rule below; use it only where the sum is exact. */
export function Ledger({ rows, label }: { rows: readonly LedgerRow[]; label: string }) {
  const hasCounts = rows.some((row) => row.count !== undefined);
  return (
    <table aria-label={label} className="ledger">
      <tbody>
        {rows.map((row) => (
          <tr key={row.label} data-total={row.isTotal ? '' : undefined}>
            <th scope="row" className={row.isTotal ? undefined : 'text-fg-2'}>
              {row.label}
            </th>
            {hasCounts && <td className="text-xs text-fg-3">{row.count}</td>}
            <td className={row.tone ? amountTones[row.tone] : undefined}>{row.amount}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
