import { AddressRefused } from "@/lib/net/address-refused";
import { assertPublicUrl } from "@/lib/net/guard";
import { ok, type Result, refused } from "@/lib/result";
import { DIALECT_FACTS } from "./constants";
import type { Dialect } from "./types";

/**
 * The address of a server as it is stored: without a slash at its end, null for the provider's own. Refused when it
 * is none, or may not be called from here.
 */
export function readAddress({
  dialect,
  address,
}: {
  dialect: Dialect;
  address: string;
}): Result<string | null> {
  const { label, ownAddress, example } = DIALECT_FACTS[dialect];
  if (address === "") {
    if (ownAddress) return ok(null);
    return refused(
      "address",
      `${label} runs on a server of yours: enter its address, for example ${example}.`,
    );
  }
  try {
    const url = assertPublicUrl(address);
    if (url.search || url.hash) {
      return refused("address", "The address goes on after a ? or #. Leave that part out.");
    }
    const plain = url.href.replace(/\/+$/, "");
    return ok(plain === ownAddress ? null : plain);
  } catch (error) {
    if (error instanceof AddressRefused) return refused("address", error.message);
    throw error;
  }
}
