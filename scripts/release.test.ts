import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };

function release(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('bash', ['scripts/release.sh', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('a release that is only tried', () => {
  const { status, stdout, stderr } = release('--dry-run', 'registry.example/targetgate', version);
  const lines = stdout.trimEnd().split('\n');

  it('asks for known vulnerabilities, builds, signs and pushes, in this order', () => {
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(lines.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'npm audit',
      ...Array<string[]>(2).fill(['docker buildx', 'npm sbom', 'cosign sign', 'cosign attest']).flat(),
      'helm package',
      'helm push',
    ]);
  });

  it.each(['webhook', 'syncer'])(
    'builds the %s for both platforms, from pinned bases, with its evidence',
    (program) => {
      const build = lines.find((line) => line.includes(`--file Dockerfile.${program} `));
      for (const flag of [
        '--platform linux/amd64,linux/arm64',
        '--build-arg BUILD_IMAGE=node:24-bookworm-slim@sha256:DIGEST',
        '--build-arg RUN_IMAGE=gcr.io/distroless/nodejs24-debian12:nonroot@sha256:DIGEST',
        `--label org.opencontainers.image.version=${version}`,
        '--label org.opencontainers.image.base.digest=sha256:DIGEST',
        '--sbom=true',
        '--provenance=mode=max',
        `--tag registry.example/targetgate/${program}:${version}`,
        '--push',
      ]) {
        expect(build).toContain(flag);
      }
    },
  );

  it('signs what was pushed, by digest and not by tag', () => {
    const signed = lines.filter((line) => line.startsWith('cosign')).map((line) => line.split(' ').at(-1));
    const [webhook, syncer] = ['webhook', 'syncer'].map(
      (program) => `registry.example/targetgate/${program}@sha256:DIGEST`,
    );
    expect(signed).toEqual([webhook, webhook, syncer, syncer]);
  });

  it('pushes the chart beside the images', () => {
    expect(readFileSync(path.join(root, 'manifests/chart/Chart.yaml'), 'utf8')).toMatch(
      /^name: targetgate$/m,
    );
    expect(lines.at(-1)).toBe(
      `helm push report/release/${version}/targetgate-${version}.tgz oci://registry.example/targetgate/charts`,
    );
  });
});

it('the help says how to start a release', () => {
  const { status, stdout } = release('--help');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^Usage: scripts\/release\.sh \[--dry-run\] REGISTRY VERSION\n/);
});

it.each([
  [[], 'it takes a registry and a version, such as registry.example/targetgate 0.1.0'],
  [['registry.example'], 'it takes a registry and a version, such as registry.example/targetgate 0.1.0'],
  [['--push', 'registry.example', version], 'there is no option --push; see --help'],
  [
    ['https://registry.example', version],
    'https://registry.example is no registry: name it without https://',
  ],
  [['registry.example', 'v1'], 'v1 is no version, such as 0.1.0'],
  [['registry.example', '99.0.0'], `package.json says ${version}, not 99.0.0`],
])('a release with the arguments %j ends with one line that says why', (args, message) => {
  expect(release(...args)).toEqual({ status: 2, stdout: '', stderr: `release.sh: ${message}\n` });
});
