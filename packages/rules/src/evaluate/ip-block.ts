/** An address as its 16-bit groups: 2 of IPv4, 8 of IPv6. */
export type IpAddress = readonly number[];

/** A CIDR block: the groups of its address, and how many bits count. */
export interface IpBlock {
  readonly groups: IpAddress;
  readonly bits: number;
}

const longest = '0000:0000:0000:0000:0000:ffff:255.255.255.255'.length;

/** Reads an address; an IPv4 address mapped into IPv6 (`::ffff:192.0.2.1`) is the IPv4 address. Undefined where the text is none. */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (text.length > longest) return undefined;
  if (!text.includes(':')) return parseIpv4(text);
  const groups = parseIpv6(text);
  const isMapped = groups?.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  return isMapped ? groups?.slice(6) : groups;
}

/** Reads `192.0.2.0/24`, `2001:db8::/32`, or an address, which is a block of one. Undefined where the text is none. */
export function parseIpBlock(text: string): IpBlock | undefined {
  const [address = '', bits, more] = text.split('/');
  const groups = parseIpAddress(address);
  if (!groups || more !== undefined) return undefined;
  const most = groups.length * 16;
  if (bits === undefined) return { groups, bits: most };
  // Bits of a mapped address count from the beginning of the IPv6 one.
  const before = address.includes(':') ? 128 - most : 0;
  const counted = /^\d{1,3}$/.test(bits) ? Number(bits) - before : -1;
  return counted >= 0 && counted <= most ? { groups, bits: counted } : undefined;
}

/** True where the address lies in the block; never where one is IPv4 and the other IPv6. */
export function isInBlock(address: IpAddress, { groups, bits }: IpBlock): boolean {
  if (address.length !== groups.length) return false;
  return groups.every((group, index) => {
    const counted = Math.min(16, Math.max(0, bits - index * 16));
    const mask = (0xffff << (16 - counted)) & 0xffff;
    return ((group ^ (address[index] ?? 0)) & mask) === 0;
  });
}

function parseIpv4(text: string): number[] | undefined {
  const parts = text.split('.');
  const isAddress =
    parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
  if (!isAddress) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = parts.map(Number);
  return [a * 256 + b, c * 256 + d];
}

function parseIpv6(text: string): number[] | undefined {
  const [head = '', tail, more] = text.split('::');
  if (more !== undefined) return undefined;
  const before = groupsOf(head, tail === undefined);
  if (tail === undefined) return before?.length === 8 ? before : undefined;
  const after = groupsOf(tail, true);
  const missing = 8 - (before?.length ?? 8) - (after?.length ?? 8);
  if (!before || !after || missing < 1) return undefined;
  return [...before, ...Array<number>(missing).fill(0), ...after];
}

/** Groups of a part of an address, in hexadecimal digits; its last one may be an IPv4 address where the part ends the whole. */
function groupsOf(part: string, isLast: boolean): number[] | undefined {
  if (part === '') return [];
  const groups: number[] = [];
  const written = part.split(':');
  for (const [index, group] of written.entries()) {
    const ipv4 =
      isLast && index === written.length - 1 && group.includes('.') ? parseIpv4(group) : undefined;
    if (ipv4) groups.push(...ipv4);
    else if (/^[0-9a-f]{1,4}$/i.test(group)) groups.push(Number.parseInt(group, 16));
    else return undefined;
  }
  return groups;
}
