import { ListParentsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { organizationsUnits } from './organizations-units.ts';

const organizations = mockClient(OrganizationsClient);
const units = organizationsUnits(new OrganizationsClient({}));

beforeEach(() => {
  organizations.reset();
});

describe('organizationsUnits', () => {
  it('names all units above an account, and the root', async () => {
    organizations
      .on(ListParentsCommand, { ChildId: '123456789012' })
      .resolves({ Parents: [{ Id: 'ou-leaf', Type: 'ORGANIZATIONAL_UNIT' }] })
      .on(ListParentsCommand, { ChildId: 'ou-leaf' })
      .resolves({ Parents: [{ Id: 'ou-top', Type: 'ORGANIZATIONAL_UNIT' }] })
      .on(ListParentsCommand, { ChildId: 'ou-top' })
      .resolves({ Parents: [{ Id: 'r-root', Type: 'ROOT' }] });
    expect(await units.of('123456789012')).toEqual(['ou-leaf', 'ou-top', 'r-root']);
  });

  it('ends where nothing is above, and never goes round in circles', async () => {
    organizations.on(ListParentsCommand).resolvesOnce({ Parents: [] });
    expect(await units.of('123456789012')).toEqual([]);
    organizations
      .on(ListParentsCommand)
      .resolves({ Parents: [{ Id: 'ou-a', Type: 'ORGANIZATIONAL_UNIT' }] });
    expect(await units.of('123456789012')).toHaveLength(6);
  });

  it('lets a refusal through: the caller says that it is not known', async () => {
    organizations.on(ListParentsCommand).rejects(new Error('AccessDenied'));
    await expect(units.of('123456789012')).rejects.toThrow('AccessDenied');
  });
});
