import type { SessionStore } from "@/components/sessions/session-store";
import type { InputRow } from "@/lib/inputs/wire";

/** Shows a change of rows at once; the server's answer to the next question is what stays. */
export function patchInputs(store: SessionStore, ids: Iterable<string>, change: Partial<InputRow>) {
  store.set((state) => {
    const inputs = new Map(state.inputs);
    for (const id of ids) {
      const row = inputs.get(id);
      if (row) inputs.set(id, { ...row, ...change });
    }
    return { ...state, inputs };
  });
}
