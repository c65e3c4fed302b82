/** The codes that an Application Load Balancer's matcher may name: 200-499 (AWS: CreateTargetGroup, Matcher). */
const inRange = (code: number): boolean => code >= 200 && code <= 499;

/** Reads a matcher such as `200` or `200-299,301`; undefined when it is malformed or out of range. */
export function parseMatcher(text: string): ((code: number) => boolean) | undefined {
  const ranges = text.split(',').map((part) => {
    const [, from, to = from] = /^(\d{3})(?:-(\d{3}))?$/.exec(part) ?? [];
    return [Number(from), Number(to)] as const;
  });
  if (!ranges.every(([from, to]) => inRange(from) && inRange(to) && from <= to)) return undefined;
  return (code) => ranges.some(([from, to]) => code >= from && code <= to);
}
