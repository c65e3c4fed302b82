import type { KubeClient } from '@targetgate/shared/kube';
import type { Fence } from './fence.ts';

/**
 * The API server behind a fence: everybody may read, only a leader may write. What a leader waits for is given up when
 * the fence falls, reads too: whoever leads again must not have to wait for an answer that does not come.
 */
export const behindFence = (client: KubeClient, fence: Fence): KubeClient => ({
  ...client,
  request: async (request) => {
    const isRead = request.method === 'GET';
    if (isRead && !fence.isOpen) return client.request(request);
    fence.check();
    const { signal } = fence;
    return client.request({
      ...request,
      signal: request.signal ? AbortSignal.any([request.signal, signal]) : signal,
      ...(!isRead && { beforeSend: () => fence.check() }),
    });
  },
});
