export const PAGE_SIZE = 50;

/** What the log shows, as its URL says it. */
export interface AuditParams {
  /** Whose log: this workspace's, or the account's. */
  readonly scope: 'workspace' | 'account';
  readonly search: string;
  readonly actor: string | null;
  readonly action: string | null;
  readonly subject: string | null;
  /** Days in the workspace's zone, `YYYY-MM-DD`, both inclusive. */
  readonly from: string | null;
  readonly to: string | null;
  /** The entry that the page comes after, on the way to older ones. */
  readonly before: string | null;
  /** The entry that the page comes before, on the way back to newer ones. */
  readonly after: string | null;
}

export const ALL_ENTRIES: AuditParams = {
  scope: 'workspace',
  search: '',
  actor: null,
  action: null,
  subject: null,
  from: null,
  to: null,
  before: null,
  after: null,
};

/** The query parameter of the entry whose details are open. */
export const ENTRY_PARAMETER = 'entry';

/** The explicit choices as pairs of the query. Every change leads to the newest entries, but that of the page itself. */
export function auditQuery(params: AuditParams, change: Partial<AuditParams> = {}): [string, string][] {
  const { scope, search, actor, action, subject, from, to, before, after } = {
    ...params,
    before: null,
    after: null,
    ...change,
  };
  const pairs: [string, string | false | null][] = [
    ['scope', scope === 'account' && scope],
    ['q', search],
    ['actor', actor],
    ['action', action],
    ['subject', subject],
    ['from', from],
    ['to', to],
    ['before', before],
    ['after', after],
  ];
  return pairs.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []));
}

export function auditHref(slug: string, params: AuditParams, change?: Partial<AuditParams>): string {
  const text = new URLSearchParams(auditQuery(params, change)).toString();
  return text === '' ? `/${slug}/audit` : `/${slug}/audit?${text}`;
}

/** The log as it is, with the details of an entry open. */
export function entryHref(slug: string, params: AuditParams, id: string): string {
  const { before, after } = params;
  const query = new URLSearchParams([...auditQuery(params, { before, after }), [ENTRY_PARAMETER, id]]);
  return `/${slug}/audit?${query}`;
}

export function hasFilters({ search, actor, action, subject, from, to }: AuditParams): boolean {
  return search !== '' || [actor, action, subject, from, to].some((value) => value !== null);
}
