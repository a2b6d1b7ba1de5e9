import { z } from "zod";
import { PASSWORD_MAX } from "./constants";

const email = z
  .string("Write your e-mail address")
  .trim()
  .toLowerCase()
  .max(254, "The e-mail address is longer than 254 characters")
  .pipe(z.email("The e-mail address is not complete: it needs a name, an @ and a domain"));

// Composed and decomposed spellings differ in length; the rules count the composed one.
const password = z
  .string("Write your password")
  .min(1, "Write your password")
  .max(PASSWORD_MAX * 4);

export const signInSchema = z.object({ email, password });
export const signUpSchema = z.object({
  email,
  password,
  /** The token of an invitation, if one led here. */
  invitation: z.string().max(200).optional(),
});
