export { awsResourceTags } from './aws-resource-tags.ts';
export type { ResourceTags, Tags } from './ports.ts';
export { plannedTags, setTags, type TagTarget, tagsBack } from './set-tags.ts';
