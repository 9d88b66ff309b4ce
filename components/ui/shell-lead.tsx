'use client';

import { createContext, type ReactNode, useContext } from 'react';

const LeadContext = createContext<ReactNode>(null);

/** Carries what stands first in the top bar below 768px, so that no page has to pass it. */
export function ShellLeadProvider({ lead, children }: { lead: ReactNode; children: ReactNode }) {
  return <LeadContext value={lead}>{children}</LeadContext>;
}

export function ShellLead() {
  const lead = useContext(LeadContext);
  return lead ? <div className="flex-none md:hidden">{lead}</div> : null;
}
