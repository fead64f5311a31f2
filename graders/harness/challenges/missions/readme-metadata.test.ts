import { describe, expect, it } from 'vitest';
import { METADATA_EXAMPLE, parseReadmeMetadata, parseTitle } from './readme-metadata.ts';

describe('parseReadmeMetadata', () => {
  it('reads the line that says what a challenge is', () => {
    expect(parseReadmeMetadata(`# A session\n\n${METADATA_EXAMPLE}\n\nHan Solo …\n`)).toEqual({
      main: true,
      mission: 'sessions',
      points: 20,
      difficulty: 'easy',
      minutes: 12,
      line: 3,
    });
  });

  it('reads a bonus of one point and a minute, with Windows line ends', () => {
    const text =
      '# A\r\n\r\n*Bonus challenge of the mission "rate-limiters": 1 point, hard, about 1 minute.*\r\n';
    expect(parseReadmeMetadata(text)).toMatchObject({
      main: false,
      mission: 'rate-limiters',
      points: 1,
      minutes: 1,
    });
  });

  it.each([
    '',
    'Main challenge of the mission "sessions": 20 points, easy, about 12 minutes.',
    '*Main challenge of the mission "sessions": 20 points, simple, about 12 minutes.*',
    '*Main challenge of the mission "sessions": 20 points, easy, 12 minutes.*',
    '*Main challenge of the mission "sessions": many points, easy, about 12 minutes.*',
    '*Main challenge of the mission "sessions": 20 points, easy, about 0 minutes.*',
  ])('takes no other form: %j', (line) => {
    expect(parseReadmeMetadata(`# A session\n\n${line}\n`)).toBeNull();
  });
});

describe('parseTitle', () => {
  it('is the first heading', () => {
    expect(parseTitle('\n# A session for the cantina \n\n## More\n')).toEqual({
      title: 'A session for the cantina',
      line: 2,
    });
    expect(parseTitle('## More\n')).toBeNull();
  });
});
