/** The heading that every challenge's instructions link to. */
export const CONNECTING = 'Three lines that connect';

const block = (language: string, lines: readonly string[]) =>
  [`\`\`\`${language}`, ...lines, '```'].join('\n');

const python = (name: string) =>
  block('python', [
    'import os',
    `import ${name}`,
    '',
    `client = ${name}.from_url(os.environ['VALKEY_URL'], decode_responses=True)`,
    "print(client.set('greeting', 'hello'))",
  ]);

/** `assertion` is what tells TypeScript that the variable is there. */
const node = (language: string, assertion: string) =>
  block(language, [
    "import { Redis } from 'iovalkey';",
    '',
    `const client = new Redis(process.env.VALKEY_URL${assertion});`,
    "console.log(await client.set('greeting', 'hello'));",
    'await client.quit();',
  ]);

/**
 * How a script of each language connects, in Markdown. Learners have it in `challenges/README.md`, whoever reads the
 * documents in `docs/scripts.md`: both are made from this. Tests run every block.
 */
export function connectingText(): string {
  return [
    'In `solution.valkey` you need none of this. In Bash, `solution.sh`, `valkey-cli` is connected already:',
    block('bash', ['valkey-cli SET greeting hello']),
    'In Python, `solution.py`, with the package `valkey`, once you have installed it:',
    python('valkey'),
    'Or with the package `redis`, which many machines have, and the container sandbox too:',
    python('redis'),
    'In Node, `solution.js`. `iovalkey` comes with the grader:',
    node('js', ''),
    'In TypeScript, `solution.ts`:',
    node('ts', '!'),
    'End the connection as these do: a Node script that keeps it open does not end, and is stopped once nothing happens any more.',
  ].join('\n\n');
}
