import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeFolder } from '../base/scratch-folder.ts';
import { type Collection, collectionAt } from '../challenges/collection/collection.ts';
import { loadGrader } from '../challenges/grader/load.ts';
import type { Testbed } from '../grading/testbed.ts';
import { testbed } from '../testing/testbeds.ts';
import { readChallenge } from './challenge-source.ts';
import type { Golden } from './fixtures/fixture.ts';
import { gradingHere } from './fixtures/grade-fixture.ts';
import { verifyGrader } from './fixtures/verify.ts';
import { lintChallenge } from './lint.ts';
import { probeServer } from './probe-server.ts';

// A collection of somebody else, whose one challenge asks for keys with names that the script makes up, documents in
// JSON, stock that is counted down, and a transaction: without a check of its own.
const ID = 'shop/orders';

const GRADER = `title: Two orders
points: 9
setup:
  - SET stock:lamp 7
  - SET stock:chair 4
  - SET profile:ada '{"name":"Ada","city":"Rome","orders":0}' EX 90000
checks:
  - id: orders
    title: There are two orders
    points: 2
    kind: keys-matching
    pattern: 'order:????????-*'
    count: 2
    type: string
    each:
      value:
        jsonHas:
          $.customer: ada
          $.item: { oneOf: [lamp, chair] }
          $.quantity: { allOf: [{ json: 2 }, { between: [1, 5] }] }
          $.placed: { isoDateTime: true }
      ttl: none
    hints:
      - Which keys are there, and what does each of them hold?
      - A document can be read back with a JSON tool.
  - id: index
    title: The open orders are known by their ids
    points: 1
    needs: [orders]
    kind: set-members
    key: orders:open
    members:
      - { pattern: '^[0-9a-f]{8}-[0-9a-f-]+$', length: 36 }
      - { pattern: '^[0-9a-f]{8}-[0-9a-f-]+$', length: 36 }
    hints:
      - What is in the set?
      - A member of it is not the name of a key.
  - id: lamps
    title: The lamps went out of the stock
    points: 1
    kind: string-value
    key: stock:lamp
    value: { increasedBy: -2 }
    hints:
      - How many are left?
      - Count them down.
  - id: chairs
    title: There are still chairs for others
    points: 1
    kind: string-value
    key: stock:chair
    value: { number: 2, not: { atLeast: 4 } }
    hints:
      - How many are left?
      - Count them down.
  - id: together
    title: An order and the stock were written together
    points: 2
    kind: ran-together
    commands:
      - { command: [DECRBY, INCRBY], args: ['stock:lamp'] }
      - { command: SET, args: [{ pattern: '^order:' }] }
    within: transaction
    hints:
      - What would others see if your script stopped between the two?
      - Queue both.
  - id: profile
    title: The profile tells of both orders
    points: 1
    kind: string-value
    key: profile:ada
    value: { json: { orders: 2, name: Ada, city: Rome } }
    hints:
      - Read the profile again.
      - One number in it changes.
  - id: profile-lasts
    title: The profile lasts
    points: 1
    needs: [profile]
    kind: no-ttl
    key: profile:ada
    hints:
      - How long does it last?
      - Look at its TTL.
`;

const README = `# Two orders

*Main challenge of the mission "shop": 9 points, easy, about 10 minutes.*

Ada orders 2 lamps and 2 chairs. Write each order into a key \`order:<id>\`, where the id is a UUID, as a JSON document: \`{"customer":"ada","item":"lamp","quantity":2,"placed":"2026-05-01T12:00:00"}\`, with the time at which it was placed, and \`chair\` for the chairs. Nobody orders fewer than 1 or more than 5 at once. Orders last.

Add the ids to the set \`orders:open\`. Count \`stock:lamp\` and \`stock:chair\` down by 2 each, the lamps in one transaction with an order, and count the orders in \`profile:ada\`, which is to last from now on.
`;

const [LAMP_ID, CHAIR_ID] = ['3f2b8c1e-5a90-4d2e-9b1a-0c7d5e6f7a8b', 'a1b2c3d4-e5f6-4711-8899-aabbccddeeff'];
const order = (item: string, quantity: number | string = 2) =>
  `'${JSON.stringify({ placed: '2026-05-01T12:00:00', quantity, item, customer: 'ada' })}'`;
const PROFILE = `SET profile:ada '{"name":"Ada","city":"Rome","orders":2}'`;

const RIGHT = [
  'MULTI',
  'DECRBY stock:lamp 2',
  `SET order:${LAMP_ID} ${order('lamp')}`,
  'EXEC',
  'DECRBY stock:chair 2',
  `SET order:${CHAIR_ID} ${order('chair')}`,
  `SADD orders:open ${LAMP_ID} ${CHAIR_ID}`,
  PROFILE,
];

/** The right commands with one of them, or all, in another way. */
const edited = (old: string, text: string) => RIGHT.map((line) => line.replace(old, () => text));

const PASS: Record<string, string[]> = {
  'workshop.valkey': RIGHT,
  'all-in-one.valkey': ['MULTI', ...RIGHT.filter((line) => !/^(?:MULTI|EXEC)$/.test(line)), 'EXEC'],
  'spaced.valkey': [
    `SET profile:ada '{ "orders": 2.0, "name": "Ada", "city": "Rome" }' EX 60`,
    'PERSIST profile:ada',
    ...RIGHT.slice(0, -1),
  ],
};

const FAIL: Record<string, { commands: string[]; golden: Golden }> = {
  'one-order.valkey': {
    commands: RIGHT.filter((line) => !line.startsWith(`SET order:${CHAIR_ID}`)),
    golden: lost('the second order is missing', 3, { orders: 'failed', index: 'skipped' }),
  },
  'quantity-as-text.valkey': {
    commands: edited(order('chair'), order('chair', '2')),
    golden: lost('the quantity is a text', 3, { orders: 'failed', index: 'skipped' }),
  },
  'orders-expire.valkey': {
    commands: edited(order('chair'), `${order('chair')} EX 60`),
    golden: lost('an order expires', 3, { orders: 'failed', index: 'skipped' }),
  },
  'names-in-the-set.valkey': {
    commands: edited(`SADD orders:open ${LAMP_ID}`, `SADD orders:open order:${LAMP_ID}`),
    golden: lost('the set has the name of a key', 1, { index: 'failed' }),
  },
  'lamps-left.valkey': {
    commands: edited('stock:lamp 2', 'stock:lamp 1'),
    golden: lost('one lamp too few', 1, { lamps: 'failed' }),
  },
  'chairs-left.valkey': {
    commands: edited('stock:chair 2', 'stock:chair 1'),
    golden: lost('one chair too few', 1, { chairs: 'failed' }),
  },
  'no-transaction.valkey': {
    commands: RIGHT.filter((line) => !/^(?:MULTI|EXEC)$/.test(line)),
    golden: lost('no transaction', 2, { together: 'failed' }),
  },
  'single-quotes.valkey': {
    commands: edited(PROFILE, `SET profile:ada "{'name':'Ada','city':'Rome','orders':2}"`),
    golden: lost('no JSON', 2, { profile: 'failed', 'profile-lasts': 'skipped' }),
  },
  'profile-expires.valkey': {
    commands: edited(PROFILE, `${PROFILE} KEEPTTL`),
    golden: lost('the TTL is kept', 1, { 'profile-lasts': 'failed' }),
  },
};

function lost(mistake: string, points: number, checks: Golden['checks']): Golden {
  return { mistake, score: 9 - points, checks };
}

let bed: Testbed;
let collection: Collection;

beforeAll(async () => {
  bed = await testbed('local');
  collection = collectionAt(await mkdtemp(join(tmpdir(), 'shop-')));
  const goldens = Object.entries(FAIL).map(([name, { golden }]) => [name, golden]);
  const script = (commands: readonly string[]) => `${commands.join('\n')}\n`;
  const files: Record<string, string> = {
    [`graders/${ID}.yaml`]: GRADER,
    [`challenges/${ID}/README.md`]: README,
    [`challenges/${ID}/solution.valkey`]: '# Your commands.\n',
    [`fixtures/${ID}/expected.json`]: JSON.stringify(Object.fromEntries(goldens)),
  };
  for (const [name, commands] of Object.entries(PASS))
    files[`fixtures/${ID}/pass/${name}`] = script(commands);
  for (const [name, { commands }] of Object.entries(FAIL))
    files[`fixtures/${ID}/fail/${name}`] = script(commands);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(collection.root, path)), { recursive: true });
    await writeFile(join(collection.root, path), text);
  }
});
afterAll(() => removeFolder(collection.root));

describe('a challenge with generated keys', () => {
  it('is proven by its fixtures', async () => {
    const grader = await loadGrader(ID, collection);
    const { problems, right, wrong } = await verifyGrader(grader, collection, gradingHere(bed), 2);
    expect(problems).toEqual([]);
    expect({ right, wrong }).toEqual({ right: 3, wrong: Object.keys(FAIL).length });
  });

  it('is understood by lint', async () => {
    const source = await readChallenge(ID, collection);
    const found = lintChallenge(source, await probeServer(bed.engine, [source]));
    expect(found.map(({ file, message }) => `${relative(collection.root, file)}: ${message}`)).toEqual([]);
  });
});
