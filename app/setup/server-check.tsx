import { CircleCheck, TriangleAlert } from 'lucide-react';
import { formatClockSeconds } from '@/components/format/time';
import { AuthPanel } from '@/components/ui/auth-shell';
import type { ServerCheck } from '@/lib/setup/queries';

/** A clock that is further off than this puts usage into the wrong minute. */
const CLOCK_OFFSET_MILLISECONDS_MAX = 5_000;

/** What the server found about itself. */
export function ServerCheckPanel({ check, now, isEmbedded }: { check: ServerCheck; now: Date; isEmbedded: boolean }) {
  const offset = Math.abs(check.clockOffsetMilliseconds);
  const isClockRight = offset <= CLOCK_OFFSET_MILLISECONDS_MAX;
  const items = [
    { label: `PostgreSQL ${check.postgresVersion} answers`, aside: `${check.roundTripMilliseconds} ms`, isRight: true },
    { label: 'Migrations applied', aside: `${check.migrationCount} of ${check.migrationCount}`, isRight: true },
    {
      label: isClockRight ? 'Database and server clocks agree' : 'Database and server clocks differ',
      aside: `within ${Math.ceil(offset + check.roundTripMilliseconds)} ms`,
      isRight: isClockRight,
    },
    {
      label: isEmbedded ? 'Embedded database' : 'Database server',
      aside: isEmbedded ? 'in the data directory' : 'from DATABASE_URL',
      isRight: true,
    },
  ];
  return (
    <AuthPanel title="Server check" aside={formatClockSeconds(now)}>
      <ul>
        {items.map(({ label, aside, isRight }) => {
          const Icon = isRight ? CircleCheck : TriangleAlert;
          return (
            <li key={label} className="flex items-center gap-2 border-b border-line py-2 last:border-b-0">
              <Icon
                size={16}
                strokeWidth={1.75}
                aria-hidden="true"
                className={`flex-none ${isRight ? 'text-ok' : 'text-warn'}`}
              />
              <span className="min-w-0 flex-1">{label}</span>
              <span className="text-xs text-fg-3">{aside}</span>
            </li>
          );
        })}
      </ul>
      <p className="mt-2 text-xs text-fg-2">
        Or run <code className="mono">npm run cli -- doctor</code> at any time.
      </p>
    </AuthPanel>
  );
}
