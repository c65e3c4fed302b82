/** A pattern of diagonal lines, painted by the style's classes. `turn` in degrees. */
const hatch = (id: string, turn: number, gap: number): string =>
  `<pattern id="${id}" width="${gap}" height="${gap}" patternUnits="userSpaceOnUse" patternTransform="rotate(${turn})">` +
  `<rect class="${id}-ground" width="${gap}" height="${gap}"/><rect class="${id}-line" width="${gap * 0.4}" height="${gap}"/></pattern>`;

/** What the charts are filled with beside plain colours, so that nothing is told by colour alone. */
export const patterns = `<svg class="patterns" width="0" height="0" aria-hidden="true"><defs>${[
  hatch('hatch-checking', 45, 5),
  hatch('hatch-draining', -45, 5),
  hatch('hatch-503', 45, 4),
  hatch('hatch-broken', -45, 4),
].join('')}</defs></svg>`;
