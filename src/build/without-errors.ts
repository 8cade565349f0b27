import ts from "typescript";

/**
 * The code that ajv made, with `{}` wherever it puts together what is to be said of an error. A verdict is asked for nothing but
 * yes or no, and such objects are a third of its code.
 */
export function withoutErrors(code: string): string {
  const source = ts.createSourceFile("verdicts.cjs", code, ts.ScriptTarget.ES2022);
  const { transformed } = ts.transform(source, [
    (context) => {
      const visit = (node: ts.Node): ts.Node =>
        isError(node)
          ? context.factory.createObjectLiteralExpression()
          : ts.visitEachChild(node, visit, context);
      return (file) => ts.visitEachChild(file, visit, context);
    },
  ]);
  const printer = ts.createPrinter({ removeComments: true });
  return transformed.map((file) => printer.printFile(file)).join("");
}

const parts = ["instancePath", "schemaPath", "keyword", "params"];

function isError(node: ts.Node): boolean {
  if (!ts.isObjectLiteralExpression(node) || node.properties.length !== parts.length) return false;
  return node.properties.every(
    ({ name }, index) => name !== undefined && ts.isIdentifier(name) && name.text === parts[index],
  );
}
