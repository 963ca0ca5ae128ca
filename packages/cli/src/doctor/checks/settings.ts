import { type Check, missing, ok } from '../check.ts';

const service = 'cloudtrail-guard';

/** Settings and kill switch can be read, are valid, and allow changes. */
export const settingsCheck: Check = {
  name: 'settings',
  reads: ['ssm:GetParameters'],
  async run(ports) {
    const { stage, region } = ports.deployment;
    const settingsName = `/riposte/${stage}/${service}/settings`;
    const switchName = `/riposte/${stage}/kill-switch`;
    const reading = await ports.settings(service).read();
    if (!reading.readable) {
      const mend = `correct SSM parameters ${settingsName} (JSON) and ${switchName} (on or off); docs/settings.md has the format`;
      return [missing(`settings or kill switch cannot be used: ${reading.reason}`, mend)];
    }
    const { modes, exemptPrincipals, exemptResources } = reading.settings;
    const changed = Object.entries(modes).map(([kind, mode]) => `${kind}=${mode}`);
    const exempt = `${exemptPrincipals.length} principals and ${exemptResources.length} resources exempt`;
    const settings = ok(
      `settings of ${service} are valid: ${changed.join(', ') || 'default modes'}; ${exempt}`,
    );
    if (reading.switch === 'changes-allowed')
      return [settings, ok('kill switch is off: changes are allowed')];
    return [
      settings,
      missing(
        'kill switch is ON: Riposte changes nothing',
        `aws ssm put-parameter --overwrite --name ${switchName} --value off --region ${region}`,
      ),
    ];
  },
};
