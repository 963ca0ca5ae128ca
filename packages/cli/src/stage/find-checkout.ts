import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MissingCheckoutError } from '../errors.ts';

/**
 * The folder of the project's checkout: the nearest one upwards that holds its services.
 *
 * @throws MissingCheckoutError where there is none, or its packages are not installed.
 */
export function findCheckout(from: string): string {
  const checkout = upwards(from).find((folder) =>
    existsSync(join(folder, 'services', 'foundation', 'package.json')),
  );
  if (checkout === undefined) {
    throw new MissingCheckoutError(
      `the local stage deploys services from a checkout of Riposte, and ${from} is in none`,
      'clone the project, run npm ci in it, and run the command there; responses, trail and doctor need no checkout',
    );
  }
  if (existsSync(join(checkout, 'node_modules', 'serverless'))) return checkout;
  throw new MissingCheckoutError(
    `the packages of ${checkout} are not installed`,
    `run npm ci in ${checkout}`,
  );
}

function upwards(from: string): readonly string[] {
  const parent = dirname(from);
  return parent === from ? [from] : [from, ...upwards(parent)];
}
