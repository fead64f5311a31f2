// Times the first replay of a process, as a grading of one submission has it: `child.ts <file of a recorded run>`.
// Prints how long it took, in ms.
import { readFile } from 'node:fs/promises';
import { localEngine, onServer, type RecordedRun } from './recorded.ts';

const [file] = process.argv.slice(2);
const recorded = JSON.parse(await readFile(String(file), 'utf8')) as RecordedRun;
const took = await onServer(await localEngine(), (replay) => replay(recorded));
process.stdout.write(`${took}\n`);
