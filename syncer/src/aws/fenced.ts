import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Fence } from '../leadership/fence.ts';

/**
 * Puts a client behind a fence: at its last door, where signed requests become HTTP. What comes before takes its time: a
 * role may have to be assumed first. Calls that are under way when the fence falls are ended.
 */
export function behindFence(
  client: ElasticLoadBalancingV2Client,
  fence: Fence,
): ElasticLoadBalancingV2Client {
  const { requestHandler } = client.config;
  const send = requestHandler.handle.bind(requestHandler);
  requestHandler.handle = async (request, options) => {
    fence.check();
    return send(request, { ...options, abortSignal: fence.signal });
  };
  return client;
}
