'use client';

import { ChevronsUpDown } from 'lucide-react';
import { createContext, type ReactNode, useContext } from 'react';

const LeadContext = createContext<ReactNode>(null);
const SearchContext = createContext<ReactNode>(null);

type ShellLeadProviderProps = { lead: ReactNode; search: ReactNode; children: ReactNode };

/** Carries what stands in every top bar below 768px, so that no page has to pass it: the switcher and the search. */
export function ShellLeadProvider({ lead, search, children }: ShellLeadProviderProps) {
  return (
    <LeadContext value={lead}>
      <SearchContext value={search}>{children}</SearchContext>
    </LeadContext>
  );
}

/** Before the page's own actions. */
export function ShellSearch() {
  const search = useContext(SearchContext);
  return search && <div className="flex-none md:hidden">{search}</div>;
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
