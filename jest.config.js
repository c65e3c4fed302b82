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
  // A test that waits for what never comes ends; no other does, on however slow a machine.
  testTimeout: 60_000,
  modulePathIgnorePatterns: ['/dist/'],
};
