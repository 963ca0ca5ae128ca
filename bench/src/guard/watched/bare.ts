export { handler } from '../bare/handler.ts';
export { sdkTime } from './sdk-time.ts';
