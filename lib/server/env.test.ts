import { describe, expect, it } from 'vitest';
import { ConfigurationError, configurationTable, readEnv } from './env';

function faultsOf(source: Record<string, string>): string[] {
  try {
    readEnv(source);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('readEnv', () => {
  it('needs nothing to be set', () => {
    const env = readEnv({});
    expect([env.PORT, env.HOST, env.KEYLEDGER_DATA_DIR, env.DATABASE_URL]).toEqual([
      3000,
      '127.0.0.1',
      './data',
      undefined,
    ]);
  });

  it('takes an empty variable for an absent one', () => {
    expect(readEnv({ PORT: '', DATABASE_URL: '', KEYLEDGER_SECRET: '' })).toEqual(readEnv({}));
  });

  it('lets the address follow the port unless it is set', () => {
    expect(readEnv({ PORT: '8080' }).KEYLEDGER_URL).toBe('http://localhost:8080');
    expect(readEnv({ KEYLEDGER_URL: 'https://ledger.example/' }).KEYLEDGER_URL).toBe('https://ledger.example');
  });

  it('says all that is wrong at once, in one line for each variable', () => {
    const faults = faultsOf({ PORT: 'http', DATABASE_POOL_MAX: '0', DATABASE_URL: 'mysql://x', LOG_LEVEL: 'loud' });
    expect(faults.map((line) => line.split(':')[0]).sort()).toEqual([
      'DATABASE_POOL_MAX',
      'DATABASE_URL',
      'LOG_LEVEL',
      'PORT',
    ]);
  });

  it.each([
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['DATABASE_URL', 'localhost:5432'],
    ['KEYLEDGER_URL', 'ledger.example'],
    ['KEYLEDGER_SECRET', 'too short'],
    ['KEYLEDGER_TRUST_PROXY', 'yes please'],
  ])('refuses %s=%s', (name, value) => {
    const faults = faultsOf({ [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${name}: .`));
  });

  it('never repeats a value, which may be secret', () => {
    const source = { DATABASE_URL: 'mysql://user:hunter2@host/x', KEYLEDGER_SECRET: 'hunter2' };
    expect(faultsOf(source).join('\n')).not.toContain('hunter2');
  });

  it('takes OpenID Connect whole or not at all', () => {
    expect(faultsOf({ OIDC_ISSUER: 'https://id.example' })).toEqual([
      'OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET: set all three or none.',
    ]);
    const whole = { OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'ledger', OIDC_CLIENT_SECRET: 'secret' };
    expect(readEnv(whole).OIDC_NAME).toBe('Single sign-on');
  });

  it('describes every variable it reads', () => {
    for (const { default: byDefault, description } of Object.values(configurationTable)) {
      expect([byDefault, description]).not.toContain('');
    }
  });
});
