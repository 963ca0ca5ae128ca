import { DeliveryRefusedError } from '../errors.ts';
import type { Secrets } from './ports.ts';

/** Of channels that the function's own role lets it use. */
export const noSecrets: Secrets = {
  read: ({ name }) =>
    Promise.reject(new DeliveryRefusedError(name, 'secret', 'this function reads none')),
};
