import { loadKubeConfig } from './config.ts';

/**
 * The namespace that the kubeconfig's context names, or that the ServiceAccount of the pod is in; undefined where
 * neither says. Throws as loadKubeConfig does.
 */
export function homeNamespaceOf({
  kubeconfig,
}: {
  readonly kubeconfig?: string | undefined;
}): string | undefined {
  const config = loadKubeConfig(kubeconfig, process.env);
  return config.getContextObject(config.getCurrentContext())?.namespace;
}
