import { isReady, type ContainerState, type ContainerView } from './container-state.ts';

/** A container in a pod's status, as the API has it. */
export interface ContainerStatus {
  readonly name: string;
  readonly image: string;
  readonly imageID: string;
  readonly containerID?: string;
  readonly ready: boolean;
  readonly started: boolean;
  readonly restartCount: number;
  readonly state: object;
  readonly lastState: object;
}

export function containerStatus(podUid: string, view: ContainerView): ContainerStatus {
  const { name, image, state, previous, restarts } = view;
  const id = `sandbox://${podUid}/${name}`;
  return {
    name,
    image,
    imageID: '',
    ...(state.is !== 'waiting' && { containerID: `${id}/${restarts}` }),
    ready: isReady(view),
    started: state.is === 'running' && state.started,
    restartCount: restarts,
    state: rawState(state),
    lastState: previous === undefined || previous === state ? {} : rawState(previous),
  };
}

function rawState(state: ContainerState): object {
  switch (state.is) {
    case 'waiting':
      return { waiting: { reason: state.reason, ...(state.message && { message: state.message }) } };
    case 'running':
      return { running: { startedAt: time(state.since) } };
    case 'ended': {
      const { code, reason, message } = state.exit;
      const terminated = { exitCode: code, reason, startedAt: time(state.since), finishedAt: time(state.at) };
      return { terminated: { ...terminated, ...(message && { message }) } };
    }
  }
}

const time = (ms: number): string => new Date(ms).toISOString();
