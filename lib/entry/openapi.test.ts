import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import { apiRoutes } from './api-routes';
import { openApiDocument } from './openapi';

it('the OpenAPI document is valid 3.1 and covers every route once', async () => {
  const document = JSON.parse(JSON.stringify(openApiDocument('http://localhost:3000')));
  const validator = new Validator();
  expect(await validator.validate(document)).toMatchObject({ valid: true });
  expect(validator.version).toBe('3.1');
  const operations = Object.entries<Record<string, { operationId: string }>>(document.paths).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => `${method.toUpperCase()} ${path} ${operation.operationId}`),
  );
  for (const { endpoint } of apiRoutes)
    expect(operations).toContain(`${endpoint.method} ${endpoint.path} ${endpoint.operationId}`);
  expect(new Set(operations.map((operation) => operation.split(' ')[2])).size).toBe(operations.length);
  expect(JSON.stringify(document)).not.toContain('#/$defs/');
});
