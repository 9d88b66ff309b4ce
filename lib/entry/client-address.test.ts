import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { clientAddressOf, readClientAddress, stampRequest } from './client-address';

it('believes the socket, and X-Forwarded-For only behind a proxy', () => {
  expect(clientAddressOf('10.0.0.1', '203.0.113.7', false)).toBe('10.0.0.1');
  expect(clientAddressOf('10.0.0.1', '203.0.113.7', true)).toBe('203.0.113.7');
  expect(clientAddressOf('10.0.0.1', null, true)).toBe('10.0.0.1');
  expect(clientAddressOf(undefined, null, false)).toBe('unknown');
});

it('takes the entry that the proxy added, not what the client put before it', () => {
  expect(clientAddressOf('10.0.0.1', '1.1.1.1, 2.2.2.2 , 203.0.113.7', true)).toBe('203.0.113.7');
});

it('writes over what a client sends under its own names', () => {
  const request = new IncomingMessage(new Socket());
  request.url = '/default/keys?a=b';
  request.headers['x-keyledger-client-address'] = '6.6.6.6';
  request.headers['x-keyledger-target'] = '//evil.example';
  stampRequest(request, false);
  expect(readClientAddress(request.headers)).toBe('unknown');
  expect(request.headers['x-keyledger-target']).toBe('/default/keys?a=b');
});
