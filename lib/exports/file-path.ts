import type { ExportFormat } from './contract';

/** Files are named after what they hold: `api-keys-usage/<workspace>/api-keys-usage-2024-01-01-2024-01-31-abc12345.csv`. */
const NAMES: Readonly<Record<ExportFormat, string>> = {
  'langdock-api-keys': 'api-keys-usage',
  'usage-events': 'usage-events',
  keys: 'keys',
  'focus-1.2': 'focus-1-2',
};

/** `suffix` are eight hexadecimal digits that tell files of the same period apart. */
export function filePathOf(
  format: ExportFormat,
  workspaceId: string,
  period: { readonly start: string; readonly end: string },
  suffix: string,
): string {
  const name = NAMES[format];
  return `${name}/${workspaceId}/${name}-${period.start}-${period.end}-${suffix}.csv`;
}

/** The last part of a path, which is the name that a download gets. */
export function fileNameOf(filePath: string): string {
  return filePath.slice(filePath.lastIndexOf('/') + 1);
}

/** Where the signed link of a file leads, on every host of the product. */
export function downloadPathOf(workspaceId: string, id: string, filePath: string): string {
  return `/api/v1/downloads/${workspaceId}/${id}/${fileNameOf(filePath)}`;
}
