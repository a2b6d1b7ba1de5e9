/** A phone: the chain is a list, and what is selected in it is shown below. */
export function isNarrow(): boolean {
  return matchMedia("(max-width: 639px)").matches;
}
