const shared = globalThis as typeof globalThis & { contactSheetWorkerId?: string };

/** Id of the embedded worker in this process; null on Inngest and in the web process. */
export function currentWorkerId(): string | null {
  return shared.contactSheetWorkerId ?? null;
}

export function setCurrentWorkerId(id: string | null): void {
  shared.contactSheetWorkerId = id ?? undefined;
}
