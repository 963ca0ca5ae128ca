export { canonicalJson, NotCanonicalError } from './canonical-json.ts';
export {
  type EvidenceEntry,
  type EvidenceManifest,
  evidenceDigest,
  manifestFolder,
  manifestKey,
  manifestText,
  readManifest,
  sequenceOf,
} from './evidence-manifest.ts';
