export { handler } from '../../../../services/cloudtrail-guard/src/restart-trail/handler.ts';
export { sdkTime } from './sdk-time.ts';
