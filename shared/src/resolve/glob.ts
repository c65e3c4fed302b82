/**
 * True where a text matches a glob as a whole: `*` stands for any characters, none included, and `?` for one.
 *
 * It takes no longer than the product of both lengths, whatever the glob: it goes back to the last star only.
 */
export function matchesGlob(glob: string, text: string): boolean {
  let [at, star, resumeAt] = [0, -1, 0];
  let position = 0;
  while (position < text.length) {
    const wanted = glob[at];
    if (wanted === '*') {
      star = at++;
      resumeAt = position;
    } else if (wanted === '?' || wanted === text[position]) {
      at++;
      position++;
    } else if (star >= 0) {
      at = star + 1;
      position = ++resumeAt;
    } else {
      return false;
    }
  }
  return /^\**$/.test(glob.slice(at));
}
