import { describe, expect, it } from '@jest/globals';
import { jiraAuthorization, serviceNowAuthorization } from './ticket-secrets.ts';

const decoded = (header: string) => Buffer.from(header.replace('Basic ', ''), 'base64').toString();

describe('secrets of tickets', () => {
  it('become the header of their system', () => {
    const cloud = { name: 'c', edition: 'cloud' } as const;
    const { header } = jiraAuthorization(cloud, { email: 'é@b.example', token: 't' });
    expect(decoded(header)).toBe('é@b.example:t');
    const own = { name: 'c', edition: 'data-center' } as const;
    expect(jiraAuthorization(own, { token: 't' }).header).toBe('Bearer t');
    const login = serviceNowAuthorization({ name: 'c' }, { user: 'u', password: 'p:w ü' });
    expect(decoded(login.header)).toBe('u:p:w ü');
    expect(serviceNowAuthorization({ name: 'c' }, { token: 't' }).header).toBe('Bearer t');
  });

  it('name what may appear nowhere, also as it is sent', () => {
    const { confidential, header } = serviceNowAuthorization(
      { name: 'c' },
      { user: 'u', password: 'pw' },
    );
    expect(confidential).toEqual(['pw', header.replace('Basic ', '')]);
  });

  it.each([
    [{ user: 'u', password: '' }, /^channel c refused the message \(secret\.password\): Too small/],
    [
      { user: 7, password: 'hush' },
      /\(secret\.user\): Invalid input: expected string, received number$/,
    ],
    ['hush', /\(secret\): Invalid input: expected object, received string$/],
    [{ token: 'hush hush' }, /\(secret\.token\): has characters that no token has$/],
  ])('are refused with what is wrong, never with their values: %j', (secret, words) => {
    expect(() => serviceNowAuthorization({ name: 'c' }, secret)).toThrow(words);
    expect(() => serviceNowAuthorization({ name: 'c' }, secret)).not.toThrow('hush');
  });
});
