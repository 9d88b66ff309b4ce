import { STATUS_LABELS } from './key-words';
import type { KeyListParams } from './list-params';

export interface FilterChipWords {
  readonly field: string;
  readonly value: string;
  /** What the list is without it. */
  readonly removed: Partial<KeyListParams>;
  /** Whether somebody chose it; hiding disabled keys is the default. */
  readonly isExplicit: boolean;
}

/** The filters of a list in words, in a fixed order. */
export function filterChips(params: KeyListParams): FilterChipWords[] {
  const { statuses, environment, owner, tag, showDisabled } = params;
  const chips: FilterChipWords[] = [];
  if (statuses.length > 0) {
    const value = statuses.map((status) => STATUS_LABELS[status]).join(' or ');
    chips.push({ field: 'Status', value, removed: { statuses: [], showDisabled: false }, isExplicit: true });
  } else if (!showDisabled) {
    const value = 'is not Disabled';
    chips.push({ field: 'Status', value, removed: { showDisabled: true }, isExplicit: false });
  }
  if (environment !== null) {
    const value = environment === 'test' ? 'Test' : 'Live';
    chips.push({ field: 'Environment', value, removed: { environment: null }, isExplicit: true });
  }
  if (owner !== null) chips.push({ field: 'Owner', value: owner, removed: { owner: null }, isExplicit: true });
  if (tag !== null) chips.push({ field: 'Tag', value: tag, removed: { tag: null }, isExplicit: true });
  return chips;
}
