import type { WriteStream } from 'node:tty';

/** A part of a terminal that is drawn again and again in place. */
export interface Screen {
  draw(lines: readonly string[]): void;
  /** Leaves what was drawn last where it is, and goes on below. */
  end(): void;
}

const escape = '\u001b[';
const hideCursor = `${escape}?25l`;
const showCursor = `${escape}?25h`;
const noWrap = `${escape}?7l`;
const wrap = `${escape}?7h`;
const clearToEnd = `${escape}0J`;
const clearLine = `${escape}0K`;

/** Draws on a terminal, from the line of the cursor on. Lines that are too long are cut off by the terminal. */
export function createScreen(terminal: WriteStream): Screen {
  let height = 0;
  return {
    draw: (lines) => {
      const home = height > 0 ? `${escape}${height}A\r` : '';
      const text = lines.map((line) => `${line}${clearLine}\n`).join('');
      // In one write, so that no half-drawn picture is seen.
      terminal.write(`${hideCursor}${noWrap}${home}${text}${clearToEnd}${wrap}${showCursor}`);
      height = lines.length;
    },
    end: () => {
      height = 0;
    },
  };
}
