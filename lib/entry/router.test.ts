import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apiRoutes, isApiPath } from './api-routes';
import { Router } from './router';

const router = new Router(apiRoutes);

describe('the router', () => {
  it('finds every declared route, with and without a trailing slash, and its parameters', () => {
    for (const { endpoint } of apiRoutes) {
      const path = endpoint.path.replaceAll(/\{(\w+)\}/g, 'a%20b');
      for (const form of [path, `${path}/`]) {
        const match = router.match(endpoint.method, form);
        expect(match.kind === 'found' && match.route.endpoint.operationId).toBe(endpoint.operationId);
        expect(match.kind === 'found' && Object.values(match.params).every((value) => value === 'a b')).toBe(true);
      }
      expect(isApiPath(endpoint.path)).toBe(true);
    }
  });

  it('names the methods of a path that exists', () => {
    expect(router.match('PUT', '/api/v1/keys')).toMatchObject({ kind: 'method_not_allowed', allow: ['GET', 'POST'] });
  });

  it.each(['/api/v1', '/api/v1/nothing', '/api/v1/keys//', '/api/v1/keys/%zz', '/api/v1/keys/a/b', '/api/v1//keys'])(
    'knows no %s',
    (path) => {
      expect(router.match('GET', path).kind).toBe('not_found');
    },
  );

  it('never throws, whatever the path', () => {
    fc.assert(fc.property(fc.string(), (path) => router.match('GET', `/${path}`).kind.length > 0));
  });
});
