import { type Command, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_LIMITS } from '../script/limits.ts';
import { type Finish, jobs, seconds, withCollection, withTestbed } from './options.ts';
import { retries, withSources } from './program-batch.ts';

/** The commands that grade a class on several machines. */
export function addQueue(program: Command, finish: Finish): void {
  addEnqueue(program, finish);
  addWorker(program, finish);
  addCollect(program, finish);
}

function addEnqueue(program: Command, finish: Finish): void {
  withQueue(withSources(withCollection(program.command('enqueue'))))
    .summary('put a class in a queue')
    .description(
      'Puts the submissions of a class in a queue, for workers on any number of machines. What is in it already, or was graded and collected, is not put there again.',
    )
    .argument('<challenge...>', 'such as sessions/cantina; a mission, or all')
    .requiredOption('--out <dir>', 'the folder of the batch, in which collect keeps evidence and results')
    .option('--timeout <seconds>', 'how long each script may run', seconds, DEFAULT_LIMITS.timeMs / 1000)
    .option('--retries <number>', 'how often a fault of ours is tried again', retries, 2)
    .option('--priority <number>', '0 to 1000: what has less is graded sooner', priority, 0)
    .option('--max-waiting <number>', 'wait for workers while so many wait in the queue', maxWaiting, 1000)
    .addOption(
      new Option(
        '--send <how>',
        'how submissions travel; git: workers fetch the commit from the remote named origin',
      )
        .choices(['archive', 'git'])
        .default('archive'),
    )
    .addOption(storeOption())
    .addHelpText(
      'after',
      `
Examples:
  $ keyspace-grader enqueue sessions --submissions repos --out graded
        with the queue's URL in KEYSPACE_GRADER_QUEUE, as below
  $ keyspace-grader worker        on as many machines as you like
  $ keyspace-grader collect --out graded

Exit codes:
  0  all is in the queue, or was graded before
  2  the call is wrong, or something cannot travel so
  3  the queue or the store cannot be used
`,
    )
    .action(async (challenges: string[], options) => {
      const { enqueueCommand } = await import('./enqueue.ts');
      finish(await enqueueCommand(challenges, options));
    });
}

function addWorker(program: Command, finish: Finish): void {
  withTestbed(withQueue(withCollection(program.command('worker'))), 'container')
    .summary('grade what is in a queue')
    .description(
      'Grades what is in a queue, on as many machines as you like. When one dies, what it was at goes back to the queue. SIGTERM and Ctrl-C let it end what it is at.',
    )
    .option('--jobs <number>', 'how many are graded at a time; by the processors where it is left out', jobs)
    .option('--once', 'end when the queue is empty')
    .addOption(storeOption())
    .addHelpText(
      'after',
      `
Examples:
  $ keyspace-grader worker --queue valkey://queue.example:6379
  $ keyspace-grader worker --queue valkey://queue.example:6379 --jobs 8 --once

Exit codes:
  0  told to end, or the queue is empty
  2  the call is wrong, or the queue holds jobs for another version
  3  infrastructure
`,
    )
    .action(async (options) => {
      const { workerCommand } = await import('./worker.ts');
      finish(await workerCommand(options));
    });
}

function addCollect(program: Command, finish: Finish): void {
  withQueue(program.command('collect'))
    .summary('take results out of a queue')
    .description(
      'Takes the results of a class out of a queue, and writes what `batch` writes. Each is on the disk before it leaves the queue: whatever interrupts it, the same command goes on where it was.',
    )
    .requiredOption('--out <dir>', 'the folder of the batch that was enqueued')
    .option('--no-wait', 'take what is there, and do not wait for the rest')
    .addHelpText(
      'after',
      `
Examples:
  $ keyspace-grader collect --queue valkey://queue.example:6379 --out graded
  $ keyspace-grader collect --queue valkey://queue:6379 --out graded --no-wait

Exit codes:
  0  all graded and collected, whatever came of it
  2  the call is wrong
  3  something is not graded, through no fault of the learners
`,
    )
    .action(async (options) => {
      const { collectCommand } = await import('./collect.ts');
      finish(await collectCommand(options));
    });
}

function withQueue(command: Command): Command {
  return command.addOption(
    new Option('--queue <url>', 'the Valkey that holds the queue: valkey://user:password@host:6379/0')
      // A password on a command line can be seen by all who may list processes.
      .env('KEYSPACE_GRADER_QUEUE')
      .makeOptionMandatory(),
  );
}

function storeOption(): Option {
  return new Option(
    '--store <dir>',
    'a folder that workers see too, in which archives lie; in the queue itself where it is left out',
  );
}

function priority(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 1000) return value;
  throw new InvalidArgumentError('It must be a whole number from 0 to 1000.');
}

function maxWaiting(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 1_000_000) return value;
  throw new InvalidArgumentError('It must be a whole number from 1 to 1000000.');
}
