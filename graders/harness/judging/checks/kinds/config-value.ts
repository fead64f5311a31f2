import { show } from '../../../base/text/printable.ts';
import { defineKind } from '../check-kind.ts';
import { PASS } from '../finding.ts';
import { describeMatcher, holds, matcher } from '../matcher.ts';
import { object, text } from '../parameters.ts';
import { answerTo } from '../server-answer.ts';

export const configValue = defineKind({
  kind: 'config-value',
  expects: 'nothing',
  description: 'A setting of the server has this value when the script has ended.',
  parameters: object({
    setting: text({
      pattern: '^[a-z0-9-]+$',
      description: 'Its name, as CONFIG GET takes it: `maxmemory-policy`.',
    }),
    value: matcher({ description: 'Its value, as CONFIG GET tells it: sizes in bytes.' }),
  }),
  example: {
    purpose: 'For challenges whose `server` lets learners run `config|set`.',
    yaml: 'setting: maxmemory-policy\nvalue: allkeys-lru',
    mistake: 'a policy for keys that expire',
    seen: { answers: { 'CONFIG GET maxmemory-policy': ['maxmemory-policy', 'volatile-lru'] } },
  },
  serverQuestions: ({ setting }) => [question(setting)],
  judge({ setting, value }, run) {
    const { reply } = answerTo(run, question(setting));
    const found = Array.isArray(reply) ? reply[1] : undefined;
    if (typeof found !== 'string') throw new Error(`the server has no setting named ${setting}`);
    if (holds(value, found)) return PASS;
    return {
      passed: false,
      expected: `${setting} is ${describeMatcher(value)}`,
      actual: `it is ${show(found)}`,
    };
  },
});

function question(setting: string) {
  return { command: `CONFIG GET ${setting}`, db: 0, isOurs: true } as const;
}
