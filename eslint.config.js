import tseslint from 'typescript-eslint';

/**
 * The import boundaries of the house. Each vendor stops at one adapter folder, and workspaces import one way:
 * webhook, syncer -> certs, shared; certs -> shared; shared -> none; sandbox, e2e, bench -> all.
 */
const vendors = [
  { name: '@kubernetes/client-node', home: 'shared/src/kube', message: 'only shared/src/kube talks to it' },
  { name: '@aws-sdk', home: 'syncer/src/aws', message: 'only syncer/src/aws talks to it' },
  { name: '@peculiar/x509', home: 'certs/src', message: 'only certs talks to it' },
];

const mayNotImport = {
  shared: ['@targetgate/*'],
  certs: ['@targetgate/webhook', '@targetgate/syncer', '@targetgate/sandbox'],
  webhook: ['@targetgate/syncer', '@targetgate/sandbox'],
  syncer: ['@targetgate/webhook', '@targetgate/certs', '@targetgate/sandbox'],
};

/** A path that climbs out of its workspace: other workspaces are imported by name. */
const climbsOut = {
  regex: '^(\\.\\./)+(shared|certs|webhook|syncer|sandbox|e2e|bench)/',
  message: 'import other workspaces by name (@targetgate/...)',
};

/** The boundary rule for one set of files: the vendors that are not at home there, and its forbidden workspaces. */
function boundary(files, ignores, homes, workspaces) {
  const closed = vendors.filter((vendor) => !homes.includes(vendor.home));
  return {
    files,
    ignores,
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'ImportExpression', message: 'imports stand at the top' },
      ],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...closed.map(({ name, message }) => ({ group: [name, `${name}/*`], message })),
            ...workspaces.map((name) => ({
              group: [name, `${name}/**`],
              message: 'imports go one way; see CONTRIBUTING.md',
            })),
            climbsOut,
          ],
        },
      ],
    },
  };
}

export default tseslint.config(
  // manifests/cdk has dependencies of its own, which are not installed here.
  { ignores: ['**/dist/', '**/node_modules/', 'report/', 'manifests/cdk/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      'no-console': 'off',
    },
  },
  {
    files: ['**/*.ts'],
    ignores: ['**/main.ts', 'scripts/**', 'e2e/**', 'bench/**', 'sandbox/**'],
    rules: { 'no-console': 'error' },
  },
  boundary(['shared/src/**/*.ts'], ['shared/src/kube/**'], [], mayNotImport.shared),
  boundary(['shared/src/kube/**/*.ts'], [], ['shared/src/kube'], mayNotImport.shared),
  boundary(['certs/src/**/*.ts'], [], ['certs/src'], mayNotImport.certs),
  boundary(['webhook/src/**/*.ts'], [], [], mayNotImport.webhook),
  boundary(['syncer/src/**/*.ts'], ['syncer/src/aws/**'], [], mayNotImport.syncer),
  boundary(['syncer/src/aws/**/*.ts'], [], ['syncer/src/aws'], mayNotImport.syncer),
);
