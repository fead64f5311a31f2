import picocolors from 'picocolors';

export type Colors = ReturnType<typeof picocolors.createColors>;
export type Color = (text: string) => string;

/** Terminal colours, or functions that change nothing. */
export function styles(enabled: boolean): Colors {
  return picocolors.createColors(enabled);
}

/** Colours are for terminals, and only where nobody asked for none. Source: https://no-color.org */
export function wantsColors(stream: { isTTY?: boolean }, asked: boolean): boolean {
  return asked && stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
}

/** Colours each line for itself, so that a colour never spans lines; empty lines stay empty. */
export function paint(lines: readonly string[], color: Color | undefined): string[] {
  return lines.map((line) => (color === undefined || line === '' ? line : color(line)));
}
