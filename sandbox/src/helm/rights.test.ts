import { describe, expect, it } from '@jest/globals';
import { home } from './chart.ts';
import { install, program } from './installation.ts';
import { valueSets } from './value-sets.ts';

describe('the rights of the programs', () => {
  it('let the syncer have a Lease for each shard', async () => {
    const { rulesOf, podOf } = await install(valueSets['three shards']);
    expect(rulesOf('Role', program.syncer)[1]).toMatchObject({
      resources: ['leases'],
      resourceNames: ['targetgate-syncer-0', 'targetgate-syncer-1', 'targetgate-syncer-2'],
    });
    expect(podOf(program.syncer).containers[0].env).toContainEqual({ name: 'SHARDS', value: '3' });
  });

  it('of a syncer for one namespace end there, but for nodes and that Namespace', async () => {
    const everywhere = await install([]);
    const one = await install(valueSets['one namespace']);
    expect(one.rulesOf('ClusterRole', program.syncer)).toEqual([
      { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] },
      {
        apiGroups: [''],
        resources: ['namespaces'],
        resourceNames: ['shop'],
        verbs: ['list', 'watch'],
      },
    ]);
    const work = `${program.syncer}-work`;
    expect(one.find('Role', work)?.metadata.namespace).toBe('shop');
    expect(one.find('RoleBinding', work)).toMatchObject({
      metadata: { namespace: 'shop' },
      subjects: [{ name: program.syncer, namespace: home }],
    });
    expect(one.rulesOf('Role', work)).toEqual(everywhere.rulesOf('ClusterRole', program.syncer).slice(2));
  });

  it('are those of a syncer alone in shadow mode, which only reads', async () => {
    const { objects, rulesOf, podOf, namesOf } = await install([
      ...valueSets['shadow mode'],
      '--set=networkPolicy.enabled=true',
      '--set=metrics.service.enabled=true',
    ]);
    expect(JSON.stringify(objects)).not.toContain('webhook');
    expect(namesOf('CustomResourceDefinition')).toEqual([]);
    expect(podOf(program.syncer).containers[0].env).toContainEqual({ name: 'SHADOW', value: 'true' });
    const verbs = new Set(rulesOf('ClusterRole', program.syncer).flatMap((rule) => rule.verbs));
    expect([...verbs]).toEqual(['get', 'list', 'watch']);
    expect(namesOf('Role')).toEqual([]);
  });

  it('in AWS come by the role of IRSA on the syncer’s account', async () => {
    const { find } = await install(valueSets.IRSA);
    expect(find('ServiceAccount', program.syncer)?.metadata).toMatchObject({
      annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/targetgate' },
    });
  });

  it('are bound to accounts that were made elsewhere', async () => {
    const { objects, namesOf, podOf } = await install(valueSets['accounts made elsewhere']);
    expect(namesOf('ServiceAccount')).toEqual([]);
    expect(podOf(program.syncer)).toMatchObject({ serviceAccountName: 'edge' });
    const subjects = objects.flatMap(({ subjects = [] }) => subjects as { name: string }[]);
    expect(new Set(subjects.map(({ name }) => name))).toEqual(new Set(['edge']));
  });
});
