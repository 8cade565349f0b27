/** Where a project has this package, and with it the pages that messages lead to. */
export const packageFolder = "node_modules/coder-tasks-mock";
