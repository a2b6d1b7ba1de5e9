import { expect, test } from "vitest";
import { isNewest, readListQuery } from "./list-query";

test("an address that cannot be read is the whole list", () => {
  const query = readListQuery({ q: ["a", "b"], show: "everything", before: "1; drop table" });
  expect(query).toEqual({ search: "", filter: "all", before: undefined });
  expect(isNewest(query)).toBe(true);
});

test("search, filter and page are taken from the address", () => {
  const query = readListQuery({ q: "autumn", show: "drafts", before: "1763700000.123456" });
  expect(query).toEqual({ search: "autumn", filter: "drafts", before: "1763700000.123456" });
  expect(isNewest(query)).toBe(false);
});
