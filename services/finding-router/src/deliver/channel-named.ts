import type { Channel, ChannelType } from '@riposte/rules';
import { DeliveryRefusedError } from '../errors.ts';
import type { DeliverPorts } from './ports.ts';

export type ChannelOf<TType extends ChannelType> = Extract<Channel, { readonly type: TType }>;

/** Members that may hold `${NAME}`, which the deployment replaces. */
const addresses = ['topic', 'conversation', 'url', 'apiUrl', 'secret', 'project'];

/**
 * A channel of the rule set.
 *
 * @throws DeliveryRefusedError where there is none of this name and type, or its address is not complete.
 */
export function channelNamed<TType extends ChannelType>(
  name: string,
  type: TType,
  { resolveChannel }: Pick<DeliverPorts, 'resolveChannel'>,
): ChannelOf<TType> {
  const channel = resolveChannel(name);
  if (!channel) throw new DeliveryRefusedError(name, 'channel', 'the rules have no such channel');
  if (!isOfType(channel, type)) {
    throw new DeliveryRefusedError(name, 'type', `it is of type ${channel.type} now`);
  }
  for (const [path, value] of Object.entries(channel)) {
    const missing = typeof value === 'string' ? /\$\{\w+\}/.exec(value)?.[0] : undefined;
    if (missing === undefined || !addresses.includes(path)) continue;
    throw new DeliveryRefusedError(name, path, `the deployment does not say what ${missing} is`);
  }
  return channel;
}

function isOfType<TType extends ChannelType>(
  channel: Channel,
  type: TType,
): channel is ChannelOf<TType> {
  return channel.type === type;
}
