import { afterAll, beforeAll, expect, test } from "vitest";
import { type FakeProvider, startFakeProvider } from "../start-fake-provider";

let fake: FakeProvider;

beforeAll(async () => {
  fake = await startFakeProvider({ pictures: "tiny" });
});
afterAll(() => fake.close());

const MODEL = "gpt-image-2";

async function call(method: string, path: string, body?: FormData | object) {
  const isForm = body instanceof FormData;
  const response = await fetch(`${fake.baseUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${fake.key}`,
      ...(body && !isForm ? { "content-type": "application/json" } : {}),
    },
    body: isForm ? body : body && JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    text,
    json: text.startsWith("{") ? JSON.parse(text.split("\n")[0] ?? "") : null,
  };
}

async function upload(text: string, purpose = "batch"): Promise<string> {
  const form = new FormData();
  form.append("purpose", purpose);
  form.append("expires_after[anchor]", "created_at");
  form.append("expires_after[seconds]", "3600");
  form.append("file", new File([text], "lines.jsonl"));
  return (await call("POST", "/files", form)).json.id;
}

const line = (custom_id: string, over: object = {}, body: object = {}) =>
  JSON.stringify({
    ...{ custom_id, method: "POST", url: "/v1/images/generations" },
    body: { model: MODEL, prompt: "a cup", quality: "low", size: "1024x1024", ...body },
    ...over,
  });

async function order(lines: string[], metadata = {}) {
  const input_file_id = await upload(lines.join("\n"));
  const endpoint = "/v1/images/generations";
  return call("POST", "/batches", { input_file_id, endpoint, completion_window: "24h", metadata });
}

async function ended(lines: string[]) {
  const { json } = await order(lines);
  await expect
    .poll(async () => (await look(json.id)).status)
    .not.toMatch(/validating|in_progress|finalizing/);
  return look(json.id);
}

const look = async (id: string) => (await call("GET", `/batches/${id}`)).json;

test("lines become results with usage, refusals go to the other file, each is a call of the log", async () => {
  const before = fake.imageCalls().length;
  const batch = await ended([line("one"), line("two", {}, { size: "7x7" })]);
  expect(batch).toMatchObject({ status: "completed", request_counts: { total: 2, completed: 1, failed: 1 } });
  const made = await call("GET", `/files/${batch.output_file_id}/content`);
  expect(made.json).toMatchObject({
    custom_id: "one",
    response: {
      status_code: 200,
      body: { data: [{ b64_json: expect.any(String) }], usage: { output_tokens: 196 } },
    },
    error: null,
  });
  expect((await call("GET", `/files/${batch.error_file_id}/content`)).json).toMatchObject({
    custom_id: "two",
    response: { status_code: 400, body: { error: { code: "invalid_value", param: "size" } } },
  });
  expect(fake.imageCalls().slice(before)).toMatchObject([
    { clientRequestId: "one", charged: true, status: 200 },
    { clientRequestId: "two", charged: false, status: 400 },
  ]);
});

test.each([
  ["another endpoint", [line("a", { url: "/v1/images/edits" })], "invalid_url"],
  ["one id twice", [line("a"), line("a")], "duplicate_custom_id"],
  ["two models", [line("a"), line("b", {}, { model: "gpt-image-2.5-flare" })], "mismatched_model"],
  ["a model there is not", [line("a", {}, { model: "gpt-image-1" })], "model_not_found"],
  ["no JSON", ["{"], "invalid_json_line"],
])("%s fails the whole batch, and nothing is made", async (_what, lines, code) => {
  const before = fake.imageCalls().length;
  expect(await ended(lines)).toMatchObject({
    status: "failed",
    errors: { data: [{ code }] },
    output_file_id: null,
  });
  expect(fake.imageCalls()).toHaveLength(before);
});

test("files of another purpose, and sizes of time nobody has, are refused", async () => {
  const input_file_id = await upload("x", "vision");
  const endpoint = "/v1/images/generations";
  expect((await call("POST", "/batches", { input_file_id, endpoint, completion_window: "24h" })).status).toBe(
    400,
  );
  expect((await call("POST", "/batches", { input_file_id, endpoint, completion_window: "1h" })).status).toBe(
    400,
  );
  expect((await call("DELETE", `/files/${input_file_id}`)).json).toMatchObject({ deleted: true });
  expect((await call("GET", `/files/${input_file_id}`)).status).toBe(404);
});

test("batches are listed newest first, a page at a time; one that is over can't be cancelled", async () => {
  const ids: string[] = [];
  for (const n of [1, 2, 3]) ids.unshift((await order([line(`l${n}`)], { n: String(n) })).json.id);
  const first = (await call("GET", "/batches?limit=2")).json;
  expect(first.data.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2));
  expect(first.has_more).toBe(true);
  const second = (await call("GET", `/batches?limit=2&after=${first.last_id}`)).json;
  expect(second.data[0]).toMatchObject({ id: ids[2], metadata: { n: "1" } });
  await expect.poll(async () => (await look(ids[2] ?? "")).status).toBe("completed");
  expect((await call("POST", `/batches/${ids[2]}/cancel`)).status).toBe(409);
});

test("one that stays is cancelled with what it had made", async () => {
  fake.planBatches({ end: "stays", lines: 1 });
  const { json } = await order([line("a"), line("b")]);
  await expect.poll(async () => (await look(json.id)).request_counts.completed).toBe(1);
  expect((await call("POST", `/batches/${json.id}/cancel`)).json.status).toBe("cancelling");
  await expect.poll(async () => (await look(json.id)).status).toBe("cancelled");
  const { error_file_id } = await look(json.id);
  expect((await call("GET", `/files/${error_file_id}/content`)).json).toMatchObject({
    ...{ custom_id: "b", response: null },
    error: { code: "batch_cancelled" },
  });
});
