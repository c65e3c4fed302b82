import { z } from 'zod';
import type { HealthCheckInput } from '../../model/health-check-settings.ts';
import { only, port, whole } from './input.ts';

/**
 * The fields by which CreateTargetGroup and ModifyTargetGroup set the health check. AWS takes intervals of 5-300 s
 * and timeouts of 2-120 s; here both may be as short as 1 s, for quick tests.
 */
export const healthCheckInput = {
  HealthCheckProtocol: only('HTTP', 'TCP').optional(),
  HealthCheckEnabled: only('true').optional(),
  HealthCheckPath: z.string().startsWith('/').max(1024).optional(),
  HealthCheckPort: z.union([z.literal('traffic-port'), port]).optional(),
  HealthCheckIntervalSeconds: whole(1, 300).optional(),
  HealthCheckTimeoutSeconds: whole(1, 120).optional(),
  HealthyThresholdCount: whole(2, 10).optional(),
  UnhealthyThresholdCount: whole(2, 10).optional(),
  Matcher: z.object({ HttpCode: z.string() }).optional(),
};

/** The same in the model's words. */
export const healthCheckOf = (input: z.output<z.ZodObject<typeof healthCheckInput>>): HealthCheckInput => ({
  protocol: input.HealthCheckProtocol,
  path: input.HealthCheckPath,
  port: input.HealthCheckPort,
  intervalSeconds: input.HealthCheckIntervalSeconds,
  timeoutSeconds: input.HealthCheckTimeoutSeconds,
  healthyThreshold: input.HealthyThresholdCount,
  unhealthyThreshold: input.UnhealthyThresholdCount,
  matcher: input.Matcher?.HttpCode,
});
