import { expect, test } from "vitest";
import { parseStorageSettings, storageDriver, storageTroubles } from "./schemas";
import { uploadSource } from "./upload-source";

const S3 = {
  S3_ENDPOINT: "https://s3.example.com/",
  S3_BUCKET: "sheet",
  S3_ACCESS_KEY_ID: "key",
  S3_SECRET_ACCESS_KEY: "secret",
};
const BLOB = { BLOB_READ_WRITE_TOKEN: "vercel_blob_rw_Store1_Secret1" };

test.each([
  ["nothing", {}, "disk", null],
  ["empty values", { S3_ENDPOINT: "", BLOB_READ_WRITE_TOKEN: " " }, "disk", null],
  ["S3", S3, "s3", "https://s3.example.com/sheet/"],
  ["Blob", BLOB, "vercel-blob", "https://vercel.com/api/blob/"],
  [
    "both, and which",
    { ...S3, ...BLOB, STORAGE: "vercel-blob" },
    "vercel-blob",
    "https://vercel.com/api/blob/",
  ],
  ["S3, and disk all the same", { ...S3, STORAGE: "disk" }, "disk", null],
] as const)("%s chooses the driver, and where pages may send files", (_, values, driver, source) => {
  const settings = parseStorageSettings(values);
  expect(storageDriver(settings)).toBe(driver);
  expect(uploadSource(settings)).toBe(source);
});

test.each([
  ["half of S3", { S3_BUCKET: "sheet" }, ["S3_ENDPOINT", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"]],
  ["S3 without its secret", { ...S3, S3_SECRET_ACCESS_KEY: "" }, ["S3_SECRET_ACCESS_KEY"]],
  ["half of S3 beside another choice", { S3_BUCKET: "sheet", STORAGE: "disk" }, ["S3_ENDPOINT"]],
  ["an endpoint that is no address", { ...S3, S3_ENDPOINT: "s3.example.com" }, ["S3_ENDPOINT"]],
  ["a bucket with a path", { ...S3, S3_BUCKET: "sheet/files" }, ["S3_BUCKET"]],
  ["both and no choice", { ...S3, ...BLOB }, ["STORAGE"]],
  ["a choice that is none", { STORAGE: "ftp" }, ["STORAGE"]],
  ["Blob without its token", { STORAGE: "vercel-blob" }, ["BLOB_READ_WRITE_TOKEN"]],
  ["a token of another kind", { BLOB_READ_WRITE_TOKEN: "vercel_blob_client_x" }, ["BLOB_READ_WRITE_TOKEN"]],
])("%s stops the start with its name", (_, values, names) => {
  for (const name of names) expect(() => parseStorageSettings(values)).toThrow(`  ${name}: expected `);
});

test("secure pages need a secure endpoint, since browsers would ask for one", () => {
  const settings = parseStorageSettings({ ...S3, S3_ENDPOINT: "http://s3.example.com" });
  const names = (NEXTAUTH_URL: string) =>
    storageTroubles({ ...settings, NEXTAUTH_URL }).map(({ name }) => name);
  expect(names("https://sheet.example.com")).toEqual(["S3_ENDPOINT"]);
  expect(names("http://localhost:3000")).toEqual([]);
});
