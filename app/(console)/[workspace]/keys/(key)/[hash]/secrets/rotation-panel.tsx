'use client';

import { CircleCheck, RefreshCw, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { formatDuration } from '@/components/format/number';
import { formatMoment } from '@/components/format/time';
import { Note } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { LeadsTo, opening } from '@/components/ui/leads-to';
import { SectionHeader } from '@/components/ui/section';
import { Time } from '@/components/ui/time';
import { useKeyDialogs } from '../../../key-dialogs';
import type { KeyRow } from '../../../key-row';
import { useKeysPlace } from '../../../keys-place';
import { ChangeGrace } from './change-grace';
import { adviseRotation, type RotationAdvice, type SecretRow } from './secret-rows';

const note = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** How the rotation stands, what wants an answer, and the answers. */
export function RotationPanel({ row, secrets }: { row: KeyRow; secrets: readonly SecretRow[] }) {
  const { slug, readOnlyReason } = useKeysPlace();
  const { open } = useKeyDialogs();
  const [verb, setVerb] = useState<'end' | 'extend' | null>(null);
  const advice = adviseRotation(secrets, row.now);
  const old = 'old' in advice ? advice.old : null;
  const keyHref = `/${slug}/keys/${row.hash}`;
  return (
    <>
      <SectionHeader
        title="Rotation"
        aside={
          <LeadsTo href={`${keyHref}/rotate`}>
            <Button
              size="sm"
              icon={<RefreshCw size={14} strokeWidth={1.9} aria-hidden="true" />}
              disabledReason={readOnlyReason}
              {...opening(() => open('rotate', row))}
            >
              Rotate
            </Button>
          </LeadsTo>
        }
      />
      <Advice advice={advice} now={row.now} />
      {old !== null && (
        <div className="mt-3.5 flex flex-wrap gap-2">
          <LeadsTo href={`${keyHref}/grace`}>
            <Button size="sm" disabledReason={readOnlyReason} {...opening(() => setVerb('extend'))}>
              Change the overlap
            </Button>
            <Button
              size="sm"
              variant="danger-outline"
              disabledReason={readOnlyReason}
              {...opening(() => setVerb('end'))}
            >
              End old secret now
            </Button>
          </LeadsTo>
        </div>
      )}
      <p className="mt-3.5 text-xs text-pretty text-fg-3">
        A rotation makes a new secret. Name, limits, spend and history stay, and the old secret goes on for the overlap
        that you choose.
      </p>
      <p className="mt-2 text-xs text-pretty text-fg-3">
        The last use of a secret is known to the minute. Usage that names the key by its id presents no secret: it
        counts as a use of the key alone.
      </p>
      {verb !== null && old !== null && <ChangeGrace verb={verb} row={row} old={old} onClose={() => setVerb(null)} />}
    </>
  );
}

function Advice({ advice, now }: { advice: RotationAdvice; now: Date }) {
  switch (advice.kind) {
    case 'old_in_use':
      return (
        <Note tone="warn" icon={<TriangleAlert {...note} />} title="The old secret is still in use.">
          <span className="mono">{advice.old.hint}</span> was used <Time at={advice.lastUsedAt} now={now} />. Whoever
          uses it is refused from {formatMoment(advice.endsAt, now)} on: give them the new secret, or make the overlap
          longer.
        </Note>
      );
    case 'new_unused':
      return (
        <Note tone="warn" icon={<TriangleAlert {...note} />} title="The new secret has not been used yet.">
          Its callers have {formatDuration(Math.max(60_000, advice.endsAt.getTime() - now.getTime()))} left to change
          over. The old one works until {formatMoment(advice.endsAt, now)}.
        </Note>
      );
    case 'done':
      return (
        <Note tone="ok" icon={<CircleCheck {...note} />} title="The callers have changed over.">
          The old secret was not used since the rotation. It ends by itself on {formatMoment(advice.endsAt, now)}, or
          now.
        </Note>
      );
    case 'old_age':
      return (
        <Note icon={<RefreshCw {...note} />} title={`This secret is ${advice.days} days old.`}>
          Rotate it once in a while: a secret that leaked unnoticed then stops working.
        </Note>
      );
    case 'none':
      return <p className="text-fg-2">One secret works, and nothing is to be done.</p>;
  }
}
