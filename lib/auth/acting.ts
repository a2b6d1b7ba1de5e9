import { AsyncLocalStorage } from "node:async_hooks";

// Next loads this module several times in one process; only globalThis is common to them.
const shared = globalThis as typeof globalThis & { contactSheetActing?: AsyncLocalStorage<string> };
shared.contactSheetActing ??= new AsyncLocalStorage();
const acting = shared.contactSheetActing;

/** Runs `work` for that person: what it writes into the record names them, whoever owns the workspace. */
export function actAs<T>(personId: string, work: () => T): T {
  return acting.run(personId, work);
}

/** Who acts in this request; undefined in the worker and in scripts. */
export function actingPerson(): string | undefined {
  return acting.getStore();
}
