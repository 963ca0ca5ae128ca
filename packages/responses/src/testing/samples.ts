// biome-ignore-all lint/style/noRestrictedImports: only tests import this file; the samples are shared with other workspaces
export { claimedRecord, responseRecord } from '@riposte/testing';
