import { z } from "zod";
import { DIALECT_NAMES } from "./constants";

const label = z
  .string()
  .trim()
  .min(1, "The connection has no name. Give it one")
  .max(60, "The name is longer than 60 characters. Shorten it");

/** Empty: the provider's own address, where it has one. */
const address = z.string().trim().max(500, "The address is longer than 500 characters");

/** Empty: none. What is copied with a key often brings spaces along. */
const apiKey = z
  .string()
  .trim()
  .max(1_000, "The key is longer than 1,000 characters. Copy the key alone")
  .regex(/^[!-~]*$/, "The key holds spaces or letters that keys don't have. Copy the key alone");

const id = z.uuid();

export const createConnectionSchema = z.strictObject({
  label,
  dialect: z.enum(DIALECT_NAMES),
  address,
  apiKey,
});

/** What is left out stays as it is. */
export const changeConnectionSchema = z.strictObject({
  id,
  label: label.optional(),
  address: address.optional(),
  apiKey: apiKey.optional(),
});

export const connectionIdSchema = z.strictObject({ id });

/** `env`, or the id of a connection. */
const key = z.union([z.literal("env"), id]);

export const connectionKeySchema = z.strictObject({ key });

function perMinute(what: string) {
  return z
    .number(`${what} a minute must be a number`)
    .positive(`${what} a minute must be more than 0. Leave it empty for no limit`)
    .max(100_000, `${what} a minute can be at most 100,000`)
    .nullable();
}

export const setLimitsSchema = z.strictObject({
  key,
  /** Null: not limited by time. */
  imagesPerMinute: perMinute("Images"),
  requestsPerMinute: perMinute("Requests"),
  maxInFlight: z
    .int("Images at the same time must be a whole number")
    .min(1, "Images at the same time must be 1 or more")
    .max(256, "Images at the same time can be at most 256"),
});
