import type { Caller } from '@riposte/local-stage';

/** Somebody with a role that is nobody's exemption, and words of their own choice. */
export const intruder: Caller = {
  type: 'AssumedRole',
  role: 'Admin',
  sessionName: 'mallory',
  mfa: false,
  sourceIp: '203.0.113.66',
  userAgent: 'aws-cli/2.31.0 Python/3.13',
};

/** A role that settings may exempt. */
export const deployer: Caller = { type: 'AssumedRole', role: 'Deployer', sessionName: 'pipeline' };
