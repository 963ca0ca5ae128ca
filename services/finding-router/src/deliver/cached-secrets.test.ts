import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { slack } from '../testing/deliver-world.ts';
import { cachedSecrets } from './cached-secrets.ts';
import { noSecrets } from './no-secrets.ts';

const manager = mockClient(SecretsManagerClient);
let now = new Date();
const secrets = () =>
  cachedSecrets({ client: new SecretsManagerClient({ region: 'eu-west-1' }), clock: () => now });

beforeEach(() => {
  manager.reset();
});

describe('cachedSecrets', () => {
  it('remembers a secret for five minutes, unless it is asked for afresh', async () => {
    manager.on(GetSecretValueCommand).resolves({ SecretString: '{"token":"t"}' });
    const { read } = secrets();
    const asked = () => manager.commandCalls(GetSecretValueCommand).length;
    expect(await read(slack)).toEqual({ token: 't' });
    await read(slack);
    expect(asked()).toBe(1);
    await read(slack, true);
    expect(asked()).toBe(2);
    now = new Date(now.getTime() + 5 * 60_000);
    await read(slack);
    expect(asked()).toBe(3);
  });

  it.each([
    ['is missing', { rejects: new ResourceNotFoundException({ message: 'no', $metadata: {} }) }],
    ['holds bytes', { resolves: {} }],
    ['is no JSON', { resolves: { SecretString: 'hush hush' } }],
  ])('refuses a secret that %s, without quoting it', async (_, answer) => {
    const asked = manager.on(GetSecretValueCommand);
    if ('rejects' in answer) asked.rejects(answer.rejects);
    else asked.resolves(answer.resolves);
    const sent = secrets().read(slack);
    await expect(sent).rejects.toMatchObject({ name: 'DeliveryRefusedError', path: 'secret' });
    await expect(sent).rejects.toThrow(/^(?!.*hush)/);
  });

  it('leaves to a later try what may pass', async () => {
    manager.on(GetSecretValueCommand).rejects(new TypeError('throttled'));
    await expect(secrets().read(slack)).rejects.toThrow('throttled');
  });
});

describe('noSecrets', () => {
  it('reads none', async () => {
    await expect(noSecrets.read(slack)).rejects.toMatchObject({ path: 'secret' });
  });
});
