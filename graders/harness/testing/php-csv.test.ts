import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { phpCsv } from './php-csv.ts';

const PROGRAM = String.raw`
$rows = [];
while (($row = fgetcsv(STDIN, null, ",", "\"", "\\")) !== false) $rows[] = $row;
echo json_encode($rows);`;
const hasPhp = spawnSync('php', ['-v']).status === 0;

it
  .skipIf(!hasPhp)
  .each([
    'a,b\n1,2\n',
    'a\\,"b\\","c"\n"d\\"" e,f"\n',
    '"g\nh ""i"" \\\\",j\n"k" l,m\n',
    '"n\\""o",p\n\\"q,"r\\ "\n"",,"\'"\n',
    '"never closed, \\"\n',
  ])('reads %j as PHP does (skipped where there is no PHP)', (text) => {
  const { stdout } = spawnSync('php', ['-r', PROGRAM], { input: text, encoding: 'utf8' });
  expect(phpCsv(text)).toEqual(JSON.parse(stdout));
});
