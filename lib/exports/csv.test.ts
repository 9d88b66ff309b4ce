import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvNumber, type CsvValue, csvCell, csvRow, FORMULA_STARTS, neutralise } from './csv';

/** Any text, and often one of what CSV and spreadsheets take for signs. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', "'", ' ', 'a', 'é', '😀') }),
);

describe('a CSV row', () => {
  it('is read back by a strict parser as the texts that went in, but for the apostrophe', () => {
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const read = parse(rows.map(csvRow).join(''), { record_delimiter: '\r\n' });
        expect(read).toEqual(rows.map((row) => row.map(neutralise)));
      }),
    );
  });

  it('starts no cell of text with what a spreadsheet would run', () => {
    fc.assert(
      fc.property(text, (value) => {
        const [[cell = ''] = []] = parse(`x,${csvCell(value)}\r\n`, { from_line: 1 }).map((row) => row.slice(1));
        expect(FORMULA_STARTS.some((start) => cell.startsWith(start))).toBe(false);
        expect([value, `'${value}`]).toContain(cell);
      }),
    );
  });

  it.each([
    [[null, '', 'a', 1, -2n, true], ',"",a,1,-2,true\r\n'],
    [['=1+1', '+1', '-1', '@x', '\tx', '\rx', '\nx'], `'=1+1,'+1,'-1,'@x,'\tx,"'\rx","'\nx"\r\n`],
    [['a,b', 'say "so"', 'two\nlines', 'ä😀'], '"a,b","say ""so""","two\nlines",ä😀\r\n'],
    [['-5', -5, new CsvNumber('-5.000000001')], "'-5,-5,-5.000000001\r\n"],
  ] satisfies [(CsvValue | CsvNumber)[], string][])('is written: %#', (values, row) => {
    expect(csvRow(values)).toBe(row);
  });

  it('takes no number that is something else', () => {
    for (const bad of ['', '1e5', '=1', '1,5', ' 1', '.5', '1.', '--1', 'NaN'])
      expect(() => new CsvNumber(bad), bad).toThrow(RangeError);
  });
});
