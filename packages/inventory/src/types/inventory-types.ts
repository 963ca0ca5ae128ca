import type { InventoryType } from '../model/inventory-type.ts';

/** Stands for all attributes of a line. */
export const everyAttribute = '*';

type Columns = Omit<InventoryType, 'name' | 'times'> & Partial<Pick<InventoryType, 'times'>>;

const counts = (kinds: readonly string[]) => kinds.map((kind) => `${kind}Count`);
const severities = ['Critical', 'High', 'Medium', 'Low', 'Informational', 'Unspecified'];

/**
 * What the agent gathers, and what the service adds. Left out of `compare` is what flaps by itself: times of access and of operations,
 * clock speeds, the agent's state.
 *
 * @see https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/plugins/inventory/model/model.go
 */
const types: Readonly<Record<string, Columns>> = {
  'AWS:File': {
    identity: ['InstalledDir', 'Name'],
    compare: [
      ...['Size', 'ModificationTime', 'FileVersion', 'ProductVersion', 'CompanyName'],
      ...['ProductName', 'ProductLanguage', 'InstalledDate', 'Description'],
    ],
    times: ['ModificationTime', 'InstalledDate'],
  },
  'AWS:Application': {
    identity: ['Name', 'Architecture', 'Publisher'],
    compare: ['Version', 'Release', 'Epoch', 'InstalledTime', 'PackageId'],
    times: ['InstalledTime'],
  },
  'AWS:AWSComponent': {
    identity: ['Name', 'Architecture', 'Publisher'],
    compare: ['Version'],
  },
  'AWS:Network': {
    identity: ['Name'],
    compare: ['MacAddress', 'IPV4', 'IPV6', 'SubnetMask', 'Gateway', 'DHCPServer', 'DNSServer'],
  },
  'AWS:Service': {
    identity: ['Name'],
    compare: ['DisplayName', 'ServiceType', 'StartType'],
  },
  'AWS:WindowsRegistry': {
    identity: ['KeyPath', 'ValueName'],
    compare: ['ValueType', 'Value'],
  },
  'AWS:WindowsRole': { identity: ['Name'], compare: ['Installed', 'InstalledState'] },
  'AWS:WindowsUpdate': {
    identity: ['HotFixId'],
    compare: ['InstalledTime', 'InstalledBy', 'Description'],
    times: ['InstalledTime'],
  },
  'AWS:InstanceInformation': {
    identity: ['InstanceId'],
    compare: [
      ...['AgentType', 'AgentVersion', 'ComputerName', 'InstanceStatus', 'IpAddress'],
      ...['PlatformName', 'PlatformType', 'PlatformVersion', 'ResourceType'],
    ],
  },
  'AWS:InstanceDetailedInformation': {
    identity: [],
    compare: [
      ...['CPUModel', 'CPUs', 'CPUCores', 'CPUSockets', 'CPUHyperThreadEnabled'],
      ...['KernelVersion', 'OSServicePack'],
    ],
  },
  'AWS:BillingInfo': { identity: ['BillingProductId'], compare: [] },
  'AWS:Tag': { identity: ['Key'], compare: ['Value'] },
  'AWS:ComplianceItem': {
    identity: ['ComplianceType', 'Id', 'Title'],
    compare: ['Status', 'Severity', 'PatchState'],
  },
  'AWS:PatchSummary': {
    identity: [],
    compare: [
      ...['BaselineId', 'PatchGroup'],
      ...counts(['Installed', 'InstalledOther', 'InstalledPendingReboot', 'InstalledRejected']),
      ...counts(['Missing', 'Failed', 'NotApplicable', 'UnreportedNotApplicable']),
      ...counts(['CriticalNonCompliant', 'SecurityNonCompliant', 'OtherNonCompliant']),
    ],
  },
  'AWS:ComplianceSummary': {
    identity: ['ComplianceType'],
    compare: [
      ...['Status', 'OverallSeverity', 'PatchBaselineId', 'PatchGroup'],
      ...['Compliant', 'NonCompliant'].flatMap((state) => [
        ...counts([state]),
        ...counts(severities.map((severity) => `${state}${severity}`)),
      ]),
    ],
  },
  'Custom:FileHash': { identity: ['path'], compare: ['sha256', 'mode', 'owner', 'ctime'] },
};

/**
 * How the lines of a type are read and compared. Of a type that nobody has described, a thing is all that its line says: whatever changes
 * is one thing gone and another one there.
 *
 * @param custom descriptions of `Custom:` types, or in place of the known ones.
 * @example
 * inventoryType('AWS:Service').identity; // ['Name']
 */
export function inventoryType(name: string, custom: readonly InventoryType[] = []): InventoryType {
  const described = custom.find((type) => type.name === name);
  if (described) return described;
  const known = Object.hasOwn(types, name) ? types[name] : undefined;
  return { name, times: [], ...(known ?? { identity: [everyAttribute], compare: [] }) };
}
