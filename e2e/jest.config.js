import { join } from 'node:path';
import unit from '../jest.config.js';

// Each world leaves there what targetgate has called, for scripts/least-privilege.ts.
process.env.TARGETGATE_CALLS = join(import.meta.dirname, '../report/test/calls');

/**
 * End-to-end tests: programs as real processes on the sandbox. Two files at a time (--maxWorkers=2): each has a sandbox
 * of its own, and mostly waits.
 *
 * @type {import('jest').Config}
 */
export default {
  ...unit,
  roots: ['<rootDir>'],
  testMatch: ['**/*.e2e.ts'],
  // They need a network namespace of their own, and have a configuration of their own.
  testPathIgnorePatterns: ['/private-addresses/'],
  testTimeout: 120_000,
};
