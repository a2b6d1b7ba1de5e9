import { formBody } from "./form-body";
import type { DialectRules, EditWay, Fields, SentImage, Wishes } from "./types";

/** A call as it goes out, relative to the server's address. */
export type BuiltCall = { path: string; body: Blob | Record<string, unknown> };

/** Everything one call sends. Pure but for the bytes it is given. Throws ModelError for a prompt it must not send. */
export function buildCall(
  rules: DialectRules,
  { wishes, images, mask }: { wishes: Wishes; images: SentImage[]; mask: SentImage | null },
): BuiltCall {
  const said: Wishes = { ...wishes, prompt: rules.prompt(wishes), size: wishes.size ?? rules.autoSize };
  if (images.length === 0) {
    const { path, fields } = rules.generate;
    return { path, body: named(fields, said) };
  }
  return editCall(wayOf(rules, mask !== null), { said, images, mask });
}

/** The fields of a call without its pictures, for a call that goes as JSON. */
export function fieldsOf(
  rules: DialectRules,
  wishes: Wishes,
  { edits }: { edits: boolean },
): Record<string, string | number> {
  const said: Wishes = { ...wishes, prompt: rules.prompt(wishes), size: wishes.size ?? rules.autoSize };
  return named(edits ? rules.edit.fields : rules.generate.fields, said);
}

/** How a picture goes in, with a mask or without. */
export function wayOf({ edit, maskedEdit }: DialectRules, masked: boolean): EditWay {
  return masked && maskedEdit ? maskedEdit : edit;
}

type Edit = { said: Wishes; images: SentImage[]; mask: SentImage | null };

function editCall(way: EditWay, { said, images, mask }: Edit): BuiltCall {
  const fields = named(way.fields, said);
  if (way.kind === "json") {
    const [source, ...references] = images.map(({ bytes }) => Buffer.from(bytes).toString("base64"));
    const further = references.length > 0 ? { [way.references]: references } : {};
    return { path: way.path, body: { ...fields, [way.image]: source, ...further } };
  }
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
  const field = images.length > 1 ? way.image.many : way.image.one;
  for (const [at, image] of images.entries()) form.append(field, fileOf(image, `image-${at + 1}`));
  if (mask) form.append(way.mask, fileOf(mask, "mask"));
  return { path: way.path, body: formBody(form) };
}

function named(fields: Fields, wishes: Wishes): Record<string, string | number> {
  const values = new Map(Object.entries(wishes));
  return Object.fromEntries(
    Object.entries(fields).flatMap(([wish, name]) => {
      const value = values.get(wish);
      return value === undefined || value === null || name === undefined ? [] : [[name, value]];
    }),
  );
}

function fileOf({ bytes, format }: SentImage, name: string): File {
  return new File([bytes], `${name}.${format}`, { type: `image/${format}` });
}
