import { join } from "node:path";
import { run } from "./run.ts";

/** What `npm pack` made, as it tells it. */
export interface PackedArchive {
  /** The archive. */
  readonly file: string;
  readonly version: string;
  /** In bytes. */
  readonly packedSize: number;
  readonly unpackedSize: number;
  readonly paths: readonly string[];
}

interface Told {
  readonly filename: string;
  readonly version: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

/** Packs the package into a folder, which builds it first. */
export async function packArchive(root: string, folder: string): Promise<PackedArchive> {
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], { folder: root });
  const [told]: readonly Told[] = Object.values(JSON.parse(stdout));
  if (told === undefined) throw new Error(`npm pack tells of no archive: ${stdout}`);
  return {
    file: join(folder, told.filename),
    version: told.version,
    packedSize: told.size,
    unpackedSize: told.unpackedSize,
    paths: told.files.map(({ path }) => path),
  };
}
