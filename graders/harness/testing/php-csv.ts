/**
 * Reads CSV as PHP's fgetcsv does, of which Moodle's grade import is made. What sets it apart: within quotes a
 * backslash takes the next character for what it is, a quote included, and stays in the text; what follows the
 * closing quote belongs to the cell.
 */
export function phpCsv(text: string): string[][] {
  const rows: string[][] = [];
  let position = 0;
  while (position < text.length) {
    const row: string[] = [];
    for (;;) {
      const { cell, end } = cellAt(text, position);
      row.push(cell);
      position = end + 1;
      if (text[end] !== ',') break;
    }
    rows.push(row);
  }
  return rows;
}

/** The cell that begins there, and where what ends it is. */
function cellAt(text: string, start: number): { cell: string; end: number } {
  const restFrom = (from: number) => {
    const length = text.slice(from).search(/[,\n]/);
    return length < 0 ? text.length : from + length;
  };
  if (text[start] !== '"') {
    const end = restFrom(start);
    return { cell: text.slice(start, end), end };
  }
  let cell = '';
  let position = start + 1;
  while (position < text.length) {
    const char = text[position] ?? '';
    const next = text[position + 1] ?? '';
    if (char === '\\') cell += char + next;
    else if (char === '"' && next === '"') cell += char;
    else if (char === '"') break;
    else cell += char;
    position += char === '\\' || char === '"' ? 2 : 1;
  }
  const end = restFrom(position + 1);
  return { cell: cell + text.slice(position + 1, end), end };
}
