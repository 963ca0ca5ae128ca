import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ChannelBusyError, ChannelDownError, DeliveryRefusedError } from '../errors.ts';
import { allowedUrl } from './allowed-url.ts';
import { failureInWords } from './failure-in-words.ts';
import { requestJson } from './request-json.ts';
import { retryAfterSeconds } from './retry-after.ts';

let server: Server | undefined;
afterEach(
  () =>
    new Promise<void>((resolve) => {
      if (!server) return resolve();
      server.close(() => resolve());
      server.closeAllConnections();
      server = undefined;
    }),
);

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => {
    started.listen(0, '127.0.0.1', resolve);
  });
  const address = started.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

const post = (url: string, more: object = {}) =>
  requestJson({ channel: 'soc', url, method: 'POST', body: { text: 'é' }, ...more });

describe('requestJson', () => {
  it('sends JSON and reads JSON', async () => {
    const url = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { 'content-type': type, authorization } = request.headers;
        const body = Buffer.concat(chunks).toString();
        response.end(JSON.stringify({ type, authorization, body, method: request.method }));
      });
    });
    const { status, json } = await post(url, { headers: { authorization: 'Bearer x' } });
    expect(status).toBe(200);
    expect(json).toEqual({
      type: 'application/json; charset=utf-8',
      authorization: 'Bearer x',
      body: '{"text":"é"}',
      method: 'POST',
    });
    expect((await post(url, { body: '{ }' })).json).toMatchObject({ body: '{ }' });
  });

  it('leaves a 4xx to its caller, with what was said', async () => {
    const url = await serve((_, response) => response.writeHead(404).end('no such thing'));
    expect(await post(url)).toMatchObject({ status: 404, text: 'no such thing', json: undefined });
  });

  it('waits as long as it is asked to', async () => {
    let status = 429;
    const url = await serve((_, response) =>
      response.writeHead(status, { 'retry-after': '17' }).end(),
    );
    await expect(post(url)).rejects.toEqual(new ChannelBusyError('soc', 17));
    status = 503;
    await expect(post(url)).rejects.toEqual(new ChannelBusyError('soc', 17));
  });

  it.each([500, 502, 503, 408])('calls HTTP %i down', async (status) => {
    const url = await serve((_, response) => response.writeHead(status).end());
    await expect(post(url)).rejects.toEqual(new ChannelDownError('soc', `HTTP ${status}`));
  });

  it('gives up when time is up, also in the middle of an answer', async () => {
    const silent = await serve((request, response) => {
      if (request.url === '/half') response.write('{"a":');
    });
    const down = new ChannelDownError('soc', 'no answer in time');
    await expect(post(silent, { timeoutMs: 60 })).rejects.toEqual(down);
    await expect(post(`${silent}/half`, { timeoutMs: 60 })).rejects.toEqual(down);
  });

  it('names why a connection broke, without the URL', async () => {
    const cut = await serve((request) => request.socket.destroy());
    await expect(post(`${cut}/secret`)).rejects.toThrow(/^channel soc is down: [A-Z_]+$/);
    await expect(post('http://127.0.0.1:9/secret')).rejects.toThrow(ChannelDownError);
  });

  it('refuses an answer over 1 MB', async () => {
    const url = await serve((_, response) => response.end('x'.repeat(1_000_001)));
    await expect(post(url)).rejects.toThrow('answers more than 1 MB');
  });

  it('follows redirects that keep the body, on the same origin', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/') response.writeHead(308, { location: '/moved' }).end();
      else response.end(JSON.stringify({ path: request.url, method: request.method }));
    });
    expect((await post(url)).json).toEqual({ path: '/moved', method: 'POST' });
  });

  it.each([
    [307, 'http://localhost:9/elsewhere', 'redirects to another host'],
    [307, undefined, 'redirects to another host'],
    [302, '/moved', 'drops the body'],
    [307, '/', 'redirects more than 3 times'],
  ])('refuses HTTP %i to %s', async (status, location, said) => {
    const url = await serve((_, response) =>
      response.writeHead(status, location === undefined ? {} : { location }).end(),
    );
    await expect(post(url)).rejects.toThrow(said);
    await expect(post(url)).rejects.toThrow(DeliveryRefusedError);
  });

  it('does not quote a secret that no header can carry', async () => {
    const sent = post('https://slack.invalid', { headers: { authorization: 'Bearer hush\nx' } });
    await expect(sent).rejects.toThrow(/^(?!.*hush).*no header can carry/s);
  });
});

describe('allowedUrl', () => {
  it.each([
    'https://a.example/x?y',
    'http://127.0.0.1:80/',
    'http://localhost:3000',
    'http://[::1]/',
  ])('lets %s pass', (url) => {
    expect(allowedUrl('soc', url).href).toBe(new URL(url).href);
  });
  it.each([
    'http://a.example/hush',
    'ftp://127.0.0.1/hush',
    'hush',
    'https://u:hush@a.example',
    '',
  ])('refuses %s without quoting it', (url) => {
    expect(() => allowedUrl('soc', url)).toThrow(/^channel soc refused .*(?<!hush)$/);
  });
});

describe('retryAfterSeconds', () => {
  const now = new Date('2026-05-01T12:00:00Z');
  it.each([
    ['30', 30],
    ['0', 1],
    ['1.2', 2],
    ['Fri, 01 May 2026 12:01:00 GMT', 60],
    ['Fri, 01 May 2026 11:00:00 GMT', 1],
    ['999999999', 43_200],
    ['soon', 30],
    ['', 30],
    [null, 30],
  ])('reads %j as %i s', (header, seconds) => {
    expect(retryAfterSeconds(header, now)).toBe(seconds);
  });
});

describe('failureInWords', () => {
  it('says no more than a code', () => {
    expect(failureInWords(new Error('https://hush', { cause: { code: 'hush hush' } }))).toBe(
      'the connection failed',
    );
    expect(failureInWords('hush')).toBe('the connection failed');
  });
});
