import e2e from '../jest.config.js';

/**
 * End-to-end tests that need addresses other than loopback ones, which only a network namespace has:
 * node sandbox/src/netns/main.ts -- COMMAND.
 *
 * @type {import('jest').Config}
 */
export default { ...e2e, testPathIgnorePatterns: [] };
