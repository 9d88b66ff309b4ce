import { CsvNumber, type CsvValue } from '../../exports/csv';

/**
 * The answer of `/json`: rows with the columns of the file as fields, written as they are read, so that a million of them
 * take no more memory than a batch. The count comes after the rows, when it is known.
 */
export async function* rowsAsJson(
  columns: readonly string[],
  batches: AsyncIterable<readonly (readonly (CsvValue | CsvNumber)[])[]>,
  dateRange: { readonly from: string; readonly to: string },
): AsyncGenerator<Uint8Array, void, undefined> {
  // Sent with the first rows: what refuses them is told before anything is sent, and a reader who goes away ends them.
  let head = `{"success":true,"data":{"dataType":"api_keys","dateRange":${JSON.stringify(dateRange)},"rows":[`;
  let count = 0;
  for await (const rows of batches) {
    if (rows.length === 0) continue;
    const text = rows.map((row) => rowAsJson(columns, row)).join(',');
    yield Buffer.from(count === 0 ? `${head}${text}` : `,${text}`, 'utf8');
    head = '';
    count += rows.length;
  }
  yield Buffer.from(`${head}],"recordCount":${count}}}`);
}

function rowAsJson(columns: readonly string[], row: readonly (CsvValue | CsvNumber)[]): string {
  return `{${row.map((value, index) => `${JSON.stringify(columns[index])}:${valueAsJson(value)}`).join(',')}}`;
}

/** Numbers are written with all their digits. */
function valueAsJson(value: CsvValue | CsvNumber): string {
  if (value instanceof CsvNumber) return value.text;
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value);
}
