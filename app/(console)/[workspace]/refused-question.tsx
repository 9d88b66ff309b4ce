import { CalendarX2 } from 'lucide-react';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';

type RefusedQuestionProps = {
  /** Why it was refused and what to ask instead, in the words of who refused. */
  message: string;
  /** Addresses that ask less, the nearest first. */
  suggestions: readonly { label: string; href: string }[];
};

/** A question about usage that is too large to be answered, with smaller ones to ask instead. */
export function RefusedQuestion({ message, suggestions }: RefusedQuestionProps) {
  return (
    <div role="alert" className="py-10">
      <EmptyState
        icon={<CalendarX2 size={18} strokeWidth={1.75} aria-hidden="true" />}
        title="This can’t be answered as asked"
        headingLevel={2}
        actions={suggestions.map(({ label, href }, index) => (
          <ButtonLink key={href} size="sm" variant={index === 0 ? 'outline' : 'ghost'} href={href}>
            {label}
          </ButtonLink>
        ))}
      >
        {message}
      </EmptyState>
    </div>
  );
}
