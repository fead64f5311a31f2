import { textOf } from '../../base/bytes.ts';
import { show } from '../../base/text/printable.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';
import { timeInWords } from '../words/ttl-words.ts';
import { elementsOf } from './elements.ts';
import { meets, type StateCondition } from './held.ts';
import { article, typeName } from './key-param.ts';
import { holds, type Matcher, mismatch } from './matcher.ts';

/** What of a state is not as a condition has it, in words. */
export interface Unmet {
  found: string;
  difference?: string;
}

/**
 * The first part of a condition that a state, which began at a time in ms, does not meet; undefined where it meets all
 * of them.
 */
export function unmetIn(condition: StateCondition, state: KeySnapshot, at: number): Unmet | undefined {
  if (meets(condition, state, at)) return undefined;
  const { value, fields, scores, has = [], first, ttl } = condition;
  const other = { found: article(typeName(state)) };
  if (value !== undefined) {
    if (state.type !== 'string') return other;
    const miss = mismatch(value, state.value);
    if (miss) return { found: show(state.value), ...(miss.difference && { difference: miss.difference }) };
  }
  if (fields) {
    const unmet = state.type === 'hash' ? unmetBeside(state, fields, 'field') : other;
    if (unmet) return unmet;
  }
  if (scores) {
    const unmet = state.type === 'zset' ? unmetBeside(state, scores, 'member') : other;
    if (unmet) return unmet;
  }
  const lacks = has.find((one) => !elementsOf(state).some(([element]) => holds(one, element)));
  if (lacks !== undefined) return { found: `${article(typeName(state))} without it` };
  if (first !== undefined && !(state.type === 'list' && holds(first, state.items[0] ?? '')))
    return state.type === 'list' ? { found: `${show(state.items[0] ?? '')} as its first` } : other;
  if (ttl === undefined) return other;
  return {
    found: state.expireAt === null ? 'no TTL' : `a TTL of about ${timeInWords(state.expireAt - at)}`,
  };
}

/** The first field or member that is not there, or has something else beside it. */
function unmetBeside(state: KeySnapshot, wanted: Record<string, Matcher>, noun: string): Unmet | undefined {
  const elements = new Map(
    elementsOf(state).flatMap(([element, beside]) => {
      const name = textOf(element);
      return name === undefined || beside === undefined ? [] : [[name, beside] as const];
    }),
  );
  for (const [name, matcher] of Object.entries(wanted)) {
    const found = elements.get(name);
    if (found === undefined) return { found: `no ${noun} ${show(name)}` };
    const miss = mismatch(matcher, found);
    if (miss)
      return {
        found: `${show(name)}: ${show(found)}`,
        ...(miss.difference && { difference: `${show(name)}: ${miss.difference}` }),
      };
  }
  return undefined;
}
