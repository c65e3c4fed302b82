import { preStopMs, type RawHook } from './pre-stop.ts';
import { projectProbe, type Port, type Probe, type RawProbe } from './probe.ts';

/** An entry of a container's environment. Only `value` and `fieldRef` are understood. */
export interface EnvironmentEntry {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string } };
}

/** A container, projected to what a node needs to run it. Volumes are not mounted, and `command` is not read. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly args: readonly string[];
  readonly environment: readonly EnvironmentEntry[];
  readonly ports: readonly Port[];
  readonly startup: Probe | undefined;
  readonly readiness: Probe | undefined;
  readonly liveness: Probe | undefined;
  readonly preStopMs: number;
}

/** The fields of an API container that are read here. */
export interface RawContainer {
  readonly name: string;
  readonly image?: string;
  readonly args?: readonly string[];
  readonly env?: readonly EnvironmentEntry[];
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
  readonly startupProbe?: RawProbe;
  readonly readinessProbe?: RawProbe;
  readonly livenessProbe?: RawProbe;
  readonly lifecycle?: { readonly preStop?: RawHook };
  readonly restartPolicy?: string;
}

export function projectContainer(raw: RawContainer): Container {
  const ports = (raw.ports ?? []).map(({ name, containerPort }) => ({ name, port: containerPort }));
  return {
    name: raw.name,
    image: raw.image ?? '',
    args: raw.args ?? [],
    environment: raw.env ?? [],
    ports,
    startup: projectProbe(raw.startupProbe, ports),
    readiness: projectProbe(raw.readinessProbe, ports),
    liveness: projectProbe(raw.livenessProbe, ports),
    preStopMs: preStopMs(raw.lifecycle?.preStop),
  };
}
