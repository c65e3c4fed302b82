import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the API server knows its users by. */
export interface Credentials {
  /** CSV of token, user, uid, groups for --token-auth-file. */
  readonly tokenFile: string;
  /** The key that signs the tokens of ServiceAccounts, and checks them. */
  readonly serviceAccountKeyFile: string;
  /** Of a user in system:masters, who may do anything. */
  readonly adminToken: string;
  /** Of the user that Kubernetes' own RBAC rules are written for. */
  readonly controllerManagerToken: string;
}

/** Makes new credentials in a folder, for its owner's eyes only. */
export async function createCredentials(directory: string): Promise<Credentials> {
  const adminToken = randomBytes(16).toString('hex');
  const controllerManagerToken = randomBytes(16).toString('hex');
  const tokenFile = join(directory, 'tokens.csv');
  const serviceAccountKeyFile = join(directory, 'service-account.key');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const users = [
    `${adminToken},admin,admin,system:masters`,
    `${controllerManagerToken},system:kube-controller-manager,system:kube-controller-manager,`,
  ];
  await writeFile(tokenFile, `${users.join('\n')}\n`, { mode: 0o600 });
  await writeFile(serviceAccountKeyFile, privateKey.export({ type: 'sec1', format: 'pem' }), { mode: 0o600 });
  return { tokenFile, serviceAccountKeyFile, adminToken, controllerManagerToken };
}
