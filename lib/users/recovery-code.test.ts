import { expect, it } from 'vitest';
import { createRecoveryCodes, hashRecoveryCode, RECOVERY_CODES } from './recovery-code';

it('a set is of different codes, in groups that can be read out', () => {
  const codes = createRecoveryCodes();
  expect(new Set(codes).size).toBe(RECOVERY_CODES);
  for (const code of codes) expect(code).toMatch(/^(?:[2-9a-hjkmnp-z]{4}-){3}[2-9a-hjkmnp-z]{4}$/);
});

it('is the same code in capitals, without hyphens and with spaces', () => {
  const [code = ''] = createRecoveryCodes();
  const hash = hashRecoveryCode(code);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  for (const typed of [code.toUpperCase(), code.replaceAll('-', ''), ` ${code.replaceAll('-', ' ')} `]) {
    expect(hashRecoveryCode(typed)).toBe(hash);
  }
});

it.each(['', '123456', 'aaaa-bbbb-cccc', 'oooo-oooo-oooo-oooo', 'aaaa-bbbb-cccc-dddd-eeee'])('%j is none', (typed) => {
  expect(hashRecoveryCode(typed)).toBeNull();
});
