import { describe, expect, it } from 'vitest';
import { UsageError } from '../../base/errors.ts';
import { useTestFolder } from '../../testing/repository.ts';
import { readRoster, rosterColumns } from './roster.ts';

const folder = useTestFolder();
const HEADER = 'identifier,github_username,github_id,name';
const LEIA = { identifier: 'leia@example.org', username: 'leia-o', githubId: '12', name: 'Organa, Leia' };

async function read(text: string | Uint8Array, columns?: string) {
  const file = await folder.write('roster.csv', text);
  return readRoster(file, columns === undefined ? {} : rosterColumns(columns));
}

/** What is said of a roster that is refused, without the folder. */
async function complaint(text: string | Uint8Array, columns?: string): Promise<string> {
  const error = await read(text, columns).then(
    () => new Error('it was read'),
    (thrown: unknown) => thrown as Error,
  );
  expect(error).toBeInstanceOf(UsageError);
  return error.message.replaceAll(folder.at('roster.csv'), 'roster.csv');
}

describe('readRoster', () => {
  const row = 'leia@example.org,leia-o,12,"Organa, Leia"';
  const semicolons = `${HEADER}\n${row.replace('"Organa, Leia"', 'Organa# Leia')}\n`
    .replaceAll(',', ';')
    .replace('#', ',');
  it.each<[string, string | Uint8Array]>([
    ["GitHub Classroom's own", `${HEADER}\n${row}\n`],
    [
      'CRLF, a byte order mark and all cells in quotes',
      `\ufeff${HEADER}\r\n"leia@example.org","leia-o","12","Organa, Leia"\r\n`,
    ],
    ['semicolons', semicolons],
    ["Excel's line that names the separator", `sep=;\r\n${semicolons}`],
    [
      'tabs in UTF-16',
      Buffer.from(
        `\ufeff${HEADER}\r\nleia@example.org\tleia-o\t12\tOrgana, Leia\r\n`.replace(/,(?! )/g, '\t'),
        'utf16le',
      ),
    ],
    [
      'another order, other columns, empty lines and no last line end',
      `Section,Name,GitHub_ID,identifier,github_username\n\nA,"Organa, Leia",12,leia@example.org,@leia-o\n,,,,\n  `,
    ],
  ])('reads %s', async (_, text) => {
    expect((await read(text)).learners).toEqual([LEIA]);
  });

  it('reads other names for columns, and quotes and line feeds within cells', async () => {
    const text = 'E-Mail;Git Hub;"Full ""name"""\nleia@example.org;leia-o;"Leia\n""the General"" Organa"\n';
    const { learners } = await read(text, 'identifier=e-mail, github_username=Git Hub ,name=Full "name"');
    expect(learners).toEqual([
      {
        identifier: 'leia@example.org',
        username: 'leia-o',
        githubId: null,
        name: 'Leia\n"the General" Organa',
      },
    ]);
  });

  it('takes the username for who has no identifier, and knows who has not joined GitHub', async () => {
    const { learners, find } = await read(`${HEADER}\nhan@example.org,,,Han Solo\n,chewie,,\n`);
    expect(learners).toEqual([
      { identifier: 'han@example.org', username: null, githubId: null, name: 'Han Solo' },
      { identifier: 'chewie', username: 'chewie', githubId: null, name: null },
    ]);
    expect(find('HAN@example.org')).toBe(learners[0]);
    expect(find('Chewie')).toBe(learners[1]);
    expect(find('lando')).toBeUndefined();
  });

  it.each([
    ['', 'roster.csv:1: the file is empty.'],
    [
      'mail,user\na,b\n',
      'roster.csv:1: there is neither a column identifier nor github_username, only mail and user.',
    ],
    [`${HEADER}\na,b,,\n\na,c,,\n`, 'roster.csv:4: a is on the roster twice.'],
    [`${HEADER}\na,Leia,,\nb,leia,,\n`, 'roster.csv:3: leia is on the roster twice.'],
    [`${HEADER}\n,,7,Han\n`, 'roster.csv:2: the row names nobody'],
    [`${HEADER}\na,b,1,Organa, Leia\n`, 'roster.csv:2: 5 cells, and the header names 4 columns.'],
    [`sep=,\n${HEADER}\na,b,1,Organa, Leia\n`, 'roster.csv:3: 5 cells'],
    [`${HEADER}\na,b"c",1,x\n`, 'roster.csv:2: no CSV: Invalid Opening Quote'],
    [`${HEADER}\na,"b,1,x\n`, 'a quote that was opened is not closed'],
    ['identifier,identifier\na,b\n', 'roster.csv:1: two columns are named "identifier".'],
  ])('refuses %j', async (text, message) => {
    expect(await complaint(text)).toContain(message);
  });

  it('tells the line of what Excel writes where it is not asked for UTF-8', async () => {
    const message = await complaint(Buffer.from(`${HEADER}\na,b,1,x\nc,d,2,Padm\u00e9\n`, 'latin1'));
    expect(message).toMatch(/^roster\.csv:3: not UTF-8\. Save the file as "CSV UTF-8"/);
  });

  it('helps with columns that are not there', async () => {
    expect(await complaint('Mail,User\na,b\n', 'identifier=Maill')).toBe(
      'roster.csv:1: there is no column "Maill"; did you mean Mail?\nThe columns are Mail and User.',
    );
    expect(() => rosterColumns('identifer=Mail')).toThrow(/not <field>=<column>; did you mean identifier\?/);
    expect(() => rosterColumns('identifier')).toThrow(UsageError);
    await expect(readRoster(folder.at('none.csv'))).rejects.toThrow(
      /none\.csv cannot be read: there is no such file/,
    );
  });
});
