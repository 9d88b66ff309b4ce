'use client';

import { ChevronsUpDown } from 'lucide-react';
import { createContext, type ReactNode, useContext } from 'react';

const LeadContext = createContext<ReactNode>(null);

/** Carries what stands first in the top bar below 768px, so that no page has to pass it. */
export function ShellLeadProvider({ lead, children }: { lead: ReactNode; children: ReactNode }) {
  return <LeadContext value={lead}>{children}</LeadContext>;
}

/** `isStretched` lets the button reach over the title beside it. */
export function ShellLead({ isStretched }: { isStretched: boolean }) {
  const lead = useContext(LeadContext);
  if (!lead) return null;
  return (
    <div
      className={`mr-0.5 flex-none md:hidden ${isStretched ? '[&>button]:after:absolute [&>button]:after:inset-y-[-8px] [&>button]:after:inset-x-0' : ''}`}
    >
      {lead}
    </div>
  );
}

/** After the title: there is something to choose. */
export function ShellLeadChevrons() {
  const lead = useContext(LeadContext);
  if (!lead) return null;
  return <ChevronsUpDown size={14} strokeWidth={1.9} aria-hidden="true" className="flex-none text-fg-3 md:hidden" />;
}
