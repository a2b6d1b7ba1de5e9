import type { InputRow } from "@/lib/inputs/wire";
import type { ItemRow } from "@/lib/items/wire";
import type { SessionView } from "@/lib/sessions/wire";
import { archiveNames } from "@/lib/zip/names";

/** Name of one result as a file, as an archive would call it. The server puts the ending that fits its bytes. */
export function resultName({
  item,
  input,
  view,
  last,
}: {
  item: Pick<ItemRow, "position" | "variant" | "stepPosition">;
  input: Pick<InputRow, "name">;
  view: Pick<SessionView, "settings" | "name">;
  /** The step that stands for the session; null where it has one. */
  last: number | null;
}): string {
  const { position, variant, stepPosition } = item;
  const [name = "result"] = archiveNames(
    [
      {
        n: position,
        variant,
        step: last === null || stepPosition === last ? undefined : stepPosition,
        sourceName: input.name,
        sourcePath: "",
        format: view.settings.output.format,
      },
    ],
    { pattern: view.settings.namePattern, session: view.name },
  );
  return name;
}
