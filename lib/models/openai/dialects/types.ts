import type { MaskInk } from "@/lib/images/process/prepare-fit";
import type { ImageFormat } from "@/lib/images/types";
import type { Capabilities } from "../../types";

/** What one call asks for, in our words. Undefined and null: not asked. */
export type Wishes = {
  model: string;
  prompt: string;
  n: number;
  size: string | null;
  quality?: string;
  background?: string;
  format: ImageFormat;
  /** 1 to 100, where the format loses detail. */
  compression?: number;
  moderation?: string;
  complexity?: string;
  seed?: number;
  negativePrompt?: string;
  steps?: number;
  endUser: string;
  responseFormat: "b64_json";
};

/** A picture ready to be sent. */
export type SentImage = { bytes: Uint8Array<ArrayBuffer>; format: "png" | "jpeg" };

/** How a picture goes in: fields of a form, or base64 in the JSON of a generation. */
export type EditWay =
  | { kind: "form"; path: string; image: { one: string; many: string }; mask: string; fields: Fields }
  | { kind: "json"; path: string; image: string; references: string; fields: Fields };

/** Name of the field a wish is sent as. A wish without a name is not sent. */
export type Fields = { readonly [W in keyof Wishes]?: string };

/** How one kind of server wants to be asked, and what it answers. */
export type DialectRules = {
  /** What its models can do; those of the `openai` dialect have their own in the catalogue. */
  capabilities: Capabilities;
  maskInk: MaskInk;
  /** Formats a result of `edit` may have; null: any the model has. */
  editFormats: readonly ImageFormat[] | null;
  generate: { path: string; fields: Fields };
  edit: EditWay;
  /** Where a mask takes another way than a picture alone. */
  maskedEdit: Extract<EditWay, { kind: "form" }> | null;
  /** Said for a size that is left to the server; null: the field is left out. */
  autoSize: string | null;
  /** The prompt as this server must read it, with what has no field of its own. Throws ModelError. */
  prompt(wishes: Wishes): string;
  /** What a person should know about such a prompt before it is sent. */
  promptNotes(prompt: string): string[];
};
