import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialsOf } from './avatar';
import { matchOptions } from './combobox-match';
import { meterToneOf } from './meter';
import { isCurrentItem } from './nav-item';

describe('initialsOf', () => {
  it.each([
    ['Production', 'PR'],
    ['Partner APIs', 'PA'],
    ['ops@fernhill.example', 'OF'],
    ['', ''],
  ])('shortens %j to %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });

  it('gives a person one letter', () => {
    expect(initialsOf('ops@fernhill.example', 1)).toBe('O');
  });
});

describe('meterToneOf', () => {
  it('warns from 80 percent and alarms from 100', () => {
    expect([0.7999, 0.8, 0.9999, 1, 2].map(meterToneOf)).toEqual(['normal', 'warn', 'warn', 'danger', 'danger']);
  });
});

describe('isCurrentItem', () => {
  it('counts pages below an item to it, and no others', () => {
    const item = { href: '/w/keys' };
    expect(isCurrentItem(item, '/w/keys')).toBe(true);
    expect(isCurrentItem(item, '/w/keys/')).toBe(true);
    expect(isCurrentItem(item, '/w/keys/1')).toBe(true);
    expect(isCurrentItem(item, '/w/keys-old')).toBe(false);
    expect(isCurrentItem({ href: '/w', isExact: true }, '/w/keys')).toBe(false);
    expect(isCurrentItem({ href: '/w/keys?sort=spend' }, '/w/keys')).toBe(true);
  });
});

describe('matchOptions', () => {
  const options = ['search', 'billing', 're-billing', 'billing-eu'].map((name) => ({ value: name, label: name }));

  it('puts what begins with the text first', () => {
    const { matches } = matchOptions(options, 'Bil', true);
    expect(matches.map((option) => option.label)).toEqual(['billing', 'billing-eu', 're-billing']);
  });

  it('offers to add only what is new', () => {
    expect(matchOptions(options, ' bil ', true).createText).toBe('bil');
    expect(matchOptions(options, 'Billing', true).createText).toBeNull();
    expect(matchOptions(options, '', true).createText).toBeNull();
    expect(matchOptions(options, 'new', false).createText).toBeNull();
  });

  it('shows all while nothing is typed', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\s*$/), (blank) => matchOptions(options, blank, true).matches.length === 4),
    );
  });
});
