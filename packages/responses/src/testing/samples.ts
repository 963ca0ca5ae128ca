export { claimedRecord, responseRecord } from '@riposte/testing';
