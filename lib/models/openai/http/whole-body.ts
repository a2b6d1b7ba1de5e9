/** The connection broke, or time was up, before a body had ended. The cause says which. */
export class NoWholeAnswer extends Error {
  override readonly name = "NoWholeAnswer";
}

/** The parts of a body; what breaks it is told apart from what its reader throws. */
export async function* wholeBody(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw new NoWholeAnswer("The answer broke off.", { cause: error });
  }
}
