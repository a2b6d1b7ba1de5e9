import type { ImageNotice, RefusalCode } from "@/lib/images/types";

/** One file of the set and what the gate must say about it. `notices` are compared exactly. */
export type HostileImage = {
  name: string;
  bytes: Buffer;
  expect: { ok: true; notices: ImageNotice[] } | { ok: false; codes: RefusalCode[] };
};

export function accepted(name: string, bytes: Buffer, notices: ImageNotice[] = []): HostileImage {
  return { name, bytes, expect: { ok: true, notices } };
}

export function refusedAs(name: string, bytes: Buffer, ...codes: RefusalCode[]): HostileImage {
  return { name, bytes, expect: { ok: false, codes } };
}
