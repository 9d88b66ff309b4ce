'use client';

import type { ReactNode } from 'react';
import { formatCount, formatDuration } from '@/components/format/number';
import { formatExactTime } from '@/components/format/time';
import { CodeBlock } from '@/components/ui/code-block';
import { DefinitionList } from '@/components/ui/definition-list';
import { ExactMoney } from '@/components/ui/exact-money';
import { SectionHeader } from '@/components/ui/section';
import { Sheet } from '@/components/ui/sheet';
import { Status } from '@/components/ui/status';
import type { KeyEvent } from '@/lib/usage/contract';
import { eventJson } from './event-json';
import { writePlace } from './event-params';
import { pricedWords, statusWords } from './event-words';
import { useEventsPlace } from './events-place';

/** The event in the address, as it was recorded: one of the page, or the one that a link named. */
export function EventSheet({ rows, linked }: { rows: readonly KeyEvent[]; linked: KeyEvent | null }) {
  const { opened, close } = useEventsPlace();
  if (opened === null) return null;
  const event = [...rows, ...(linked ? [linked] : [])].find((one) => writePlace(one) === opened);
  return event ? <OpenEvent event={event} onClose={close} /> : null;
}

function OpenEvent({ event, onClose }: { event: KeyEvent; onClose: () => void }) {
  const { hash, zone } = useEventsPlace();
  return (
    <Sheet
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Event"
      description={formatExactTime(event.occurredAt, zone)}
    >
      <div className="flex min-h-0 flex-1 flex-col gap-6 overflow-y-auto px-6 py-5 max-md:px-4">
        <DefinitionList isRuledAround items={factsOf(event, zone)} />
        <section>
          <SectionHeader title="As it was recorded" hint="JSON" headingLevel={3} />
          <CodeBlock code={eventJson(event, hash)} label="The event as JSON" copyLabel="Copy" />
        </section>
      </div>
    </Sheet>
  );
}

function factsOf(event: KeyEvent, zone: string): { term: string; detail: ReactNode }[] {
  const mono = (text: string | null) =>
    text === null ? <span className="text-fg-3">–</span> : <span className="mono wrap-anywhere">{text}</span>;
  const { promptTokens, completionTokens, cachedPromptTokens, cacheCreationTokens, usageUnits, usageName } = event;
  return [
    { term: 'Result', detail: <Status {...statusWords(event)} /> },
    { term: 'Cost', detail: <ExactMoney nanoUsd={event.costNanoUsd} /> },
    { term: 'Priced', detail: event.isByok ? `${pricedWords(event)}, own provider key` : pricedWords(event) },
    { term: 'Endpoint', detail: mono(event.endpoint) },
    { term: 'Model', detail: mono(event.model) },
    { term: 'Provider', detail: mono(event.provider) },
    {
      term: 'Latency',
      detail: event.latencyMs === null ? <span className="text-fg-3">–</span> : formatDuration(event.latencyMs),
    },
    ...(promptTokens + completionTokens > 0n
      ? [
          {
            term: 'Tokens',
            detail: `${formatCount(promptTokens)} prompt, ${formatCount(completionTokens)} output`,
          },
          {
            term: 'Of the prompt',
            detail: `${formatCount(cachedPromptTokens)} cache read, ${formatCount(cacheCreationTokens)} cache write`,
          },
        ]
      : []),
    ...(usageUnits === null ? [] : [{ term: usageName ?? 'Units', detail: formatCount(usageUnits) }]),
    { term: 'Recorded', detail: formatExactTime(event.recordedAt, zone) },
    { term: 'Idempotency key', detail: mono(event.idempotencyKey) },
  ];
}
