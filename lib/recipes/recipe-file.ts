import type { z } from "zod";
import { ok, type Refused, type Result, refused } from "@/lib/result";
import { MAX_RECIPE_FILE_BYTES, RECIPE_FORMAT } from "./constants";
import { recipeFileSchema } from "./schemas";
import type { RecipeContent, RecipeFile } from "./types";

/** The text of a recipe file: JSON, so that it can be read and kept beside other things. */
export function writeRecipeFile(name: string, content: RecipeContent): string {
  const file: RecipeFile = { format: RECIPE_FORMAT, name, content };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** A recipe file's text, checked. Refusals name the step and the field that is wrong. */
export function readRecipeFile(text: string): Result<RecipeFile> {
  if (new TextEncoder().encode(text).length > MAX_RECIPE_FILE_BYTES) {
    return notAdded("This file is too large for a recipe: at most 256 KB are read.");
  }
  const value = parseJson(text);
  if (value === undefined) return notAdded("This file is not JSON, so it is no recipe.");
  const format = formatOf(value);
  if (format !== RECIPE_FORMAT) return notAdded(formatWords(format));
  const parsed = recipeFileSchema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return notAdded(issue ? issueWords(issue) : "This file is no recipe.");
}

function notAdded(words: string): Refused {
  return refused("bad_file", `${words} Nothing was added.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""), storable);
  } catch {
    return undefined;
  }
}

/** Postgres keeps neither NUL nor half a character. */
function storable(_: string, value: unknown): unknown {
  return typeof value === "string" ? value.replaceAll("\0", "").toWellFormed() : value;
}

function formatOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "format" in value ? value.format : undefined;
}

function formatWords(format: unknown): string {
  const isOther = typeof format === "string" && format.startsWith("contact-sheet-recipe-");
  if (isOther) return `This recipe is in the form ${format.slice(0, 40)}, which this version does not read.`;
  return `This file is no recipe: a recipe begins with "format": "${RECIPE_FORMAT}".`;
}

type Issue = z.core.$ZodIssue;

function issueWords(issue: Issue): string {
  if (issue.code === "custom" || isOwn(issue.message)) return sentence(issue.message);
  const [, part, index, ...rest] = issue.path;
  const inStep = part === "steps" && typeof index === "number";
  const where = inStep ? `Step ${index + 1}` : "The recipe";
  const field = (inStep ? rest : issue.path).map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    const inside = field ? ` in "${field}"` : "";
    return `${where} has${inside} ${issue.keys.map((key) => `"${key.slice(0, 40)}"`).join(" and ")}, which no recipe has.`;
  }
  if (!field) return `${where} can't be read.`;
  return `${where}: "${field}" ${problemOf(issue)}`;
}

/** Messages of the schemas are written for people; those of the validator are not. */
function isOwn(message: string): boolean {
  return !/^(Invalid|Unrecognized|Too (big|small))/.test(message);
}

function problemOf(issue: Issue): string {
  if (/received undefined$/.test(issue.message)) return "is missing.";
  switch (issue.code) {
    case "too_big":
      return `is over its limit of ${issue.maximum}.`;
    case "too_small":
      return `is under its least of ${issue.minimum}.`;
    case "invalid_value":
      return `is none of ${issue.values.slice(0, 8).map(String).join(", ")}.`;
    case "invalid_type":
      return `should be ${issue.expected === "int" ? "a whole number" : `of type ${issue.expected}`}.`;
    default:
      return "has a value that can't be used.";
  }
}

function sentence(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}
