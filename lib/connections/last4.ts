/** The last four characters, where that leaves enough of a key unsaid. */
export function last4Of(apiKey: string): string | null {
  return apiKey.length >= 12 ? apiKey.slice(-4) : null;
}
