import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatUsd } from '../core/money';
import { csvRow } from './csv';
import { FOCUS_COLUMNS, type FocusSetting, type FocusUsage, focusCells } from './focus-row';

/** What the specification says of a column: whether it may be null, and what it holds. */
interface Rule {
  readonly level: 'Mandatory' | 'Conditional' | 'Recommended';
  readonly isNullable: boolean;
  readonly holds: RegExp;
}

/** Attributes NumericFormat, DateTimeFormat, StringHandling and CurrencyCodeFormat. */
const DECIMAL = /^-?\d+(\.\d+)?$/;
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const STRING = /^[\s\S]+$/;

function rule(level: Rule['level'], holds: RegExp | readonly string[], isNullable = false): Rule {
  return { level, isNullable, holds: holds instanceof RegExp ? holds : new RegExp(`^(${holds.join('|')})$`) };
}

/**
 * FOCUS 1.2, focus.finops.org/focus-specification/v1-2: "Columns", Content Constraints of each. All that are Mandatory,
 * and the Conditional and Recommended ones that apply to a product that meters usage of resources with tags.
 */
const SPECIFICATION: Readonly<Record<string, Rule>> = {
  BilledCost: rule('Mandatory', DECIMAL),
  BillingAccountId: rule('Mandatory', STRING),
  BillingAccountName: rule('Mandatory', STRING, true),
  BillingCurrency: rule('Mandatory', /^[A-Z]{3}$/),
  BillingPeriodEnd: rule('Mandatory', DATE_TIME),
  BillingPeriodStart: rule('Mandatory', DATE_TIME),
  ChargeCategory: rule('Mandatory', ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment']),
  ChargeClass: rule('Mandatory', ['Correction'], true),
  ChargeDescription: rule('Mandatory', STRING, true),
  ChargeFrequency: rule('Recommended', ['One-Time', 'Recurring', 'Usage-Based']),
  ChargePeriodEnd: rule('Mandatory', DATE_TIME),
  ChargePeriodStart: rule('Mandatory', DATE_TIME),
  ConsumedQuantity: rule('Conditional', DECIMAL, true),
  ConsumedUnit: rule('Conditional', STRING, true),
  ContractedCost: rule('Mandatory', DECIMAL),
  EffectiveCost: rule('Mandatory', DECIMAL),
  InvoiceIssuerName: rule('Mandatory', STRING),
  ListCost: rule('Mandatory', DECIMAL),
  PricingCategory: rule('Conditional', ['Standard', 'Dynamic', 'Committed', 'Other'], true),
  PricingQuantity: rule('Mandatory', DECIMAL, true),
  PricingUnit: rule('Mandatory', STRING, true),
  ProviderName: rule('Mandatory', STRING),
  PublisherName: rule('Mandatory', STRING),
  ResourceId: rule('Conditional', STRING, true),
  ResourceName: rule('Conditional', STRING, true),
  ResourceType: rule('Conditional', STRING, true),
  ServiceCategory: rule('Mandatory', [
    'AI and Machine Learning',
    'Analytics',
    'Business Applications',
    'Compute',
    'Databases',
    'Developer Tools',
    'Multicloud',
    'Identity',
    'Integration',
    'Internet of Things',
    'Management and Governance',
    'Media',
    'Migration',
    'Mobile',
    'Networking',
    'Security',
    'Storage',
    'Web',
    'Other',
  ]),
  ServiceName: rule('Mandatory', STRING),
  ServiceSubcategory: rule('Recommended', ['Generative AI', 'Other \\(Other\\)']),
  Tags: rule('Conditional', /^\{.*\}$/s, true),
};

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
const count = fc.bigInt({ min: 0n, max: 2n ** 62n });
const setting: FocusSetting = {
  workspaceId: '0b5e9a0e-0000-4000-8000-000000000001',
  workspaceName: 'Fernhill',
  names: { provider: 'Keyledger', publisher: 'Keyledger', invoiceIssuer: 'Fernhill Ltd' },
  from: new Date('2026-01-15T10:30:00.500Z'),
  to: new Date('2026-03-31T23:59:59.999Z'),
};
const usage: fc.Arbitrary<FocusUsage> = fc.record({
  day: fc.integer({ min: 15, max: 89 }).map((day) => new Date(Date.UTC(2026, 0, day))),
  keyHash: fc.constant('a'.repeat(64)),
  keyName: name,
  keyOwner: fc.option(name),
  keyEnvironment: fc.constantFrom('live', 'test'),
  keyTags: fc.array(fc.oneof(name, fc.constantFrom('team:a', 'team:b', 'team=a', 'x:', ':y', '__proto__', 'prod')), {
    maxLength: 5,
  }),
  model: fc.option(name),
  provider: fc.option(name),
  usageName: fc.option(name),
  isByok: fc.boolean(),
  requests: fc.bigInt({ min: 1n, max: 2n ** 40n }),
  promptTokens: count,
  completionTokens: count,
  cachedPromptTokens: count,
  cacheCreationTokens: count,
  usageUnits: count,
  costNanoUsd: count,
});

function toLine(one: FocusUsage): Record<string, string> {
  const text = csvRow(FOCUS_COLUMNS) + csvRow(focusCells(one, setting));
  const [line] = parse<Record<string, string>>(text, { columns: true, record_delimiter: '\r\n' });
  if (!line) throw new Error('The row was not read back.');
  return line;
}

describe('a FOCUS file', () => {
  it('has every mandatory column of 1.2, in alphabetical order, and its own behind them with their prefix', () => {
    const own = FOCUS_COLUMNS.filter((column) => column.startsWith('x_'));
    const standard = FOCUS_COLUMNS.filter((column) => !column.startsWith('x_'));
    expect(FOCUS_COLUMNS).toEqual([...standard.toSorted(), ...own.toSorted()]);
    expect(standard).toEqual(Object.keys(SPECIFICATION).toSorted());
    const mandatory = Object.entries(SPECIFICATION).filter(([, { level }]) => level === 'Mandatory');
    expect(mandatory).toHaveLength(21);
    for (const column of own) expect(column).toMatch(/^x_[A-Z][A-Za-z]+$/);
  });

  it('holds in each cell what the specification allows there', () => {
    fc.assert(
      fc.property(usage, (one) => {
        const line = toLine(one);
        for (const [column, { isNullable, holds }] of Object.entries(SPECIFICATION)) {
          const value = line[column] ?? '';
          if (value === '') expect(isNullable, `${column} is null`).toBe(true);
          else expect(value, column).toMatch(holds);
        }
        // A usage charge that corrects nothing has no class, and a quantity with its unit.
        expect(line.ChargeClass).toBe('');
        expect(Number(line.PricingQuantity)).toBeGreaterThan(0);
        for (const column of ['PricingUnit', 'PricingCategory', 'ConsumedUnit', 'ResourceId'])
          expect(line[column]).not.toBe('');
        // KeyValueFormat: an object whose values are texts, numbers, booleans or null, one level deep.
        const tags: Record<string, unknown> = JSON.parse(line.Tags ?? '');
        for (const value of Object.values(tags)) expect(['string', 'boolean']).toContain(typeof value);
      }),
    );
  });

  it('says what the books say in all four costs, and periods that hold the charge', () => {
    fc.assert(
      fc.property(usage, (one) => {
        const line = toLine(one);
        for (const column of ['BilledCost', 'EffectiveCost', 'ListCost', 'ContractedCost'])
          expect(line[column]).toBe(formatUsd(one.costNanoUsd));
        const instants = ['BillingPeriodStart', 'ChargePeriodStart', 'ChargePeriodEnd', 'BillingPeriodEnd'].map(
          (column) => Date.parse(line[column] ?? ''),
        );
        expect(instants).toEqual(instants.toSorted((a, b) => a - b));
        expect((instants[2] ?? 0) - (instants[1] ?? 0)).toBeLessThanOrEqual(86_400_000);
        expect(instants[2]).toBeGreaterThan(instants[1] ?? 0);
      }),
    );
  });

  it('charges a day at the edge of its range for the part inside', () => {
    const [one] = fc.sample(usage, 1);
    if (!one) throw new Error('One usage was sampled.');
    expect(toLine({ ...one, day: new Date('2026-01-15') })).toMatchObject({
      ChargePeriodStart: '2026-01-15T10:30:00Z',
      ChargePeriodEnd: '2026-01-16T00:00:00Z',
      BillingPeriodStart: '2026-01-01T00:00:00Z',
      BillingPeriodEnd: '2026-02-01T00:00:00Z',
    });
    expect(toLine({ ...one, day: new Date('2026-03-31') }).ChargePeriodEnd).toBe('2026-04-01T00:00:00Z');
  });

  it.each([
    [['team:search', 'prod', 'a=b=c'], '{"team":"search","prod":true,"a":"b=c"}'],
    [['team:a', 'team:b'], '{"team:a":true,"team:b":true}'],
    [['x:', ':y', 'x'], '{"x:":true,":y":true,"x":true}'],
    [[], '{}'],
  ])('writes the tags %j as %s', (keyTags, expected) => {
    const [one] = fc.sample(usage, 1);
    if (!one) throw new Error('One usage was sampled.');
    const { 'keyledger:environment': environment, ...tags } = JSON.parse(
      toLine({ ...one, keyTags, keyOwner: null }).Tags ?? '',
    );
    expect(environment).toBe(one.keyEnvironment);
    expect(JSON.stringify(tags)).toBe(expected);
  });

  it('meters tokens where there are any, else units, else requests', () => {
    const [one] = fc.sample(usage, 1);
    if (!one) throw new Error('One usage was sampled.');
    const none = { ...one, promptTokens: 0n, completionTokens: 0n, usageUnits: 0n, usageName: null, requests: 7n };
    expect(toLine({ ...none, promptTokens: 3n, completionTokens: 4n, usageUnits: 5n })).toMatchObject({
      PricingQuantity: '7',
      PricingUnit: 'Tokens',
    });
    expect(toLine({ ...none, usageUnits: 5n, usageName: 'pages' })).toMatchObject({
      ConsumedQuantity: '5',
      ConsumedUnit: 'pages',
    });
    expect(toLine({ ...none, usageUnits: 5n }).PricingUnit).toBe('Units');
    expect(toLine(none)).toMatchObject({ PricingQuantity: '7', PricingUnit: 'Requests' });
  });
});
