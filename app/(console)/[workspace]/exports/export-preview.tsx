import { formatPlural } from '@/components/format/text';
import { ButtonLink } from '@/components/ui/button-link';
import { SectionHeader } from '@/components/ui/section';
import { AppError } from '@/lib/core/errors';
import type { Session } from '@/lib/entry/session';
import { orUnread, Unread } from '@/lib/entry/unread';
import type { ExportParameters, Preview } from '@/lib/exports/contract';
import { previewExport } from '@/lib/exports/queries/preview';
import { UnreadPanel } from '../unread-panel';

/** Rows that the page has room for; the file's own preview has more. */
const ROWS_SHOWN = 6;

type PreviewProps = { session: Session; parameters: ExportParameters };

/** The first rows of the file as it would be made now. */
export async function ExportPreview({ session, parameters }: PreviewProps) {
  const preview = await orUnread(session.call, previewOrRefuse(session, parameters));
  if (preview instanceof Unread) {
    return (
      <PreviewFrame hint="">
        <UnreadPanel title="The preview could not be made" reference={preview.reference} />
      </PreviewFrame>
    );
  }
  if (preview instanceof AppError) {
    return (
      <PreviewFrame hint="">
        <p role="alert" className="px-(--page-x) pb-4 text-fg-2">
          {preview.message}
        </p>
      </PreviewFrame>
    );
  }
  const { columns, rows, rowTotal } = preview;
  const shown = rows.slice(0, ROWS_SHOWN);
  if (shown.length === 0) {
    return (
      <PreviewFrame hint="">
        <p className="px-(--page-x) pb-4 text-fg-2">
          The file would have no rows. Choose other days, or fewer filters.
        </p>
      </PreviewFrame>
    );
  }
  return (
    <PreviewFrame hint={hintOf(shown.length, rowTotal, columns.length)}>
      <section
        aria-label="First rows"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        className="overflow-x-auto border-t border-line -outline-offset-2!"
      >
        <table aria-label="Preview of the file" className="w-full border-separate border-spacing-0 text-xs">
          <thead>
            <tr>
              {columns.map((column) => (
                <th
                  key={column}
                  scope="col"
                  className="border-b border-line px-2 py-1.5 text-left font-medium whitespace-nowrap text-fg-3 first:pl-(--page-x)"
                >
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="mono">
            {shown.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row of a file is its place.
              <tr key={index}>
                {row.map((cell, column) => (
                  <td
                    key={columns[column]}
                    title={cell.length > CELL_LENGTH ? cell : undefined}
                    className="border-b border-line px-2 py-1 whitespace-nowrap text-fg-2 first:pl-(--page-x)"
                  >
                    {cell.length > CELL_LENGTH ? `${cell.slice(0, CELL_LENGTH - 1)}…` : cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </PreviewFrame>
  );
}

/** Longer cells, such as hashes, are cut: the file has them whole. */
const CELL_LENGTH = 28;

function hintOf(shown: number, rowTotal: number | null, columns: number): string {
  const rows =
    rowTotal === null ? `first ${formatPlural(shown, 'row')}` : `${shown} of ${formatPlural(rowTotal, 'row')}`;
  return `${rows}, ${formatPlural(columns, 'column')}`;
}

/** To read this much before anybody asked for a file would take the database's time from those who record. */
export function LargePreview({ href }: { href: string }) {
  return (
    <PreviewFrame hint="many events, so it is made when you ask for it">
      <div className="px-(--page-x) pb-4">
        <ButtonLink size="sm" href={href}>
          Show the first rows
        </ButtonLink>
      </div>
    </PreviewFrame>
  );
}

function PreviewFrame({ hint, children }: { hint: string; children: React.ReactNode }) {
  return (
    <section aria-label="Preview" className="pt-[18px]">
      <SectionHeader title="Preview" hint={hint} isInFlush />
      {children}
    </section>
  );
}

async function previewOrRefuse(
  { call, workspace }: Session,
  parameters: ExportParameters,
): Promise<Preview | AppError> {
  try {
    return await previewExport(call, workspace.id, parameters);
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_input') return error;
    throw error;
  }
}
