import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { isMap, isPair, isScalar, LineCounter, parseDocument, visit } from 'yaml';

/** A regular expression, and the places at which it is written. */
export interface WrittenPattern {
  source: string;
  flags: string;
  /** `file:line`. */
  places: string[];
}

/** What a repository holds of regular expressions. */
export interface Patterns {
  written: WrittenPattern[];
  /** The files that make some from texts, each once. */
  made: string[];
}

/** Folders whose code never reads what a learner gives, but what authors, teachers and this project write. */
const OWN = ['authoring', 'setup', 'testing'].map((name) => `graders/harness/${name}/`);

/** Collects the regular expressions of the code, tests aside, and of the graders in the folder `root`. */
export function collectPatterns(root: string): Patterns {
  const found = new Map<string, WrittenPattern>();
  const made = new Set<string>();
  const add = (source: string, flags: string, place: string) => {
    const id = `/${source}/${flags}`;
    const known = found.get(id) ?? { source, flags, places: [] };
    known.places.push(place);
    found.set(id, known);
  };
  for (const name of readdirSync(join(root, 'graders'), { recursive: true, encoding: 'utf8' }).sort()) {
    const file = posix.join('graders', name.replaceAll('\\', '/'));
    if (OWN.some((folder) => file.startsWith(folder))) continue;
    if (file.endsWith('.ts') && !file.endsWith('.test.ts')) {
      const code = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest);
      collectFromCode(code, add, () => made.add(file));
    } else if (file.endsWith('.yaml')) collectFromGrader(file, readFileSync(join(root, file), 'utf8'), add);
  }
  return { written: [...found.values()], made: [...made] };
}

type Add = (source: string, flags: string, place: string) => void;

function collectFromCode(code: ts.SourceFile, add: Add, isMade: () => void): void {
  const look = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      const line = code.getLineAndCharacterOfPosition(node.getStart(code)).line + 1;
      add(node.text.slice(1, end), node.text.slice(end + 1), `${code.fileName}:${line}`);
    }
    const isCall = ts.isNewExpression(node) || ts.isCallExpression(node);
    if (isCall && ts.isIdentifier(node.expression) && node.expression.text === 'RegExp') isMade();
    ts.forEachChild(node, look);
  };
  look(code);
}

/** What stands at `pattern:`, wherever in a grader: with the flags that checks give it. */
function collectFromGrader(file: string, text: string, add: Add): void {
  const lines = new LineCounter();
  visit(parseDocument(text, { lineCounter: lines }), {
    Pair(_, { key, value }, path) {
      const holder = path.at(-1);
      if (!isScalar(key) || key.value !== 'pattern' || !isScalar(value)) return;
      const ofOutput =
        isMap(holder) && holder.items.some((pair) => isPair(pair) && String(pair.value) === 'output-matches');
      const { line } = lines.linePos(value.range?.[0] ?? 0);
      add(String(value.value), ofOutput ? 'mu' : 'u', `${file}:${line}`);
    },
  });
}
