/** The path of Helm, there or still to be built. */
export function helmBinary(env?: NodeJS.ProcessEnv): string;
