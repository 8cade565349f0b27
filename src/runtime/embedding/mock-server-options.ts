type CheckPolicy = "enforce" | "warn" | "off";

/**
 * The settings of `serve`, by the names of its flags in camelCase: docs/cli.md explains each. The environment plays no part.
 * What is left out, or undefined, has the flag's default, but for port and log level.
 */
export interface MockServerOptions {
  /** 0, the default, takes any free one. */
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  /** A scenario by name, or the path of a file or folder. */
  readonly scenario?: string | undefined;
  /** What ids, tokens and generated data derive from. */
  readonly seed?: string | number | undefined;
  /** `2.30`, `2.31`, `2.34`, or any Coder release: the newest revision that is not newer. */
  readonly revision?: string | undefined;
  readonly profile?: "documented" | "wire" | undefined;
  readonly clock?: "real" | "manual" | undefined;
  /** World seconds per real second. */
  readonly speed?: number | undefined;
  readonly auth?: "strict" | "any" | undefined;
  /** What becomes of requests that break the contract. */
  readonly requests?: CheckPolicy | undefined;
  /** What becomes of answers that do. */
  readonly responses?: CheckPolicy | undefined;
  /** In percent; `close` throws when less of the contract was met. */
  readonly minCoverage?: number | undefined;
  /** OpenAPI documents whose operations are answered, too. */
  readonly extend?: string | readonly string[] | undefined;
  readonly extendDynamic?: boolean | undefined;
  /** `close` throws when the contract was broken. */
  readonly failOnViolations?: boolean | undefined;
  readonly maxWorlds?: number | undefined;
  /** A span such as `15m`, or `never`. */
  readonly worldTtl?: string | undefined;
  readonly strictWorlds?: boolean | undefined;
  readonly adminToken?: string | undefined;
  /** Leaves nothing to steer with. */
  readonly noAdmin?: boolean | undefined;
  /** `close` writes reports into this folder. */
  readonly reportDir?: string | undefined;
  /** `off`, `loopback`, `any`, or origins. */
  readonly cors?: string | readonly string[] | undefined;
  /** By default `silent`. */
  readonly logLevel?: "silent" | "error" | "warn" | "info" | "debug" | undefined;
  readonly logFormat?: "pretty" | "json" | undefined;
}
