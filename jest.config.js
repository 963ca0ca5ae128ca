/** @type {import('jest').Config} */
const shared = {
  rootDir: __dirname,
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript' },
          target: 'es2023',
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
};

module.exports = {
  // Stages wait more than they work: one for each core.
  maxWorkers: 2,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/{packages,services}/*/src/**/*.test.ts',
        '<rootDir>/bench/src/**/*.test.ts',
      ],
    },
    {
      ...shared,
      displayName: 'e2e',
      testMatch: ['<rootDir>/e2e/**/*.test.ts'],
    },
  ],
  coverageProvider: 'v8',
  coverageReporters: ['text-summary', 'lcov'],
  // Files that no test imports count too; files of types alone do not.
  collectCoverageFrom: [
    '{packages,services}/*/src/**/*.{ts,cjs}',
    '!**/*.test.ts',
    '!**/src/testing/**',
    '!**/{ports,types,response-record}.ts',
  ],
  coverageThreshold: { global: { lines: 90, branches: 90 } },
};
