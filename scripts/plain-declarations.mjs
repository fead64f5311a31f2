// The types of documents are made from their schemas (`Static<typeof …>`). A declaration file that said so would need
// typebox, which no user has, and editors would show how a type is computed in place of what it is. So the
// declarations of such modules are written out: each type with its properties, and what the schema says of them.
import { dirname, relative } from 'node:path';
import ts from 'typescript';
import { loadFile } from './load-module.mjs';

const FLAGS =
  ts.TypeFormatFlags.NoTruncation |
  ts.TypeFormatFlags.InTypeAlias |
  ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;

/** @param {ts.SourceFile} source */
export function isDefinedBySchemas(source) {
  return source.statements.some(
    (statement) => ts.isImportDeclaration(statement) && statement.moduleSpecifier.text === 'typebox',
  );
}

/**
 * @param {ts.Program} program
 * @param {ts.SourceFile} source
 * @returns {Promise<string>} the exported types of a module. Its schemas are left out: the package has none.
 */
export async function plainDeclarations(program, source) {
  const checker = program.getTypeChecker();
  const schemas = await loadFile(source.fileName);
  const parts = source.statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement)) return importedTypes(statement);
    if (ts.isExportDeclaration(statement)) return statement.getText();
    const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
    const isExported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    return isType && isExported ? declaration(checker, statement, schemas[statement.name.text]) : [];
  });
  return `${parts.join('\n')}\n`;
}

/** @param {ts.ImportDeclaration} statement */
function importedTypes({ importClause, moduleSpecifier }) {
  const names = importClause.namedBindings.elements.filter(
    ({ isTypeOnly }) => isTypeOnly || importClause.isTypeOnly,
  );
  if (names.length === 0 || !moduleSpecifier.text.startsWith('.')) return [];
  return `import type { ${names.map((name) => name.getText().replace(/^type /, '')).join(', ')} } from '${moduleSpecifier.text}';`;
}

function declaration(checker, statement, schema) {
  const { text: name } = statement.name;
  const type = checker.getTypeAtLocation(statement.name);
  // What is said above the schema is said of the type of the same name, too.
  const symbol = checker.getSymbolAtLocation(statement.name);
  const about = comment(ts.displayPartsToString(symbol.getDocumentationComment(checker)));
  const told = (of) => {
    const text = checker.typeToString(of, statement, FLAGS);
    // The compiler names a module that is not imported by its whole path.
    return text.replace(/import\("(\/[^"]+)"\)/g, (_, path) => `import('${specifier(statement, path)}')`);
  };
  if (ts.isTypeAliasDeclaration(statement)) return `${about}export type ${name} = ${told(type)};`;
  const order = Object.keys(schema?.properties ?? {});
  const properties = checker
    .getPropertiesOfType(type)
    .sort((left, right) => order.indexOf(left.name) - order.indexOf(right.name))
    .map((property) => {
      const isOptional = property.flags & ts.SymbolFlags.Optional;
      const of = told(checker.getTypeOfSymbol(property));
      const typed = isOptional ? `?: ${of.replace(/ \| undefined$/, '')}` : `: ${of}`;
      return `${comment(schema?.properties[property.name]?.description, '    ')}    ${property.name}${typed};`;
    });
  return `${about}export interface ${name} {\n${properties.join('\n')}\n}`;
}

function specifier(statement, path) {
  const way = relative(dirname(statement.getSourceFile().fileName), path);
  return `${way.startsWith('.') ? way : `./${way}`}.ts`;
}

function comment(text = '', indent = '') {
  if (text === '') return '';
  const lines = text.split('\n');
  if (lines.length === 1) return `${indent}/** ${text} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`;
}
