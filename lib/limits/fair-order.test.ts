import fc from "fast-check";
import { expect, test } from "vitest";
import { fairOrder } from "./fair-order";

/** "a1" is the first caller of session a; the sessions a and b are one owner's. */
function lineOf(...names: string[]) {
  return names.map((name) => {
    const sessionId = name.slice(0, 1);
    return { name, sessionId, ownerId: "ab".includes(sessionId) ? "one" : sessionId };
  });
}

function order(line: string[], left: string[] = []) {
  return fairOrder(lineOf(...line), lineOf(...left)).map(({ name }) => name);
}

test.each([
  [
    ["a1", "a2", "a3"],
    ["a1", "a2", "a3"],
  ],
  [
    ["c1", "c2", "c3", "d1", "d2"],
    ["c1", "d1", "c2", "d2", "c3"],
  ],
  [
    ["a1", "a2", "a3", "b1"],
    ["a1", "b1", "a2", "a3"],
  ],
  // Two sessions of one owner have no more than one of another.
  [
    ["a1", "a2", "b1", "b2", "c1", "c2", "c3"],
    ["a1", "c1", "b1", "c2", "a2", "c3", "b2"],
  ],
])("%j leave as %j", (line, expected) => {
  expect(order(line)).toEqual(expected);
});

test("who comes late is level with the others first", () => {
  expect(order(["c4", "c5", "d1", "d2", "d3", "d4"], ["c1", "c2", "c3"])).toEqual([
    ...["d1", "d2", "d3", "c4", "d4", "c5"],
  ]);
  expect(order(["a3", "b1", "c1"], ["a1", "a2"])).toEqual(["c1", "b1", "a3"]);
});

test("nobody is lost, a session keeps its order, and no owner is ever two turns ahead of one that waits", () => {
  const caller = fc.constantFrom("a", "b", "c", "d").map((session) => session);
  fc.assert(
    fc.property(fc.array(caller, { maxLength: 60 }), (sessions) => {
      const line = lineOf(...sessions.map((session, at) => `${session}${at}`));
      const left = fairOrder(line);
      expect(new Set(left)).toEqual(new Set(line));
      for (const session of "abcd") {
        const own = (one: { sessionId: string }) => one.sessionId === session;
        expect(left.filter(own)).toEqual(line.filter(own));
      }
      for (let at = 1; at <= left.length; at += 1) {
        const gone = (owner: string) => left.slice(0, at).filter(({ ownerId }) => ownerId === owner).length;
        const most = Math.max(...left.map(({ ownerId }) => gone(ownerId)));
        for (const { ownerId } of left.slice(at)) expect(most - gone(ownerId)).toBeLessThanOrEqual(1);
      }
    }),
  );
});
