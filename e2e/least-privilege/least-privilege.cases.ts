import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { needsOf } from './needs.ts';
import type { Privileges } from './privileges.ts';

/**
 * Each role allows what is done with it, and nothing else; and each way to allow more or less would be noticed.
 *
 * @param names of every function that is deployed, and of every role that functions assume
 */
export function leastPrivilegeCases(names: readonly string[], privileges: () => Privileges): void {
  const grantsOf = (name: string) => privileges().granteeNamed(name).grants;
  const problemsWith: Privileges['problemsWith'] = (name, grants) =>
    privileges().problemsWith(name, grants);

  describe('every function that is deployed', () => {
    it('is looked at', () => {
      expect(
        privileges()
          .grantees.map(({ name }) => name)
          .sort(),
      ).toEqual([...names].sort());
    });

    it('calls nothing that nobody has thought about', () => {
      const { calls } = privileges();
      expect(calls.length).toBeGreaterThan(200);
      expect(() => calls.flatMap(needsOf)).not.toThrow();
      const [call] = calls;
      const unknown = { ...call, service: 'ec2', operation: 'TerminateInstances' };
      expect(() => needsOf(Object.assign({}, call, unknown))).toThrow('ec2:TerminateInstances');
    });
  });

  describe.each(names)('the role of %s', (name) => {
    it('allows what is done with it, and nothing else', async () => {
      expect(await problemsWith(name, grantsOf(name))).toEqual([]);
    });

    it('is missed a permission that is taken away, whichever it is', async () => {
      const grants = grantsOf(name);
      for (const gone of grants) {
        const problems = await problemsWith(
          name,
          grants.filter((grant) => grant !== gone),
        );
        expect(problems.length).toBeGreaterThan(0);
        const named = new RegExp(`^${name} (may not|lacks) ${gone.action} on `);
        expect(problems.filter((problem) => !named.test(problem))).toEqual([]);
      }
    });

    it('is missed a condition that AWS would not need', async () => {
      const { grants, onBehalf } = privileges().granteeNamed(name);
      for (const { action, condition } of onBehalf.filter((listed) => listed.condition)) {
        const open = grants.map((grant) =>
          isDeepStrictEqual(grant.condition, condition)
            ? { action: grant.action, resource: grant.resource }
            : grant,
        );
        const problems = await problemsWith(name, open);
        expect(problems).toEqual([expect.stringContaining(`${name} lacks ${action} on `)]);
      }
    });

    it.each([
      { action: 's3:DeleteObject', resource: 'arn:aws:s3:::riposte-evidence/responses/a' },
      { action: 'cloudtrail:StopLogging', resource: 'arn:aws:cloudtrail:*:123456789012:trail/*' },
      { action: 'sns:Publish', resource: 'arn:aws:sns:us-east-1:123456789012:of-others' },
    ])('is told of $action on $resource, which nothing uses', async (added) => {
      expect(await problemsWith(name, [...grantsOf(name), added])).toEqual([
        `${name} does not use ${added.action} on ${added.resource}`,
      ]);
    });

    it('is told of a resource that is wider than needed, and of a permission that is there twice', async () => {
      const grants = grantsOf(name);
      for (const grant of grants.filter(({ resource }) => !resource.includes('*'))) {
        const wide = { ...grant, resource: grant.resource.replace(/[^:/]+$/, '*') };
        expect(await problemsWith(name, [...grants, wide])).toContainEqual(
          `${name} may ${wide.action} on more than it uses: ${wide.resource}`,
        );
      }
      const [first] = grants;
      expect(await problemsWith(name, first ? [...grants, { ...first }] : [])).toEqual([
        `${name} has ${first?.action} on ${first?.resource} twice`,
      ]);
    });
  });
}
