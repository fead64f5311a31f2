import { type Command, InvalidArgumentError } from 'commander';
import { parseShard, type Shard } from '../batch/shard.ts';
import { DEFAULT_LIMITS } from '../script/limits.ts';
import { type Finish, jobs, seconds, withCollection, withTestbed } from './options.ts';

/** The commands that grade whole classes. */
export function addBatch(program: Command, finish: Finish): void {
  addOneBatch(program, finish);
  addRegrade(program, finish);
  addMerge(program, finish);
}

function addOneBatch(program: Command, finish: Finish): void {
  withTestbed(withSources(withCollection(program.command('batch'))), 'container')
    .summary('grade a whole class')
    .description(
      'Grades the submissions of a whole class, many at a time, and writes results, gradebooks and a dashboard. Whatever interrupts it, the same command goes on where it was.',
    )
    .argument('<challenge...>', 'such as sessions/cantina; a mission, or all')
    .requiredOption('--out <dir>', 'where evidence and results are kept')
    .option('--timeout <seconds>', 'how long each script may run', seconds, DEFAULT_LIMITS.timeMs / 1000)
    .option('--jobs <number>', 'how many are graded at a time; by the processors where it is left out', jobs)
    .option('--retries <number>', 'how often a fault of ours is tried again', retries, 2)
    .option('--shard <part>', 'grade one part of the class, such as 2/5: see merge', shard)
    .option('--fail-fast', 'stop at the first fault of ours that stays')
    .addHelpText(
      'after',
      `
Examples:
  $ keyspace-grader batch sessions --submissions sessions-submissions --out out
  $ keyspace-grader batch all --submissions 'repos/valkey-*-{id}' --out graded
  $ keyspace-grader batch all --submissions repos --roster class.csv --out out
  $ keyspace-grader batch all --clone list.txt --roster class.csv --out graded
  $ keyspace-grader batch all --clone list.txt --at submitted --out graded

Exit codes:
  0  all graded, whatever came of it
  2  the call is wrong
  3  something could not be graded, through no fault of the learners
`,
    )
    .action(async (challenges: string[], options) => {
      const { batchCommand } = await import('./batch.ts');
      finish(await batchCommand(challenges, options));
    });
}

/** The options that say whose work is graded. */
export function withSources(command: Command): Command {
  return command
    .option(
      '--submissions <where>',
      "a folder of submissions; a glob in which {id} stands for the submitter's name, * for any; or a roster (.csv) beside the folders",
    )
    .option('--roster <csv>', 'who is in the class: identifier, github_username, github_id, name')
    .option('--roster-columns <names>', 'what it calls them: identifier=E-mail,github_username=GitHub')
    .option(
      '--clone <list>',
      'fetch these repositories and grade them: a text file with a URL a line, then an id; or a .csv with url, id, at',
    )
    .option('--at <revision>', 'of what is cloned, grade this commit or tag')
    .option(
      '--deadline <time>',
      'tell who is late; of what is cloned, grade the last commit before it, such as 2026-06-01T23:59+02:00',
      time,
    );
}

/** The command that judges a batch again. */
function addRegrade(program: Command, finish: Finish): void {
  withCollection(program.command('regrade'))
    .summary('judge the kept evidence of a batch again')
    .description(
      "Judges the evidence that `batch` kept with the graders as they are now, without running anybody's code, and tells who gained, who lost, and why.",
    )
    .argument('<out>', 'the --out folder of the batch')
    .option('--dry-run', 'tell what would change, and change nothing')
    .addHelpText(
      'after',
      `
Examples:
  $ keyspace-grader regrade graded --dry-run
  $ keyspace-grader regrade graded

Exit codes:
  0  all judged, whatever came of it
  2  the call is wrong
  3  something could not be judged: a check needs what was not recorded, or
     evidence is gone
`,
    )
    .action(async (out: string, options) => {
      const { regradeCommand } = await import('./regrade.ts');
      finish(await regradeCommand(out, options));
    });
}

/** The command that puts shards together. */
function addMerge(program: Command, finish: Finish): void {
  program
    .command('merge')
    .summary('put the shards of a batch together')
    .description(
      'Puts together what `batch --shard` graded in several places, as if it had been one batch. Says so where a shard is missing, there twice, or of another batch.',
    )
    .argument('<dir...>', 'the --out folders of all shards')
    .requiredOption('--out <dir>', 'where the whole batch is kept')
    .addHelpText(
      'after',
      `
Examples:
  $ keyspace-grader batch sessions --submissions repos --out shard-1 --shard 1/2
  $ keyspace-grader batch sessions --submissions repos --out shard-2 --shard 2/2
  $ keyspace-grader merge shard-1 shard-2 --out graded

Exit codes:
  0  the whole batch is there
  2  the call is wrong: a shard is missing, there twice, or of another batch
  3  a shard was not graded to its end
`,
    )
    .action(async (outs: string[], options) => {
      const { mergeCommand } = await import('./merge.ts');
      finish(await mergeCommand(outs, options));
    });
}

function shard(text: string): Shard {
  const found = parseShard(text);
  if (found) return found;
  throw new InvalidArgumentError('It must be a part and how many there are, such as 2/5.');
}

function time(text: string): Date {
  const date = new Date(text);
  const [, year, month, day] =
    /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)$/.exec(text) ?? [];
  // A 31st of June would be taken for the 1st of July.
  const isDay = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
  if (!Number.isNaN(date.getTime()) && isDay) return date;
  throw new InvalidArgumentError('It must be a time with its zone, such as 2026-06-01T23:59+02:00.');
}

export function retries(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 10) return value;
  throw new InvalidArgumentError('It must be a whole number from 0 to 10.');
}
