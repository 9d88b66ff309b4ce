import { describe, expect, it } from 'vitest';
import { AppError, ERROR_STATUSES, type ErrorCode } from '../core/errors';
import { contractOfPath, envelopeOf } from './api-routes';

const CODES = Object.keys(ERROR_STATUSES) as ErrorCode[];
const context = { method: 'GET', requestId: 'req-1' };

describe('the four envelopes', () => {
  it.each(CODES)('write %s in the form of each contract', (code) => {
    const error = new AppError(code, 'Say what to do.', { fault: 'unknown' });
    for (const contract of ['native', 'openrouter', 'oneloop'] as const) {
      const { status, body } = envelopeOf(contract)(error, context);
      expect(body).toEqual({ error: { code: status, message: expect.stringMatching(/./) } });
    }
    const edgedns = envelopeOf('edgedns')(error, context);
    expect(edgedns.body).toEqual({
      error: { code: expect.stringMatching(/^[A-Z_]+$/), message: 'Say what to do.' },
      request_id: 'req-1',
    });
    expect(envelopeOf('langdock')(error, context).body).toEqual({
      error: expect.stringMatching(/./),
      message: expect.stringMatching(/./),
    });
  });

  it.each([
    ['POST', 403, 'Only management keys can perform this operation'],
    ['GET', 401, 'Invalid management key'],
  ])('tell a key that is no management key on %s by %s', (method, status, message) => {
    const error = new AppError('not_management_key', 'x');
    expect(envelopeOf('openrouter')(error, { ...context, method })).toEqual({
      status,
      body: { error: { code: status, message } },
    });
  });

  it('belong to their paths', () => {
    expect(contractOfPath('/api/v1/api-key/x')).toBe('oneloop');
    expect(contractOfPath('/api/v1/workspace/x')).toBe('oneloop');
    expect(contractOfPath('/api/v1/workspaces/x')).toBe('openrouter');
    expect(contractOfPath('/v1/analytics')).toBe('edgedns');
    expect(contractOfPath('/export/x')).toBe('langdock');
    expect(contractOfPath('/api/public/export/x')).toBe('langdock');
    expect(contractOfPath('/api/other')).toBe('native');
  });
});
