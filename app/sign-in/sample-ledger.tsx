import { AuthPanel } from '@/components/ui/auth-shell';
import { BooksMark } from '@/components/ui/books-badge';
import { ExactMoney } from '@/components/ui/exact-money';
import { Ledger } from '@/components/ui/ledger';

/** Invented keys whose figures tie; the page says that it is a sample. */
const entries = [
  { name: 'search-indexer', owner: 'search', nanoUsd: 148_213_077_411n },
  { name: 'checkout-api', owner: 'commerce', nanoUsd: 80_991_340_020n },
  { name: 'support-copilot', owner: 'support', nanoUsd: 110_981_204_566n },
  { name: 'billing-worker', owner: 'billing', nanoUsd: 21_460_118_903n },
];
const totalNanoUsd = entries.reduce((sum, entry) => sum + entry.nanoUsd, 0n);

/** What the product does, as a picture: recorded once, counted three ways, no difference. */
export function SampleLedger() {
  return (
    <AuthPanel icon={<BooksMark state="balanced" size={18} />} title="Books balanced" aside="Sample">
      <Ledger
        label="Recorded"
        rows={[
          ...entries.map((entry) => ({
            label: entry.name,
            count: entry.owner,
            amount: <ExactMoney nanoUsd={entry.nanoUsd} />,
          })),
          { label: 'Recorded', amount: <ExactMoney nanoUsd={totalNanoUsd} />, isTotal: true },
        ]}
      />
      <div className="h-4" />
      <Ledger
        label="Counted"
        rows={[
          { label: 'Key counters', count: '4 keys', amount: <ExactMoney nanoUsd={totalNanoUsd} /> },
          { label: 'Daily roll-ups', count: '4 days', amount: <ExactMoney nanoUsd={totalNanoUsd} /> },
          { label: 'Difference', amount: <ExactMoney nanoUsd={0n} isPlain />, isTotal: true, tone: 'ok' },
        ]}
      />
      <p className="mt-3.5 text-xs text-fg-2">Every dollar is written once and counted three ways.</p>
    </AuthPanel>
  );
}
