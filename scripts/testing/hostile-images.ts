import { heavyFiles, sizeLies } from "./hostile/bombs";
import { cutFiles, damagedFiles } from "./hostile/broken";
import { disguisedFiles, polyglots } from "./hostile/disguised";
import type { HostileImage } from "./hostile/hostile-image";
import { kindFiles, orientedFiles } from "./hostile/kinds";

/** The project's own set of hostile and odd files, made in a few seconds; about 40 MB in all, group by group. */
export async function* hostileImages(): AsyncGenerator<HostileImage> {
  yield* sizeLies();
  yield* await heavyFiles();
  yield* await cutFiles();
  yield* await damagedFiles();
  yield* await disguisedFiles();
  yield* await polyglots();
  yield* await orientedFiles();
  yield* await kindFiles();
}
