import { readFile } from 'node:fs/promises';
import type { KubeConfig, User } from '@kubernetes/client-node';

type Authenticator = Parameters<KubeConfig['addAuthenticator']>[0];

const providerName = 'targetgate-token-file';

/** A user whose token is read from a file, as ServiceAccount tokens are: the kubelet replaces them before they expire. */
export const withTokenFile = (user: User, file: string): User => ({
  ...user,
  authProvider: { name: providerName, config: { file } },
});

/**
 * Reads the token file anew each time. client-node's own authenticator keeps a token for a minute, even after the API
 * server has refused it, and takes the newline at a file's end for a part of the token.
 */
export const tokenFileAuthenticator: Authenticator = {
  isAuthProvider: (user) => fileOf(user) !== undefined,
  async applyAuthentication(user, options: { headers?: Record<string, string> }) {
    const file = fileOf(user);
    if (file === undefined) return;
    const token = (await readFile(file, 'utf8')).trim();
    options.headers = { ...options.headers, Authorization: `Bearer ${token}` };
  },
};

function fileOf(user: User): string | undefined {
  const provider = user.authProvider as { name?: string; config?: { file: string } } | undefined;
  return provider?.name === providerName ? provider.config?.file : undefined;
}
