// What samples use of Testcontainers, as its version 11 declares it. The package itself needs a newer Node and an engine.
declare module "testcontainers" {
  export interface WaitStrategy {
    withStartupTimeout(milliseconds: number): WaitStrategy;
  }
  export const Wait: { forHealthCheck(): WaitStrategy };
  export interface StartedTestContainer {
    getHost(): string;
    getMappedPort(port: number): number;
    stop(): Promise<unknown>;
  }
  export class GenericContainer {
    constructor(image: string);
    withCommand(command: string[]): this;
    withEnvironment(environment: Record<string, string>): this;
    withExposedPorts(...ports: number[]): this;
    withWaitStrategy(strategy: WaitStrategy): this;
    start(): Promise<StartedTestContainer>;
  }
}
