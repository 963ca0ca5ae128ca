/** A resource of a CloudFormation template, as far as the plugin reads it. */
export interface TemplateResource {
  Type: string;
  DependsOn?: string | string[];
  Properties: Record<string, unknown>;
}

export interface Template {
  Resources: Record<string, TemplateResource>;
}

/** An event of a function, in the framework's words. */
export interface FunctionEvent {
  eventBridge?: Record<string, unknown>;
  stream?: Record<string, unknown>;
  sqs?: Record<string, unknown>;
}

/** A function, in the framework's words. */
export interface FunctionDefinition {
  name?: string;
  events?: (FunctionEvent | undefined)[];
  environment?: Record<string, unknown>;
  iamRoleStatements?: unknown[];
  iamRoleStatementsName?: string;
  reservedConcurrency?: number | undefined;
  destinations?: Record<string, unknown>;
}

/** A service, in the framework's words. */
export interface Service {
  service?: string;
  custom?: { riposte?: { alarmTopic?: object; reservedConcurrency?: number | string } };
  functions: Record<string, FunctionDefinition>;
  provider?: { compiledCloudFormationTemplate: Template };
  resources?: object | readonly object[];
}
