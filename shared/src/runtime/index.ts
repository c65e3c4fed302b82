export { systemClock, type Clock } from './clock.ts';
export {
  aDuration,
  durationSchema,
  portSchema,
  switchSchema,
  readConfig,
  type Config,
  type ConfigResult,
  type Setting,
  type Settings,
} from './config.ts';
export { startHealthServer, type HealthServer, type Page } from './health-server.ts';
export { createLogger, type Logger } from './logging.ts';
export {
  Counter,
  createMetricsRegistry,
  Gauge,
  Histogram,
  latencyBuckets,
  type Registry,
} from './metrics.ts';
export { Misconfigured } from './misconfigured.ts';
export { configure, run } from './program.ts';
export { commonSettings } from './settings.ts';
