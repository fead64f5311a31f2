import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** What stands for a part of a message that differs from case to case. */
export const GAP = '…';

/**
 * Every text of the sources below a folder, tests and their helpers aside: literals as they are, templates and
 * sums of texts with a gap for what is put in.
 */
export function textsOfSources(folder: string): string[] {
  return sourcesIn(folder).flatMap(textsOf);
}

/** What users are told goes wrong: the readable errors, and doctor's findings that are not fine. */
export function userMessages(folder: string): string[] {
  return sourcesIn(folder).flatMap((source) => {
    const messages: string[] = [];
    const visit = (node: ts.Node): void => {
      const [message] = isReadableError(node) || isFinding(node) ? (node.arguments ?? []) : [];
      const text = message && textOf(message);
      // One that begins with a whole line of another's is told under that, and so is one of gaps alone.
      if (text !== undefined && /\w/.test(text) && !text.startsWith(`${GAP}\n`)) messages.push(text);
      ts.forEachChild(node, visit);
    };
    visit(source);
    return messages;
  });
}

function isReadableError(node: ts.Node): node is ts.NewExpression {
  return (
    ts.isNewExpression(node) &&
    ts.isIdentifier(node.expression) &&
    [
      'UsageError',
      'NotStartedError',
      'InfrastructureError',
      'InstallationError',
      'InvalidArgumentError',
    ].includes(node.expression.text)
  );
}

function isFinding(node: ts.Node): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) &&
    ts.isIdentifier(node.expression) &&
    ['limited', 'wrong'].includes(node.expression.text)
  );
}

function sourcesIn(folder: string): ts.SourceFile[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter(
      (name) =>
        name.endsWith('.ts') &&
        !name.endsWith('.test.ts') &&
        !/^(testing|reference|documents)[\\/]/.test(name),
    )
    .map((name) =>
      ts.createSourceFile(name, readFileSync(join(folder, name), 'utf8'), ts.ScriptTarget.Latest),
    );
}

function textsOf(source: ts.SourceFile): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text === undefined) ts.forEachChild(node, visit);
    else {
      texts.push(text);
      insertions(node).forEach(visit);
    }
  };
  visit(source);
  return texts;
}

/** Undefined for what is no text. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map(({ literal }) => GAP + literal.text).join('');
  if (isSum(node)) {
    const sides = [textOf(node.left), textOf(node.right)];
    return sides.some((side) => side !== undefined) ? sides.map((side) => side ?? GAP).join('') : undefined;
  }
  return undefined;
}

/** What is put into a text, in which further texts may stand. */
function insertions(node: ts.Node): ts.Node[] {
  if (ts.isTemplateExpression(node)) return node.templateSpans.map(({ expression }) => expression);
  return isSum(node)
    ? [node.left, node.right].flatMap((side) => (textOf(side) === undefined ? side : insertions(side)))
    : [];
}

function isSum(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
}
