/** A kube-proxy stand-in: clusterIP:port and nodeIP:nodePort of every service, forwarded to its ready pods. */
export type { RecordEvent, ServiceEvent } from './event.ts';
export { startServices, type Services, type ServicesOptions } from './start-services.ts';
