import { readFileSync } from "node:fs";
import { z } from "zod";

const size = z.string().regex(/^\d{2,5}x\d{2,5}$/, "a size such as 1024x1024");
const perToken = z.number().min(0);
const count = z.number().positive();

const capabilitiesSchema = z.strictObject({
  edits: z.boolean(),
  textToImage: z.boolean(),
  seed: z.boolean(),
  negativePrompt: z.boolean(),
  steps: z.boolean(),
  mask: z.boolean(),
  maxPromptChars: z.int().positive(),
  maxInputs: z.int().min(1).max(64),
  paid: z.boolean(),
  qualities: z.array(z.enum(["auto", "low", "medium", "high", "xhigh", "max"])),
  sizes: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("presets"), presets: z.array(size).min(1) }),
    z.strictObject({
      kind: z.literal("free"),
      presets: z.array(size).min(1),
      multiple: z.int().positive(),
      maxEdge: z.int().positive(),
      maxRatio: z.number().min(1),
      minPixels: z.int().positive(),
      maxPixels: z.int().positive(),
    }),
  ]),
  backgrounds: z.array(z.enum(["auto", "opaque", "transparent"])),
  moderation: z.boolean(),
  complexity: z.boolean(),
  formats: z.array(z.enum(["png", "jpeg", "webp"])).min(1),
  economy: z.boolean(),
});

const quality = z.enum(["low", "medium", "high", "xhigh", "max"]);
const outputSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("free") }),
  z.strictObject({
    kind: z.literal("grid"),
    qualities: z.partialRecord(
      quality,
      z.strictObject({ base: count, most: count.optional(), times: count.optional() }),
    ),
  }),
  z.strictObject({
    kind: z.literal("table"),
    qualities: z.partialRecord(quality, z.strictObject({ square: count, portrait: count, landscape: count })),
  }),
]);

const modelSchema = z.strictObject({
  label: z.string().min(1).optional(),
  capabilities: capabilitiesSchema.partial().optional(),
  rates: z.strictObject({ textIn: perToken, imageIn: perToken, imageOut: perToken }).partial().optional(),
  output: outputSchema.optional(),
  input: z.enum(["patches", "tiles"]).optional(),
  shutdown: z.iso.date("a day such as 2026-12-01").nullable().optional(),
  offered: z.boolean().optional(),
  timeoutMs: z.int().min(1_000).max(3_600_000).optional(),
});

const overrideSchema = z.strictObject({ models: z.record(z.string().min(1).max(120), modelSchema) });

/** What an operator changes or adds, by model id. */
export type CatalogueOverride = z.infer<typeof overrideSchema>;

/**
 * Reads the file OPENAI_CATALOGUE names. Throws an Error that completes "expected …" with the file, the place in it
 * and what belongs there.
 */
export function readOverride(path: string): CatalogueOverride {
  const parsed = overrideSchema.safeParse(readJson(path));
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(
    (issue) => `${issue.path.join(".") || "the file"}: ${issue.message}`,
  );
  throw new Error(`a catalogue of models in ${path} (${places.slice(0, 5).join("; ")})`);
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`a readable JSON file at ${path} (${why})`);
  }
}
