import { CodeBlock } from '@/components/ui/code-block';
import { RuledSheet, SectionHeader, SheetCell, SheetRow } from '@/components/ui/section';
import { API_KEY_VARIABLE, checkKeyCurl, MANAGEMENT_KEY_VARIABLE, recordUsageCurl } from '../../../usage-examples';
import { LimitLedger } from '../limits/limit-ledger';
import type { KeyPageStart } from '../read-key-page';

/** A key that was never used: what its service sends, and the limit that waits for it. */
export function UnusedKey({ start, baseUrl, holds }: { start: KeyPageStart; baseUrl: string; holds: number | null }) {
  const { row } = start;
  return (
    <RuledSheet>
      <SheetRow>
        <SheetCell span={8} label="No usage yet">
          <SectionHeader title="This key has not been used" />
          <p className="mb-4 max-w-[64ch] text-pretty text-fg-2">
            {`Spend, requests, endpoints, models, errors and latency are shown here from the first recorded request of ${row.name} on. Set ${API_KEY_VARIABLE} to its secret and ${MANAGEMENT_KEY_VARIABLE} to a management key in a shell, then run these.`}
          </p>
          <SectionHeader title="Ask what it may spend" headingLevel={3} />
          <CodeBlock code={checkKeyCurl(baseUrl)} label="Ask what it may spend" />
          <div className="mt-5">
            <SectionHeader title="Record a request" hint="Sent twice it counts once." headingLevel={3} />
            <CodeBlock code={recordUsageCurl(baseUrl)} label="Record a request" />
          </div>
        </SheetCell>
        <SheetCell span={4} label="Limits">
          <LimitLedger row={row} holds={holds} />
        </SheetCell>
      </SheetRow>
    </RuledSheet>
  );
}
