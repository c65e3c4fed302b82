// Unit tests stand beside the code they test; end-to-end tests have e2e/jest.config.js.
const swc = [
  '@swc/jest',
  { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
];

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: [
    '<rootDir>/shared',
    '<rootDir>/certs',
    '<rootDir>/webhook',
    '<rootDir>/syncer',
    '<rootDir>/sandbox',
    '<rootDir>/bench',
    '<rootDir>/scripts',
  ],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': swc },
  // The first test of a file waits for its imports, on a busy machine for seconds.
  testTimeout: 20_000,
  modulePathIgnorePatterns: ['/dist/'],
};
