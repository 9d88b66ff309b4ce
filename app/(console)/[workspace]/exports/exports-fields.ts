import type { ExportFormat } from '@/lib/exports/contract';
import type { ExportsParams } from './exports-params';
import { FORMAT_WORDS, STATUS_WORDS } from './exports-words';

/** Several values of an address stand in one line of the list, which keeps them. */
export const SEVERAL = '(several)';

export function formatOf(value: string): ExportFormat {
  return value in FORMAT_WORDS ? (value as ExportFormat) : 'langdock-api-keys';
}

/** The choices of the form's fields, by their names. What has no field stays as the address said. */
export function readFields(read: (name: string) => unknown, before: ExportsParams): ExportsParams {
  const text = (name: string) => {
    const value = read(name);
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const listOf = (name: string, kept: readonly string[]) => {
    const value = text(name);
    return value === SEVERAL ? kept : value === null ? [] : [value];
  };
  const [first, last] = [text('from'), text('to')];
  const environment = text('environment');
  const status = text('status');
  return {
    ...before,
    format: formatOf(text('format') ?? ''),
    isByModel: text('per') === 'model',
    days: first !== null && last !== null ? { first, last } : before.days,
    zone: text('zone') ?? before.zone,
    environment: environment === 'live' || environment === 'test' ? environment : null,
    status: status !== null && status in STATUS_WORDS ? (status as keyof typeof STATUS_WORDS) : null,
    owner: text('owner'),
    tag: text('tag'),
    models: listOf('model', before.models),
    endpoints: listOf('endpoint', before.endpoints),
  };
}
