import { formatExactTime, formatMoment } from '@/components/format/time';
import type { HolderError } from '@/lib/holders/contract';

/** The last requests that failed, as the service told them. */
export function HolderErrors({ errors, asOf }: { errors: readonly HolderError[]; asOf: Date }) {
  if (errors.length === 0) return <p className="px-(--page-x) pb-5 text-fg-2">No request failed in thirty days.</p>;
  return (
    <div className="data-table">
      <table aria-label="Last errors" data-density="compact">
        <colgroup>
          <col className="w-44 max-md:w-40" />
          <col className="w-20 max-md:w-16" />
          <col />
          <col className="w-48 max-md:hidden" />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col" data-align="end">
              Status
            </th>
            <th scope="col">Endpoint</th>
            <th scope="col" className="max-md:hidden">
              Model
            </th>
          </tr>
        </thead>
        <tbody>
          {errors.map(({ occurredAt, status, endpoint, model }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: errors have no identity, and the list is replaced as a whole.
            <tr key={index}>
              <th scope="row" title={formatExactTime(new Date(occurredAt))} className="truncate">
                {formatMoment(new Date(occurredAt), asOf)}
              </th>
              <td data-align="end">{status}</td>
              <td className="mono truncate" title={endpoint ?? undefined}>
                {endpoint ?? <span className="text-fg-3">(none)</span>}
              </td>
              <td className="truncate text-fg-2 max-md:hidden">{model ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
