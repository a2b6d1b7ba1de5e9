export type RefusedBecause = "scheme" | "userinfo" | "not_an_address" | "private" | "redirect";

/** Thrown when an address may not be called. The words name no address behind a name: that would map the network. */
export class AddressRefused extends Error {
  override readonly name = "AddressRefused";
  constructor(readonly because: RefusedBecause) {
    super(WORDS[because]);
  }
}

const WORDS: Record<RefusedBecause, string> = {
  scheme: "The address must begin with http:// or https://.",
  userinfo: "The address holds a name or password. Put the key into its own field.",
  not_an_address: "This is not an address of a server. It looks like https://images.example.com/v1.",
  private:
    "This address leads into the private network or to this machine itself, which is not allowed here. Whoever runs this installation can allow it with PRIVATE_CONNECTIONS=allow.",
  redirect: "The server sends the request on to another address, which is not followed. Enter that address.",
};

/** The refusal inside an error of fetch, which wraps what went wrong on the way; null when it is another. */
export function refusalIn(error: unknown): AddressRefused | null {
  if (error instanceof AddressRefused) return error;
  return error instanceof Error && error.cause !== undefined ? refusalIn(error.cause) : null;
}
