/** How many pods there are, and behind how many target groups they are. */
export interface CrowdSize {
  readonly groups: number;
  readonly podsPerGroup: number;
}

/** A pod of the crowd before it is made. */
export interface PlannedPod {
  readonly namespace: string;
  readonly name: string;
  /** The name of its app: of its service, its binding and its target group. */
  readonly group: string;
  readonly address: string;
  readonly node: string;
}

/** A target group's app before it is made. */
export interface PlannedGroup {
  readonly name: string;
  readonly namespace: string;
}

/** As in a cluster that is somebody's: some apps to a namespace, a hundred pods to a node. */
const groupsPerNamespace = 10;
const podsPerNode = 100;

export const plannedGroups = ({ groups }: CrowdSize): PlannedGroup[] =>
  Array.from({ length: groups }, (_, index) => ({
    name: `app-${index}`,
    namespace: `crowd-${Math.floor(index / groupsPerNamespace)}`,
  }));

export const plannedNodes = ({ groups, podsPerGroup }: CrowdSize): string[] =>
  Array.from({ length: Math.ceil((groups * podsPerGroup) / podsPerNode) }, (_, index) => nodeName(index));

/** One pod of each group, then the next one of each: all apps start together. */
export function plannedPods(
  { groups, podsPerGroup }: CrowdSize,
  addressAt: (position: number) => string,
): PlannedPod[] {
  const apps = plannedGroups({ groups, podsPerGroup });
  return Array.from({ length: podsPerGroup }, (_, number) => number).flatMap((number) =>
    apps.map(({ name, namespace }, index) => {
      const position = number * groups + index;
      return {
        namespace,
        name: `${name}-${number}`,
        group: name,
        address: addressAt(position),
        node: nodeName(Math.floor(position / podsPerNode)),
      };
    }),
  );
}

const nodeName = (index: number): string => `crowd-${index}`;
